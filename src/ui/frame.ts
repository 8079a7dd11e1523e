import stringWidth from 'string-width'
import type { TerminalSession } from '../context.ts'

export interface Size {
  readonly columns: number
  readonly rows: number
}

/** What is on the screen: lines from the query on, and the column of the cursor in the first of them. */
export interface Frame {
  readonly lines: readonly string[]
  readonly cursor: number
}

/** The size of the terminal; some do not know theirs and say 0. */
export function measure(output: TerminalSession['output']): Size {
  const [columns, rows] = output.getWindowSize()
  return { columns: columns || 80, rows: rows || 24 }
}

/**
 * How many rows are added to each line that wraps when the terminal has become this narrow. When it has become lower, too,
 * lines below the cursor may be gone by then.
 */
export function listWraps({ lines }: Frame, before: Size, { columns, rows }: Size): number[] {
  const left = lines.slice(0, Math.max(1, lines.length - Math.max(0, before.rows - rows)))
  return left.map((line) => Math.ceil(stringWidth(line) / columns) - 1).filter((added) => added > 0)
}

/**
 * A frame over the last one, in one write. The terminal's own wrapping is off meanwhile: it may take a character for
 * wider than we do.
 */
export function encodeFrame({ lines, cursor }: Frame): string {
  const body = lines.map((line) => `${line}\u001b[K`).join('\r\n')
  const up = lines.length > 1 ? `\u001b[${lines.length - 1}A` : ''
  const right = cursor > 0 ? `\u001b[${cursor}C` : ''
  return `\u001b[?7l\r${body}\u001b[J${up}\r${right}\u001b[?7h`
}
