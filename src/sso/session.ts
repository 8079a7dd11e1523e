import type { Context } from '../context.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { type LoginTarget, nameSession } from '../profiles/session-list.ts'
import { describeSpan } from '../text/time.ts'
import type { SessionOptions } from './session-renewal.ts'
import { needsRefresh, type Token } from './token.ts'
import { readToken } from './token-cache.ts'

/**
 * A token that can be used: the one in the cache, refreshed when it is over or nearly so, else that of a login.
 * Throws AssumeError `login-needed` when a login is needed and there can be none, and what a login throws.
 */
export async function ensureSession(
  context: Context,
  profiles: Profiles,
  target: LoginTarget,
  options: SessionOptions = {},
): Promise<Token> {
  const { session } = target
  const token = readToken(context, profiles.paths.ssoCache, session, context.now())
  const now = context.now()
  context.trace(
    `session ${nameSession(session)}: ${token ? describeLeft(token.expiresAt - now) : 'no token'}`,
  )
  if (token && !needsRefresh(token, now)) return token
  const { renewSession } = await import('./session-renewal.ts')
  return renewSession(context, profiles, target, token, options)
}

function describeLeft(left: number): string {
  return left > 0 ? `${describeSpan(left)} left` : 'the access token is over'
}
