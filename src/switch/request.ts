import type { Region } from '../aws/region.ts'

/** What is to be switched to: a profile of the files, or a role in an account that needs none. */
export type Subject =
  | { readonly name: string }
  | {
      readonly accountId: string
      readonly roleName: string
      /** The name of an sso-session; absent where there is only one. */
      readonly session?: string
    }

/** How it is asked for; an absent value leaves the choice to the profile. */
export interface SwitchOptions {
  /** Takes the place of the profile's region, also where `assume_region` is off. */
  readonly region?: Region
  /** Whether temporary keys are wanted instead of AWS_PROFILE, by --export or an option that implies it. */
  readonly exports: boolean
  /** The ARN of one more role, assumed with the credentials of the profile. */
  readonly roleArn?: string
  readonly durationSeconds?: number
  readonly mfaCode?: string
  /** Ignores cached credentials. */
  readonly refresh: boolean
  /** Opens nothing, and switches even without a session where that can be. */
  readonly noLogin: boolean
  /** Answers the questions of guards that take a yes. */
  readonly saysYes: boolean
}

/** Nothing but the profile decides. */
export const noOptions: SwitchOptions = {
  exports: false,
  refresh: false,
  noLogin: false,
  saysYes: false,
}

/** Whether a profile of the files is asked for and nothing else: then its row of the profile index says all. */
export function isPlainRequest(
  subject: Subject,
  options: SwitchOptions,
): subject is { readonly name: string } {
  const { region, roleArn, durationSeconds, mfaCode, exports, refresh, noLogin } = options
  const values = [region, roleArn, durationSeconds, mfaCode]
  return 'name' in subject && !exports && !refresh && !noLogin && values.every((value) => value === undefined)
}

/** The arguments of `assume` that ask for this again; never a code, and what was cached may be used. */
export function formatRequest(subject: Subject, options: SwitchOptions): string[] {
  const words =
    'name' in subject
      ? [`--profile=${subject.name}`]
      : [`--account=${subject.accountId}`, `--role-name=${subject.roleName}`]
  if ('session' in subject && subject.session !== undefined) words.push(`--session=${subject.session}`)
  return [...words, ...formatOptions({ ...options, exports: options.exports && 'name' in subject })]
}

/** Those of the options. */
export function formatOptions({
  region,
  exports,
  roleArn,
  durationSeconds,
  noLogin,
}: SwitchOptions): string[] {
  const words: string[] = []
  if (region !== undefined) words.push(`--region=${region.name}`)
  if (exports) words.push('--export')
  if (roleArn !== undefined) words.push(`--role=${roleArn}`)
  if (durationSeconds !== undefined) words.push(`--duration=${durationSeconds}s`)
  if (noLogin) words.push('--no-login')
  return words
}
