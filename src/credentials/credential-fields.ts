import type { Credentials } from '../aws/credentials.ts'
import { isAccountId, isSecretKey, isToken } from '../text/answer-forms.ts'
import type { JsonObject } from '../text/json-object.ts'
import { parseTimestamp } from '../text/time.ts'

/**
 * The credentials in a JSON object with the names that AWS's programs and endpoints use: AccessKeyId, SecretAccessKey,
 * a token under `tokenName`, Expiration, AccountId, of which the last three may be absent or null. Where it holds none,
 * a text that says what of it is missing or wrong, and nothing of its values.
 */
export function readCredentials(
  fields: JsonObject,
  tokenName: 'SessionToken' | 'Token',
): Credentials | string {
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey } = fields
  // Some print an empty text for what they do not have.
  const [sessionToken, expiration, accountId] = [tokenName, 'Expiration', 'AccountId'].map(
    (name) => fields[name] || undefined,
  )
  const expiresAt = parseTimestamp(expiration)
  if (!accessKeyId) return 'no AccessKeyId'
  if (!secretAccessKey) return 'no SecretAccessKey'
  if (!isToken(accessKeyId)) return 'an AccessKeyId that can be none'
  if (!isSecretKey(secretAccessKey)) return 'a SecretAccessKey that can be none'
  if (sessionToken !== undefined && !isToken(sessionToken)) return `a ${tokenName} that can be none`
  if (expiration !== undefined && expiresAt === undefined) return 'an Expiration that is no ISO 8601 time'
  if (accountId !== undefined && !isAccountId(accountId)) return 'an AccountId that is not twelve digits'
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(accountId !== undefined && { accountId }),
  }
}
