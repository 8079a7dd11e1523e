/**
 * A word of a command line that is shown to a person, quoted only where it has to be and so that all four shells
 * read it. Not for evaluation: `emit/quote.ts` does that.
 */
export function formatWord(word: string): string {
  return /^[\w./:@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
