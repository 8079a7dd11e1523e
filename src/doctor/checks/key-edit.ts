import type { SectionName } from '../../profiles/config/constraint.ts'
import type { Profiles } from '../../profiles/profiles.ts'
import type { Hint } from '../../text/words.ts'
import type { Facts } from '../facts.ts'

/** The command that shows the line that a key of a section is from, or its header; undefined where there is no such section. */
export function formatKeyEdit(
  { documents }: Profiles,
  { type, name }: SectionName,
  key: string | undefined,
  awsPaths: Facts['awsPaths'],
): Hint | undefined {
  const own = documents.flatMap(({ kind, sections }) =>
    sections
      .filter((section) => section.type === type && section.name === name)
      .map(({ line, properties }) => ({ kind, line, properties })),
  )
  const lines = own.flatMap(({ kind, properties }) =>
    properties.filter((each) => each.key === key).map(({ firstLine }) => ({ kind, line: firstLine })),
  )
  const last = lines.at(-1) ?? own.at(-1)
  return last && ((quote) => `vi +${last.line} ${quote(awsPaths[last.kind])}`)
}
