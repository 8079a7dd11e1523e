import { printable } from '../text/redact.ts'
import type { AwsConfig } from './config/merge.ts'
import type { Profile } from './profile.ts'

/**
 * The keys that a profile has beside its `sso_session` with other values than that session, in the order of the session.
 * The AWS CLI and boto3 refuse such a profile (`_resolve_sso_session_reference` of botocore), whatever keys these are;
 * others take the values of the session.
 */
export function listContradictions(config: AwsConfig, { kind, properties }: Profile): string[] {
  return kind === 'sso' ? compareWithSession(config, properties) : []
}

/** The same for the keys of a profile that is known to get its credentials from the session. */
export function compareWithSession(config: AwsConfig, values: ReadonlyMap<string, string>): string[] {
  const differing: string[] = []
  config.sessions.get(values.get('sso_session') ?? '')?.forEach((value, key) => {
    if ((values.get(key) ?? value) !== value) differing.push(key)
  })
  return differing
}

/** What is wrong with a profile, in a few words; undefined when it contradicts nothing. */
export function labelContradiction(config: AwsConfig, profile: Profile): string | undefined {
  const keys = listContradictions(config, profile)
  if (keys.length === 0) return undefined
  return `other ${joinKeys(keys)} than [sso-session ${profile.properties.get('sso_session')}]`
}

/** The same as a sentence to warn with. */
export function describeContradiction(config: AwsConfig, profile: Profile): string | undefined {
  const keys = listContradictions(config, profile)
  if (keys.length === 0) return undefined
  const session = printable(profile.properties.get('sso_session') ?? '')
  return `profile ${printable(profile.name)} and its sso-session ${session} differ in ${joinKeys(keys)}, which the AWS CLI refuses`
}

function joinKeys(keys: readonly string[]): string {
  return printable(keys.join(' and '))
}
