import { choosePartition, findPartition, partitionOfArn } from '../aws/partition.ts'
import type { Region } from '../aws/region.ts'
import type { Context } from '../context.ts'
import { type Chain, planChain } from '../credentials/chain.ts'
import { findHomeRegion, findStsRegion } from '../credentials/sts-region.ts'
import { hasHook } from '../profiles/plugin-settings.ts'
import { describeProfile, describeRole, type Profile } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { chooseRegion, requireRegion } from '../profiles/region.ts'
import { findConfiguredRegion, readProfileRegion } from '../profiles/written-region.ts'
import type { SwitchOptions } from '../switch/request.ts'
import { resolveSubject } from '../switch/subject.ts'
import type { PlacedConsole } from './destination.ts'
import type { ConsoleSubject } from './subject.ts'

/** As whom a console is opened, and where. */
export interface ConsoleProfile {
  /** Absent for keys in the environment that are nobody's profile. */
  readonly profile?: Profile
  /** How the profile gets its keys; absent without one, and where a plugin has them. */
  readonly chain?: Chain
  readonly place: PlacedConsole
  /** Of the STS that is asked. */
  readonly stsRegion: Region
  readonly accountId?: string
  readonly roleName?: string
}

/**
 * What is known of a subject from the files and the environment. The region of a portal says nothing of where somebody works.
 * `isActive`: nobody is named, so the region that this shell is in counts before the profile's. Throws AssumeError
 * `invalid-region`, and what `resolveSubject` and `planChain` throw.
 */
export function describeConsoleProfile(
  context: Context,
  profiles: Profiles,
  subject: ConsoleSubject,
  { region: asked, roleArn }: SwitchOptions,
  { isActive }: { readonly isActive: boolean },
): ConsoleProfile {
  const { env, ownEnv } = context
  const isKeys = subject === 'environment'
  const profile = isKeys ? undefined : resolveSubject(context, profiles, subject)
  const written =
    isKeys || isActive
      ? findConfiguredRegion(env, profile ?? describeProfile(profiles.config, 'default'))
      : profile && readProfileRegion(profile)
  const region = chooseRegion(profiles, asked, written)
  const isProvided = profile !== undefined && hasHook(profiles.plugins, 'credentials', profile)
  const chain =
    profile && !isProvided ? planChain(profiles.config, profile, { ...context, roleArn }) : undefined
  const arn = chain?.roles.at(-1)?.request.RoleArn ?? profile?.roleArn
  const facts = roleArn === undefined ? profile : describeRole(roleArn)
  return {
    ...(profile && { profile }),
    ...(chain && { chain }),
    place: placeConsole(region, asked !== undefined, arn ?? '', chain),
    stsRegion: region ?? requireRegion(profiles, chain ? findStsRegion(ownEnv, chain) : findHomeRegion(arn)),
    ...(facts?.accountId !== undefined && { accountId: facts.accountId }),
    ...(facts?.roleName !== undefined && { roleName: facts.roleName }),
  }
}

/** Without a region the role says the partition, else the portal. */
function placeConsole(
  region: Region | undefined,
  isAsked: boolean,
  arn: string,
  chain: Chain | undefined,
): PlacedConsole {
  if (region) {
    const partition = choosePartition(region.plainName)
    const isPlace = findPartition(region.plainName) !== undefined && region.plainName !== partition.global
    return { partition, isAsked, ...(isPlace && { region: region.plainName }) }
  }
  const portalRegion = chain?.source.kind === 'sso' ? chain.source.session.region : ''
  const partition = arn === '' ? choosePartition(portalRegion) : partitionOfArn(arn)
  return { partition, isAsked: false }
}
