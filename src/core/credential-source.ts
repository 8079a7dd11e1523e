import type { AwsConfig } from './config/merge.ts'
import type { ProfileKind } from './profile.ts'

/** The tools whose rules are known; each stands for all that is built on it. */
export type Tool = 'aws-cli' | 'boto3' | 'js-sdk'

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
  readonly config: AwsConfig
  /** Milliseconds since the epoch. */
  readonly now: number
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
