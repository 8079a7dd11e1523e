import { createHash } from 'node:crypto'
import { parseTimestamp } from './time.ts'

/** What AWS's token cache says of an Identity Center session. */
export interface SessionState {
  /**
   * `valid`: tools can use it now · `refreshable`: the access token is over, tools renew it by themselves ·
   * `expired`: log in again · `none`: never logged in, or logged out.
   */
  readonly state: 'valid' | 'refreshable' | 'expired' | 'none'
  /** When the access token ends, in milliseconds since the epoch; absent for `none`. */
  readonly expiresAt?: number
}

/** The session a profile uses: an sso-session by name, or a start URL of its own (legacy). */
export interface SessionKey {
  readonly name?: string
  readonly startUrl: string
}

/**
 * The name of a session's file in `~/.aws/sso/cache`: SHA-1 of the session's name, or of the start URL exactly
 * as configured (AWS CLI `_token_cache_key`; JS SDK `getSSOTokenFilepath`).
 */
export function tokenFileName(session: SessionKey): string {
  const key = session.name ?? session.startUrl
  return `${createHash('sha1').update(key, 'utf8').digest('hex')}.json`
}

/**
 * The state of `session` at `now` (milliseconds since the epoch), from the text of its token file; undefined
 * text means that there is no such file. A file that is not a token counts as none. Only tokens of a named
 * session are ever refreshed, and only while the client registration in the file is valid.
 */
export function readSessionState(session: SessionKey, text: string | undefined, now: number): SessionState {
  const token = parseToken(text)
  const expiresAt = parseTimestamp(token?.['expiresAt'])
  if (!token || typeof token['accessToken'] !== 'string' || expiresAt === undefined) return { state: 'none' }
  if (expiresAt > now) return { state: 'valid', expiresAt }
  return {
    state: session.name !== undefined && isRefreshable(token, now) ? 'refreshable' : 'expired',
    expiresAt,
  }
}

function parseToken(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined
  try {
    const token: unknown = JSON.parse(text)
    return typeof token === 'object' && token !== null ? (token as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function isRefreshable(token: Record<string, unknown>, now: number): boolean {
  const present = ['refreshToken', 'clientId', 'clientSecret'].every((key) => typeof token[key] === 'string')
  return present && (parseTimestamp(token['registrationExpiresAt']) ?? 0) > now
}
