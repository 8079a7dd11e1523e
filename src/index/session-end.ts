import { readCredentials } from '../credentials/credential-fields.ts'
import { findLoginEnd } from '../credentials/from/login-session.ts'
import { parseLoginToken } from '../credentials/from/login-token.ts'
import { parseToken } from '../sso/token.ts'
import { type JsonObject, objectIn } from '../text/json-object.ts'

/** The `expiresAt` of a session in the list of sessions, from what its file holds. */
export function readEnd(fields: JsonObject): number {
  const session = readCredentials(objectIn(fields, 'Credentials'), 'SessionToken')
  if (typeof session === 'object') return Math.floor((session.expiresAt ?? 0) / 1000)
  const login = parseLoginToken(fields)
  const end = login ? findLoginEnd(login) : (parseToken(fields)?.expiresAt ?? 0)
  return Math.floor(end / 1000)
}
