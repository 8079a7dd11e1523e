import { join } from 'node:path'
import { readSessionName } from '../cli/names.ts'
import { type Arguments, usageError } from '../cli/parse.ts'
import type { Context, Outcome } from '../context.ts'
import { ssoRoleFileName } from '../core/cache-key.ts'
import { type LoginTarget, nameSession } from '../core/session-list.ts'
import { AssumeError } from '../errors.ts'
import { describeProfiles, loadProfiles, type Profiles } from '../store/profiles.ts'
import { removeFile } from '../store/remove-file.ts'
import { readToken, removeToken } from '../store/token-cache.ts'
import { findSessionRoute } from '../switching/route.ts'
import { chooseTargets } from '../switching/targets.ts'

/** `assume logout [SESSION or PROFILE]`: ends the session at the service, and removes its token and credentials. */
export async function run(args: Arguments, context: Context): Promise<Outcome> {
  const name = readSessionName(args, 'logout')
  const all = args.flags['all'] === true
  if (all && Object.keys(name).length > 0) throw usageError('logout', '--all takes no session')
  const profiles = loadProfiles(context)
  const targets = chooseTargets(context, profiles, { name, all })
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
    const { PortalService } = await import('../aws/portal.ts')
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
  const { ssoCache, roles } = profiles.paths
  const token = readToken(context, ssoCache, session, now())
  // Ours do not tell whose they are; what belongs to another session is fetched again.
  const credentials = [...listCachedRoles(profiles, target), roles]
  let failure: unknown
  for (const remove of [
    () => removeToken(files, ssoCache, session),
    ...credentials.map((path) => () => removeFile(files, path)),
  ]) {
    try {
      remove()
    } catch (error) {
      failure ??= error
    }
  }
  if (failure !== undefined) throw failure
  return token ? `logged out of ${nameSession(session)}` : `${nameSession(session)} was not logged in`
}

/** The files of the AWS CLI's role cache that hold credentials of this session's profiles, whoever wrote them. */
function listCachedRoles({ config, paths }: Profiles, { session }: LoginTarget): string[] {
  return describeProfiles(config).flatMap(({ session: own, accountId, roleName }) => {
    const isOfSession =
      session.name === undefined
        ? own?.startUrl === session.startUrl && !own.name
        : own?.name === session.name
    if (!own || !isOfSession || accountId === undefined || roleName === undefined) return []
    return [join(paths.cliCache, ssoRoleFileName({ session: own, accountId, roleName }))]
  })
}
