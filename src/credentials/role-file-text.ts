import type { Credentials, RoleSession } from '../aws/credentials.ts'
import { objectIn, parseJsonObject } from '../text/json-object.ts'
import { formatPythonJson } from '../text/python-json.ts'
import { formatTimestamp } from '../text/time.ts'
import { readCredentials } from './credential-fields.ts'

/** The AWS CLI takes an entry only if it has this long to go, in milliseconds (`CachedCredentialFetcher`). */
export const usualLeft = 15 * 60_000

/**
 * The credentials in the text of a file of `~/.aws/cli/cache`, if at `now`, in milliseconds since the epoch, they have
 * `leastLeft` to go; undefined for anything else.
 */
export function parseRoleEntry(
  text: string | undefined,
  now: number,
  leastLeft = usualLeft,
): Credentials | undefined {
  const credentials = readCredentials(objectIn(parseJsonObject(text), 'Credentials'), 'SessionToken')
  if (typeof credentials === 'string') return undefined
  const { sessionToken, expiresAt } = credentials
  if (sessionToken === undefined || expiresAt === undefined) return undefined
  return expiresAt - now < leastLeft ? undefined : credentials
}

/**
 * The text of a cache file as the AWS CLI 2.36.7 writes it, less the `ResponseMetadata` of STS, which nobody reads. By
 * `ProviderType` its logout knows what to remove. A session of a user is in the same form.
 */
export function formatRoleEntry({ credentials, user, isOfUser }: RoleSession): string {
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt, accountId } = credentials
  const time = formatTimestamp(expiresAt)
  const keys = {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: user || isOfUser ? time.replace('Z', '+00:00') : time,
    AccountId: accountId,
  }
  if (isOfUser) return formatPythonJson({ Credentials: keys })
  return formatPythonJson(
    user
      ? { Credentials: keys, AssumedRoleUser: { AssumedRoleId: user.id, Arn: user.arn } }
      : { ProviderType: 'sso', Credentials: keys },
  )
}
