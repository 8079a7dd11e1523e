import type { Context } from '../context.ts'
import { removeSwitch } from '../core/change.ts'
import type { Credentials } from '../core/credentials.ts'
import { resolveProfile } from '../core/resolve.ts'
import { noteKeptKeys } from '../store/kept-keys.ts'
import { locatePaths, shortenPath } from '../store/paths.ts'
import { findFreshIndex } from '../store/profile-index.ts'
import { fetchCredentials } from './credentials.ts'
import { loadKnownProfiles } from './known-profiles.ts'

/**
 * The credentials of a profile for a program that nobody watches: nobody is asked anything, and only where `logsIn` says
 * so a login is started. Throws as `fetchCredentials` does.
 */
export async function provideCredentials(
  outer: Context,
  name: string,
  { logsIn }: { readonly logsIn: boolean },
): Promise<Credentials> {
  const { open } = outer.terminal
  // Whoever says --login is there to log in, even where a program reads what is said.
  const terminal = { stdinIsTerminal: false, stdoutIsTerminal: false, stderrIsTerminal: logsIn, open }
  const context = { ...outer, terminal }
  const world = { ...context, env: removeSwitch(outer.env) }
  const index = findFreshIndex(world, locatePaths(world.env, world.platform))
  const profiles = await loadKnownProfiles(world)
  const { config, paths } = profiles
  return fetchCredentials(context, profiles, {
    profile: resolveProfile(config, name, shortenPath(paths.awsConfig, paths)),
    refresh: false,
    mayLogIn: logsIn,
    mayAsk: false,
    onKept: (path) => index && noteKeptKeys(world, index, name, path),
  })
}
