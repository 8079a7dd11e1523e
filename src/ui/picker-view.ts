import stringWidth from 'string-width'
import { printable } from '../redact.ts'
import { fitCell, truncateText } from './cell.ts'
import type { Choices } from './choices.ts'
import type { Frame, Size } from './frame.ts'
import type { PickerState } from './picker-state.ts'
import { renderTypedLine } from './typed-line.ts'

/** Choices as text, measured once. */
export interface Table {
  readonly heading: readonly string[]
  readonly rows: readonly {
    readonly cells: readonly string[]
    readonly active: boolean
    readonly usable: boolean
  }[]
  /** Of the widest cell in each column. */
  readonly widths: readonly number[]
}

const heightLimit = 12
const styles = { faint: '\u001b[2m', reversed: '\u001b[7m', none: '' } as const

/** Makes every cell printable, and leaves out the columns that are empty in every row. */
export function makeTable({ heading, rows }: Choices): Table {
  const texts = rows.map(({ cells }) => cells.map((cell) => printable(cell)))
  const shown = heading.map((_, column) => column).filter((column) => texts.some((cells) => cells[column]))
  const select = (cells: readonly string[]) => shown.map((column) => cells[column] ?? '')
  const titles = select(heading)
  return {
    heading: titles,
    rows: rows.map(({ active, usable }, index) => ({ cells: select(texts[index] ?? []), active, usable })),
    widths: shown.map((column, position) =>
      texts.reduce(
        (width, cells) => Math.max(width, stringWidth(cells[column] ?? '')),
        stringWidth(titles[position] ?? ''),
      ),
    ),
  }
}

/** How many rows are shown at once on a terminal of this height. */
export function countShown({ rows }: Pick<Size, 'rows'>): number {
  return Math.max(0, Math.min(heightLimit, rows) - (showsHeading(rows) ? 2 : 1))
}

/** Below this height a row is worth more than the heading. */
function showsHeading(rows: number): boolean {
  return rows >= 5
}

/** Draws a state. No line is as wide as the terminal, for a full line wraps on some. */
export function renderPicker(
  state: PickerState,
  table: Table,
  size: Size,
  { colour, label = '' }: { colour: boolean; label?: string },
): Frame {
  const width = Math.max(1, size.columns - 1)
  const paint = (text: string, style: keyof typeof styles) =>
    colour && styles[style] ? `${styles[style]}${text}\u001b[0m` : text
  const prompt = `${label && `${printable(label)} `}${countMatches(state, table)} > `
  const query = renderTypedLine(state.line, stringWidth(prompt) < width / 2 ? prompt : '> ', width)
  const widths = shareWidth(table.widths, width)
  const format = (gutter: string, cells: readonly string[]) =>
    truncateText(
      gutter + cells.map((cell, column) => fitCell(cell, widths[column] ?? 0)).join('  '),
      width,
    ).trimEnd()

  const shown = countShown(size)
  const top = findTop(state, shown)
  const lines = state.matches.slice(top, top + shown).map((index, position) => {
    const row = table.rows[index]
    const isSelected = top + position === state.selected
    const line = format(`${isSelected ? '>' : ' '}${row?.active ? '*' : ' '} `, row?.cells ?? [])
    return paint(line, isSelected ? 'reversed' : row?.usable ? 'none' : 'faint')
  })
  const heading = showsHeading(size.rows) ? [paint(format('   ', table.heading), 'faint')] : []
  return { lines: [query.text, ...heading, ...lines], cursor: query.cursor }
}

/** The first row shown: the selected one moves to the middle, then the list moves under it. */
function findTop({ matches, selected }: PickerState, shown: number): number {
  return Math.max(0, Math.min(selected - Math.floor(shown / 2), matches.length - shown))
}

/** As wide for every state, so that the query stays where it is. */
function countMatches({ matches }: PickerState, { rows }: Table): string {
  return `${matches.length}/${rows.length}`.padStart(2 * `${rows.length}`.length + 1)
}

/** Of a table that is too wide the name gets at most three fifths; what does not fit then is cut at the right. */
function shareWidth(widths: readonly number[], width: number): readonly number[] {
  const needed = widths.reduce((sum, each) => sum + each + 2, 1)
  const limit = Math.max(12, Math.floor(width * 0.6))
  return needed <= width
    ? widths
    : widths.map((each, column) => (column === 0 ? Math.min(each, limit) : each))
}
