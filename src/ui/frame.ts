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
 * Makes the next row a part of the line in this one, by text that wraps, and goes back. xterm.js (VS Code, web terminals)
 * moves the cursor when a line below it wraps because the window has become narrower, and leaves only its own line alone.
 * All other terminals keep the cursor in its line, and forget that rows are joined when the upper one is erased: tmux
 * from its start, others to its end.
 */
const joinNextRow = '\u001b[999C\u001b[?7h  \u001b[?7l\u001b[A\u001b[999C\u001b[1K\r'

/**
 * A frame over the last one, in one write. The terminal's own wrapping is off meanwhile, but where rows are joined: it may
 * take a character for wider than we do.
 */
export function encodeFrame({ lines, cursor }: Frame): string {
  // An empty row that is erased from its first column is joined to nothing.
  const rows = lines.map((line) => `${line || ' '}\u001b[K`)
  const last = rows.pop() ?? ''
  const body = rows.map((row) => `${joinNextRow}${row}\r\u001b[B`).join('') + last
  const up = lines.length > 1 ? `\u001b[${lines.length - 1}A` : ''
  const right = cursor > 0 ? `\u001b[${cursor}C` : ''
  return `\u001b[?7l\r${body}\u001b[J${up}\r${right}\u001b[?7h`
}
