import { isAccountId } from '../text/answer-forms.ts'
import { printable } from '../text/redact.ts'
import { formatProfileFlag, type QuoteWord } from '../text/words.ts'
import type { Profile } from './profile.ts'

/** The key that names the account, and what is to be put there, by kinds that a wrong one makes useless. */
const accountKeys: Readonly<
  Partial<Record<Profile['kind'], readonly [key: string, what: string, value: string]>>
> = {
  sso: ['sso_account_id', 'sso_account_id', 'ID'],
  'sso-legacy': ['sso_account_id', 'sso_account_id', 'ID'],
  role: ['role_arn', 'the account of role_arn', 'ARN'],
  'web-identity': ['role_arn', 'the account of role_arn', 'ARN'],
}

/** That a profile names an account that none can be, and the command that mends it; undefined where it does not. */
export function findAccountFault({
  name,
  kind,
  accountId,
}: Profile): { readonly message: string; readonly hint: (quote: QuoteWord) => string } | undefined {
  const place = accountKeys[kind]
  if (!place || accountId === undefined || isAccountId(accountId)) return undefined
  const [key, what, value] = place
  return {
    message: `profile ${printable(name)}: ${what} is ${printable(accountId)}, and an account id has 12 digits`,
    hint: (quote) => `aws configure set ${key} ${value} ${formatProfileFlag(name, quote)}`,
  }
}
