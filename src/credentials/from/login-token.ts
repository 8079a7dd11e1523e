import type { Credentials } from '../../aws/credentials.ts'
import { isAccountId, isSecretKey, isToken } from '../../text/answer-forms.ts'
import { type JsonObject, objectIn, stringIn } from '../../text/json-object.ts'
import { formatPythonJson, type JsonValue } from '../../text/python-json.ts'
import { formatTimestamp, parseTimestamp } from '../../text/time.ts'
import type { LoginAnswer } from './signin-answer.ts'

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

/** The AWS tools renew a session that has no more than this left, in milliseconds. */
const refreshWindow = 5 * 60_000

/** The session that a cache file holds, whichever SDK wrote it; undefined when a part is missing. */
export function parseLoginToken(fields: JsonObject): LoginToken | undefined {
  const keys = objectIn(fields, 'accessToken')
  const { accessKeyId, secretAccessKey, sessionToken, accountId } = keys
  const expiresAt = parseTimestamp(keys['expiresAt'])
  if (!isToken(accessKeyId) || !isSecretKey(secretAccessKey) || !isToken(sessionToken)) return undefined
  if (expiresAt === undefined) return undefined
  const [clientId, refreshToken, dpopKey, region] = [
    stringIn(fields, 'clientId'),
    stringIn(fields, 'refreshToken'),
    stringIn(fields, 'dpopKey'),
    stringIn(fields, 'signInRegion'),
  ]
  if (!clientId || !refreshToken || !dpopKey) return undefined
  const credentials = { accessKeyId, secretAccessKey, sessionToken, expiresAt }
  return {
    credentials: isAccountId(accountId) ? { ...credentials, accountId } : credentials,
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

/** `token` as a renewal at `now` leaves it. What the answer does not bring stays. */
export function renewLoginToken(
  token: LoginToken,
  { keys, refreshToken = token.refreshToken }: LoginAnswer,
  now: number,
): LoginToken {
  const renewed = { ...token, refreshToken, fields: { ...token.fields, refreshToken } }
  if (!keys) return renewed
  const { expiresIn, ...parts } = keys
  const expiresAt = now + expiresIn * 1000
  const accessToken = {
    ...objectIn(token.fields, 'accessToken'),
    ...parts,
    expiresAt: formatTimestamp(expiresAt),
  }
  return {
    ...renewed,
    credentials: { ...token.credentials, ...parts, expiresAt },
    fields: { ...renewed.fields, accessToken },
  }
}
