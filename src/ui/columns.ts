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

/**
 * Rows under a heading, each column as wide as its widest cell on a terminal. Cells are made printable; columns
 * that are empty in every row are left out. The first column with a title has the names: a long one is cut in its middle.
 */
export async function formatColumns(
  heading: readonly string[],
  rows: readonly { readonly cells: readonly string[]; readonly style: Style }[],
  { colour, width }: TableOptions,
): Promise<string> {
  const table = [{ cells: heading, style: 'faint' as Style }, ...rows].map(({ cells, style }) => ({
    cells: cells.map((cell) => printable(cell)),
    style,
  }))
  const measure = await loadMeasure(table.flatMap(({ cells }) => cells))
  const widest = (column: number) =>
    table.slice(1).reduce((most, { cells }) => Math.max(most, measure(cells[column] ?? '')), 0)
  const columns = heading
    .map((title, column) => ({ title, column, content: widest(column) }))
    .filter(({ content }) => content > 0)
    .map(({ title, column, content }) => ({ title, column, width: Math.max(content, measure(title)) }))
  const before = Math.max(
    0,
    columns.findIndex(({ title }) => title !== ''),
  )
  const natural = columns.map((each) => each.width)
  const widths = width === undefined ? natural : shareWidth(natural, { width: width - 1, before })
  const format = (text: string, position: number) => {
    const room = widths[position] ?? 0
    const shown = cutText(text, room, position === before ? 'middle' : 'end', measure)
    return shown + ' '.repeat(room - measure(shown))
  }
  return table
    .map(({ cells, style }) => {
      const line = columns
        .map(({ column }, position) => format(cells[column] ?? '', position))
        .filter((_, position) => widths[position])
        .join(' '.repeat(gap))
        .trimEnd()
      return colour && codes[style] ? `${codes[style]}${line}\u001b[0m\n` : `${line}\n`
    })
    .join('')
}

/** How many columns a printable text takes. The package that knows takes 40 ms to load, two starts of Node. */
async function loadMeasure(texts: readonly string[]): Promise<Measure> {
  if (texts.every((text) => /^[ -~]*$/.test(text))) return (text) => text.length
  const { default: stringWidth } = await import('string-width')
  return stringWidth
}
