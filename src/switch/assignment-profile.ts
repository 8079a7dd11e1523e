import type { AwsConfig } from '../profiles/config/merge.ts'
import type { Profile } from '../profiles/profile.ts'
import { findSession } from '../profiles/session-list.ts'
import { formatSessionFlag } from '../text/words.ts'

interface Assignment {
  readonly accountId: string
  readonly roleName: string
  /** The name of an sso-session, or its start URL. */
  readonly session?: string
}

/** What a profile says of the way to its services; the session's other profiles say it for one that is in no file. */
const networkKeys = [
  'services',
  'endpoint_url',
  'ca_bundle',
  'use_dualstack_endpoint',
  'use_fips_endpoint',
  'ignore_configured_endpoint_urls',
]

/** What ASSUME_PROFILE is called for a role that has no profile. */
export function nameAssignment({ accountId, roleName }: Assignment): string {
  return `${roleName}@${accountId}`
}

/** The role and the account of such a name; undefined for any other name. */
export function parseAssignment(name: string): Assignment | undefined {
  const [, roleName, accountId] = /^([^@]+)@(\d{12})$/.exec(name) ?? []
  return roleName !== undefined && accountId !== undefined ? { accountId, roleName } : undefined
}

/**
 * A profile for a role that Identity Center gives in an account, as if it stood in the config file. Without a session:
 * that of the active profile, else the only one. `configPath` is the file that messages name.
 * Throws AssumeError `unknown-profile`, `incomplete-profile`, and `usage` when there are several sessions.
 */
export function describeAssignment(
  config: AwsConfig,
  assignment: Assignment,
  activeProfile: string | undefined,
  configPath: string,
): Profile {
  const { accountId, roleName } = assignment
  const target = findSession(
    config,
    assignment.session === undefined ? {} : { word: assignment.session },
    activeProfile,
    configPath,
    ({ name, startUrl }, quote) =>
      `assume --account ${accountId} --role-name ${quote(roleName)} ${formatSessionFlag(name ?? startUrl, quote)}`,
  )
  const { session, profile } = target
  const network = networkKeys.flatMap((key) => {
    const value = profile.properties.get(key)
    return value === undefined ? [] : [[key, value] as const]
  })
  return {
    name: nameAssignment(assignment),
    kind: session.name === undefined ? 'sso-legacy' : 'sso',
    accountId,
    roleName,
    session,
    properties: new Map(network),
    files: [],
  }
}
