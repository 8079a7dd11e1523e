import { findFile } from './config/merge.ts'
import { compareWithSession } from './contradiction.ts'
import {
  type CredentialSource,
  containerVariables,
  describeMissing,
  describeRejection,
  findAbsentSource,
  hasWholeSession,
  isInstanceDisabled,
  none,
  type ProfileMethod,
  type SourceFacts,
} from './credential-source.ts'
import { parseTimestamp } from './time.ts'

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
  const values = found?.values ?? new Map<string, string>()
  const keyFile = found && findFile(found, 'aws_access_key_id')
  return (
    findInEnvironment(env, now, named) ??
    findRole(values, named, facts, config.profiles) ??
    findWebIdentity(env, values, named) ??
    findSso(values, named, config) ??
    (keyFile === 'credentials' ? findStatic(values, named) : undefined) ??
    findBy('login_session', 'login', values, named) ??
    findBy('credential_process', 'process', values, named) ??
    (keyFile === 'config' ? findStatic(values, named) : undefined) ??
    findOutside(env)
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
  const expiresAt = parseTimestamp(expiration) ?? Date.parse(expiration)
  if (expiration !== '' && Number.isNaN(expiresAt)) return none('AWS_CREDENTIAL_EXPIRATION is no time')
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
  { env }: SourceFacts,
  profiles: SourceFacts['config']['profiles'],
): CredentialSource | undefined {
  if (!values.has('role_arn') || values.has('web_identity_token_file')) return undefined
  const source = values.get('source_profile')
  if (source !== undefined && values.has('credential_source')) {
    return none(`profile ${named.name} has both source_profile and credential_source`)
  }
  if (source === undefined && !values.has('credential_source')) {
    return none(`profile ${named.name} has a role_arn, but no source_profile`)
  }
  if (source !== undefined && !profiles.has(source)) {
    return none(`the source_profile ${source} of profile ${named.name} does not exist`)
  }
  const absent = source === undefined && findAbsentSource(env, values.get('credential_source') ?? '')
  if (absent) return none(`profile ${named.name} has a credential_source, and ${absent}`)
  const empty = ['role_arn', 'external_id', 'mfa_serial'].find((key) => values.get(key) === '')
  return empty === undefined ? fromProfile(named, 'role') : describeEmpty(empty, named)
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
    return env['AWS_ROLE_ARN'] === undefined
      ? fromProfile(named, 'web-identity')
      : { kind: 'web-identity', reason: `AWS_ROLE_ARN goes before the role_arn of profile ${named.name}` }
  }
  const before = named.variable === undefined ? 'is set' : `goes before ${named.variable}`
  return { kind: 'web-identity', reason: `AWS_WEB_IDENTITY_TOKEN_FILE ${before}` }
}

function findSso(
  values: Values,
  named: NamedProfile,
  config: SourceFacts['config'],
): CredentialSource | undefined {
  if (!values.has('sso_account_id') && !values.has('sso_role_name')) return undefined
  if (values.get('sso_session') === '') return describeEmpty('sso_session', named)
  if (!hasWholeSession(values, config))
    return none(`the sso settings of profile ${named.name} are incomplete`)
  const [contradicted] = compareWithSession(config, values)
  return contradicted
    ? none(`profile ${named.name} and its sso-session differ in ${contradicted}`)
    : fromProfile(named, 'sso')
}

function findStatic(values: Values, named: NamedProfile): CredentialSource {
  return values.has('aws_secret_access_key')
    ? fromProfile(named, 'static')
    : none(`profile ${named.name} has an aws_access_key_id without aws_secret_access_key`)
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
