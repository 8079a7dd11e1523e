import type { Context } from '../../src/context.ts'
import { loadProfiles } from '../../src/profiles/profiles.ts'
import { refreshIndex } from '../../src/switch/refresh-index.ts'
import { locatePaths } from '../../src/system/paths.ts'

/**
 * Brings the profile index up to date, as it is at the end of a command that has read the profiles. Returns whether it
 * was built anew for that.
 */
export async function updateIndex(context: Context): Promise<boolean> {
  const paths = locatePaths(context.env, context.platform)
  const profiles = loadProfiles(context, paths)
  return (await refreshIndex(context, { paths, profiles })) !== undefined
}
