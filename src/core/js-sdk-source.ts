import {
  type CredentialSource,
  containerVariables,
  describeFailure,
  findAbsentSource,
  hasWholeSession,
  none,
  type ProfileMethod,
  type SourceFacts,
} from './credential-source.ts'
import { usesMfa } from './profile.ts'

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
  const found = config.profiles.get(name)
  if (!found) return undefined
  const has = (key: string) => Boolean(found.values.get(key))
  const by = (method: ProfileMethod) => ({ kind: 'profile', profile: name, method, reason }) as const
  if (has('role_arn') && has('source_profile') !== has('credential_source')) {
    if (usesMfa(config, name)) return none(`it cannot ask for the MFA code of profile ${name}`)
    const source = found.values.get('source_profile')
    if (source) return config.profiles.has(source) ? by('role') : undefined
    // It asks the instance even where AWS_EC2_METADATA_DISABLED is set.
    const word = found.values.get('credential_source') ?? ''
    const isAsked = word === 'Ec2InstanceMetadata' || findAbsentSource(facts.env, word) === undefined
    return isAsked ? by('role') : undefined
  }
  if (has('aws_access_key_id') && has('aws_secret_access_key')) return by('static')
  if (has('web_identity_token_file') && has('role_arn')) return by('web-identity')
  if (has('credential_process')) return by('process')
  if (ssoKeys.some(has)) {
    return hasWholeSession(found.values, config)
      ? by('sso')
      : none(`the sso settings of profile ${name} are incomplete`)
  }
  return has('login_session') ? by('login') : undefined
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
  const failure = describeFailure(facts, 'js-sdk', named)
  return !disabled || disabled === 'false'
    ? { kind: 'instance', reason: failure ?? 'nothing else names any keys' }
    : none(failure ?? 'nothing names any keys')
}
