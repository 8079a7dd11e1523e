import type { AssumeError } from '../errors.ts'
import { printable } from '../text/redact.ts'
import { formatProfileWord, type QuoteWord, writeAnywhere } from '../text/words.ts'

/** What messages say where nobody can be asked: whoever reads this sits at the terminal. */
const ofTerminal = /[,;] (and )?there is (no terminal|nobody) to [a-z ]+$/

/**
 * Why the profile `name` has no new keys, and what to type, in one line. `words` are the arguments of `assume` that asked for
 * them.
 */
export function describeFailedRenewal(
  error: AssumeError,
  name: string,
  words: readonly string[],
  quote: QuoteWord,
): string {
  const reason = error.message.replace(/\s+/g, ' ').replace(ofTerminal, '')
  const isOver = error.code === 'login-needed' || error.code === 'session-over'
  const login = isOver ? error.adviseIn(quote, writeAnywhere) : undefined
  return `no new keys for ${printable(name)}: ${reason}: ${login ?? repeatInWords(words, quote)}`
}

function repeatInWords(words: readonly string[], quote: QuoteWord): string {
  const prefix = '--profile='
  const profile = words.find((word) => word.startsWith(prefix))
  const options = words.filter((word) => word !== profile).map(quote)
  const name = profile === undefined ? [] : [formatProfileWord(profile.slice(prefix.length), quote)]
  return ['assume', ...options, ...name].join(' ')
}
