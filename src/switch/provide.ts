import type { Credentials } from '../aws/credentials.ts'
import type { Context } from '../context.ts'
import { findFreshIndex } from '../index/profile-index.ts'
import { resolveProfile } from '../profiles/resolve.ts'
import { shortenPath } from '../system/paths.ts'
import { obtainCredentials } from './kept-credentials.ts'
import { addPluginProfiles, readProfilesOf } from './known-profiles.ts'
import type { Place } from './prepare-from-files.ts'

/** Who wants credentials. */
export interface ProvideOptions {
  /** Whether a login may be started. */
  readonly logsIn: boolean
  /** Whether somebody is at the terminal who can be asked for a code; absent: nobody. */
  readonly isAttended?: boolean
  /** Whether what is kept does not count; absent: it does. */
  readonly refresh?: boolean
  /** For the first role that needs one. */
  readonly mfaCode?: string | undefined
}

/**
 * The credentials of a profile for a program that nobody watches, unless told: nobody is asked anything, and only where
 * `logsIn` says so a login is started. Throws as `fetchCredentials` does.
 */
export async function provideCredentials(
  outer: Context,
  place: Place,
  name: string,
  { logsIn, isAttended = false, refresh = false, mfaCode }: ProvideOptions,
): Promise<Credentials> {
  const { open } = outer.terminal
  // Whoever says --login is there to log in, even where a program reads what is said.
  const unattended = { stdinIsTerminal: false, stdoutIsTerminal: false, stderrIsTerminal: logsIn, open }
  const context = isAttended ? outer : { ...outer, terminal: unattended }
  const index = findFreshIndex(context, place.paths, place.index)
  const profiles = await addPluginProfiles(context, readProfilesOf(context, place, index, [name]))
  if (context.isVerbose && !index) {
    const { traceStaleIndex } = await import('./slow-switch.ts')
    traceStaleIndex(context, profiles, place.index)
  }
  const { config, paths } = profiles
  return obtainCredentials(context, profiles, index, {
    profile: resolveProfile(config, name, shortenPath(paths.awsConfig, paths)),
    refresh,
    mayLogIn: logsIn,
    mayAsk: isAttended,
    ...(mfaCode !== undefined && { mfaCode }),
  })
}
