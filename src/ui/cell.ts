import stringWidth from 'string-width'

const segmenter = new Intl.Segmenter()

/** The characters of a text as a person counts them. */
export function splitCharacters(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

/** As much of the beginning of `text` as fits into `width` columns; a cut is shown by `…`. */
export function truncateText(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  let kept = ''
  let room = width - 1
  for (const character of splitCharacters(text)) {
    room -= stringWidth(character)
    if (room < 0) break
    kept += character
  }
  return width > 0 ? `${kept}…` : ''
}

/** `text` in exactly `width` columns. */
export function fitCell(text: string, width: number): string {
  const cut = truncateText(text, width)
  return cut + ' '.repeat(Math.max(0, width - stringWidth(cut)))
}
