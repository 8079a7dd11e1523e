import type { Credentials } from './credentials.ts'
import { parseJsonObject, stringIn } from './json-object.ts'
import { formatPythonJson } from './python-json.ts'
import { formatTimestamp, parseTimestamp } from './time.ts'

/** Credentials with an end, as a service gives them for a role. */
export interface RoleSession {
  readonly credentials: Credentials & { readonly sessionToken: string; readonly expiresAt: number }
  /** Who STS says that we are; absent from what Identity Center gives. */
  readonly user?: { readonly id: string; readonly arn: string }
}

/** The AWS CLI takes an entry only if it has this long to go, in milliseconds (`CachedCredentialFetcher`). */
const leastLeft = 15 * 60_000

/**
 * The credentials in the text of a file of `~/.aws/cli/cache`, if they are good for a while at `now`, in milliseconds
 * since the epoch; undefined for anything else.
 */
export function parseRoleEntry(text: string | undefined, now: number): Credentials | undefined {
  const { Credentials: found } = parseJsonObject(text)
  const fields = typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {}
  const accessKeyId = stringIn(fields, 'AccessKeyId')
  const secretAccessKey = stringIn(fields, 'SecretAccessKey')
  const sessionToken = stringIn(fields, 'SessionToken')
  const expiresAt = parseTimestamp(fields['Expiration'])
  if (!accessKeyId || !secretAccessKey || !sessionToken || expiresAt === undefined) return undefined
  if (expiresAt - now < leastLeft) return undefined
  const accountId = stringIn(fields, 'AccountId')
  return { accessKeyId, secretAccessKey, sessionToken, expiresAt, ...(accountId && { accountId }) }
}

/**
 * The text of a cache file as the AWS CLI 2.36.7 writes it, less the `ResponseMetadata` of STS, which nobody reads. By
 * `ProviderType` its logout knows what to remove.
 */
export function formatRoleEntry({ credentials, user }: RoleSession): string {
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt, accountId } = credentials
  const time = formatTimestamp(expiresAt)
  const keys = {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: user ? time.replace('Z', '+00:00') : time,
    AccountId: accountId,
  }
  return formatPythonJson(
    user
      ? { Credentials: keys, AssumedRoleUser: { AssumedRoleId: user.id, Arn: user.arn } }
      : { ProviderType: 'sso', Credentials: keys },
  )
}
