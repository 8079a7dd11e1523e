import { run as list } from '../../src/commands/list.ts'
import type { Context } from '../../src/context.ts'
import { loadProfiles } from '../../src/profiles/profiles.ts'
import { refreshIndex } from '../../src/switch/refresh-index.ts'
import { locatePaths } from '../../src/system/paths.ts'
import { createContext, endCommand } from './context.ts'
import type { Home } from './home.ts'

/**
 * Brings the profile index up to date, as it is at the end of a command that has read the profiles. Returns whether it
 * was built anew for that.
 */
export async function updateIndex(context: Context): Promise<boolean> {
  const paths = locatePaths(context.env, context.platform)
  const profiles = loadProfiles(context, paths)
  return (await refreshIndex(context, { paths, profiles })) !== undefined
}

/** Makes the profile index of a home as `assume list` does, without a process. */
export async function makeIndex(home: Home, env: Readonly<Record<string, string>> = {}): Promise<void> {
  const context = createContext(home, { env })
  await list({ positionals: [], flags: {} }, context)
  await endCommand(context)
}
