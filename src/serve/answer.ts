import type { Credentials } from '../aws/credentials.ts'
import type { AssumeError } from '../errors.ts'
import { formatTimestamp } from '../text/time.ts'

/** How long keys without an end are said to be good, in milliseconds: botocore takes none without an end. */
const statedLife = 3_600_000

/**
 * Credentials as both kinds of guests read them: an SDK that asks a container's endpoint
 * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html), and one that reads what a
 * `credential_process` prints. `now` is milliseconds since the epoch.
 */
export function formatCredentials(credentials: Credentials, now: number): string {
  const { accessKeyId, secretAccessKey, sessionToken = '', expiresAt = now + statedLife } = credentials
  const { accountId } = credentials
  const object = {
    Version: 1,
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    Token: sessionToken,
    SessionToken: sessionToken || undefined,
    Expiration: formatTimestamp(expiresAt),
    AccountId: accountId,
  }
  return `${JSON.stringify(object)}\n`
}

/** Why there are none, in the two fields that SDKs show. */
export function formatFailure({ code, message }: Outage): string {
  return `${JSON.stringify({ code, message })}\n`
}

/** What a guest hears instead of credentials. */
export interface Outage {
  readonly code: string
  readonly message: string
}

/** The failure that an error is, with the command that mends it. */
export function describeError({ code, message, hint }: AssumeError): Outage {
  return { code, message: hint === undefined ? message : `${message}: ${hint.replaceAll('\n', '; ')}` }
}
