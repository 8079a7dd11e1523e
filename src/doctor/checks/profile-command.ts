import type { Hint } from '../../text/words.ts'
import { isTypeable } from '../advice.ts'
import type { Facts } from '../facts.ts'
import { formatKeyEdit } from './key-edit.ts'

/**
 * The command for what is wrong with a profile: in the place of one of the AWS CLI that cannot be typed, that there is no AWS
 * CLI for, or that makes a second section of the name, the editor at the line.
 */
export function mendProfile(hint: Hint | undefined, facts: Facts): Hint | undefined {
  if (typeof hint !== 'function') return hint
  return (quote, write) => {
    const words: string[] = []
    const command = hint((word) => {
      words.push(word)
      return quote(word)
    }, write)
    const ofCli = /^aws configure(?: set (\S+))? /.exec(command)
    if (!ofCli || (facts.hasAwsCli && isTypeable(command) && !words.some((word) => /["'\\]/.test(word))))
      return command
    const names = words.map((word) => word.replace(/^--profile=/, ''))
    const [edit] = names.flatMap((name) => formatEdit(facts, name, ofCli[1]) ?? [])
    return edit ? edit(quote, write) : command
  }
}

function formatEdit({ profiles, awsPaths }: Facts, name: string, key: string | undefined) {
  const hint = profiles && formatKeyEdit(profiles, { type: 'profile', name }, key, awsPaths)
  return typeof hint === 'function' ? hint : undefined
}
