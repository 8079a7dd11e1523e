import type { RoleRequest } from '../aws/cache-file-name.ts'
import type { Credentials } from '../aws/credentials.ts'
import { AssumeError } from '../errors.ts'
import { type KeyStoreName, keyStoreNames } from '../keys/key-store.ts'
import type { Profile, SsoSession } from '../profiles/profile.ts'
import { checkSession, incompleteProfile } from '../profiles/profile-fault.ts'
import { printable } from '../text/redact.ts'
import { formatProfileFlag, formatSessionFlag, type Hint } from '../text/words.ts'
import { type Environments, readEnvironmentKeys } from './environment-keys.ts'
import { describeRoleRequest } from './role-request.ts'

/** Where the first keys of a chain come from; `profile` is the one that says so. */
export type Source = { readonly profile: Profile } & (
  | {
      readonly kind: 'sso'
      readonly session: SsoSession
      readonly accountId: string
      readonly roleName: string
    }
  | { readonly kind: 'static'; readonly credentials: Credentials }
  | { readonly kind: 'web-identity'; readonly tokenFile: string; readonly request: RoleRequest }
  | { readonly kind: 'login'; readonly loginSession: string }
  | { readonly kind: 'keys'; readonly storeName: KeyStoreName }
  | { readonly kind: 'process'; readonly command: string }
  | { readonly kind: 'container' | 'instance-metadata' }
)

/** A source of one kind. */
export type SourceOf<Kind extends Source['kind']> = Source & { readonly kind: Kind }

/**
 * What `credential_source` of a role's profile means. Throws AssumeError `invalid-profile` for a word that means
 * nothing, and `incomplete-profile` when the environment has no keys.
 */
export function findCredentialSource(profile: Profile, environments: Environments): Source {
  const { name, credentialSource = '' } = profile
  switch (credentialSource) {
    case 'Environment':
      return { kind: 'static', profile, credentials: readEnvironmentKeys(environments, name) }
    case 'Ec2InstanceMetadata':
      return { kind: 'instance-metadata', profile }
    case 'EcsContainer':
      return { kind: 'container', profile }
    default:
      throw new AssumeError(
        'invalid-profile',
        `profile ${printable(name)}: there is no credential_source ${printable(credentialSource)}, only Environment, Ec2InstanceMetadata and EcsContainer`,
        {
          hint: (quote) =>
            `aws configure set credential_source Environment ${formatProfileFlag(name, quote)}`,
        },
      )
  }
}

/**
 * Where a profile that assumes no role has its keys from. Throws AssumeError `incomplete-profile`, which says what is
 * missing, and `invalid-profile` for a store that is none.
 */
export function findSource(profile: Profile): Source {
  const { kind, loginSession, credentialProcess } = profile
  if (kind === 'sso' || kind === 'sso-legacy' || kind === 'granted') return findSsoRole(profile)
  if (kind === 'web-identity') return findWebIdentity(profile)
  if (kind === 'login' && loginSession !== undefined) return { kind, profile, loginSession }
  if (kind === 'keys') return findKeyStore(profile)
  if (kind === 'process' && credentialProcess !== undefined)
    return { kind, profile, command: credentialProcess }
  if (['aws_access_key_id', 'aws_secret_access_key'].some((key) => profile.properties.get(key)))
    return findStaticKeys(profile)
  throw new AssumeError(
    'incomplete-profile',
    `profile ${printable(profile.name)} has nothing to get credentials from`,
    { hint: (quote) => `assume configure ${formatProfileFlag(profile.name, quote)}` },
  )
}

function findKeyStore(profile: Profile): Source {
  const { name, keyStore = '' } = profile
  const storeName = keyStoreNames.find((each) => each === keyStore)
  if (storeName !== undefined) return { kind: 'keys', profile, storeName }
  throw new AssumeError(
    'invalid-profile',
    `profile ${printable(name)}: there is no assume_keys ${printable(keyStore)}, only ${keyStoreNames.join(' and ')}`,
    { hint: (quote) => `aws configure set assume_keys os ${formatProfileFlag(name, quote)}` },
  )
}

function findSsoRole(profile: Profile): Source {
  const { name, session, accountId, roleName } = profile
  checkSession(profile)
  const prefix = profile.kind === 'granted' ? 'granted_sso_' : 'sso_'
  if (session && accountId !== undefined && roleName !== undefined)
    return { kind: 'sso', profile, session, accountId, roleName }
  const named = profile.kind === 'sso' && profile.properties.get('sso_session')
  if (!session && named) {
    throw new AssumeError(
      'incomplete-profile',
      `sso-session ${printable(named)}, which profile ${printable(name)} uses, has no sso_start_url or sso_region`,
      { hint: (quote) => `assume configure ${formatSessionFlag(named, quote)}` },
    )
  }
  const missing = [
    ...(session ? [] : [`${prefix}start_url or ${prefix}region`]),
    ...(accountId === undefined ? [`${prefix}account_id`] : []),
    ...(roleName === undefined ? [`${prefix}role_name`] : []),
  ]
  throw incompleteProfile(
    profile,
    missing.join(' and '),
    (quote) => `assume configure ${formatProfileFlag(name, quote)}`,
  )
}

function findWebIdentity(profile: Profile): Source {
  const { name, webIdentityTokenFile = '' } = profile
  const request = describeRoleRequest(profile)
  if (request) return { kind: 'web-identity', profile, tokenFile: webIdentityTokenFile, request }
  const hint: Hint = (quote) => `aws configure set role_arn ARN ${formatProfileFlag(name, quote)}`
  throw incompleteProfile(profile, 'role_arn for its web_identity_token_file', hint)
}

function findStaticKeys(profile: Profile): Source {
  const { properties, accountId } = profile
  const read = (key: string): string => {
    const value = properties.get(key)
    if (value) return value
    throw incompleteProfile(
      profile,
      key,
      (quote) => `aws configure ${formatProfileFlag(profile.name, quote)}`,
    )
  }
  const accessKeyId = read('aws_access_key_id')
  const secretAccessKey = read('aws_secret_access_key')
  const sessionToken = properties.get('aws_security_token') || properties.get('aws_session_token')
  const credentials = {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken && { sessionToken }),
    ...(accountId !== undefined && { accountId }),
  }
  return { kind: 'static', profile, credentials }
}
