import type { Context } from '../context.ts'
import type { LoginTarget } from '../core/session-list.ts'
import type { Profiles } from '../store/profiles.ts'
import { findSessionRoute } from '../switching/route.ts'
import { PortalService } from './portal.ts'
import { ensureSession } from './session.ts'

/** The portal of a session, logged in to when needed. Throws AssumeError `invalid-region`, and what a login throws. */
export async function openPortal(
  context: Context,
  profiles: Profiles,
  target: LoginTarget,
): Promise<PortalService> {
  const route = findSessionRoute(context, profiles, target, 'sso')
  const { accessToken } = await ensureSession(context, profiles, target)
  return PortalService.open(route, accessToken)
}
