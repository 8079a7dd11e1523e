import { join } from 'node:path'
import type { Context, Files } from '../context.ts'
import type { KeyTarget } from '../profiles/login-list.ts'
import { findRootProfile, type Profile } from '../profiles/profile.ts'
import { describeProfiles, type Profiles } from '../profiles/profiles.ts'
import { isSameSession, type LoginTarget, nameRootSession, nameSession } from '../profiles/session-list.ts'
import { readToken, removeToken } from '../sso/token-cache.ts'
import { describeFailure } from '../system/files/atomic-write.ts'
import { attemptAll, removeFiles } from '../system/files/remove-file.ts'
import type { Paths } from '../system/paths.ts'
import { locateKeptRole } from './kept-role.ts'
import { endKeyFile, endRoleFile } from './role-file.ts'
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
    () => removeOwnFiles(files, paths, endRoleFile(session)),
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

/**
 * Removes the files of our own cache that keep sessions in front of the stored key of a profile, and roles on top of them, as
 * far as possible. Throws AssumeError `unwritable-file`, for the first that stays.
 */
export function removeKeySessions(files: Files, paths: Paths, profileName: string): void {
  removeOwnFiles(files, paths, endKeyFile(profileName))
}

function removeOwnFiles(files: Files, { roles }: Paths, end: string): void {
  const names = files.stat(roles)?.isDirectory ? listNames(files, roles) : []
  const own = names.filter((name) => name.endsWith(end))
  removeFiles(
    files,
    own.map((name) => join(roles, name)),
  )
}

function listNames(files: Files, folder: string): string[] {
  try {
    return files.list(folder)
  } catch (cause) {
    throw describeFailure(folder, cause, 'read')
  }
}
