import { PortalService } from '../aws/portal.ts'
import type { Context } from '../context.ts'
import type { LoginTarget } from '../core/session-list.ts'
import type { Profiles } from '../store/profiles.ts'
import { findRoute } from './route.ts'
import { ensureSession } from './session.ts'

/** The portal of a session, logged in to when needed. Throws what a login throws. */
export async function openPortal(
  context: Context,
  profiles: Profiles,
  target: LoginTarget,
): Promise<PortalService> {
  const { session, profile } = target
  const { accessToken } = await ensureSession(context, profiles, target)
  return PortalService.open(
    findRoute(context, profiles, profile, 'sso', session.region),
    session.region,
    accessToken,
  )
}
