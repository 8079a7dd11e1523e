import { printable } from '../redact.ts'
import type { EnvironmentChange } from './change.ts'
import type { Profile } from './profile.ts'

/** A switch, ready for a shell's function: what a row of the profile index holds too. */
export interface Switch {
  readonly change: EnvironmentChange
  /** Arguments of `assume` that do this switch again, for `assume -`. */
  readonly repeat: readonly string[]
  /** The line shown on success: `NAME · ACCOUNT ROLE · REGION`, printable. */
  readonly message: string
}

export interface SwitchOptions {
  /** Takes the place of the profile's region, also when `setsRegion` is false. */
  readonly region?: string
  /** False leaves AWS_REGION and AWS_DEFAULT_REGION as they were before the first switch. */
  readonly setsRegion: boolean
  readonly noLogin: boolean
}

/**
 * Every variable that would beat or confuse AWS_PROFILE in the AWS CLI or an SDK, and those that other tools
 * set and prompt themes read first. The last four are our own, of an earlier switch or from a parent process.
 */
const contradicting = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_CREDENTIAL_EXPIRATION',
  'AWS_SESSION_EXPIRATION',
  'AWS_ACCOUNT_ID',
  'AWS_CREDENTIAL_SCOPE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_ROLE_ARN',
  'AWS_ROLE_SESSION_NAME',
  'AWS_DEFAULT_PROFILE',
  'AWS_VAULT',
  'AWSU_PROFILE',
  'AWSUME_PROFILE',
  'AWS_SSO_PROFILE',
  'ASSUME_ACCOUNT_ID',
  'ASSUME_ROLE_NAME',
  'ASSUME_EXPIRES_AT',
  'ASSUME_STYLE',
]

/** The switch to `profile` in profile mode: AWS_PROFILE names it and the tools find their credentials themselves. */
export function planSwitch(profile: Profile, options: SwitchOptions): Switch {
  const region = options.region ?? (options.setsRegion ? profile.region : undefined)
  const set: (readonly [string, string])[] = [['AWS_PROFILE', profile.name]]
  if (region !== undefined) set.push(['AWS_REGION', region], ['AWS_DEFAULT_REGION', region])
  set.push(['ASSUME_PROFILE', profile.name])
  if (profile.accountId !== undefined) set.push(['ASSUME_ACCOUNT_ID', profile.accountId])
  if (profile.roleName !== undefined) set.push(['ASSUME_ROLE_NAME', profile.roleName])
  const names = set.map(([name]) => name)
  set.push(['ASSUME_VARS', names.join(' ')])
  return {
    change: { set, unset: contradicting.filter((name) => !names.includes(name)) },
    repeat: repeatArguments(profile.name, options),
    message: describeSwitch(profile, region),
  }
}

function repeatArguments(name: string, options: SwitchOptions): string[] {
  const repeat = [`--profile=${name}`]
  if (options.region !== undefined) repeat.push(`--region=${options.region}`)
  if (options.noLogin) repeat.push('--no-login')
  return repeat
}

function describeSwitch(profile: Profile, region: string | undefined): string {
  const identity = [profile.accountId, profile.roleName].filter((part) => part !== undefined).join(' ')
  return printable([profile.name, identity, region ?? ''].filter((part) => part !== '').join(' · '))
}
