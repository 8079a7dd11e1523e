import type { Credentials } from './credentials.ts'
import { type JsonObject, stringIn } from './json-object.ts'
import { parseTimestamp } from './time.ts'

/**
 * The credentials in a JSON object with the names that AWS's programs and endpoints use: AccessKeyId, SecretAccessKey,
 * a token under `tokenName`, Expiration, AccountId, of which the last three may be absent or null. Where it holds none,
 * a text that says what of it is missing or wrong, and nothing of its values.
 */
export function readCredentials(
  fields: JsonObject,
  tokenName: 'SessionToken' | 'Token',
): Credentials | string {
  const read = (name: string) => stringIn(fields, name) || undefined
  const [accessKeyId, secretAccessKey] = [read('AccessKeyId'), read('SecretAccessKey')]
  if (accessKeyId === undefined) return 'no AccessKeyId'
  if (secretAccessKey === undefined) return 'no SecretAccessKey'
  const [sessionToken, accountId] = [read(tokenName), read('AccountId')]
  const expiration = fields['Expiration'] ?? undefined
  const expiresAt = parseTimestamp(expiration)
  if (expiration !== undefined && expiresAt === undefined) return 'an Expiration that is no ISO 8601 time'
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken && { sessionToken }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(accountId && { accountId }),
  }
}
