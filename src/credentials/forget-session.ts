import type { Context } from '../context.ts'
import { describeProfiles, type Profiles } from '../profiles/profiles.ts'
import {
  findTargetOfProfile,
  isSameSession,
  type LoginTarget,
  nameSession,
} from '../profiles/session-list.ts'
import { readToken, removeToken } from '../sso/token-cache.ts'
import { attemptAll, removeFiles } from '../system/files/remove-file.ts'
import { locateKeptRole } from './kept-role.ts'
import { removeRolesOf } from './role-cache.ts'

/**
 * Removes the token of a session and the credentials that were got with it, as far as possible, and says what became of
 * it. Throws AssumeError `unwritable-file`, for the first that stays.
 */
export function forgetSession(context: Context, profiles: Profiles, target: LoginTarget): string {
  const { files, now } = context
  const { session } = target
  const { paths } = profiles
  const token = readToken(context, paths.ssoCache, session, now())
  attemptAll([
    () => removeToken(files, paths.ssoCache, session),
    () => removeFiles(files, listKeptRoles(context, profiles, target)),
    () => removeRolesOf(files, paths, session),
  ])
  const name = nameSession(session)
  if (!token) return `${name} was not logged in`
  // No service takes them back.
  return `logged out of ${name}; keys of its roles that were handed out are good until they expire`
}

/** The files that keep keys of this session's profiles, whoever wrote them. */
function listKeptRoles(context: Context, profiles: Profiles, { session }: LoginTarget): string[] {
  const { config } = profiles
  return describeProfiles(config)
    .filter(({ name }) => isSameSession(session, findTargetOfProfile(config, name)?.session))
    .flatMap((profile) => locateKeptRole(context, profiles, profile) ?? [])
}
