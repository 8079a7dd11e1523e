import { printable } from '../text/redact.ts'
import { cutText, type Measure } from './cut.ts'
import { gap, shareWidth } from './layout.ts'

export type Style = 'plain' | 'strong' | 'faint'

const codes: Readonly<Record<Style, string>> = { plain: '', strong: '\u001b[1m', faint: '\u001b[2m' }

export interface TableOptions {
  readonly colour: boolean
  /** Columns of the terminal, whose last stays free: a full line wraps on some. Absent: lines are as long as they are. */
  readonly width?: number | undefined
}

export interface TableRow {
  readonly cells: readonly string[]
  readonly style: Style
}

/**
 * Rows under a heading, each column as wide as its widest cell on a terminal. Cells are made printable; columns
 * that are empty in every row are left out. The first column with a title has the names: a long one is cut in its middle.
 */
export async function formatColumns(
  heading: readonly string[],
  rows: readonly TableRow[],
  { colour, width }: TableOptions,
): Promise<string> {
  const columns = heading.map((title, at) => [title, ...rows.map(({ cells }) => printable(cells[at] ?? ''))])
  const measure = await loadMeasure(columns)
  const natural = columns.map((cells) => measureColumn(cells, measure))
  const shown = columns.filter((_, at) => natural[at])
  const before = Math.max(
    0,
    shown.findIndex(([title]) => title !== ''),
  )
  const wanted = natural.filter((each) => each > 0)
  const widths = width === undefined ? wanted : shareWidth(wanted, { width: width - 1, before })
  const places = shown.flatMap((cells, at) => {
    const room = widths[at] ?? 0
    return room > 0 ? [{ cells, room, cut: at === before ? ('middle' as const) : ('end' as const) }] : []
  })
  // For thousands of rows: nothing is made that does not get into the text.
  let text = ''
  for (let row = 0; row <= rows.length; row++) {
    let line = ''
    let end = 0
    for (const { cells, room, cut } of places) {
      const cell = cells[row] ?? ''
      const taken = measure(cell)
      const part = taken <= room ? cell : cutText(cell, room, cut, measure)
      if (part !== '') line += ' '.repeat(end) + part
      end = part === '' ? end + room + gap : room - (part === cell ? taken : measure(part)) + gap
    }
    const code = colour ? codes[row === 0 ? 'faint' : (rows[row - 1]?.style ?? 'plain')] : ''
    text += code ? `${code}${line}\u001b[0m\n` : `${line}\n`
  }
  return text
}

/** As its widest cell; nothing where only the title stands. */
function measureColumn(cells: readonly string[], measure: Measure): number {
  let widest = 0
  for (let row = 1; row < cells.length; row++) {
    const taken = measure(cells[row] ?? '')
    if (taken > widest) widest = taken
  }
  return widest === 0 ? 0 : Math.max(widest, measure(cells[0] ?? ''))
}

/** How many columns a printable text takes. The package that knows takes 40 ms to load, two starts of Node. */
async function loadMeasure(columns: readonly (readonly string[])[]): Promise<Measure> {
  const isAscii = (text: string) => /^[ -~]*$/.test(text)
  if (columns.every((cells) => cells.every(isAscii))) return (text) => text.length
  const { default: stringWidth } = await import('string-width')
  return stringWidth
}
