import { join } from 'node:path'
import type { Context } from '../context.ts'
import type { SessionState } from '../sso/session-state.ts'
import { lookUpSession } from '../sso/token-cache.ts'
import type { Paths } from '../system/paths.ts'
import { readLoginToken } from './from/login-cache.ts'
import { readLoginState } from './from/login-session.ts'
import { readRoleEntry } from './role-cache.ts'
import type { SessionRoot } from './session-root.ts'

/** Where sessions are kept. */
export type SessionPaths = Pick<Paths, 'ssoCache' | 'loginCache' | 'roles'>

/**
 * The state of the session that a root hangs on: of Identity Center, of `aws login`, or in front of a stored key; undefined when
 * it needs none.
 */
export function lookUpSessionOf(
  context: Context,
  { paths }: { readonly paths: SessionPaths },
  { kind, session, loginSession, keySession }: SessionRoot,
): SessionState | undefined {
  const now = context.now()
  if (session) return lookUpSession(context, paths.ssoCache, session, now)
  if (keySession !== undefined) return readKeySession(context, join(paths.roles, keySession), now)
  if (kind !== 'login' || loginSession === undefined) return undefined
  return readLoginState(readLoginToken(context, paths.loginCache, loginSession, now), now)
}

function readKeySession(context: Context, path: string, now: number): SessionState {
  const expiresAt = readRoleEntry(context, path, now, Number.NEGATIVE_INFINITY)?.expiresAt
  if (expiresAt === undefined) return { state: 'none' }
  return { state: expiresAt > now ? 'valid' : 'expired', expiresAt }
}
