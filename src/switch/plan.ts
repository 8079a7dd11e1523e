import type { Credentials } from '../aws/credentials.ts'
import type { Region } from '../aws/region.ts'
import type { Additions, Switch } from '../emit/change.ts'
import { describeRole, type Profile } from '../profiles/profile.ts'
import { isAccountId } from '../text/answer-forms.ts'
import { printable } from '../text/redact.ts'
import { formatTimestamp } from '../text/time.ts'
import { formatRequest, type Subject, type SwitchOptions } from './request.ts'

/** All that decides a switch. */
export interface SwitchFacts {
  readonly profile: Profile
  readonly subject: Subject
  readonly options: SwitchOptions
  /** Absent leaves AWS_REGION and AWS_DEFAULT_REGION as they were before the first switch. */
  readonly region: Region | undefined
  /** In credentials mode: the keys that are set instead of AWS_PROFILE. */
  readonly credentials?: Credentials
  /** What plugins add; none of it is a variable of ours. */
  readonly additions?: Additions | undefined
  /** From when on these keys are to be renewed, in seconds since the epoch; absent: never. */
  readonly renewAt?: number | undefined
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

/**
 * The switch to a profile: in profile mode AWS_PROFILE names it and the tools find their credentials themselves, with
 * `credentials` these are set and AWS_PROFILE is removed, since tools disagree on which of the two wins.
 */
export function planSwitch(facts: SwitchFacts): Switch {
  const { profile, subject, options, credentials, additions } = facts
  const region = facts.region?.name
  const { accountId, roleName } = options.roleArn === undefined ? profile : describeRole(options.roleArn)
  const set: (readonly [string, string])[] = credentials
    ? exportCredentials(credentials, findAccountOfKeys(credentials, profile, options.roleArn))
    : [['AWS_PROFILE', profile.name]]
  if (region !== undefined) set.push(['AWS_REGION', region], ['AWS_DEFAULT_REGION', region])
  set.push(['ASSUME_PROFILE', profile.name])
  if (accountId !== undefined) set.push(['ASSUME_ACCOUNT_ID', accountId])
  if (roleName !== undefined) set.push(['ASSUME_ROLE_NAME', roleName])
  if (additions?.style !== undefined) set.push(['ASSUME_STYLE', additions.style])
  set.push(...(additions?.set ?? []))
  const names = set.map(([name]) => name)
  set.push(['ASSUME_VARS', names.join(' ')])
  const removed = [...contradicting, ...(credentials ? ['AWS_PROFILE'] : []), ...(additions?.unset ?? [])]
  const identity = [accountId, roleName].filter((part) => part !== undefined).join(' ')
  return {
    change: { set, unset: removed.filter((name) => !names.includes(name)) },
    repeat: formatRequest(subject, options),
    message: printable([profile.name, identity, region ?? ''].filter((part) => part !== '').join(' · ')),
    ...(facts.renewAt !== undefined && { renewAt: facts.renewAt }),
  }
}

/** Set by a switch in a shell whose functions are of an earlier version, so that the next core knows that it was told. */
export const outdatedMark = 'ASSUME_OUTDATED'

/** The same switch for such a shell. */
export function markOutdated(plan: Switch): Switch {
  const set = plan.change.set.map(([name, value]): readonly [string, string] =>
    name === 'ASSUME_VARS' ? [name, `${value} ${outdatedMark}`] : [name, value],
  )
  return { ...plan, change: { ...plan.change, set: [[outdatedMark, '1'], ...set] } }
}

/** The account of keys, as the one who gave them said, else as the profile, or the role on top of it, says. */
export function findAccountOfKeys(
  credentials: Credentials,
  profile: Profile,
  roleArn: string | undefined,
): string | undefined {
  const { accountId } = roleArn === undefined ? profile : describeRole(roleArn)
  return [credentials.accountId, accountId].find(isAccountId)
}

function exportCredentials(
  credentials: Credentials,
  accountId: string | undefined,
): (readonly [string, string])[] {
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = credentials
  const set: (readonly [string, string])[] = [
    ['AWS_ACCESS_KEY_ID', accessKeyId],
    ['AWS_SECRET_ACCESS_KEY', secretAccessKey],
  ]
  if (sessionToken !== undefined) set.push(['AWS_SESSION_TOKEN', sessionToken])
  if (accountId !== undefined) set.push(['AWS_ACCOUNT_ID', accountId])
  if (expiresAt !== undefined) {
    set.push(
      ['AWS_CREDENTIAL_EXPIRATION', formatTimestamp(expiresAt)],
      ['ASSUME_EXPIRES_AT', String(Math.floor(expiresAt / 1000))],
    )
  }
  return set
}
