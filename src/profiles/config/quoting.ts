const blank = /[ \t\r\n]/

/** Splits what stands between brackets into words as Python's `shlex.split` does; undefined where a quote is left open, or a backslash. */
export function splitHeaderWords(text: string): string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string
    if (quote !== '') {
      if (character === quote) quote = ''
      else if (quote === '"' && character === '\\' && /["\\]/.test(text[at + 1] ?? ''))
        word += text[++at] as string
      else word += character
    } else if (blank.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if (character === "'" || character === '"') {
      quote = character
      word ??= ''
    } else if (character === '\\') {
      if (at + 1 === text.length) return undefined
      word = (word ?? '') + text[++at]
    } else {
      word = (word ?? '') + character
    }
  }
  if (quote !== '') return undefined
  return word === undefined ? words : [...words, word]
}

/** `name` as one quoted word that `splitWords` and `shlex.split` read back. */
export function quoteWord(name: string): string {
  return name.includes("'") ? `"${name.replace(/["\\]/g, '\\$&')}"` : `'${name}'`
}
