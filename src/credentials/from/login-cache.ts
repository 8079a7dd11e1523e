import { join } from 'node:path'
import { loginFileName } from '../../aws/cache-file-name.ts'
import type { Files } from '../../context.ts'
import { readSessionFile } from '../../sso/session-file.ts'
import { checkWritable, writeAtomically } from '../../system/files/atomic-write.ts'
import { type CacheWorld, checkCacheFolder } from '../../system/files/cache-file.ts'
import { formatLoginToken, type LoginToken, parseLoginToken } from './login-token.ts'

/** Where the session that `login_session` of a profile names is kept. */
export function locateLoginToken(loginCache: string, loginSession: string): string {
  return join(loginCache, loginFileName(loginSession))
}

/**
 * The session of `aws login` that `login_session` of a profile names, from the folder `loginCache`, whether it is over or
 * not; undefined when the file is absent, unreadable or no session. `now` is in milliseconds since the epoch.
 */
export function readLoginToken(
  world: CacheWorld,
  loginCache: string,
  loginSession: string,
  now: number,
): LoginToken | undefined {
  const path = locateLoginToken(loginCache, loginSession)
  return parseLoginToken(readSessionFile(world, path, now, (fields) => parseLoginToken(fields) !== undefined))
}

/** Writes a session for all AWS tools, 0600 whatever its mode was, whole or not at all. Throws AssumeError `unwritable-file`. */
export function writeLoginToken(
  files: Files,
  loginCache: string,
  loginSession: string,
  token: LoginToken,
): void {
  const bytes = Buffer.from(formatLoginToken(token))
  writeAtomically(files, locateLoginToken(loginCache, loginSession), bytes, { isCache: true })
}

/** More than any session needs. */
const ampleSize = 32_768

/**
 * Throws what `writeLoginToken` would throw now, before the refresh token is used up, and where what it writes would not be
 * believed: AssumeError `unwritable-file`, `unsafe-file`.
 */
export function checkLoginTokenWritable(world: CacheWorld, loginCache: string, loginSession: string): void {
  checkCacheFolder(world, loginCache)
  checkWritable(world.files, locateLoginToken(loginCache, loginSession), ampleSize)
}
