import type { Context } from '../context.ts'
import { findRootProfile, type Profile } from '../profiles/profile.ts'
import { describeProfiles, type Profiles } from '../profiles/profiles.ts'
import {
  isSameSession,
  type KeyTarget,
  type LoginTarget,
  nameRootSession,
  nameSession,
} from '../profiles/session-list.ts'
import { readToken, removeToken } from '../sso/token-cache.ts'
import { attemptAll, removeFiles } from '../system/files/remove-file.ts'
import { locateKeptRole } from './kept-role.ts'
import { removeKeySessions, removeRolesOf } from './role-cache.ts'
import { lookUpSessionOf } from './session-lookup.ts'
import { describeRoot } from './session-root.ts'

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
    () =>
      removeFiles(
        files,
        listKeptRoles(context, profiles, (root) => isSameSession(session, root.session)),
      ),
    () => removeRolesOf(files, paths, session),
  ])
  const name = nameSession(session)
  if (!token) return `${name} was not logged in`
  // No service takes them back.
  return `logged out of ${name}; keys of its roles that were handed out are good until they expire`
}

/** The same for the session in front of a stored key, which stays where it is. Throws likewise. */
export function forgetKeySession(context: Context, profiles: Profiles, { keyProfile }: KeyTarget): string {
  const { paths } = profiles
  const { state } = lookUpSessionOf(context, profiles, describeRoot(keyProfile)) ?? { state: 'none' }
  attemptAll([
    () =>
      removeFiles(
        context.files,
        listKeptRoles(context, profiles, ({ name }) => name === keyProfile.name),
      ),
    () => removeKeySessions(context.files, paths, keyProfile.name),
  ])
  const name = nameRootSession(keyProfile)
  if (state === 'none') return `${name} had no session`
  return `removed the session of ${name}; keys that were handed out are good until they expire`
}

/** The files that keep keys of the profiles with such a root, whoever wrote them. */
function listKeptRoles(
  context: Context,
  profiles: Profiles,
  isOfSession: (root: Profile) => boolean,
): string[] {
  const { config } = profiles
  return describeProfiles(config)
    .filter((profile) => isOfSession(findRootProfile(config, profile.name) ?? profile))
    .flatMap((profile) => locateKeptRole(context, profiles, profile) ?? [])
}
