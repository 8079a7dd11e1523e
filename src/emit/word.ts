import { printable } from '../text/redact.ts'
import { type QuoteWord, quoteForAll, type WriteVariable } from '../text/words.ts'
import { quoteFish, quotePosix, quotePowerShell } from './quote.ts'
import type { ShellName } from './shell.ts'

const quotes: Readonly<Record<ShellName, (text: string) => string>> = {
  bash: quotePosix,
  zsh: quotePosix,
  fish: quoteFish,
  powershell: quotePowerShell,
}

/** What has no meaning between double quotes in any shell. */
const plain = /^[\w./+@%:,= -]*$/

/**
 * A path as a word of the shell, with HOME in the place of that of `homes` which it lies below: so an rc file holds on other
 * machines too.
 */
export function quotePath(shell: ShellName, path: string, homes: readonly string[]): string {
  const quote = quotes[shell]
  const home = homes.find((each) => path.startsWith(`${each}/`))
  if (home === undefined) return quote(path)
  const rest = path.slice(home.length)
  if (plain.test(rest)) return `"$HOME${rest}"`
  return shell === 'powershell' ? `($HOME + ${quote(rest)})` : `"$HOME"${quote(rest)}`
}

/** Quotes words of commands that are shown to somebody in this shell: as all shells read them, where that is possible. */
export function quoteFor(shell: ShellName): QuoteWord {
  return (word) => quoteForAll(word) ?? quotes[shell](printable(word))
}

/** Writes statements for somebody in this shell to type. */
export function writeFor(shell: ShellName): WriteVariable {
  const quote = quoteFor(shell)
  return (name, value) => {
    if (shell === 'fish') return value === undefined ? `set -e ${name}` : `set -gx ${name} ${quote(value)}`
    if (shell === 'powershell')
      return value === undefined ? `Remove-Item Env:${name}` : `$env:${name} = ${quotePowerShell(value)}`
    return value === undefined ? `unset ${name}` : `export ${name}=${quote(value)}`
  }
}
