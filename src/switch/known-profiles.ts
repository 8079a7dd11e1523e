import type { Context, Files } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { readExcerpts } from '../index/excerpt-file.ts'
import type { FreshIndex, OpenIndex } from '../index/profile-index.ts'
import { hasHook } from '../profiles/plugin-settings.ts'
import { assembleProfiles, countFaults, loadProfiles, type Profiles } from '../profiles/profiles.ts'
import { locatePaths, type Paths } from '../system/paths.ts'
import { type IndexFacts, refreshIndex, refreshSessions } from './refresh-index.ts'

interface Options {
  /** Where to look; absent: where the environment as it is says. */
  readonly paths?: Paths
  /** The profile index, if the command has opened it. */
  readonly index?: OpenIndex
}

/**
 * The profiles of the files, for a command: when it is over, the profile index is brought up to date with them. Throws as
 * `loadProfiles` does.
 */
export function readProfiles(context: Context, options: Options = {}): Profiles {
  const { paths = locatePaths(context.env, context.platform), index } = options
  const profiles = loadProfiles(context, paths)
  leaveIndex(context, { paths, profiles, ...(index && { index }) })
  return profiles
}

/**
 * The same as far as it concerns profiles of these names: where the index is `fresh` it says where that stands in the
 * files, and nothing else is read. Throws as `loadProfiles` does.
 */
export function readProfilesOf(
  context: Context,
  place: Required<Options>,
  fresh: FreshIndex | undefined,
  names: readonly string[],
): Profiles {
  const { paths } = place
  const documents = fresh && readExcerptQuietly(context, fresh, names)
  if (!fresh || !documents) return readProfiles(context, place)
  const snapshot = { takenAt: context.now(), sources: fresh.header.sources }
  const profiles = { ...assembleProfiles(context, paths, { documents, snapshot }), isExcerpt: true }
  context.trace(`what concerns ${names.join(' and ')} in ${paths.awsConfig} and ${paths.awsCredentials}`)
  leaveFreshIndex(context, place, fresh)
  return profiles
}

/** What cannot be read as the index says is read whole, and that says why it cannot. */
function readExcerptQuietly(context: Context, index: FreshIndex, names: readonly string[]) {
  try {
    return readExcerpts(context, index, names)
  } catch (error) {
    if (error instanceof SyntaxError) discardQuietly(context.files, index)
    return undefined
  }
}

/** An index that has lost a part counts as stale without its folder, and is built anew. */
export function discardQuietly(files: Files, { folder }: FreshIndex): void {
  try {
    files.remove(folder)
  } catch {
    // Every command reads the files then.
  }
}

/**
 * The profiles of the files with those that plugins know besides; a name in the files is never taken by a plugin. Throws as `loadProfiles`
 * does, and what a required plugin fails with.
 */
export async function readKnownProfiles(context: Context, options: Options = {}): Promise<Profiles> {
  return addPluginProfiles(context, readProfiles(context, options))
}

/** The profiles and those that plugins know. Throws what a required plugin fails with. */
export async function addPluginProfiles(context: Context, profiles: Profiles): Promise<Profiles> {
  if (!hasHook(profiles.plugins, 'profiles')) return profiles
  const { listPluginProfiles } = await import('../plugins/consult.ts')
  const provided = await listPluginProfiles(context, profiles)
  const known = new Map(profiles.config.profiles)
  for (const { name, keys } of provided) {
    if (!known.has(name)) known.set(name, { values: new Map(Object.entries(keys)), files: [] })
  }
  return { ...profiles, config: { ...profiles.config, profiles: known } }
}

/**
 * Leaves it to the end of the command to bring the profile index up to date, and to say how much of the files is not
 * understood where it is built anew. What is left later counts: it knows more.
 */
export function leaveIndex(context: Context, facts: IndexFacts): void {
  context.leave(async () => {
    try {
      const profiles = await refreshIndex(context, facts)
      if (context.isVerbose) {
        const { traceSlowPath } = await import('./slow-switch.ts')
        traceSlowPath(context, facts.paths, (profiles ?? facts.profiles)?.snapshot)
      }
      return profiles ? countFaults(profiles).map((each) => `warning: ${each}`) : []
    } catch (error) {
      if (!(error instanceof AssumeError)) throw error
      context.trace(`the profile index stays as it is: ${error.message}`)
      return []
    }
  })
}

/**
 * The same for an index that the command has found fresh and gone by: that its list of sessions is up to date is all that
 * there is to do.
 */
export function leaveFreshIndex(context: Context, place: IndexFacts, { folder }: FreshIndex): void {
  if (context.isVerbose) leaveIndex(context, place)
  else
    context.leave(async () => {
      await refreshSessions(context, place.paths, folder)
      return []
    })
}

/** Whether there is a profile called `name`; none where the profiles cannot be read. */
export async function isKnownProfile(context: Context, name: string): Promise<boolean> {
  try {
    return (await readKnownProfiles(context)).config.profiles.has(name)
  } catch (error) {
    if (error instanceof AssumeError) return false
    throw error
  }
}
