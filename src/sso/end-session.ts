import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { findSessionRoute } from '../profiles/route.ts'
import type { LoginTarget } from '../profiles/session-list.ts'
import { readToken } from './token-cache.ts'

/** Tells the service; where that fails, the session ends on this machine all the same. */
export async function endSession(context: Context, profiles: Profiles, target: LoginTarget): Promise<void> {
  const { session } = target
  const token = readToken(context, profiles.paths.ssoCache, session, context.now())
  if (!token || token.expiresAt <= context.now()) return
  try {
    const { PortalService } = await import('./portal.ts')
    const route = findSessionRoute(context, profiles, target, 'sso')
    const portal = await PortalService.open(route, token.accessToken, { attempts: 3 })
    await portal.logOut()
  } catch (error) {
    if (!(error instanceof AssumeError) || error.code === 'cancelled') throw error
    context.notify(`warning: ${error.message}; the session may live on at the service`)
  }
}
