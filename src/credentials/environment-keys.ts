import type { Credentials } from '../aws/credentials.ts'
import { AssumeError } from '../errors.ts'
import { printable } from '../text/redact.ts'
import { parseTimestamp } from '../text/time.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** An environment as it is, and without what a switch has set. */
export interface Environments {
  readonly env: Environment
  readonly ownEnv: Environment
}

/**
 * The keys that `credential_source = Environment` of a profile means, under the names of botocore's `EnvProvider`.
 * Those that a switch has set do not count, and those that it has removed are not there.
 * Throws AssumeError `incomplete-profile` when one is missing.
 */
export function readEnvironmentKeys({ env, ownEnv: own }: Environments, profileName: string): Credentials {
  const read = (name: string): string => {
    const value = own[name]
    if (value) return value
    const isSwitched = env['ASSUME_VARS'] !== undefined
    const what = isSwitched ? `a switch has set or removed ${name}` : `${name} is not set`
    const whose = profileName === '' ? 'there are' : `profile ${printable(profileName)} takes its`
    throw new AssumeError(
      'incomplete-profile',
      `${whose} keys ${profileName === '' ? 'in' : 'from'} the environment, and ${what}`,
      { hint: isSwitched ? 'assume --unset' : (_, write) => write(name, '…') },
    )
  }
  const accessKeyId = read('AWS_ACCESS_KEY_ID')
  const secretAccessKey = read('AWS_SECRET_ACCESS_KEY')
  const sessionToken = own['AWS_SECURITY_TOKEN'] || own['AWS_SESSION_TOKEN']
  const expiresAt = parseTimestamp(own['AWS_CREDENTIAL_EXPIRATION'])
  const accountId = own['AWS_ACCOUNT_ID']
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken && { sessionToken }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(accountId && { accountId }),
  }
}
