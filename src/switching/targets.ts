import type { Context } from '../context.ts'
import {
  findSession,
  type LoginTarget,
  listSessions,
  listUnusedSessions,
  type SessionName,
} from '../core/session-list.ts'
import { shortenPath } from '../store/paths.ts'
import type { Profiles } from '../store/profiles.ts'

/** The sessions that a command is for: all of the config file, or the one that is named. Throws as `findSession`. */
export function chooseTargets(
  { env }: Context,
  { config, paths }: Profiles,
  { name, all }: { readonly name: SessionName; readonly all: boolean },
): LoginTarget[] {
  if (all) return [...listSessions(config), ...listUnusedSessions(config)]
  return [findSession(config, name, env['AWS_PROFILE'], shortenPath(paths.awsConfig, paths))]
}
