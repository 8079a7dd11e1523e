import stringWidth from 'string-width'
import { printable } from '../text/redact.ts'
import { type Emphasis, fitCell } from './cell.ts'
import type { Choices } from './choices.ts'
import type { Frame, Size } from './frame.ts'
import { gap, shareWidth } from './layout.ts'
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
  /** The place of each column in the choices, where some are empty. */
  readonly places: readonly number[]
  /** The column that gives way last. */
  readonly kept?: number
  readonly locate: Required<Choices>['locate']
}

/** Lines that it takes on a terminal that has them; more on one that is twice as high. */
const height = 12
const gutter = 3
const styles = { faint: '\u001b[2m', reversed: '\u001b[7m', none: '' } as const
/** Ends without touching the style of the line. */
const underline = (text: string) => `\u001b[4m${text}\u001b[24m`

/** Makes every cell printable, and leaves out the columns that are empty in every row. */
export function makeTable({ heading, rows, locate = () => [], kept }: Choices): Table {
  const texts = rows.map(({ cells }) => cells.map((cell) => printable(cell)))
  const shown = heading.map((_, column) => column).filter((column) => texts.some((cells) => cells[column]))
  const select = (cells: readonly string[]) => shown.map((column) => cells[column] ?? '')
  const titles = select(heading)
  const last = kept === undefined ? -1 : titles.indexOf(kept)
  return {
    heading: titles,
    rows: rows.map(({ active, usable }, index) => ({ cells: select(texts[index] ?? []), active, usable })),
    widths: shown.map((column, position) =>
      texts.reduce(
        (width, cells) => Math.max(width, stringWidth(cells[column] ?? '')),
        stringWidth(titles[position] ?? ''),
      ),
    ),
    places: shown,
    ...(last > 0 && { kept: last }),
    locate,
  }
}

/** How many rows are shown at once on a terminal of this height. */
export function countShown({ rows }: Pick<Size, 'rows'>): number {
  return Math.max(0, Math.min(Math.max(height, Math.floor(rows / 2)), rows) - (showsHeading(rows) ? 2 : 1))
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
  const widths = shareWidth(table.widths, {
    width: Math.max(0, width - gutter),
    ...(table.kept !== undefined && { kept: table.kept }),
  })
  const format = (
    marks: string,
    cells: readonly string[],
    emphasis: readonly (Emphasis | undefined)[] = [],
  ) =>
    marks.slice(0, width) +
    cells
      .map((cell, column) =>
        fitCell(cell, widths[column] ?? 0, column === 0 ? 'middle' : 'end', emphasis[column]),
      )
      .filter((_, column) => widths[column])
      .join(' '.repeat(gap))
      .trimEnd()

  const shown = countShown(size)
  const top = findTop(state, shown)
  const typed = state.line.before + state.line.after
  const lines = state.matches.slice(top, top + shown).map((index, position) => {
    const row = table.rows[index]
    const isSelected = top + position === state.selected
    const marks = `${isSelected ? '>' : ' '}${row?.active ? '*' : ' '} `
    const line = format(marks, row?.cells ?? [], colour ? emphasizeMatches(typed, index, table) : [])
    return paint(line, isSelected ? 'reversed' : row?.usable ? 'none' : 'faint')
  })
  const heading = showsHeading(size.rows) ? [paint(format('   ', table.heading), 'faint')] : []
  return { lines: [query.text, ...heading, ...lines], cursor: query.cursor }
}

/** What stands out in each cell of a row. */
function emphasizeMatches(query: string, row: number, { places, locate }: Table): (Emphasis | undefined)[] {
  const matches = locate(query, row)
  return places.map((place) => {
    const indexes = matches.filter(({ column }) => column === place).flatMap((match) => match.indexes)
    return indexes.length > 0 ? { indexes: new Set(indexes), mark: underline } : undefined
  })
}

/** The first row shown: the selected one moves to the middle, then the list moves under it. */
function findTop({ matches, selected }: PickerState, shown: number): number {
  return Math.max(0, Math.min(selected - Math.floor(shown / 2), matches.length - shown))
}

/** As wide for every state, so that the query stays where it is. */
function countMatches({ matches }: PickerState, { rows }: Table): string {
  return `${matches.length}/${rows.length}`.padStart(2 * `${rows.length}`.length + 1)
}
