import type { Context } from '../context.ts'
import { findSession, type LoginTarget, listSessions } from '../core/session-list.ts'
import { shortenPath } from '../store/paths.ts'
import type { Profiles } from '../store/profiles.ts'

/** The sessions that a command is for: all that profiles use, or the one that `word` means. Throws as `findSession`. */
export function chooseTargets(
  { env }: Context,
  { config, paths }: Profiles,
  { word, all }: { readonly word: string | undefined; readonly all: boolean },
): LoginTarget[] {
  if (all) return listSessions(config)
  return [findSession(config, word, env['AWS_PROFILE'], shortenPath(paths.awsConfig, paths))]
}
