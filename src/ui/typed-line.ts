import stringWidth from 'string-width'
import { truncateText } from './cell.ts'
import { splitCharacters } from './cut.ts'
import type { Line } from './line-editor.ts'

/**
 * A line that is being typed behind a label, in `width` columns, and the column of its cursor. One that is too long is
 * cut at its beginning, so that the cursor is in sight.
 */
export function renderTypedLine(
  { before, after }: Line,
  label: string,
  width: number,
): { readonly text: string; readonly cursor: number } {
  const room = width - stringWidth(label) - 1
  const characters = splitCharacters(before).map(({ text }) => text)
  while (characters.length > 0 && stringWidth(characters.join('')) > room) characters.shift()
  const visible = label + characters.join('')
  return { text: truncateText(visible + after, width), cursor: Math.min(stringWidth(visible), width) }
}
