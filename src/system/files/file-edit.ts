import { endingOf, splitLines } from '../../text/line.ts'

/** A change of one file; undefined text means that the file does not exist. */
export interface FileEdit {
  readonly path: string
  readonly before: string | undefined
  readonly after: string | undefined
}

/** The section that each line of a text lies in, header lines too, by any name that tells it from the others. */
export type NameSections = (text: string) => readonly string[]

/** The sections of a text that has none. */
export const noSections: NameSections = () => []

/**
 * Whether two edits, of two states of a file, take out and put in the same lines in the same sections, wherever those
 * stand. Blank lines and line endings do not count.
 */
export function isSameChange(one: FileEdit, other: FileEdit, nameSections: NameSections): boolean {
  if ((one.after === undefined) !== (other.after === undefined)) return false
  return countLines(one, nameSections) === countLines(other, nameSections)
}

function countLines({ before = '', after = '' }: FileEdit, nameSections: NameSections): string {
  const counts = new Map<string, number>()
  for (const [text, step] of [
    [before, -1],
    [after, 1],
  ] as const) {
    const sections = nameSections(text)
    for (const [index, raw] of splitLines(text).entries()) {
      const line = raw.slice(0, raw.length - endingOf(raw).length)
      const key = JSON.stringify([sections[index] ?? '', line])
      if (line.trim() !== '') counts.set(key, (counts.get(key) ?? 0) + step)
    }
  }
  return JSON.stringify([...counts].filter(([, count]) => count !== 0).sort())
}
