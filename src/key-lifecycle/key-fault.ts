import { AssumeError } from '../errors.ts'
import { printable } from '../text/redact.ts'
import { formatProfileWord } from '../text/words.ts'

/** The AssumeError for a profile without a key; `reason` goes on behind its name. */
export function unknownKey(profileName: string, reason: string): AssumeError {
  return new AssumeError('unknown-key', `profile ${printable(profileName)} ${reason}`, {
    hint: (quote) => `assume keys add ${formatProfileWord(profileName, quote)}`,
  })
}
