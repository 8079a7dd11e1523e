import type { ConfigSection } from '../../profiles/config/document.ts'
import type { Hint } from '../../text/words.ts'
import { isTypeable } from '../advice.ts'
import type { Facts } from '../facts.ts'

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
    const place = findPlace(names, ofCli[1], facts)
    return place ? `vi +${place.line} ${quote(place.path)}` : command
  }
}

/** Where a key of one of these profiles stands, or its header; the last one counts. */
function findPlace(
  names: readonly string[],
  key: string | undefined,
  { profiles, awsPaths }: Facts,
): { readonly path: string; readonly line: number } | undefined {
  for (const { kind, sections } of profiles?.documents ?? []) {
    const own = sections.filter(({ type, name }) => type === 'profile' && names.includes(name))
    const last = own.at(-1)
    if (last) return { path: awsPaths[kind], line: findLine(own, key) ?? last.line }
  }
  return undefined
}

function findLine(sections: readonly ConfigSection[], wanted: string | undefined): number | undefined {
  return sections.flatMap(({ properties }) => properties).findLast(({ key }) => key === wanted)?.firstLine
}
