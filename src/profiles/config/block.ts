import { endingOf } from '../../text/line.ts'
import { isBlankAt, leadOf, trimBlanks } from './blank.ts'
import { type ConfigProperty, type ConfigSection, parseDocument } from './document.ts'
import type { FileKind } from './header.ts'
import { cutProperty } from './property.ts'

/**
 * Consecutive raw lines of a file, which edits replace: a section with all lines up to the next header,
 * or lines that belong to no section that is read.
 */
export interface Block {
  lines: readonly string[]
}

/** The section of a block as its lines are now; line numbers count from the block's start. */
export function readBlock(block: Block, kind: FileKind): ConfigSection {
  return parseDocument(block.lines.join(''), kind).sections[0] as ConfigSection
}

/** Whether a raw line holds nothing but spaces and tabs. */
export function isBlankLine(line: string): boolean {
  return trimBlanks(contentOf(line)) === ''
}

/** Puts `value` into the one line of `property` and takes the lines away that continued the old value. */
export function replaceValue(block: Block, property: ConfigProperty, value: string): void {
  const index = property.firstLine - 1
  const line = block.lines[index] as string
  const content = contentOf(line)
  block.lines = [
    ...block.lines.slice(0, index),
    rewriteValue(content, value) + line.slice(content.length),
    ...keepInterleaved(block, property),
    ...block.lines.slice(property.lastLine),
  ]
}

/** Takes a property away, its continuation lines too; comments and blank lines between those stay. */
export function removeProperty(block: Block, property: ConfigProperty): void {
  block.lines = [
    ...block.lines.slice(0, property.firstLine - 1),
    ...keepInterleaved(block, property),
    ...block.lines.slice(property.lastLine),
  ]
}

/**
 * Adds a property line behind the last line that is neither blank nor a comment, indented as far as that one; in an
 * empty section as far as `next`, the header behind it: it would be taken for a part of the value.
 */
export function appendProperty(block: Block, line: string, ending: string, kind: FileKind, next = ''): void {
  const count = countContentLines(block)
  const before = block.lines.slice(0, count)
  const { indent } = readBlock(block, kind)
  const lead = before.slice(1).findLast((each) => leadOf(each).length === indent)
  const indented = leadOf(lead ?? next) + line
  block.lines = [...endLastLine(before, ending), indented + ending, ...block.lines.slice(count)]
}

/** Moves the header that a block starts with to the first column: what is above it now could be continued by it. */
export function moveHeaderOut(block: Block): void {
  const [first = '', ...others] = block.lines
  block.lines = [first.slice(leadOf(first).length), ...others]
}

/** Empties a block of its section and of the blank lines that follow it. Comments under these stay: they are the next section's. */
export function clearSection(block: Block): void {
  const rest = block.lines.slice(countContentLines(block))
  const comment = rest.findIndex((line) => !isBlankLine(line))
  block.lines = comment < 0 ? [] : rest.slice(comment)
}

/** The lines, the last one with a line ending. */
export function endLastLine(lines: readonly string[], ending: string): readonly string[] {
  const last = lines.at(-1)
  return last === undefined || endingOf(last) !== '' ? lines : [...lines.slice(0, -1), last + ending]
}

/** A property as a new line, without a line ending. */
export function formatProperty(key: string, value: string): string {
  return value === '' ? `${key} =` : `${key} = ${value}`
}

function rewriteValue(content: string, value: string): string {
  const cut = cutProperty(content)
  if (cut === undefined) return content
  const head = content.slice(0, cut.start)
  const tail = content.slice(cut.end)
  const hasComment = trimBlanks(tail) !== ''
  if (value === '') return hasComment ? head + tail : head.trimEnd()
  const lead = head.endsWith('=') && isBlankAt(head, head.length - 2) ? ' ' : ''
  const gap = hasComment && !isBlankAt(tail, 0) ? ' ' : ''
  return head + lead + value + gap + tail
}

/** What stands between the lines of a value; comments no further in than its key, where no reader takes them for a value. */
function keepInterleaved({ lines }: Block, { firstLine, lastLine }: ConfigProperty): string[] {
  const lead = leadOf(lines[firstLine - 1] ?? '')
  return lines.slice(firstLine, lastLine).flatMap((line) => {
    if (isBlankLine(line)) return line
    const text = line.slice(leadOf(line).length)
    return isComment(text) ? (isComment(line) ? line : lead + text) : []
  })
}

function countContentLines(block: Block): number {
  return block.lines.findLastIndex((line) => !isBlankLine(line) && !isComment(line)) + 1
}

function isComment(line: string): boolean {
  return line.startsWith('#') || line.startsWith(';')
}

function contentOf(line: string): string {
  return line.slice(0, line.length - endingOf(line).length)
}
