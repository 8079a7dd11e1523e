import type { Context } from '../context.ts'
import { hasHook } from '../core/plugin-settings.ts'
import { AssumeError } from '../errors.ts'
import { loadProfiles, type Profiles } from '../store/profiles.ts'

/**
 * The profiles of the files, and those that plugins know besides; a name in the files is never taken by a plugin.
 * Throws as `loadProfiles` does, and what a required plugin fails with.
 */
export async function loadKnownProfiles(context: Context): Promise<Profiles> {
  const profiles = loadProfiles(context)
  if (!hasHook(profiles.sections, 'profiles')) return profiles
  const { listPluginProfiles } = await import('./plugins/consult.ts')
  const provided = await listPluginProfiles(context, profiles)
  const known = new Map(profiles.config.profiles)
  for (const { name, keys } of provided) {
    if (!known.has(name)) known.set(name, { values: new Map(Object.entries(keys)), files: [] })
  }
  return { ...profiles, config: { ...profiles.config, profiles: known } }
}

/** Whether there is a profile called `name`; none where the profiles cannot be read. */
export async function isKnownProfile(context: Context, name: string): Promise<boolean> {
  try {
    return (await loadKnownProfiles(context)).config.profiles.has(name)
  } catch (error) {
    if (error instanceof AssumeError) return false
    throw error
  }
}
