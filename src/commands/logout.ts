import { join } from 'node:path'
import { type Arguments, usageError } from '../cli/parse.ts'
import type { Context, Outcome } from '../context.ts'
import { ssoRoleFileName } from '../core/cache-key.ts'
import { type LoginTarget, nameSession } from '../core/session-list.ts'
import { AssumeError } from '../errors.ts'
import { describeProfiles, loadProfiles, type Profiles } from '../store/profiles.ts'
import { readToken, removeToken } from '../store/token-cache.ts'
import { findSessionRoute } from '../switching/route.ts'
import { chooseTargets } from '../switching/targets.ts'

/** `assume logout [SESSION or PROFILE]`: ends the session at the service, and removes its token and credentials. */
export async function run({ positionals, flags }: Arguments, context: Context): Promise<Outcome> {
  const profiles = loadProfiles(context)
  const [word] = positionals
  if (flags['all'] === true && word !== undefined) throw usageError('logout', '--all takes no session')
  const targets = chooseTargets(context, profiles, { word, all: flags['all'] === true })
  const notices: string[] = []
  for (const target of targets) notices.push(...(await logOut(context, profiles, target)))
  return { notices }
}

async function logOut(context: Context, profiles: Profiles, target: LoginTarget): Promise<string[]> {
  const { session } = target
  const { files } = context
  const token = readToken(files, profiles.paths.ssoCache, session, context.now())
  const notices: string[] = []
  if (token && token.expiresAt > context.now()) {
    try {
      const { PortalService } = await import('../aws/portal.ts')
      const route = findSessionRoute(context, profiles, target, 'sso')
      const portal = await PortalService.open(route, token.accessToken, { attempts: 3 })
      await portal.logOut()
    } catch (error) {
      if (!(error instanceof AssumeError) || error.code === 'cancelled') throw error
      notices.push(`warning: ${error.message}; the session may live on at the service`)
    }
  }
  removeToken(files, profiles.paths.ssoCache, session)
  for (const path of listCachedRoles(profiles, target)) files.remove(path)
  // Ours do not tell whose they are; what belongs to another session is fetched again.
  files.remove(profiles.paths.roles)
  return [
    ...notices,
    token ? `logged out of ${nameSession(session)}` : `${nameSession(session)} was not logged in`,
  ]
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
