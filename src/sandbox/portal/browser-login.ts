import type { Call, Reply } from '../call.ts'
import type { SandboxUser } from '../directory.ts'
import type { SandboxState } from '../state.ts'

const cookie = { name: 'portal', path: '/start' }

/** The reply with which the browser is signed in to the portal, as it is after each login that it allows. */
export function signBrowserIn(state: SandboxState, user: SandboxUser, reply: Reply): Reply {
  const endsAt = state.clock.now() + state.settings.sessionLifetime * 1000
  const header = state.portalSessions.start(cookie, user, endsAt)
  return { ...reply, headers: { ...reply.headers, 'set-cookie': header } }
}

/** Who is signed in to the portal in this browser. */
export function findBrowserUser(state: SandboxState, call: Call): SandboxUser | undefined {
  return state.portalSessions.find(call, cookie.name)
}
