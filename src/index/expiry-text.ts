import { readCredentials } from '../credentials/credential-fields.ts'
import { findLoginEnd } from '../credentials/from/login-session.ts'
import { parseLoginToken } from '../credentials/from/login-token.ts'
import { parseToken } from '../sso/token.ts'
import { type JsonObject, objectIn } from '../text/json-object.ts'
import { separator } from './format.ts'

/**
 * A line of a generation's list of sessions: the path of the token file, US, and until when a switch has nothing to say of
 * it, in whole seconds since the epoch: the end of the access token, of what `aws login` lets be renewed, or of a session in
 * front of a stored key, whose file is a role file; 0 when there is nothing that can be used.
 */
export interface SessionExpiry {
  readonly tokenPath: string
  readonly expiresAt: number
}

/** The `expiresAt` of a session, from what its token file holds. */
export function readEnd(fields: JsonObject): number {
  const session = readCredentials(objectIn(fields, 'Credentials'), 'SessionToken')
  if (typeof session === 'object') return Math.floor((session.expiresAt ?? 0) / 1000)
  const login = parseLoginToken(fields)
  const end = login ? findLoginEnd(login) : (parseToken(fields)?.expiresAt ?? 0)
  return Math.floor(end / 1000)
}

/** The text of the list. */
export function formatExpiries(expiries: readonly SessionExpiry[]): string {
  return expiries.map(({ tokenPath, expiresAt }) => `${tokenPath}${separator}${expiresAt}\n`).join('')
}

/** The list that a text holds; a line of another form is as good as no token. */
export function parseExpiries(text: string): SessionExpiry[] {
  const lines = text.split('\n').slice(0, -1)
  return lines.map((line) => {
    const [tokenPath = '', expiresAt = ''] = line.split(separator)
    return { tokenPath, expiresAt: /^\d+$/.test(expiresAt) ? Number(expiresAt) : 0 }
  })
}
