import { isToken } from '../text/answer-forms.ts'
import { type JsonObject, stringIn } from '../text/json-object.ts'
import { formatPythonJson } from '../text/python-json.ts'
import { formatTimestamp, parseTimestamp } from '../text/time.ts'
import type { Registration } from './registration.ts'

/** An Identity Center token as AWS's cache holds it. Times are in milliseconds since the epoch. */
export interface Token {
  readonly startUrl?: string | undefined
  readonly region?: string | undefined
  readonly accessToken: string
  readonly expiresAt: number
  /** The registration that got the token; without it and a refresh token nobody can renew it. */
  readonly clientId?: string | undefined
  readonly clientSecret?: string | undefined
  readonly registrationExpiresAt?: number | undefined
  readonly refreshToken?: string | undefined
}

/** What `CreateToken` answers, as far as it can be used. */
export interface TokenAnswer {
  readonly accessToken?: string
  /** In seconds. */
  readonly expiresIn?: number
  readonly refreshToken?: string | undefined
}

/** An answer that lacks nothing. */
export type TokenGrant = TokenAnswer & Required<Pick<TokenAnswer, 'accessToken' | 'expiresIn'>>

/** Where a token comes from: the start URL as configured, and the region of its Identity Center. */
export interface TokenSource {
  readonly startUrl: string
  readonly region: string
}

/** The AWS CLI renews a token that has no more than this left, in milliseconds. */
const refreshWindow = 15 * 60_000

/**
 * The token that a cache file holds, whichever SDK wrote it; undefined for anything that holds no access token
 * with its expiry. Fields that the AWS CLI does not know are dropped, as it drops them itself: they would describe
 * the token before the refresh.
 */
export function parseToken(fields: JsonObject): Token | undefined {
  const { accessToken } = fields
  const expiresAt = parseTimestamp(fields['expiresAt'])
  if (!isToken(accessToken) || expiresAt === undefined) return undefined
  return {
    startUrl: stringIn(fields, 'startUrl'),
    region: stringIn(fields, 'region'),
    accessToken,
    expiresAt,
    clientId: stringIn(fields, 'clientId'),
    clientSecret: stringIn(fields, 'clientSecret'),
    registrationExpiresAt: parseTimestamp(fields['registrationExpiresAt']),
    refreshToken: stringIn(fields, 'refreshToken'),
  }
}

/** The text of a cache file, byte for byte as the AWS CLI 2.36.7 writes it: other SDKs read no other form of time. */
export function formatToken(token: Token): string {
  const { registrationExpiresAt } = token
  return formatPythonJson({
    startUrl: token.startUrl,
    region: token.region,
    accessToken: token.accessToken,
    expiresAt: formatTimestamp(token.expiresAt),
    clientId: token.clientId,
    clientSecret: token.clientSecret,
    registrationExpiresAt:
      registrationExpiresAt === undefined ? undefined : formatTimestamp(registrationExpiresAt),
    refreshToken: token.refreshToken,
  })
}

/** Whether the token is over at `now`, or so soon that it should be renewed first. */
export function needsRefresh(token: Token, now: number): boolean {
  return token.expiresAt - now <= refreshWindow
}

/**
 * Whether the token can be renewed at `now` without a login: only a named session's ever is, and only while the
 * client registration in the file is valid (AWS CLI `tokens.py`).
 */
export function isRefreshable(token: Token, now: number, session: { readonly name?: string }): boolean {
  const { refreshToken, clientId, clientSecret, registrationExpiresAt = 0 } = token
  return Boolean(
    session.name !== undefined && refreshToken && clientId && clientSecret && registrationExpiresAt > now,
  )
}

/** The token that a login has got at `now`. */
export function issueToken(
  { startUrl, region }: TokenSource,
  registration: Registration,
  grant: TokenGrant,
  now: number,
): Token {
  return {
    startUrl,
    region,
    accessToken: grant.accessToken,
    expiresAt: now + grant.expiresIn * 1000,
    clientId: registration.clientId,
    clientSecret: registration.clientSecret,
    registrationExpiresAt: registration.expiresAt,
    refreshToken: grant.refreshToken || undefined,
  }
}

/**
 * `token` as a refresh at `now` leaves it. What the answer does not bring stays, and an access token whose end it does not
 * tell is over; start URL and region become those of the configuration, as with the AWS CLI.
 */
export function renewToken(
  token: Token,
  { startUrl, region }: TokenSource,
  { accessToken, expiresIn = 0, refreshToken }: TokenAnswer,
  now: number,
): Token {
  const renewed = { ...token, startUrl, region, refreshToken: refreshToken || token.refreshToken }
  return accessToken === undefined ? renewed : { ...renewed, accessToken, expiresAt: now + expiresIn * 1000 }
}
