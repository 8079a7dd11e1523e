import { readSetting } from '../settings/settings.ts'
import { type AwsConfig, findFile, type ProfileProperties } from './config/merge.ts'

/**
 * How a profile gets its credentials; `sso-legacy` repeats the start URL in the profile, `keys` has a key in a store of ours,
 * `granted` has only Granted's keys.
 */
export type ProfileKind =
  | 'sso'
  | 'sso-legacy'
  | 'role'
  | 'web-identity'
  | 'static'
  | 'login'
  | 'keys'
  | 'process'
  | 'granted'
  | 'none'

/** An Identity Center session. Without a name it is a legacy one, which is known by its start URL alone. */
export interface SsoSession {
  readonly name?: string
  readonly startUrl: string
  readonly region: string
  readonly scopes?: readonly string[]
}

/** What a profile says. A fact that is not in the files, or empty there, is absent. */
export interface Profile {
  readonly name: string
  readonly kind: ProfileKind
  /** As it is written: it need not be twelve digits. */
  readonly accountId?: string
  readonly roleName?: string
  readonly region?: string
  /** Absent from an SSO profile if its start URL or SSO region is missing. */
  readonly session?: SsoSession
  /** The name in `sso_session`, when the config file has no such section. */
  readonly missingSession?: string
  readonly roleArn?: string
  readonly sourceProfile?: string
  readonly credentialSource?: string
  readonly mfaSerial?: string
  readonly externalId?: string
  readonly roleSessionName?: string
  /** Seconds; absent too if it is no whole number. */
  readonly durationSeconds?: number
  readonly webIdentityTokenFile?: string
  readonly credentialProcess?: string
  readonly loginSession?: string
  /** As it is written: it need not name a store. */
  readonly keyStore?: string
  /** Whether tools get the stored key itself, and not a session in front of it; absent: no, or there is none. */
  readonly handsOutKey?: boolean
  /** All keys in lower case with their values, those that begin with `assume_` too. */
  readonly properties: ReadonlyMap<string, string>
  /** The files that it is in. */
  readonly files: ProfileProperties['files']
}

type Values = ReadonlyMap<string, string>
type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] }

/**
 * What the profile `name` says, or undefined if neither file has it. Which of several ways to credentials counts
 * is decided as the AWS CLI does: role, web identity, SSO, keys in the credentials file, `login_session`,
 * `credential_process`, keys in the config file (`create_credential_resolver` of botocore); Granted's own keys come
 * last. The `credential_process` of a profile with a stored key names that profile again: so the store goes before it.
 */
export function describeProfile(config: AwsConfig, name: string): Profile | undefined {
  const known = described.get(config) ?? new Map<string, Profile>()
  described.set(config, known)
  const found = config.profiles.get(name)
  const profile = known.get(name) ?? (found && describe(config, name, found, isRole(found.values)))
  if (profile !== undefined) known.set(name, profile)
  return profile
}

/** A config does not change, and lists, chains and rows ask for its thousands of profiles again and again. */
const described = new WeakMap<AwsConfig, Map<string, Profile>>()

/** What the profile `name` says where another one's role is assumed from it: its static keys go before its own role. */
export function describeSource(config: AwsConfig, name: string): Profile | undefined {
  const found = config.profiles.get(name)
  return found && hasStaticKeys(found.values)
    ? describe(config, name, found, false)
    : describeProfile(config, name)
}

/** The profile as it would be without its `credential_process`. */
export function describeWithoutProcess(config: AwsConfig, { name, properties, files }: Profile): Profile {
  const values = new Map(properties)
  values.delete('credential_process')
  return describe(config, name, { ...config.profiles.get(name), values, files }, isRole(values))
}

/** Whether a role of a chain, as `followChain` gives it, is assumed with an MFA code. */
export function needsMfa(chain: readonly Profile[]): boolean {
  return chain.some(
    ({ kind, mfaSerial }, index) =>
      kind === 'role' && mfaSerial !== undefined && !coversMfa(chain[index + 1], mfaSerial),
  )
}

/** Whether the session in front of a stored key is made with a code of this device, so that a role on top needs none. */
export function coversMfa(source: Profile | undefined, serial: string): boolean {
  return source?.kind === 'keys' && !source.handsOutKey && source.mfaSerial === serial
}

/** Whether this link of a chain is a role that is assumed with the keys of the environment. */
export function needsEnvironment({ kind, sourceProfile, credentialSource }: Profile): boolean {
  return kind === 'role' && sourceProfile === undefined && credentialSource === 'Environment'
}

/**
 * The profile at the root of the `source_profile` chain, where the first credentials come from and whose SSO
 * session has to be logged in to: the profile itself if it has no source. Undefined if there is no such profile.
 * In a circle it is the last before the second round.
 */
export function findRootProfile(config: AwsConfig, name: string): Profile | undefined {
  return followChain(config, name).at(-1)
}

/** How many profiles may have their credentials from the next one, one after the other. */
export const longestChain = 100

/** Whether there are more. */
export function hasTooLongChain(config: AwsConfig, name: string): boolean {
  return isTooLong(followChain(config, name))
}

/** Whether what `followChain` gives is cut off. */
export function isTooLong(chain: readonly Profile[]): boolean {
  return chain.length > longestChain + 1
}

/**
 * The profile and the sources that its role is assumed from, as far as they exist; a circle is left before
 * its second round. A source with static keys ends the chain even if it names a role (as in botocore). What is too long
 * is cut off behind the link that makes it so.
 */
export function followChain(config: AwsConfig, name: string): Profile[] {
  const links: Profile[] = []
  const visited = new Set<string>()
  let next = describeProfile(config, name)
  while (next !== undefined && !isTooLong(links)) {
    links.push(next)
    visited.add(next.name)
    const source: string | undefined = next.kind === 'role' ? next.sourceProfile : undefined
    next = source === undefined ? undefined : describeSource(config, source)
    if (next?.kind === 'role' && visited.has(next.name)) break
  }
  return links
}

/** The facts that are one key each. */
const plainFacts = [
  ['region', 'region'],
  ['roleArn', 'role_arn'],
  ['sourceProfile', 'source_profile'],
  ['credentialSource', 'credential_source'],
  ['mfaSerial', 'mfa_serial'],
  ['externalId', 'external_id'],
  ['roleSessionName', 'role_session_name'],
  ['webIdentityTokenFile', 'web_identity_token_file'],
  ['credentialProcess', 'credential_process'],
  ['loginSession', 'login_session'],
  ['keyStore', 'assume_keys'],
] as const

function describe(config: AwsConfig, name: string, found: ProfileProperties, assumesRole: boolean): Profile {
  const { values, files } = found
  const kind = assumesRole ? 'role' : findKind(found)
  const profile: Mutable<Profile> = { name, kind, properties: values, files }
  for (const [fact, key] of plainFacts) setFact(profile, fact, read(values, key))
  const duration = read(values, 'duration_seconds')
  if (duration !== undefined && /^\d+$/.test(duration)) profile.durationSeconds = Number(duration)
  if (kind === 'keys' && readSetting('assume_session_token', config.settings ?? new Map(), values) === 'off')
    profile.handsOutKey = true
  setIdentity(profile)
  setSession(profile, config)
  return profile
}

function isRole(values: Values): boolean {
  const hasSource = has(values, 'source_profile') || has(values, 'credential_source')
  return has(values, 'role_arn') && hasSource && !has(values, 'web_identity_token_file')
}

/** One of the two is enough to count as keys (`_has_static_credentials` of botocore), if not to sign with. */
export function hasStaticKeys(values: Values): boolean {
  return has(values, 'aws_access_key_id') || has(values, 'aws_secret_access_key')
}

function findKind(found: ProfileProperties): ProfileKind {
  const { values } = found
  if (has(values, 'web_identity_token_file')) return 'web-identity'
  const sso = has(values, 'sso_session') ? 'sso' : 'sso-legacy'
  if (has(values, 'sso_account_id') || has(values, 'sso_role_name')) return sso
  const hasKeys = has(values, 'aws_access_key_id')
  if (hasKeys && findFile(found, 'aws_access_key_id') === 'credentials') return 'static'
  if (has(values, 'login_session')) return 'login'
  if (has(values, 'assume_keys') && !hasStaticKeys(values)) return 'keys'
  if (has(values, 'credential_process')) return 'process'
  if (hasKeys) return 'static'
  // Good for a token and a login, so it counts only where there is nothing to get keys from.
  if (has(values, 'sso_session') || has(values, 'sso_start_url')) return sso
  if (has(values, 'granted_sso_start_url') || has(values, 'granted_sso_account_id')) return 'granted'
  return has(values, 'role_arn') ? 'role' : 'none'
}

function setIdentity(profile: Mutable<Profile>): void {
  const { kind, properties } = profile
  if (kind === 'sso' || kind === 'sso-legacy') {
    setFact(profile, 'accountId', read(properties, 'sso_account_id'))
    setFact(profile, 'roleName', read(properties, 'sso_role_name'))
  } else if (kind === 'process' || kind === 'granted') {
    setFact(profile, 'accountId', read(properties, 'granted_sso_account_id'))
    setFact(profile, 'roleName', read(properties, 'granted_sso_role_name'))
  } else if (kind === 'role' || kind === 'web-identity') {
    const { accountId, roleName } = describeRole(profile.roleArn)
    setFact(profile, 'accountId', accountId)
    setFact(profile, 'roleName', roleName)
  } else if (kind === 'login') {
    setFact(profile, 'accountId', describeRole(profile.loginSession).accountId)
  } else if (kind === 'static' || kind === 'keys') {
    setFact(profile, 'accountId', read(properties, 'aws_account_id'))
  }
}

/** Account of `arn:PARTITION:SERVICE:REGION:ACCOUNT:…`, and the role of `…:role/PATH/NAME`, as far as an ARN has them. */
export function describeRole(arn: string | undefined): {
  accountId?: string | undefined
  roleName?: string | undefined
} {
  const [, accountId, resource] = /^arn:[^:]+:[^:]+:[^:]*:([^:]+):(.+)$/s.exec(arn ?? '') ?? []
  const roleName = resource?.startsWith('role/') ? resource.split('/').at(-1) || undefined : undefined
  return { accountId, roleName }
}

function setSession(profile: Mutable<Profile>, config: AwsConfig): void {
  const { kind, properties } = profile
  if (kind === 'granted') setFact(profile, 'session', readSession(properties, 'granted_sso_', undefined))
  if (kind === 'sso-legacy') setFact(profile, 'session', readSession(properties, 'sso_', undefined))
  const name = kind === 'sso' ? read(properties, 'sso_session') : undefined
  if (name === undefined) return
  if (config.sessions.has(name)) setFact(profile, 'session', describeSession(config, name))
  else profile.missingSession = name
}

/** The sso-session `name`; undefined when there is none, or its start URL or SSO region is missing. */
export function describeSession(config: AwsConfig, name: string): SsoSession | undefined {
  const section = config.sessions.get(name)
  return section && readSession(section, 'sso_', name)
}

function readSession(values: Values, prefix: string, name: string | undefined): SsoSession | undefined {
  const startUrl = read(values, `${prefix}start_url`)
  const region = read(values, `${prefix}region`)
  if (startUrl === undefined || region === undefined) return undefined
  const session: Mutable<SsoSession> = name === undefined ? { startUrl, region } : { name, startUrl, region }
  const scopes = (read(values, `${prefix}registration_scopes`) ?? '').split(',').map((scope) => scope.trim())
  if (scopes.some((scope) => scope !== '')) session.scopes = scopes.filter((scope) => scope !== '')
  return session
}

function has(values: Values, key: string): boolean {
  return read(values, key) !== undefined
}

function read(values: Values, key: string): string | undefined {
  return values.get(key) || undefined
}

function setFact<Key extends keyof Profile>(
  profile: Mutable<Profile>,
  key: Key,
  value: Mutable<Profile>[Key] | undefined,
): void {
  if (value !== undefined) profile[key] = value
}
