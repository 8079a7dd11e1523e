import type { SessionKey } from '../aws/cache-file-name.ts'
import { isRefreshable, type Token } from './token.ts'

/** What AWS's caches say of a session of Identity Center, or of `aws login`. */
export interface SessionState {
  /**
   * `valid`: tools can use it now · `refreshable`: the access token is over, tools renew it by themselves ·
   * `expired`: log in again · `none`: never logged in, or logged out.
   */
  readonly state: 'valid' | 'refreshable' | 'expired' | 'none'
  /** When the access token, or the keys of `aws login`, end, in milliseconds since the epoch; absent for `none`. */
  readonly expiresAt?: number
  /** Whether tools renew what is `valid` by themselves when it ends. */
  readonly renews?: boolean
}

/**
 * The state of `session` at `now` (milliseconds since the epoch), from the token in the cache; undefined: there is none.
 */
export function readSessionState(session: SessionKey, token: Token | undefined, now: number): SessionState {
  if (!token) return { state: 'none' }
  const { expiresAt } = token
  const renews = isRefreshable(token, now, session)
  if (expiresAt > now) return { state: 'valid', expiresAt, renews }
  return { state: renews ? 'refreshable' : 'expired', expiresAt }
}
