import { readSessionNames } from '../cli/names.ts'
import type { Arguments } from '../cli/parse.ts'
import type { Context, Outcome } from '../context.ts'
import { locateKeptRole } from '../credentials/kept-role.ts'
import { tellRejection } from '../credentials/notice.ts'
import { removeRolesOf } from '../credentials/role-cache.ts'
import { AssumeError } from '../errors.ts'
import { describeProfiles, type Profiles } from '../profiles/profiles.ts'
import { findSessionRoute } from '../profiles/route.ts'
import {
  findTargetOfProfile,
  isSameSession,
  type LoginTarget,
  nameSession,
} from '../profiles/session-list.ts'
import { chooseTargets } from '../sso/targets.ts'
import { readToken, removeToken } from '../sso/token-cache.ts'
import { readProfiles } from '../switch/known-profiles.ts'
import { attemptAll, removeFiles } from '../system/files/remove-file.ts'

/** `assume logout [SESSION or PROFILE]`: ends the session at the service, and removes its token and credentials. */
export async function run(args: Arguments, context: Context): Promise<Outcome> {
  const names = readSessionNames(args, 'logout')
  const profiles = readProfiles(context)
  tellRejection(context, profiles)
  const targets = chooseTargets(context, profiles, names)
  let failure: unknown
  for (const target of targets) {
    await endSession(context, profiles, target)
    try {
      context.notify(forgetSession(context, profiles, target))
    } catch (error) {
      failure ??= error
    }
  }
  if (failure !== undefined) throw failure
  return {}
}

/** Tells the service; where that fails, the session ends on this machine all the same. */
async function endSession(context: Context, profiles: Profiles, target: LoginTarget): Promise<void> {
  const { session } = target
  const token = readToken(context, profiles.paths.ssoCache, session, context.now())
  if (!token || token.expiresAt <= context.now()) return
  try {
    const { PortalService } = await import('../sso/portal.ts')
    const route = findSessionRoute(context, profiles, target, 'sso')
    const portal = await PortalService.open(route, token.accessToken, { attempts: 3 })
    await portal.logOut()
  } catch (error) {
    if (!(error instanceof AssumeError) || error.code === 'cancelled') throw error
    context.notify(`warning: ${error.message}; the session may live on at the service`)
  }
}

/**
 * Removes the token of a session and the credentials that were got with it, as far as possible, and says what became of
 * it. Throws AssumeError `unwritable-file`, for the first that stays.
 */
function forgetSession(context: Context, profiles: Profiles, target: LoginTarget): string {
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
