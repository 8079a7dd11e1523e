import type { RoleRequest } from '../aws/cache-file-name.ts'
import { AssumeError } from '../errors.ts'
import type { AwsConfig } from '../profiles/config/merge.ts'
import {
  coversMfa,
  describeProfile,
  describeSource,
  describeWithoutProcess,
  hasStaticKeys,
  longestChain,
  type Profile,
} from '../profiles/profile.ts'
import { describeLongChain, incompleteProfile } from '../profiles/profile-fault.ts'
import { printable } from '../text/redact.ts'
import { formatProfileFlag, type Hint } from '../text/words.ts'
import { findAssumeTarget } from './assume-process.ts'
import type { Environments } from './environment-keys.ts'
import { checkDuration } from './role-duration.ts'
import { describeRoleRequest } from './role-request.ts'
import { findCredentialSource, findSource, type Source } from './source.ts'

/** A role that is assumed with the keys of what stands before it. */
export interface RoleLink {
  /** The profile that names it, or that it is put on top of. */
  readonly profile: Profile
  readonly request: RoleRequest
}

/** How a profile gets its credentials. */
export interface Chain {
  /** The one at the top: its region and endpoints hold for every role, as with the AWS CLI. */
  readonly profile: Profile
  readonly source: Source
  /** In the order in which they are assumed; none where the keys of the source are the profile's. */
  readonly roles: readonly RoleLink[]
}

/** What decides together with the files. */
export interface Surroundings extends Environments {
  readonly platform: NodeJS.Platform
}

export interface ChainOptions extends Surroundings {
  /** One more role, on top of all. */
  readonly roleArn?: string | undefined
  /** How long the last role is assumed for, whatever its profile says. */
  readonly durationSeconds?: number | undefined
  /** Takes the place of all that the profile says of its credentials. */
  readonly source?: Source | undefined
}

/**
 * How `profile`, which need not be in `config`, gets its credentials: by the rules of the AWS CLI (`AssumeRoleProvider`
 * and `ProfileProviderBuilder` of botocore), but for one: a profile that says nothing of credentials does not get those
 * of the machine. Throws AssumeError `incomplete-profile`, `invalid-profile`, `profile-cycle`, `invalid-duration`, and
 * `usage` for an option that does not fit.
 */
export function planChain(config: AwsConfig, profile: Profile, options: ChainOptions): Chain {
  const { roleArn, durationSeconds } = options
  const { source, roles } = options.source
    ? { source: options.source, roles: [] }
    : followLinks(config, profile, options)
  const onTop = roleArn === undefined ? [] : [{ profile, request: { RoleArn: roleArn } }]
  const chain = { profile, source, roles: [...roles, ...onTop] }
  const timed = durationSeconds === undefined ? chain : setDuration(chain, durationSeconds)
  checkDurations(timed)
  return timed
}

/** The chain without its last role: what that is assumed with. */
export function dropLastRole(chain: Chain): Chain {
  return { ...chain, roles: chain.roles.slice(0, -1) }
}

/** From the top down to the source. */
function followLinks(
  config: AwsConfig,
  top: Profile,
  surroundings: Surroundings,
): Pick<Chain, 'source' | 'roles'> {
  const roles: RoleLink[] = []
  const path = new Set<string>()
  let isSource = false
  for (let profile = top; ; ) {
    if (path.size > longestChain) throw describeLongChain(top)
    const { sourceProfile } = profile
    const request = isSource && hasStaticKeys(profile.properties) ? undefined : findRequest(profile)
    if (!request) {
      const next = passAssume(config, profile, path, surroundings.platform)
      if (!next)
        return { source: findSource(profile), roles: roles.map((role) => spareCode(profile, role)).reverse() }
      // What another profile hands out is its own affair.
      isSource &&= next.name === profile.name
      profile = next
      continue
    }
    roles.push({ profile, request })
    path.add(profile.name)
    checkLink(profile)
    if (sourceProfile === undefined)
      return { source: findCredentialSource(profile, surroundings), roles: roles.reverse() }
    profile = findNext(config, profile, sourceProfile, path)
    isSource = true
  }
}

/** Without the device of a role on top of a session that was made with a code of it. */
function spareCode(source: Profile, { profile, request }: RoleLink): RoleLink {
  const { SerialNumber: serial, ...rest } = request
  const isSpared = profile.sourceProfile === source.name && serial !== undefined && coversMfa(source, serial)
  return isSpared ? { profile, request: rest } : { profile, request }
}

/** Undefined for a profile that assumes no role, or not with the keys of another one. */
function findRequest(profile: Profile): RoleRequest | undefined {
  return profile.webIdentityTokenFile === undefined ? describeRoleRequest(profile) : undefined
}

/**
 * What is to be looked at in place of a profile whose `credential_process` is assume itself: the same without it when it
 * names itself, else the profile that it names. Undefined for every other profile.
 */
function passAssume(
  config: AwsConfig,
  profile: Profile,
  path: Set<string>,
  platform: NodeJS.Platform,
): Profile | undefined {
  const target = profile.kind === 'process' ? findAssumeTarget(profile, platform) : undefined
  if (target === undefined) return undefined
  if (target === profile.name) return describeWithoutProcess(config, profile)
  path.add(profile.name)
  if (path.has(target)) throw describeCycle([...path], 'credential_process', target)
  return describeProfile(config, target) ?? failMissing(profile, 'credential_process', target)
}

function checkLink(profile: Profile): void {
  const { name, sourceProfile, credentialSource } = profile
  if (sourceProfile !== undefined && credentialSource !== undefined) {
    throw new AssumeError(
      'invalid-profile',
      `profile ${printable(name)} has both source_profile and credential_source`,
      { hint: 'remove one of them from the config file' },
    )
  }
  if (sourceProfile === undefined && credentialSource === undefined) {
    const hint: Hint = (quote) => `aws configure set source_profile NAME ${formatProfileFlag(name, quote)}`
    throw incompleteProfile(profile, 'source_profile or credential_source for its role_arn', hint)
  }
}

/** The profile that the role of `profile` is assumed from. Only one with static keys can be its own source. */
function findNext(config: AwsConfig, profile: Profile, name: string, path: ReadonlySet<string>): Profile {
  const next = describeSource(config, name) ?? failMissing(profile, 'source_profile', name)
  const isOwnKeys = name === profile.name && hasStaticKeys(next.properties)
  if (path.has(name) && !isOwnKeys) throw describeCycle([...path], 'source_profile', name)
  return next
}

function failMissing({ name }: Profile, key: SourceKey, target: string): never {
  throw new AssumeError(
    'incomplete-profile',
    `profile ${printable(name)} names ${printable(target)} in ${key}, and there is no such profile`,
    { hint: describeRemedy(name, key) },
  )
}

/** `key` is that of the last one in the path. */
function describeCycle(path: readonly string[], key: SourceKey, next: string): AssumeError {
  const circle = [...path.slice(path.indexOf(next)), next].map((name) => printable(name)).join(' -> ')
  return new AssumeError(
    'profile-cycle',
    `profiles get their credentials from each other by ${key}: ${circle}`,
    { hint: describeRemedy(path.at(-1) ?? next, key) },
  )
}

/** A key that names the profile whose credentials are used. */
type SourceKey = 'source_profile' | 'credential_process'

function describeRemedy(name: string, key: SourceKey): Hint {
  const value = key === 'source_profile' ? 'NAME' : "'assume credential-process NAME'"
  return (quote) => `aws configure set ${key} ${value} ${formatProfileFlag(name, quote)}`
}

function setDuration(chain: Chain, seconds: number): Chain {
  const { profile, source, roles } = chain
  const last = roles.at(-1)
  if (last) {
    const timed = { ...last, request: { ...last.request, DurationSeconds: seconds } }
    return { ...chain, roles: [...roles.slice(0, -1), timed] }
  }
  if (source.kind === 'web-identity')
    return { ...chain, source: { ...source, request: { ...source.request, DurationSeconds: seconds } } }
  throw new AssumeError(
    'usage',
    `--duration is for a role that is assumed, and profile ${printable(profile.name)} assumes none`,
    { hint: 'leave --duration out, or add --role ARN' },
  )
}

/** What keys a helper program gives is not known before it has run. */
function checkDurations({ source, roles }: Chain): void {
  if (source.kind === 'web-identity') checkDuration(source.request, false)
  for (const [index, { request }] of roles.entries()) checkDuration(request, index > 0 || isTemporary(source))
}

function isTemporary(source: Source): boolean {
  if (source.kind === 'static') return source.credentials.sessionToken !== undefined
  if (source.kind === 'keys') return !source.profile.handsOutKey
  return source.kind !== 'process'
}
