/**
 * One quoting function per shell. Each takes any text without NUL and gives one word that the shell's own parser
 * reads back unchanged; the tests prove it by round trips through the real shells.
 */

/**
 * bash, zsh and sh.
 * 1. Inside '…' nothing is special but the quote itself, in any locale, in POSIX mode too (POSIX, Shell Command
 *    Language 2.2.2).
 * 2. A quote closes, is added escaped, and opens again: '\''. That survives zsh's rc_quotes, where '' would not.
 */
export function quotePosix(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

/**
 * fish.
 * 1. Inside '…' only \ and ' are special (fish documentation, "Quotes").
 * 2. So both are escaped with \, the backslash first.
 */
export function quoteFish(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}

/**
 * PowerShell.
 * 1. Inside '…' nothing is special but the quote, which is doubled.
 * 2. The parser takes four typographic quotes for ' as well (CharTraits.cs, IsSingleQuote), so each of the five
 *    is doubled, by itself.
 */
export function quotePowerShell(text: string): string {
  return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`
}
