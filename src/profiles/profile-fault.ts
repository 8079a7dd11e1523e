import { AssumeError } from '../errors.ts'
import { printable } from '../text/redact.ts'
import { formatProfileFlag, formatSessionFlag, type Hint } from '../text/words.ts'
import { longestChain, type Profile } from './profile.ts'

/** Throws AssumeError `incomplete-profile` for a profile whose sso-session is not in the config file. */
export function checkSession({ name, missingSession }: Profile): void {
  if (missingSession === undefined) return
  const missing = printable(missingSession)
  throw new AssumeError(
    'incomplete-profile',
    `profile ${printable(name)} uses sso-session ${missing}, and there is no [sso-session ${missing}]`,
    { hint: (quote) => `assume configure ${formatSessionFlag(missingSession, quote)}` },
  )
}

/** AssumeError `invalid-profile` for a profile with more links than a chain may have. */
export function describeLongChain({ name }: Profile): AssumeError {
  return new AssumeError(
    'invalid-profile',
    `profile ${printable(name)} has more than ${longestChain} profiles behind it, each the source of the one before`,
    { hint: (quote) => `aws configure set source_profile NAME ${formatProfileFlag(name, quote)}` },
  )
}

/** AssumeError `incomplete-profile` for a profile without `what`. */
export function incompleteProfile({ name }: Profile, what: string, hint: Hint): AssumeError {
  return new AssumeError('incomplete-profile', `profile ${printable(name)} has no ${what}`, { hint })
}
