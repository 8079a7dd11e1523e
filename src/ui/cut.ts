/** How many columns of a terminal a printable text takes. */
export type Measure = (text: string) => number

/** Where a text loses what does not fit. */
export type Cut = 'middle' | 'end'

/** A character as a person counts them, and its place in the text. */
export interface Character {
  readonly text: string
  readonly index: number
}

/** Made when it is needed: most texts are ASCII. */
let segmenter: Intl.Segmenter | undefined

export function splitCharacters(text: string): Character[] {
  if (/^[ -~]*$/.test(text)) return Array.from(text, (character, index) => ({ text: character, index }))
  segmenter ??= new Intl.Segmenter()
  return Array.from(segmenter.segment(text), ({ segment, index }) => ({ text: segment, index }))
}

/** As much of `text` as fits into `width` columns; a cut is shown by `…`. */
export function cutText(text: string, width: number, cut: Cut, measure: Measure): string {
  if (measure(text) <= width) return text
  return cutCharacters(text, width, cut, measure)
    .map((character) => character.text)
    .join('')
}

/** The same as characters. The `…` is at no place of the text. */
export function cutCharacters(text: string, width: number, cut: Cut, measure: Measure): Character[] {
  const characters = splitCharacters(text)
  if (measure(text) <= width) return characters
  if (width <= 0) return []
  const room = width - 1
  const tail = cut === 'end' ? [] : takeFitting(characters.toReversed(), Math.floor(room / 2), measure)
  const used = tail.reduce((sum, character) => sum + measure(character.text), 0)
  const head = takeFitting(characters, room - used, measure)
  return [...head, { text: '…', index: -1 }, ...tail.toReversed()]
}

function takeFitting(characters: readonly Character[], room: number, measure: Measure): readonly Character[] {
  let left = room
  const end = characters.findIndex(({ text }) => {
    left -= measure(text)
    return left < 0
  })
  return end === -1 ? characters : characters.slice(0, end)
}
