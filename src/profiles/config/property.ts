import { dropBlanks, isBlankAt, skipBlanks } from './blank.ts'

/** A line `name = value`, cut. `start` and `end` enclose the value in the line, blanks and comment excluded. */
export interface PropertyLine {
  readonly name: string
  readonly value: string
  readonly start: number
  readonly end: number
}

/**
 * Cuts a line without its line ending at the first `=`, before a comment (`#` or `;` after a space or tab).
 * Undefined if there is no `=`. An empty name is the caller's to refuse.
 */
export function cutProperty(line: string): PropertyLine | undefined {
  const comment = findComment(line)
  const equals = line.indexOf('=')
  if (equals < 0 || equals >= comment) return undefined
  const start = skipBlanks(line, equals + 1, comment)
  const end = dropBlanks(line, start, comment)
  const nameStart = skipBlanks(line, 0, equals)
  const name = line.slice(nameStart, dropBlanks(line, nameStart, equals))
  return { name, value: line.slice(start, end), start, end }
}

/** Where the comment of a property line starts, or its length. */
function findComment(line: string): number {
  return Math.min(findMark(line, '#'), findMark(line, ';'))
}

function findMark(line: string, mark: string): number {
  for (let at = line.indexOf(mark); at >= 0; at = line.indexOf(mark, at + 1)) {
    if (isBlankAt(line, at - 1)) return at
  }
  return line.length
}
