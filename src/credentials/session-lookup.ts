import type { Context } from '../context.ts'
import type { Profile } from '../profiles/profile.ts'
import type { SessionState } from '../sso/session-state.ts'
import { lookUpSession } from '../sso/token-cache.ts'
import type { Paths } from '../system/paths.ts'
import { readLoginToken } from './from/login-cache.ts'
import { readLoginState } from './from/login-session.ts'

/**
 * The state of the session that `root`, the profile at the root of a chain, hangs on, of Identity Center or of `aws login`;
 * undefined when it needs none.
 */
export function lookUpSessionOf(
  context: Context,
  { paths }: { readonly paths: Pick<Paths, 'ssoCache' | 'loginCache'> },
  { kind, session, loginSession }: Pick<Profile, 'kind' | 'session' | 'loginSession'>,
): SessionState | undefined {
  const now = context.now()
  if (session) return lookUpSession(context, paths.ssoCache, session, now)
  if (kind !== 'login' || loginSession === undefined) return undefined
  return readLoginState(readLoginToken(context, paths.loginCache, loginSession, now), now)
}
