import type { AwsConfig, FileProblem } from '../profiles/config/merge.ts'
import type { ReadAs, Reader } from '../profiles/config/reader-view.ts'
import type { ProfileKind } from '../profiles/profile.ts'

/** The tools whose rules are known; each stands for all that is built on it. */
export type Tool = 'aws-cli' | 'boto3' | 'js-sdk' | 'java-sdk' | 'rust-sdk'

/** The ways to keys inside a profile that the tools know. */
export type ProfileMethod = Extract<
  ProfileKind,
  'sso' | 'role' | 'web-identity' | 'static' | 'login' | 'process'
>

/** Where a tool gets its keys from. */
export interface CredentialSource {
  /**
   * `environment`: AWS_ACCESS_KEY_ID and what belongs to it · `web-identity`: AWS_WEB_IDENTITY_TOKEN_FILE ·
   * `profile` · `container`, `instance`: the service of a container, or of an EC2 instance, is asked ·
   * `none`: the tool fails before it asks anybody.
   */
  readonly kind: 'environment' | 'web-identity' | 'profile' | 'container' | 'instance' | 'none'
  /** For `profile` only, and so is `method`. */
  readonly profile?: string
  readonly method?: ProfileMethod
  /** What decides it, in a few words without a secret. */
  readonly reason: string
}

/** What decides where a tool gets its keys from. */
export interface SourceFacts {
  readonly env: Readonly<Record<string, string | undefined>>
  /** What the files say to us. */
  readonly config: AwsConfig
  /** What they say to the tools. */
  readonly readAs: ReadAs
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** Why a tool looks outside of the profiles: what it makes of the one that AWS_PROFILE names, if it does. */
export function explainOutside(
  facts: SourceFacts,
  reader: Reader,
  named: string | undefined,
): string | undefined {
  if (named === undefined) return undefined
  return facts.readAs(reader).profiles.has(named)
    ? `AWS_PROFILE is ${named}, and it finds no keys there`
    : describeMissing(facts, 'AWS_PROFILE', named)
}

/** Why a tool finds no profile of a name that a variable gives. */
export function describeMissing({ config }: SourceFacts, variable: string, name: string): string {
  if (name === '') return `${variable} is set but empty`
  const known = config.profiles.has(name) ? 'it does not find that profile' : 'there is no such profile'
  return `${variable} is ${name}, and ${known}`
}

/** What `credential_source` names, where nothing of it is there to be asked; undefined where there is. */
export function findAbsentSource(env: SourceFacts['env'], word: string): string | undefined {
  switch (word) {
    case 'Environment':
      return env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY']
        ? undefined
        : 'the environment has no keys'
    case 'EcsContainer':
      return containerVariables.some((name) => env[name]) ? undefined : 'no variable names a container'
    case 'Ec2InstanceMetadata':
      return isInstanceDisabled(env) ? 'AWS_EC2_METADATA_DISABLED is set' : undefined
    default:
      return 'there is no such source'
  }
}

export const containerVariables = [
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
] as const

/** Whether an instance must not be asked, to all but the JavaScript SDK. */
export function isInstanceDisabled(env: SourceFacts['env']): boolean {
  return env['AWS_EC2_METADATA_DISABLED']?.toLowerCase() === 'true'
}

export function none(reason: string): CredentialSource {
  return { kind: 'none', reason }
}

/** Whether a profile has all that its Identity Center session needs; values that contradict the sso-session count as missing. */
export function hasWholeSession(values: ReadonlyMap<string, string>, config: AwsConfig): boolean {
  if (!values.get('sso_account_id') || !values.get('sso_role_name')) return false
  const name = values.get('sso_session')
  if (!name) return Boolean(values.get('sso_start_url') && values.get('sso_region'))
  const session = config.sessions.get(name)
  return Boolean(session?.get('sso_start_url') && session.get('sso_region'))
}

/** Whether a profile has both parts of a key. */
export function hasKeyPair(values: ReadonlyMap<string, string>): boolean {
  return Boolean(values.get('aws_access_key_id') && values.get('aws_secret_access_key'))
}

/** Why there are no keys at the end of a chain of sources that has none. */
export function describeCircle(name: string): string {
  return `the source profiles of profile ${name} lead in a circle`
}

/** The source of a tool that rejects one of the files. */
export function describeRejection({ file, line, message }: FileProblem): CredentialSource {
  return none(`the whole ${file} file is rejected: line ${line}, ${message}`)
}
