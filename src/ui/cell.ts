import stringWidth from 'string-width'
import { type Cut, cutCharacters, cutText } from './cut.ts'

/** What stands out in a cell: places in its text, and what makes characters stand out. */
export interface Emphasis {
  readonly indexes: ReadonlySet<number>
  readonly mark: (text: string) => string
}

/** As much of the beginning of `text` as fits into `width` columns; a cut is shown by `…`. */
export function truncateText(text: string, width: number): string {
  return cutText(text, width, 'end', stringWidth)
}

/** `text` in exactly `width` columns, a cut shown by `…`. */
export function fitCell(text: string, width: number, cut: Cut, emphasis?: Emphasis): string {
  const fitted = cutText(text, width, cut, stringWidth)
  const shown = emphasis ? emphasize(text, width, cut, emphasis) : fitted
  return shown + ' '.repeat(Math.max(0, width - stringWidth(fitted)))
}

/** Neighbours are marked together. */
function emphasize(text: string, width: number, cut: Cut, { indexes, mark }: Emphasis): string {
  const runs: { text: string; isHit: boolean }[] = []
  for (const character of cutCharacters(text, width, cut, stringWidth)) {
    const isHit = indexes.has(character.index)
    const last = runs.at(-1)
    if (last?.isHit === isHit) last.text += character.text
    else runs.push({ text: character.text, isHit })
  }
  return runs.map((run) => (run.isHit ? mark(run.text) : run.text)).join('')
}
