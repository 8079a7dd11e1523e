import type { Context } from '../context.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { findSession, type LoginTarget, listSessions, type SessionName } from '../profiles/session-list.ts'
import { shortenPath } from '../system/paths.ts'

/** The sessions that a command is for: all of the files, or the one that is named. Throws as `findSession`. */
export function chooseTargets(
  context: Context,
  profiles: Profiles,
  { name, all }: { readonly name: SessionName; readonly all: boolean },
): LoginTarget[] {
  return all ? listSessions(profiles.config) : [chooseTarget(context, profiles, name)]
}

/** The session that a command is for. Throws as `findSession`. */
export function chooseTarget({ env }: Context, { config, paths }: Profiles, name: SessionName): LoginTarget {
  return findSession(config, name, env['AWS_PROFILE'], shortenPath(paths.awsConfig, paths))
}
