import type { SectionName } from '../../profiles/config/constraint.ts'
import type { Profiles } from '../../profiles/profiles.ts'
import type { Hint } from '../../text/words.ts'
import type { Facts } from '../facts.ts'

/** The command that shows the line that a key of a section is from; undefined where there is none. */
export function formatKeyEdit(
  { documents }: Profiles,
  { type, name }: SectionName,
  key: string,
  awsPaths: Facts['awsPaths'],
): Hint | undefined {
  const lines = documents.flatMap(({ kind, sections }) =>
    sections
      .filter((section) => section.type === type && section.name === name)
      .flatMap(({ properties }) => properties.filter((property) => property.key === key))
      .map(({ firstLine }) => ({ kind, line: firstLine })),
  )
  const last = lines.at(-1)
  return last && ((quote) => `vi +${last.line} ${quote(awsPaths[last.kind])}`)
}
