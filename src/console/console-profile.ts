import { choosePartition, findPartition, type Partition, partitionOfArn } from '../aws/partition.ts'
import type { Region } from '../aws/region.ts'
import type { Context } from '../context.ts'
import { type Chain, planChain } from '../credentials/chain.ts'
import { findHomeRegion, findStsRegion } from '../credentials/sts-region.ts'
import { AssumeError } from '../errors.ts'
import { hasHook } from '../profiles/plugin-settings.ts'
import { describeProfile, describeRole, type Profile } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { chooseRegion, requireRegion } from '../profiles/region.ts'
import { findConfiguredRegion, readProfileRegion } from '../profiles/written-region.ts'
import type { SwitchOptions } from '../switch/request.ts'
import { resolveSubject } from '../switch/subject.ts'
import { printable } from '../text/redact.ts'
import type { PlacedConsole } from './destination.ts'
import type { ConsoleSubject } from './subject.ts'

/** As whom a console is opened, and where. */
export interface ConsoleProfile {
  /** As messages call it, made printable. */
  readonly name: string
  /** Whether the keys in the environment come first. */
  readonly isByKeys: boolean
  /** Absent for keys in the environment as they are. */
  readonly profile?: Profile
  /** How the profile gets its keys; absent without one, and where a plugin has them. */
  readonly chain?: Chain
  readonly place: PlacedConsole
  /** Of the STS that is asked. */
  readonly stsRegion: Region
  readonly accountId?: string
  readonly roleName?: string
}

interface Circumstances {
  /** Nobody is named: the region that this shell is in counts before the profile's. */
  readonly isActive: boolean
}

/**
 * What is known of a subject from the files and the environment. The region of a portal says nothing of where somebody works.
 * Throws AssumeError `invalid-region`, `usage` for a region of another partition, and what `resolveSubject` and `planChain` throw.
 */
export function describeConsoleProfile(
  context: Context,
  profiles: Profiles,
  subject: ConsoleSubject,
  { region: asked, roleArn }: SwitchOptions,
  { isActive }: Circumstances,
): ConsoleProfile {
  const { env, ownEnv } = context
  const { config } = profiles
  const isKeys = 'keys' in subject
  const profile = isKeys ? describeKeyRole(roleArn) : resolveSubject(context, profiles, subject)
  const written =
    isKeys || isActive
      ? findConfiguredRegion(env, isKeys ? describeProfile(config, 'default') : profile)
      : profile && readProfileRegion(profile)
  const region = chooseRegion(profiles, asked, written)
  const isProvided = profile !== undefined && hasHook(profiles.plugins, 'credentials', profile)
  const surroundings = isKeys ? { ...context, ownEnv: env } : { ...context, roleArn }
  const chain = profile && !isProvided ? planChain(config, profile, surroundings) : undefined
  const arn = chain?.roles.at(-1)?.request.RoleArn ?? profile?.roleArn ?? profile?.loginSession
  const { accountId, roleName } = roleArn === undefined ? (profile ?? keysOf(subject)) : describeRole(roleArn)
  const name = printable((isKeys ? subject.name : profile?.name) ?? 'the keys in the environment')
  return {
    name,
    isByKeys: isKeys,
    ...(profile && { profile }),
    ...(chain && { chain }),
    place: placeConsole(name, region, asked !== undefined, findOwnPartition(arn, chain)),
    stsRegion: region ?? requireRegion(profiles, chain ? findStsRegion(ownEnv, chain) : findHomeRegion(arn)),
    ...(accountId !== undefined && { accountId }),
    ...(roleName !== undefined && { roleName }),
  }
}

function keysOf(subject: ConsoleSubject): { accountId?: string; roleName?: string } {
  return 'keys' in subject ? subject : {}
}

/** The profile that stands for one more role on top of the keys in the environment. */
function describeKeyRole(roleArn: string | undefined): Profile | undefined {
  if (roleArn === undefined) return undefined
  const properties = new Map([
    ['role_arn', roleArn],
    ['credential_source', 'Environment'],
  ])
  return {
    name: 'environment',
    kind: 'role',
    roleArn,
    credentialSource: 'Environment',
    properties,
    files: [],
  }
}

/** By the role, else by the portal; undefined where only the keys themselves can tell. */
function findOwnPartition(arn: string | undefined, chain: Chain | undefined): Partition | undefined {
  if (arn !== undefined) return partitionOfArn(arn)
  return chain?.source.kind === 'sso' ? choosePartition(chain.source.session.region) : undefined
}

function placeConsole(
  name: string,
  region: Region | undefined,
  isAsked: boolean,
  own: Partition | undefined,
): PlacedConsole {
  if (!region) return { partition: own ?? choosePartition(''), isAsked: false }
  const named = findPartition(region.plainName)
  if (named && own && named.id !== own.id) {
    throw new AssumeError(
      'usage',
      `region ${region.name} is of partition ${named.id}, and ${name} of ${own.id}`,
      { hint: `assume console -r ${own.home}` },
    )
  }
  const isPlace = named !== undefined && region.plainName !== named.global
  const partition = named ?? own ?? choosePartition('')
  return { partition, isAsked, ...(isPlace && { region: region.plainName }) }
}
