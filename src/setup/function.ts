import { findCode, findQuoted, isPowerShell, opensBody, splitRcLines } from './alias.ts'
import { blankBlock } from './block.ts'

/** A function called assume in a start-up file, by its lines (from 1). */
interface HidingFunction {
  readonly first: number
  /** Absent where it cannot be told for sure where it ends. */
  readonly last?: number
}

/** `assume() {`, `function assume {`, `function assume` of fish, with what comes behind the name. */
const opening =
  /^([ \t]*)(?:function[ \t]+(?:(?:global:)?assume\b(?![-\w])|'assume'|"assume")[ \t]*(?:\([ \t]*\))?|assume[ \t]*\([ \t]*\))(.*)$/i
/** The same behind something else in its line. */
const openingWithin =
  /(?:[;&|({]|\b(?:then|do|else|and|or)[ \t])[ \t]*(?:function[ \t]+['"]?assume\b(?![-\w])|assume[ \t]*\([ \t]*\))/
const mark = '# put aside by assume setup (function): '
/** Behind the indentation the command that keeps a place, the mark, and what was there. */
const markedLine = /^([ \t]*)(?:: )?# put aside by assume setup \(function\): (.*)$/s

/** The functions called assume outside our block. */
export function findFunctionsAside(text: string, file: string): HidingFunction[] {
  const lines = splitRcLines(blankBlock(text, file))
  const within = findCode(lines, openingWithin)
    .filter((number) => !isOpening(lines, number) && !lines[number - 1]?.includes('__assume_'))
    .map((first) => ({ first }))
  return [...findWhole(lines, file), ...within].sort((one, other) => one.first - other.first)
}

function isOpening(lines: readonly string[], number: number): boolean {
  return opening.test(lines[number - 1] ?? '')
}

/** Those that begin their line. */
function findWhole(lines: readonly string[], file: string): HidingFunction[] {
  if (!lines.some((line) => opening.test(line))) return []
  const quoted = findQuoted(lines)
  return lines.flatMap((line, index): HidingFunction[] => {
    const found = quoted.has(index) ? null : opening.exec(line)
    if (!found) return []
    const [, indentation = '', rest = ''] = found
    const last = findEnd(lines, index, { indentation, rest, isFish: file.endsWith('.fish') })
    // A plugin manager of fish puts ours where it looks for functions.
    if (lines.slice(index, (last ?? index) + 1).some((each) => each.includes('__assume_'))) return []
    return [{ first: index + 1, ...(last !== undefined && { last: last + 1 }) }]
  })
}

/** The index of its last line: one line, or up to the end that is indented as its beginning is. */
function findEnd(
  lines: readonly string[],
  start: number,
  { indentation, rest, isFish }: { indentation: string; rest: string; isFish: boolean },
): number | undefined {
  if (isFish ? /;[ \t]*end[ \t;]*$/.test(rest) : /^[ \t]*\{.*[;}][ \t]*\}[ \t;]*$/.test(rest)) return start
  const opens = isFish
    ? !/[\\]$/.test(rest)
    : /^[ \t]*\{[ \t]*(?:#.*)?$/.test(rest) ||
      (rest.trim() === '' && /^[ \t]*\{[ \t]*$/.test(lines[start + 1] ?? ''))
  if (!opens) return undefined
  const end = new RegExp(`^${indentation}${isFish ? 'end' : '\\}'}[ \\t;]*(?:#.*)?$`)
  const last = lines.findIndex((line, index) => index > start && end.test(line))
  const next = lines.findIndex((line, index) => index > start && opening.test(line))
  return last < 0 || (next >= 0 && next < last) ? undefined : last
}

/** The rc text with each of those functions whose end is sure as comments; `restoreFunctions` gives the bytes back. */
export function putFunctionsAside(text: string, file: string): string {
  const lines = text.split('\n')
  for (const { first, last } of findFunctionsAside(text, file)) {
    if (last === undefined) continue
    const before = lines.slice(0, first - 1).findLast((line) => line.trim() !== '') ?? ''
    for (let index = first - 1; index < last; index++) {
      const line = lines[index] as string
      const [indentation] = /^[ \t]*/.exec(line) as RegExpExecArray
      const keepsPlace =
        index === first - 1 &&
        !isPowerShell(file) &&
        (indentation !== '' || opensBody.test(before.replace(/\r$/, '')))
      lines[index] = `${indentation}${keepsPlace ? ': ' : ''}${mark}${line.slice(indentation.length)}`
    }
  }
  return lines.join('\n')
}

/** The rc text without our mark on the lines of any function. */
export function restoreFunctions(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const [, indentation = '', original] = markedLine.exec(line) ?? []
      return original === undefined ? line : indentation + original
    })
    .join('\n')
}
