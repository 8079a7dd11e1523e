import { printable } from '../redact.ts'

export type Style = 'plain' | 'strong' | 'faint'

const codes: Readonly<Record<Style, string>> = { plain: '', strong: '\u001b[1m', faint: '\u001b[2m' }

/**
 * Rows under a heading, each column as wide as its widest cell on a terminal. Cells are made printable; columns
 * that are empty in every row are left out.
 */
export async function formatColumns(
  heading: readonly string[],
  rows: readonly { readonly cells: readonly string[]; readonly style: Style }[],
  { colour }: { colour: boolean },
): Promise<string> {
  const table = [{ cells: heading, style: 'faint' as Style }, ...rows].map(({ cells, style }) => ({
    cells: cells.map((cell) => printable(cell)),
    style,
  }))
  const measure = await loadMeasure(table.flatMap(({ cells }) => cells))
  const widest = (column: number) =>
    table.slice(1).reduce((most, { cells }) => Math.max(most, measure(cells[column] ?? '')), 0)
  const widths = heading.map((_, column) => widest(column))
  const shown = widths
    .map((width, column) => ({ width: Math.max(width, measure(heading[column] ?? '')), column }))
    .filter((_, column) => (widths[column] ?? 0) > 0)
  return table
    .map(({ cells, style }) => {
      const line = shown
        .map(({ width, column }) => (cells[column] ?? '') + ' '.repeat(width - measure(cells[column] ?? '')))
        .join('  ')
        .trimEnd()
      return colour && codes[style] ? `${codes[style]}${line}\u001b[0m\n` : `${line}\n`
    })
    .join('')
}

/** How many columns a printable text takes. The package that knows takes 40 ms to load, two starts of Node. */
async function loadMeasure(texts: readonly string[]): Promise<(text: string) => number> {
  if (texts.every((text) => /^[ -~]*$/.test(text))) return (text) => text.length
  const { default: stringWidth } = await import('string-width')
  return stringWidth
}
