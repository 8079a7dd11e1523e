import type { Context } from '../context.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { findSessionRoute } from '../profiles/route.ts'
import type { LoginTarget } from '../profiles/session-list.ts'
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
