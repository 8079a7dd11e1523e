import {
  type CredentialSource,
  containerVariables,
  describeCircle,
  describeRejection,
  explainOutside,
  findAbsentSource,
  hasKeyPair,
  hasWholeSession,
  isInstanceDisabled,
  none,
  type ProfileMethod,
  type SourceFacts,
} from './credential-source.ts'

type Sdk = 'java-sdk' | 'rust-sdk'
type Values = ReadonlyMap<string, string>

/**
 * Where the AWS SDKs for Java and Rust get their keys from, as it was measured with the SDK for Java 2.59 and aws-config
 * 1.13 of Rust: both take an empty variable for none, and a file that they reject costs every profile. Java looks for a
 * web identity in the environment before the profile, Rust behind it.
 */
export function findJavaOrRustSource(facts: SourceFacts, sdk: Sdk): CredentialSource {
  const { env } = facts
  const named = env['AWS_PROFILE'] || undefined
  if (env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY']) {
    const reason =
      named === undefined ? 'AWS_ACCESS_KEY_ID is set' : 'AWS_ACCESS_KEY_ID goes before AWS_PROFILE'
    return { kind: 'environment', reason }
  }
  const rejection = facts.readAs('java-and-rust').rejections['java-and-rust']
  const webIdentity = findWebIdentity(env, named)
  if (sdk === 'java-sdk' && webIdentity) return webIdentity
  if (rejection) return describeRejection(rejection)
  return findInProfile(facts, sdk, named) ?? webIdentity ?? findOutside(facts, named)
}

function findWebIdentity(env: SourceFacts['env'], named: string | undefined): CredentialSource | undefined {
  if (!env['AWS_WEB_IDENTITY_TOKEN_FILE'] || !env['AWS_ROLE_ARN']) return undefined
  const before = named === undefined ? 'is set' : 'goes before AWS_PROFILE'
  return { kind: 'web-identity', reason: `AWS_WEB_IDENTITY_TOKEN_FILE ${before}` }
}

function findInProfile(
  facts: SourceFacts,
  sdk: Sdk,
  named: string | undefined,
): CredentialSource | undefined {
  const name = named ?? 'default'
  const values = facts.readAs('java-and-rust').profiles.get(name)?.values
  if (!values) return undefined
  const fault = findFault(facts, sdk, name)
  if (fault !== undefined) return none(fault)
  const method = findMethod(sdk, values)
  if (method === undefined) return undefined
  const reason = named === undefined ? 'no variable names another' : 'AWS_PROFILE names it'
  return { kind: 'profile', profile: name, method, reason }
}

/** The first way to keys that the profile has, in the order of the SDK. */
function findMethod(sdk: Sdk, values: Values): ProfileMethod | undefined {
  const order: readonly ProfileMethod[] =
    sdk === 'java-sdk'
      ? ['web-identity', 'sso', 'role', 'process', 'static', 'login']
      : ['web-identity', 'role', 'sso', 'login', 'process', 'static']
  return order.find((method) => hasSign(values, method))
}

function hasSign(values: Values, method: ProfileMethod): boolean {
  return signs[method].some((key) => values.get(key))
}

/** The keys that tell a way. */
const signs: Readonly<Record<ProfileMethod, readonly string[]>> = {
  'web-identity': ['web_identity_token_file'],
  role: ['role_arn'],
  sso: ['sso_account_id', 'sso_role_name'],
  login: ['login_session'],
  process: ['credential_process'],
  static: ['aws_access_key_id'],
}

/** The keys of a way that are of no use with a second line. */
const singleLine: Readonly<Record<ProfileMethod, readonly string[]>> = {
  ...signs,
  sso: ['sso_session', 'sso_account_id', 'sso_role_name'],
  static: ['aws_access_key_id', 'aws_secret_access_key'],
  // A shell runs it.
  process: [],
}

/** What stands in the way, from the profile down to the keys, in a sentence. */
function findFault(facts: SourceFacts, sdk: Sdk, top: string): string | undefined {
  const { profiles } = facts.readAs('java-and-rust')
  const visited = new Set<string>()
  for (let name = top; ; ) {
    const values = profiles.get(name)?.values ?? new Map<string, string>()
    // Rust takes the keys of a source before its role, Java never does.
    const isSource = visited.size > 0
    if (isSource && sdk === 'rust-sdk' && hasKeyPair(values)) return undefined
    const fault = findOwnFault(facts, sdk, values)
    if (fault !== undefined) return `profile ${name} ${fault}`
    const source = findMethod(sdk, values) === 'role' ? values.get('source_profile') : undefined
    if (!source) return undefined
    visited.add(name)
    const ofSource = profiles.get(source)?.values
    if (!ofSource) return `profile ${name} has the source_profile ${source}, which it does not find`
    if (visited.has(source)) {
      const isItself = sdk === 'rust-sdk' && source === name && hasOwn(values)
      return isItself ? undefined : describeCircle(top)
    }
    if (findMethod(sdk, ofSource) === undefined)
      return `profile ${source}, a source_profile, has no credentials`
    name = source
  }
}

/** Whether Rust finds keys in a profile that is its own source. */
function hasOwn(values: Values): boolean {
  return (
    hasKeyPair(values) || (['sso', 'login', 'process'] as const).some((method) => hasSign(values, method))
  )
}

function findOwnFault(facts: SourceFacts, sdk: Sdk, values: Values): string | undefined {
  const isEmpty = (key: string) => values.get(key) === ''
  const empty = ['credential_process', 'sso_session', 'web_identity_token_file', 'credential_source'].find(
    isEmpty,
  )
  if (empty !== undefined) return `has an empty ${empty}`
  if (sdk === 'rust-sdk' && isEmpty('role_arn')) return 'has an empty role_arn'
  const method = findMethod(sdk, values)
  const broken = (method ? singleLine[method] : []).find((key) => values.get(key)?.includes('\n'))
  if (broken !== undefined)
    return `has a comment, or more, in the value of ${broken}, by the lines indented below it`
  if (method === 'role') return findRoleFault(facts, values)
  if (method === 'static' && !hasKeyPair(values))
    return 'has an aws_access_key_id without aws_secret_access_key'
  if (method !== 'sso') return undefined
  if (!hasWholeSession(values, facts.readAs('java-and-rust'))) return 'has incomplete sso settings'
  const isTwofold = values.get('sso_session') && (values.get('sso_start_url') || values.get('sso_region'))
  return sdk === 'rust-sdk' && isTwofold ? 'has an sso_session and sso settings of its own' : undefined
}

function findRoleFault({ env }: SourceFacts, values: Values): string | undefined {
  const source = values.get('source_profile')
  const word = values.get('credential_source')
  if (source && word) return 'has both source_profile and credential_source'
  if (!source && !word) return 'has a role_arn, but no source_profile'
  const absent = word ? findAbsentSource(env, word) : undefined
  return absent === undefined ? undefined : `has a credential_source, and ${absent}`
}

function findOutside(facts: SourceFacts, named: string | undefined): CredentialSource {
  const { env } = facts
  const variable = containerVariables.find((name) => env[name])
  if (variable !== undefined) return { kind: 'container', reason: `${variable} is set` }
  const failure = explainOutside(facts, 'java-and-rust', named)
  return isInstanceDisabled(env)
    ? none(failure ?? 'nothing names any keys')
    : { kind: 'instance', reason: failure ?? 'nothing else names any keys' }
}
