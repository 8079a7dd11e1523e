import { setTimeout as sleep } from 'node:timers/promises'
import type { Context, Files } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { formatExcerpts } from '../index/excerpt-list.ts'
import { planExcerpts } from '../index/excerpt-plan.ts'
import { updateExpiries } from '../index/expiry-update.ts'
import { type IndexContent, isWhole, writeIndex } from '../index/index-generation.ts'
import {
  findFreshIndex,
  isFreshWithoutRows,
  isPlannedAhead,
  type OpenIndex,
  openIndex,
  reopenIndex,
} from '../index/profile-index.ts'
import { formatProfileList, noProfileList } from '../index/profile-list.ts'
import { findGuarded, findPluginsInSwitch, hasHook, mayKnowProfiles } from '../profiles/plugin-settings.ts'
import type { Profile } from '../profiles/profile.ts'
import { describeProfiles, listWarnings, loadProfiles, type Profiles } from '../profiles/profiles.ts'
import { type ListedProfiles, listProfiles } from '../status/listed-profile.ts'
import { leastGranularity } from '../system/files/granularity.ts'
import type { Paths } from '../system/paths.ts'
import {
  areUnchanged,
  findHindrances,
  type SourceSnapshot,
  snapshotSources,
  statSource,
} from '../system/source-stamps.ts'
import { type AdditionsAhead, planRows } from './row-plan.ts'

/** What a command knows at its end that the profile index can be made from. */
export interface IndexFacts {
  readonly paths: Paths
  /** The profiles that it has read; absent: none. */
  readonly profiles?: Profiles
  /** The index as it has found it; absent: it has not looked. */
  readonly index?: OpenIndex
  /**
   * Whether plugins may be asked what they will add to switches, so that shells can switch alone: by a switch that they
   * have accepted.
   */
  readonly plansAhead?: boolean
}

/**
 * Brings the profile index up to date with the files if it is stale or has lost a part, else its list of sessions. What the command has read
 * is not read again if it is as it was. Returns the profiles that the index was built anew from; undefined where it was
 * fresh. Throws AssumeError `unreadable-file`, `unsafe-file`.
 */
export async function refreshIndex(context: Context, facts: IndexFacts): Promise<Profiles | undefined> {
  const { paths } = facts
  // An index is of all profiles.
  const read = facts.profiles?.isExcerpt ? undefined : facts.profiles
  const { files } = context
  const snapshot = snapshotSources(context, paths)
  // There is no index of what can be read once, and so nothing that remembers what has been said of it.
  if (snapshot.sources.some(({ file }) => file?.isPipe)) return read
  const index = facts.index ? reopenIndex(context, paths, facts.index) : openIndex(context, paths)
  const found = findFreshIndex(context, paths, index)
  const fresh = found && isWhole(context, found) ? found : undefined
  const hindrances = findHindrances(context, paths, snapshot)
  const isHindered = hindrances.some(({ isLasting }) => isLasting)
  const isStale = isHindered ? !isFreshWithoutRows(context, paths, index) : !fresh
  context.trace(`the profile index is ${isStale ? 'built anew' : 'fresh'}`)
  await settle(context, listSessionTimes(files, paths))
  const wantsPlans = facts.plansAhead === true && !(fresh && isPlannedAhead(context, fresh))
  if (!isStale) {
    if (fresh) updateExpiries(context, fresh.folder)
    if (!wantsPlans) return undefined
  }
  const isCurrent = read !== undefined && areUnchanged(files, read.snapshot.sources)
  const profiles = isCurrent ? read : await readSettled(context, paths)
  const plans = wantsPlans && hindrances.length === 0 ? await planQuietly(context, profiles) : undefined
  if (!isStale && !plans) return undefined
  build(context, profiles, plans)
  return isStale ? profiles : undefined
}

/** Plans of plugins for all profiles, and all that they follow from. */
interface Plans {
  readonly findAdditions: AdditionsAhead
  readonly snapshot: SourceSnapshot
}

/** Brings the list of sessions of a fresh index up to date. */
export async function refreshSessions(context: Context, paths: Paths, folder: string): Promise<void> {
  await settle(context, listSessionTimes(context.files, paths))
  updateExpiries(context, folder)
}

function build(context: Context, profiles: Profiles, plans: Plans | undefined): void {
  const { paths, config, settings, plugins } = profiles
  const { snapshot, findAdditions } = plans ?? { ...profiles, findAdditions: leaveToPlugins(profiles) }
  const described = describeProfiles(config)
  writeIndex(context, paths, snapshot, {
    profiles: described,
    sessions: [...config.sessions.keys()],
    rows: planRows({ config, settings, platform: context.platform }, described, findAdditions),
    ...planLookups(profiles, described, context.platform),
    isGuarded: findGuarded(plugins),
    isPlannedAhead: plans !== undefined,
  })
}

/** A command that lists all profiles and builds the index anew asks twice. */
const listings = new WeakMap<Profiles, ListedProfiles>()

/** All profiles as they are shown. */
export function listAll(profiles: Profiles, platform: NodeJS.Platform): ListedProfiles {
  const listing =
    listings.get(profiles) ?? listProfiles(profiles, describeProfiles(profiles.config), platform)
  listings.set(profiles, listing)
  return listing
}

function planLookups(
  profiles: Profiles,
  described: readonly Profile[],
  platform: NodeJS.Platform,
): Pick<IndexContent, 'list' | 'excerpts'> {
  const { documents, config, plugins, snapshot } = profiles
  const { rejections } = config
  const ofFiles = { config: documents[0].rejections, credentials: documents[1].rejections }
  const files = documents.map((document, at) => ({ document, size: snapshot.sources[at]?.file?.size ?? 0 }))
  const { base, find } = planExcerpts(files, platform)
  const isPartial = mayKnowProfiles(plugins)
  const found = described.flatMap(({ name }) => {
    const excerpt = find(name)
    return excerpt ? [[name, excerpt] as const] : []
  })
  return {
    list: isPartial
      ? noProfileList
      : formatProfileList({ warnings: listWarnings(profiles), rejections, ...listAll(profiles, platform) }),
    excerpts: formatExcerpts({ rejections: ofFiles, isPartial, base }, found),
  }
}

function leaveToPlugins({ plugins }: Profiles): AdditionsAhead {
  const isLeft = findPluginsInSwitch(plugins)
  return (profile) => (isLeft(profile) ? 'late' : undefined)
}

/** Undefined where no plugin plans ahead or knows profiles, and where one cannot be asked: the switch will say why. */
async function planQuietly(context: Context, profiles: Profiles): Promise<Plans | undefined> {
  const { config, plugins, snapshot } = profiles
  const takenAt = Math.min(context.now(), snapshot.takenAt)
  try {
    const isOfUse = hasHook(plugins, 'profiles') || plugins.plugins.some(({ isStatic }) => isStatic)
    if (!isOfUse) return undefined
    const { planAhead } = await import('../plugins/ahead.ts')
    const { plans, sources } = await planAhead(context, profiles, describeProfiles(config))
    return {
      findAdditions: ({ name }) => plans.get(name),
      snapshot: { takenAt, sources: [...snapshot.sources, ...sources] },
    }
  } catch (error) {
    if (!(error instanceof AssumeError)) throw error
    context.trace(`no plans ahead: ${error.message}`)
    return undefined
  }
}

/** The profiles that the command has not read, or has itself changed. */
async function readSettled(context: Context, paths: Paths): Promise<Profiles> {
  const { sources } = snapshotSources(context, paths)
  await settle(
    context,
    sources.flatMap(({ file }) => file?.mtimeNs ?? []),
  )
  return loadProfiles(context, paths)
}

/** The folders in which a login, or the renewal of a session, replaces a file. */
function listSessionTimes(files: Files, { ssoCache, loginCache, roles }: Paths): bigint[] {
  return [ssoCache, loginCache, roles].flatMap((path) => statSource(files, path).file?.mtimeNs ?? [])
}

/**
 * Waits, a moment at most, until what the command has written can be told from a later save: what is written of it before
 * that is trusted by nobody.
 */
async function settle(context: Context, times: readonly bigint[]): Promise<void> {
  for (;;) {
    const ages = times.map((time) => context.now() - Number(time / 1_000_000n))
    const youngest = Math.min(...ages)
    if (youngest < 0 || youngest > leastGranularity) return
    // A timer can be a millisecond early by this clock.
    await sleep(leastGranularity - youngest + 1)
  }
}
