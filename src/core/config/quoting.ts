const blank = /[ \t\r\n]/

/**
 * Splits the inside of a section header into words as Python's `shlex.split` does, from `from` up to the
 * first `]` that is neither quoted nor escaped. `end` is the place of that bracket.
 * Returns undefined where a quote is left open, or a comment or the end of the line comes first.
 */
export function splitWords(line: string, from: number): { words: string[]; end: number } | undefined {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let at = from; at < line.length; at++) {
    const character = line[at] as string
    if (quote !== '') {
      if (character === quote) quote = ''
      else if (quote === '"' && character === '\\' && /["\\]/.test(line[at + 1] ?? ''))
        word += line[++at] as string
      else word += character
    } else if (blank.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if (character === ']') {
      if (word !== undefined) words.push(word)
      return { words, end: at }
    } else if (character === '#' || character === ';') {
      return undefined
    } else if (character === "'" || character === '"') {
      quote = character
      word ??= ''
    } else {
      word = (word ?? '') + (character === '\\' ? (line[++at] ?? '') : character)
    }
  }
  return undefined
}

/** `name` as one quoted word that `splitWords` and `shlex.split` read back. */
export function quoteWord(name: string): string {
  return name.includes("'") ? `"${name.replace(/["\\]/g, '\\$&')}"` : `'${name}'`
}
