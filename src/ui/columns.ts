import { printable } from '../text/redact.ts'
import { cutText, type Measure } from './cut.ts'
import { gap, shareWidth } from './layout.ts'

export type Style = 'plain' | 'strong' | 'faint'

const codes: Readonly<Record<Style, string>> = { plain: '', strong: '\u001b[1m', faint: '\u001b[2m' }

export interface TableOptions {
  /** How a row looks, by its number; absent: without colours. */
  readonly styleOf?: ((row: number) => Style) | undefined
  /** Columns of the terminal, whose last stays free: a full line wraps on some. Absent: lines are as long as they are. */
  readonly width?: number | undefined
}

/** A column with the cells of all rows. */
export interface Column {
  readonly title: string
  readonly cells: readonly string[]
}

/**
 * A table with a heading, each column as wide as its widest cell on a terminal. Cells are made printable; columns
 * that are empty in every row are left out. The first column with a title has the names: a long one is cut in its middle.
 */
export async function formatColumns(
  columns: readonly Column[],
  { width, styleOf }: TableOptions,
): Promise<string> {
  const all = columns.map(({ title, cells }) => ({ title, cells: makePrintable(cells) }))
  const measure = await loadMeasure(all)
  const measured = all.map((column) => ({ ...column, natural: measureColumn(column, measure) }))
  const shown = measured.filter(({ natural }) => natural > 0)
  const before = Math.max(
    0,
    shown.findIndex(({ title }) => title !== ''),
  )
  const natural = shown.map((each) => each.natural)
  const widths = width === undefined ? natural : shareWidth(natural, { width: width - 1, before })
  const places = shown.flatMap(({ title, cells }, at) => {
    const room = widths[at] ?? 0
    return room > 0
      ? [{ title, cells, room, cut: at === before ? ('middle' as const) : ('end' as const) }]
      : []
  })
  const rowCount = columns[0]?.cells.length ?? 0
  // For thousands of rows: nothing is made that does not get into the text.
  let text = ''
  for (let row = -1; row < rowCount; row++) {
    let line = ''
    let blanks = 0
    for (const { title, cells, room, cut } of places) {
      const cell = row < 0 ? title : (cells[row] ?? '')
      const taken = measure(cell)
      const part = taken <= room ? cell : cutText(cell, room, cut, measure)
      if (part === '') {
        blanks += room + gap
        continue
      }
      line += ' '.repeat(blanks) + part
      blanks = room - (part === cell ? taken : measure(part)) + gap
    }
    const code = styleOf ? codes[row < 0 ? 'faint' : styleOf(row)] : ''
    text += code ? `${code}${line}\u001b[0m\n` : `${line}\n`
  }
  return text
}

const ascii = /^[ -~]*$/

/** Most columns are so, which is seen at once. */
function isPlain(cells: readonly string[]): boolean {
  return ascii.test(cells.join(''))
}

function makePrintable(cells: readonly string[]): readonly string[] {
  return isPlain(cells) ? cells : cells.map((cell) => printable(cell))
}

/** As its widest cell; nothing where only the title stands. */
function measureColumn({ title, cells }: Column, measure: Measure): number {
  let widest = 0
  for (const cell of cells) widest = Math.max(widest, measure(cell))
  return widest === 0 ? 0 : Math.max(widest, measure(title))
}

/** How many columns a printable text takes. The package that knows takes 40 ms to load, two starts of Node. */
async function loadMeasure(columns: readonly Column[]): Promise<Measure> {
  if (columns.every(({ title, cells }) => isPlain(cells) && ascii.test(title))) return (text) => text.length
  const { default: stringWidth } = await import('string-width')
  return stringWidth
}
