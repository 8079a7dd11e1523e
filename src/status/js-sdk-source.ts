import {
  type CredentialSource,
  containerVariables,
  explainOutside,
  findAbsentSource,
  hasKeyPair,
  hasWholeSession,
  none,
  type ProfileMethod,
  type SourceFacts,
} from './credential-source.ts'

type Values = ReadonlyMap<string, string>

/**
 * Where the AWS SDK for JavaScript gets its keys from: a variable or a value that is empty counts as unset, and a
 * profile that leads nowhere is passed over. Source: `defaultProvider` of @aws-sdk/credential-provider-node 3.972 and
 * `resolveProfileData` of @aws-sdk/credential-provider-ini 3.973.
 */
export function findJsSource(facts: SourceFacts): CredentialSource {
  const { env } = facts
  const named = env['AWS_PROFILE'] || undefined
  const hasKeys = Boolean(env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY'])
  if (named === undefined && hasKeys) return { kind: 'environment', reason: 'AWS_ACCESS_KEY_ID is set' }
  const reason =
    named === undefined
      ? 'AWS_PROFILE does not name another'
      : hasKeys
        ? 'AWS_PROFILE goes before AWS_ACCESS_KEY_ID'
        : 'AWS_PROFILE names it'
  return findInProfile(facts, named ?? 'default', reason) ?? findOutside(facts, named)
}

function findInProfile(facts: SourceFacts, name: string, reason: string): CredentialSource | undefined {
  const config = facts.readAs('js-sdk')
  const by = (method: ProfileMethod) => ({ kind: 'profile', profile: name, method, reason }) as const
  const visited = new Set<string>()
  for (let current = name; ; ) {
    const values = config.profiles.get(current)?.values
    if (!values) return undefined
    const isSource = visited.size > 0
    if (isSource && hasKeyPair(values)) return by('role')
    if (!isRole(values) && !(isSource && isRoleless(values))) {
      const method = findMethod(values)
      if (method === 'sso' && !hasWholeSession(values, config))
        return none(`the sso settings of profile ${current} are incomplete`)
      return method && by(isSource ? 'role' : method)
    }
    const source = values.get('source_profile')
    if (source && visited.has(source)) return undefined
    if (values.get('role_arn') && values.get('mfa_serial'))
      return none(`it cannot ask for the MFA code of profile ${current}`)
    if (!source) return isAsked(facts.env, values.get('credential_source') ?? '') ? by('role') : undefined
    visited.add(source)
    current = source
  }
}

function isRole(values: Values): boolean {
  return Boolean(
    values.get('role_arn') &&
      Boolean(values.get('source_profile')) !== Boolean(values.get('credential_source')),
  )
}

/** The keys of its `credential_source` are good enough for a source of others. */
function isRoleless(values: Values): boolean {
  return Boolean(!values.get('role_arn') && values.get('credential_source'))
}

/** It asks the instance even where AWS_EC2_METADATA_DISABLED is set. */
function isAsked(env: SourceFacts['env'], word: string): boolean {
  return word === 'Ec2InstanceMetadata' || findAbsentSource(env, word) === undefined
}

/** The first of the ways of a profile that assumes no role from others. */
function findMethod(values: Values): ProfileMethod | undefined {
  const has = (key: string) => Boolean(values.get(key))
  if (hasKeyPair(values)) return 'static'
  if (has('web_identity_token_file') && has('role_arn')) return 'web-identity'
  if (has('credential_process')) return 'process'
  if (ssoKeys.some(has)) return 'sso'
  return has('login_session') ? 'login' : undefined
}

const ssoKeys = ['sso_start_url', 'sso_account_id', 'sso_session', 'sso_region', 'sso_role_name']

function findOutside(facts: SourceFacts, named: string | undefined): CredentialSource {
  const { env } = facts
  if (env['AWS_WEB_IDENTITY_TOKEN_FILE'] && env['AWS_ROLE_ARN']) {
    return { kind: 'web-identity', reason: 'AWS_WEB_IDENTITY_TOKEN_FILE is set, and no profile has any keys' }
  }
  const variable = containerVariables.find((name) => env[name])
  if (variable !== undefined) return { kind: 'container', reason: `${variable} is set` }
  const disabled = env['AWS_EC2_METADATA_DISABLED']
  const failure = explainOutside(facts, 'js-sdk', named)
  return !disabled || disabled === 'false'
    ? { kind: 'instance', reason: failure ?? 'nothing else names any keys' }
    : none(failure ?? 'nothing names any keys')
}
