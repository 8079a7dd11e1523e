import type { CheckName } from '../cli/doctor-command.ts'
import { checkNames } from '../cli/doctor-command.ts'
import { maskSecrets, printable } from '../text/redact.ts'
import type { Hint, QuoteWord, WriteVariable } from '../text/words.ts'
import { adaptCommand, isTypeable } from './advice.ts'
import { checkClock } from './checks/clock.ts'
import { checkConfig } from './checks/config.ts'
import { checkDirectory } from './checks/directory.ts'
import { checkEnvironment } from './checks/environment.ts'
import { checkFiles } from './checks/files.ts'
import { checkKeys } from './checks/keys.ts'
import { checkNetwork } from './checks/network.ts'
import { checkNode } from './checks/node.ts'
import { checkPath } from './checks/path.ts'
import { checkPlugins } from './checks/plugins.ts'
import { checkProfiles } from './checks/profiles.ts'
import { checkSessions } from './checks/sessions.ts'
import { checkShells } from './checks/shell.ts'
import { checkTools } from './checks/tools.ts'
import type { Facts } from './facts.ts'
import { type Level, levels, type SetUpFinding } from './finding.ts'

/** A group of findings: what holds where it finds nothing, and what it finds. */
type Checks = Readonly<
  Record<CheckName, { readonly sound: string; readonly find: (facts: Facts) => readonly SetUpFinding[] }>
>

const checks: Checks = {
  shell: { sound: 'the shells load assume', find: checkShells },
  path: { sound: 'scripts find this assume on PATH', find: checkPath },
  node: { sound: 'Node is one that assume is made for', find: checkNode },
  config: { sound: 'every line of the AWS files is understood', find: checkConfig },
  profiles: { sound: 'every profile can get credentials', find: checkProfiles },
  files: { sound: 'nobody else can change or read what is yours', find: checkFiles },
  environment: { sound: 'no variable is in the way of a profile', find: checkEnvironment },
  clock: { sound: 'no file was written in the future', find: checkClock },
  sessions: { sound: 'no session is over', find: checkSessions },
  keys: {
    sound: 'no long-lived key lies in plain text, and every stored one has its profile',
    find: checkKeys,
  },
  directory: { sound: 'no other tool sets the profile of this folder', find: checkDirectory },
  tools: { sound: 'no profile hangs on another tool', find: checkTools },
  plugins: { sound: 'the plugins are those that were enabled', find: checkPlugins },
  network: { sound: 'what was asked of the network answers', find: checkNetwork },
}

/** A finding as it is told: with the name of its check, and with the command for the shell of the user. */
export interface ToldFinding {
  readonly level: Level
  readonly check: CheckName
  readonly seen: string
  readonly why: string
  readonly mend: string | null
}

/** What came of the checks. */
export interface Examination {
  /** The worst first, and else in the order of the checks. */
  readonly findings: readonly ToldFinding[]
  /** What holds, by the name of the check. */
  readonly sound: readonly (readonly [CheckName, string])[]
}

interface Words {
  readonly quote: QuoteWord
  readonly write: WriteVariable
}

/** People put secrets in the place of other things, and findings are pasted into reports. */
function show(text: string): string {
  return maskSecrets(printable(text))
}

/** The command; undefined where a word of it cannot be shown as it is: what is shown would be about something else. */
function formatTypeable(mend: Exclude<Hint, string>, { quote, write }: Words): string | undefined {
  let isShown = true
  const see = (word: string) => {
    isShown &&= show(word) === word
    return word
  }
  const command = mend(
    (word) => quote(see(word)),
    (name, value) => (value === undefined ? write(name) : write(name, see(value))),
  )
  return isShown ? command : undefined
}

/** Runs the checks of these names. */
export function examineFacts(
  facts: Facts,
  names: readonly CheckName[],
  { quote, write }: Words,
): Examination {
  const chosen = checkNames.filter((name) => names.includes(name))
  const findings = chosen.flatMap((check) =>
    checks[check].find(facts).map(({ level, seen, why, mend }): ToldFinding => {
      const advice = typeof mend === 'function' ? formatTypeable(mend, { quote, write }) : mend
      const isCommand = advice !== undefined && isTypeable(advice)
      const reason = advice === undefined || isCommand ? why : `${why}; ${advice}`
      const command = isCommand ? adaptCommand(advice, facts, quote) : null
      return { level, check, seen: show(seen), why: show(reason), mend: command }
    }),
  )
  const isSound = (name: CheckName) => !findings.some(({ check }) => check === name)
  return {
    findings: findings.toSorted((one, other) => levels.indexOf(one.level) - levels.indexOf(other.level)),
    sound: chosen.filter(isSound).map((name) => [name, checks[name].sound] as const),
  }
}
