import type { Credentials } from '../aws/credentials.ts'
import { formatJson } from '../text/json-text.ts'
import { formatTimestamp } from '../text/time.ts'

/**
 * Credentials as the SDKs read them from a program
 * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html).
 */
export function emitCredentialProcess(credentials: Credentials): string {
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt, accountId } = credentials
  const object = {
    Version: 1,
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: expiresAt === undefined ? undefined : formatTimestamp(expiresAt),
    AccountId: accountId,
  }
  return formatJson(object)
}
