import stringWidth from 'string-width'
import { printable } from '../redact.ts'

export type Style = 'plain' | 'strong' | 'faint'

const codes: Readonly<Record<Style, string>> = { plain: '', strong: '\u001b[1m', faint: '\u001b[2m' }

/**
 * Rows under a heading, each column as wide as its widest cell on a terminal. Cells are made printable; columns
 * that are empty in every row are left out.
 */
export function formatColumns(
  heading: readonly string[],
  rows: readonly { readonly cells: readonly string[]; readonly style: Style }[],
  { colour }: { colour: boolean },
): string {
  const table = [{ cells: heading, style: 'faint' as Style }, ...rows].map(({ cells, style }) => ({
    cells: cells.map((cell) => measureCell(printable(cell))),
    style,
  }))
  const widths = heading.map((_, column) => widest(table.slice(1), column))
  const shown = widths
    .map((width, column) => ({ width: Math.max(width, stringWidth(heading[column] ?? '')), column }))
    .filter((_, column) => (widths[column] ?? 0) > 0)
  return table
    .map(({ cells, style }) => {
      const line = shown
        .map(({ width, column }) => {
          const { text, width: own } = cells[column] ?? noCell
          return text + ' '.repeat(width - own)
        })
        .join('  ')
        .trimEnd()
      return colour && codes[style] ? `${codes[style]}${line}\u001b[0m\n` : `${line}\n`
    })
    .join('')
}

interface Cell {
  readonly text: string
  readonly width: number
}

const noCell: Cell = { text: '', width: 0 }

function measureCell(text: string): Cell {
  return { text, width: stringWidth(text) }
}

function widest(table: readonly { readonly cells: readonly Cell[] }[], column: number): number {
  return table.reduce((most, { cells }) => Math.max(most, cells[column]?.width ?? 0), 0)
}
