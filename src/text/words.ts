import { printable } from './redact.ts'

/** Makes a word of the user's a word of a command that is shown to be typed: printable, and quoted where it has to be. */
export type QuoteWord = (word: string) => string

/** Writes the statement that sets a variable, or that removes it where there is no value. */
export type WriteVariable = (name: string, value?: string) => string

/** What to do next, mostly the command to type; a function where words of the user's stand in it, or what shells write each in its way. */
export type Hint = string | ((quote: QuoteWord, write: WriteVariable) => string)

/**
 * A word as bash, zsh, fish and PowerShell all read it; undefined where no way to quote it is the same in all of them.
 * 1. `'…'` is plain text everywhere, but that fish takes `\` before a backslash or a quote for an escape, and PowerShell
 *    U+2018 to U+201B for quotes.
 * 2. `"…"` is plain text without `$`, backquotes, `\`, the `!` of a history, and what PowerShell takes for double quotes.
 */
export function quoteForAll(word: string): string | undefined {
  const text = printable(word)
  if (/^(--)?[\w./:+][\w./:+=%@-]*$/.test(text)) return text
  if (!/['\u2018-\u201b]|\\(\\|$)/.test(text)) return `'${text}'`
  return /["$`\\!\u201c-\u201e]/.test(text) ? undefined : `"${text}"`
}

/** The same for whoever does not know the shell: what could be read otherwise somewhere is left out. */
export function quoteAnywhere(word: string): string {
  return quoteForAll(word) ?? '…'
}

/** The statement for whoever does not know the shell: that of bash, zsh and sh. */
export function writeAnywhere(name: string, value?: string): string {
  return value === undefined ? `unset ${name}` : `export ${name}=${quoteAnywhere(value)}`
}

/** A profile as the argument of an option: behind `=` where its name would be taken for another option. */
export function formatProfileFlag(name: string, quote: QuoteWord): string {
  return formatFlag('profile', name, quote)
}

/** A session as the last word of a command, which no option can follow. */
export function formatSessionWord(name: string, quote: QuoteWord): string {
  return `${name.startsWith('-') ? '-- ' : ''}${quote(name)}`
}

/** The same as the argument of an option. */
export function formatSessionFlag(name: string, quote: QuoteWord): string {
  return formatFlag('session', name, quote)
}

function formatFlag(flag: string, value: string, quote: QuoteWord): string {
  return value.startsWith('-') ? quote(`--${flag}=${value}`) : `--${flag} ${quote(value)}`
}

/** The command that exports keys of a profile. */
export function formatExport(name: string, quote: QuoteWord): string {
  return `assume --export ${formatProfileWord(name, quote)}`
}

/** A profile as a word of a command, or as an option where the name would be taken for one. */
export function formatProfileWord(name: string, quote: QuoteWord): string {
  return name.startsWith('-') ? formatProfileFlag(name, quote) : quote(name)
}
