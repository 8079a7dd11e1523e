import type { ShellName } from '../core/shell.ts'
import { printable } from '../redact.ts'
import { type QuoteWord, quoteForAll } from '../words.ts'
import { quoteFish, quotePosix, quotePowerShell } from './quote.ts'

const quotes: Readonly<Record<ShellName, (text: string) => string>> = {
  bash: quotePosix,
  zsh: quotePosix,
  fish: quoteFish,
  powershell: quotePowerShell,
}

/** Quotes words of commands that are shown to somebody in this shell: as all shells read them, where that is possible. */
export function quoteFor(shell: ShellName): QuoteWord {
  return (word) => quoteForAll(word) ?? quotes[shell](printable(word))
}
