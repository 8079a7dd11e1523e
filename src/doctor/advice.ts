import { join } from 'node:path'
import type { QuoteWord } from '../text/words.ts'
import type { Facts } from './facts.ts'

/** What the advice of an error begins with where it is a command, in any of the shells. */
const command =
  /^(?:(?:assume|aws|chmod|chown|direnv|echo|exec|export|fish_add_path|Import-Module|mise|printf|Remove-Item|sntp|source|sudo|timedatectl|unset|vi|w32tm)\s|set -|\$env:|[.&] |'?(?:\/|[A-Za-z]:\\))/
/** A word that stands for another, or that no shell could be shown as it is: as a command it would do something else. */
const placeholder =
  /^aws configure set \S+ (?:NAME|ID|ARN|REGION|'PROGRAM …'|'assume credential-process NAME') |\.example\.com\b|…/

/** Whether an advice can be typed as it is. */
export function isTypeable(advice: string): boolean {
  return command.test(advice) && !placeholder.test(advice)
}

/** A command for somebody who may be root, and in whose shell the word assume may mean nothing, or another program. */
export function adaptCommand(text: string, facts: Facts, quote: QuoteWord): string {
  const asUser = facts.isRoot ? text.replace(/^sudo /, '') : text
  const isFound = facts.loaded !== undefined || facts.isOutdated || facts.programs[0]?.isOurs
  return isFound ? asUser : asUser.replace(/^assume(?= )/, () => formatProgram(facts, quote))
}

/** Our program by its path. */
export function formatProgram({ binFolder, userShell }: Facts, quote: QuoteWord): string {
  return `${userShell === 'powershell' ? '& ' : ''}${quote(join(binFolder, 'assume'))}`
}
