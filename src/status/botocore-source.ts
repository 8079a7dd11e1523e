import type { FileKind } from '../profiles/config/header.ts'
import { type AwsConfig, findFile, hasInFile, type ProfileProperties } from '../profiles/config/merge.ts'
import { compareWithSession } from '../profiles/contradiction.ts'
import { parseZonedTime } from '../text/time.ts'
import {
  type CredentialSource,
  containerVariables,
  describeCircle,
  describeMissing,
  describeRejection,
  findAbsentSource,
  hasWholeSession,
  isInstanceDisabled,
  none,
  type ProfileMethod,
  type SourceFacts,
} from './credential-source.ts'

type Values = ReadonlyMap<string, string>

/** A profile, with the variable that named it; none names the default one. */
interface NamedProfile {
  readonly name: string
  readonly variable: string | undefined
}

/**
 * Where botocore gets its keys from, and with it boto3 and the AWS CLI, which differ only in which of the variables in
 * `profileVariables` they read first. A variable that is set but empty counts as set. Source: `create_credential_resolver`
 * in `credentials.py` of botocore 1.43 and of the AWS CLI 2.36; their legacy files of boto 2 and of the EC2 tools are left out.
 */
export function findBotocoreSource(
  facts: SourceFacts,
  profileVariables: readonly string[],
): CredentialSource {
  const { env, now } = facts
  const config = facts.readAs('aws-cli')
  const rejection = config.rejections['aws-cli']
  if (rejection) return describeRejection(rejection)
  const named = findNamed(env, profileVariables)
  const found = config.profiles.get(named.name)
  if (named.variable !== undefined && !found) return none(describeMissing(facts, named.variable, named.name))
  const profile = found ?? nothing
  const source =
    findInEnvironment(env, now, named) ??
    findRole(profile.values, named, env, config) ??
    findInProfile(env, profile, named, config) ??
    findOutside(env)
  const fault = source.kind === 'none' ? undefined : findTokenFault(config, named.name, profile.values)
  return fault === undefined ? source : none(fault)
}

const nothing: ProfileProperties = { values: new Map(), files: [] }

/** With every client it looks for a token of the profile's sso-session, too, whatever signs the requests. */
function findTokenFault(config: AwsConfig, name: string, values: Values): string | undefined {
  const session = values.get('sso_session')
  if (session === undefined) return undefined
  if (session === '') return `profile ${name} has an empty sso_session`
  const keys = config.sessions.get(session)
  if (keys?.has('sso_start_url') && keys.has('sso_region')) return undefined
  return `profile ${name} names the sso-session ${session}, which ${keys ? 'is incomplete' : 'does not exist'}`
}

/** The ways of a profile itself, which count for a source of others, too; then without an environment. */
function findInProfile(
  env: SourceFacts['env'],
  profile: ProfileProperties,
  named: NamedProfile,
  config: AwsConfig,
): CredentialSource | undefined {
  const { values } = profile
  const keyFile = findFile(profile, 'aws_access_key_id')
  return (
    findWebIdentity(env, values, named) ??
    findSso(values, named, config) ??
    (keyFile === 'credentials' ? findStatic(profile, keyFile, named) : undefined) ??
    findBy('login_session', 'login', values, named) ??
    findBy('credential_process', 'process', values, named) ??
    (keyFile === 'config' ? findStatic(profile, keyFile, named) : undefined)
  )
}

function findNamed(env: SourceFacts['env'], variables: readonly string[]): NamedProfile {
  const variable = variables.find((name) => env[name] !== undefined)
  return { name: variable === undefined ? 'default' : (env[variable] ?? ''), variable }
}

function findBy(
  key: string,
  method: ProfileMethod,
  values: Values,
  named: NamedProfile,
): CredentialSource | undefined {
  const value = values.get(key)
  if (value === undefined) return undefined
  return value === '' ? describeEmpty(key, named) : fromProfile(named, method)
}

function describeEmpty(key: string, { name }: NamedProfile): CredentialSource {
  return none(`profile ${name} has an empty ${key}`)
}

function fromProfile({ name, variable }: NamedProfile, method: ProfileMethod): CredentialSource {
  const reason = variable === undefined ? 'no variable names another' : `${variable} names it`
  return { kind: 'profile', profile: name, method, reason }
}

function findInEnvironment(
  env: SourceFacts['env'],
  now: number,
  { variable }: NamedProfile,
): CredentialSource | undefined {
  if (!env['AWS_ACCESS_KEY_ID']) return undefined
  if (!env['AWS_SECRET_ACCESS_KEY']) return none('AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY')
  const expiration = env['AWS_CREDENTIAL_EXPIRATION'] ?? ''
  const expiresAt = expiration === '' ? Number.POSITIVE_INFINITY : parseZonedTime(expiration)
  if (expiresAt === undefined) return none('AWS_CREDENTIAL_EXPIRATION is no time with a zone')
  if (expiresAt <= now)
    return none('the keys in the environment have expired, says AWS_CREDENTIAL_EXPIRATION')
  const { AWS_SECURITY_TOKEN: old, AWS_SESSION_TOKEN: token } = env
  const isOther = Boolean(old) && old !== token
  const reason =
    variable === undefined ? 'AWS_ACCESS_KEY_ID is set' : `AWS_ACCESS_KEY_ID goes before ${variable}`
  return { kind: 'environment', reason: isOther ? `${reason}, with the token in AWS_SECURITY_TOKEN` : reason }
}

function findRole(
  values: Values,
  named: NamedProfile,
  env: SourceFacts['env'],
  config: AwsConfig,
): CredentialSource | undefined {
  if (!isRole(values)) return undefined
  const fault = findRoleFault(values, named.name, env, config)
  return fault === undefined ? fromProfile(named, 'role') : none(fault)
}

function isRole(values: Values): boolean {
  return values.has('role_arn') && !values.has('web_identity_token_file')
}

/** What stands in the way, from the role down to the keys. A source that has any keys is not asked for its role. */
function findRoleFault(
  top: Values,
  topName: string,
  env: SourceFacts['env'],
  config: AwsConfig,
): string | undefined {
  const visited = new Set([topName])
  for (let values = top, name = topName; ; ) {
    const fault = findLinkFault(values, name, env)
    if (fault !== undefined) return fault
    const sourceName = values.get('source_profile')
    if (sourceName === undefined) return undefined
    const source = config.profiles.get(sourceName)
    if (!source) return `the source_profile ${sourceName} of profile ${name} does not exist`
    const hasKeys = source.values.has('aws_access_key_id') || source.values.has('aws_secret_access_key')
    if (visited.has(sourceName) && !(sourceName === name && hasKeys)) return describeCircle(topName)
    if (hasKeys || !isRole(source.values)) {
      const found = findInProfile({}, source, { name: sourceName, variable: undefined }, config)
      if (!found) return `the source_profile ${sourceName} of profile ${name} has no credentials`
      return found.kind === 'none' ? found.reason : undefined
    }
    visited.add(sourceName)
    values = source.values
    name = sourceName
  }
}

function findLinkFault(values: Values, name: string, env: SourceFacts['env']): string | undefined {
  const source = values.get('source_profile')
  const word = values.get('credential_source')
  if (source !== undefined && word !== undefined) {
    return `profile ${name} has both source_profile and credential_source`
  }
  if (source === undefined && word === undefined) {
    return `profile ${name} has a role_arn, but no source_profile`
  }
  const absent = word === undefined ? undefined : findAbsentSource(env, word)
  if (absent !== undefined) return `profile ${name} has a credential_source, and ${absent}`
  const empty = ['role_arn', 'external_id', 'mfa_serial', 'role_session_name'].find(
    (key) => values.get(key) === '',
  )
  return empty === undefined ? undefined : `profile ${name} has an empty ${empty}`
}

function findWebIdentity(
  env: SourceFacts['env'],
  values: Values,
  named: NamedProfile,
): CredentialSource | undefined {
  const ofEnvironment = env['AWS_WEB_IDENTITY_TOKEN_FILE']
  if (!(ofEnvironment ?? values.get('web_identity_token_file'))) return undefined
  if (!(env['AWS_ROLE_ARN'] ?? values.get('role_arn'))) {
    return none('there is a web identity token file, but no AWS_ROLE_ARN')
  }
  if (ofEnvironment === undefined) {
    if (env['AWS_ROLE_ARN'] === undefined) return fromProfile(named, 'web-identity')
    const other = values.has('role_arn')
      ? `goes before the role_arn of profile ${named.name}`
      : `is for the web_identity_token_file of profile ${named.name}`
    return { kind: 'web-identity', reason: `AWS_ROLE_ARN ${other}` }
  }
  const before = named.variable === undefined ? 'is set' : `goes before ${named.variable}`
  return { kind: 'web-identity', reason: `AWS_WEB_IDENTITY_TOKEN_FILE ${before}` }
}

function findSso(values: Values, named: NamedProfile, config: AwsConfig): CredentialSource | undefined {
  if (!values.has('sso_account_id') && !values.has('sso_role_name')) return undefined
  if (values.get('sso_session') === '') return describeEmpty('sso_session', named)
  if (!hasWholeSession(values, config))
    return none(`the sso settings of profile ${named.name} are incomplete`)
  const [contradicted] = compareWithSession(config, values)
  return contradicted
    ? none(`profile ${named.name} and its sso-session differ in ${contradicted}`)
    : fromProfile(named, 'sso')
}

/** Each file is looked into by itself: half a key in each is none. */
function findStatic(profile: ProfileProperties, file: FileKind, named: NamedProfile): CredentialSource {
  if (hasInFile(profile, 'aws_secret_access_key', file)) return fromProfile(named, 'static')
  const where = profile.values.has('aws_secret_access_key') ? ' in the same file' : ''
  return none(`profile ${named.name} has an aws_access_key_id without aws_secret_access_key${where}`)
}

function findOutside(env: SourceFacts['env']): CredentialSource {
  const variable = containerVariables.find((name) => env[name] !== undefined)
  if (variable !== undefined) {
    return env[variable] === ''
      ? none(`${variable} is set but empty`)
      : { kind: 'container', reason: `${variable} is set` }
  }
  return isInstanceDisabled(env)
    ? none('nothing names any keys')
    : { kind: 'instance', reason: 'nothing else names any keys' }
}
