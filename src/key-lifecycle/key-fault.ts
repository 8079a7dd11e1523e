import { AssumeError } from '../errors.ts'
import { printable } from '../text/redact.ts'
import { formatProfileWord, type Hint } from '../text/words.ts'

/** The AssumeError for a profile without a key; `reason` goes on behind its name. Without `hint` it is to add one. */
export function unknownKey(
  profileName: string,
  reason: string,
  hint: Hint = (quote) => `assume keys add ${formatProfileWord(profileName, quote)}`,
): AssumeError {
  return new AssumeError('unknown-key', `profile ${printable(profileName)} ${reason}`, { hint })
}
