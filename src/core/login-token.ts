import type { Credentials } from './credentials.ts'
import { type JsonObject, objectIn, parseJsonObject, stringIn } from './json-object.ts'
import { formatPythonJson, type JsonValue } from './python-json.ts'
import { formatTimestamp, parseTimestamp } from './time.ts'

/** What `aws login` keeps of a session in `~/.aws/login/cache`. */
export interface LoginToken {
  readonly credentials: Credentials & { readonly expiresAt: number }
  readonly clientId: string
  readonly refreshToken: string
  /** The private key, in PEM: the refresh token is good together with it only. */
  readonly dpopKey: string
  /** Where the session is renewed; absent where the region of the profile counts. */
  readonly region?: string
  /** All that stands in the file. */
  readonly fields: JsonObject
}

/** What a renewal brings. */
export interface LoginGrant {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  /** In seconds. */
  readonly expiresIn: number
  readonly refreshToken: string
}

/** The AWS tools renew a session that has no more than this left, in milliseconds. */
const refreshWindow = 5 * 60_000

/** The session in the text of a cache file, whichever SDK wrote it; undefined when a part is missing. */
export function parseLoginToken(text: string | undefined): LoginToken | undefined {
  const fields = parseJsonObject(text)
  const keys = objectIn(fields, 'accessToken')
  const [accessKeyId, secretAccessKey, sessionToken, accountId] = [
    stringIn(keys, 'accessKeyId'),
    stringIn(keys, 'secretAccessKey'),
    stringIn(keys, 'sessionToken'),
    stringIn(keys, 'accountId'),
  ]
  const expiresAt = parseTimestamp(keys['expiresAt'])
  if (!accessKeyId || !secretAccessKey || !sessionToken || expiresAt === undefined) return undefined
  const [clientId, refreshToken, dpopKey, region] = [
    stringIn(fields, 'clientId'),
    stringIn(fields, 'refreshToken'),
    stringIn(fields, 'dpopKey'),
    stringIn(fields, 'signInRegion'),
  ]
  if (!clientId || !refreshToken || !dpopKey) return undefined
  const credentials = { accessKeyId, secretAccessKey, sessionToken, expiresAt }
  return {
    credentials: accountId ? { ...credentials, accountId } : credentials,
    clientId,
    refreshToken,
    dpopKey,
    ...(region && { region }),
    fields,
  }
}

/** The text of a cache file, in the form in which the AWS CLI writes it; fields that we do not know stay. */
export function formatLoginToken({ fields }: LoginToken): string {
  return formatPythonJson(fields as JsonValue)
}

/** Whether the credentials are over at `now`, or so soon that the session should be renewed first. */
export function needsRenewal({ credentials }: LoginToken, now: number): boolean {
  return credentials.expiresAt - now <= refreshWindow
}

/** `token` as a renewal at `now` leaves it. */
export function renewLoginToken(token: LoginToken, grant: LoginGrant, now: number): LoginToken {
  const { accessKeyId, secretAccessKey, sessionToken, refreshToken } = grant
  const expiresAt = now + grant.expiresIn * 1000
  return {
    ...token,
    credentials: { ...token.credentials, accessKeyId, secretAccessKey, sessionToken, expiresAt },
    refreshToken,
    fields: {
      ...token.fields,
      accessToken: {
        ...objectIn(token.fields, 'accessToken'),
        accessKeyId,
        secretAccessKey,
        sessionToken,
        expiresAt: formatTimestamp(expiresAt),
      },
      refreshToken,
    },
  }
}
