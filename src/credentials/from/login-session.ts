import type { Profile } from '../../profiles/profile.ts'
import type { SessionState } from '../../sso/session-state.ts'
import { printable } from '../../text/redact.ts'
import type { LoginToken } from './login-token.ts'

/**
 * How long AWS renews a session after its keys have ended: twelve hours from the login at most, and keys are good for a
 * quarter of an hour. When in between it ends, only the service knows. Source: "Login credentials provider" of the AWS SDKs
 * and Tools Reference Guide.
 */
const longestRenewal = (12 * 60 - 15) * 60_000

/** The last moment at which a session of `aws login` can be renewed, in milliseconds since the epoch. */
export function findLoginEnd({ credentials }: LoginToken): number {
  return credentials.expiresAt + longestRenewal
}

/** The state of a session of `aws login` at `now`; undefined: there is none. Its keys are what expires and is renewed. */
export function readLoginState(token: LoginToken | undefined, now: number): SessionState {
  if (!token) return { state: 'none' }
  const { expiresAt } = token.credentials
  if (expiresAt > now) return { state: 'valid', expiresAt, renews: true }
  return { state: findLoginEnd(token) > now ? 'refreshable' : 'expired', expiresAt }
}

/** Why a profile whose session is in this state, `none` or `expired`, needs a login. */
export function describeLoginNeed({ name }: Profile, { state }: Pick<SessionState, 'state'>): string {
  const lack = state === 'none' ? 'no session of aws login' : 'a session of aws login that is over'
  return `profile ${printable(name)} has ${lack}`
}
