import type { Context } from '../context.ts'
import { findLogin, type KeyTarget, listLogins } from '../profiles/login-list.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { findSession, type LoginTarget, type SessionName } from '../profiles/session-list.ts'
import { shortenPath } from '../system/paths.ts'

/** What a command logs in to or out of: all sessions of the files, or the one that is named. Throws as `findLogin`. */
export function chooseTargets(
  { env }: Context,
  { config, paths }: Profiles,
  { name, all }: { readonly name: SessionName; readonly all: boolean },
): (LoginTarget | KeyTarget)[] {
  return all
    ? listLogins(config)
    : [findLogin(config, name, env['AWS_PROFILE'], shortenPath(paths.awsConfig, paths))]
}

/** The session that a command is for. Throws as `findSession`. */
export function chooseTarget({ env }: Context, { config, paths }: Profiles, name: SessionName): LoginTarget {
  return findSession(config, name, env['AWS_PROFILE'], shortenPath(paths.awsConfig, paths))
}
