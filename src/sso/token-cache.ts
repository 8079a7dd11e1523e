import { join } from 'node:path'
import { type SessionKey, tokenFileName } from '../aws/cache-file-name.ts'
import type { Files } from '../context.ts'
import { checkWritable, describeFailure, writeAtomically } from '../system/files/atomic-write.ts'
import { type CacheWorld, checkCacheFolder } from '../system/files/cache-file.ts'
import { removeFile } from '../system/files/remove-file.ts'
import { readSessionFile } from './session-file.ts'
import { readSessionState, type SessionState } from './session-state.ts'
import { formatToken, parseToken, type Token } from './token.ts'

/**
 * The state of an Identity Center session in AWS's token cache (the folder `ssoCache`) at `now`, in milliseconds
 * since the epoch. A token file that cannot be read, or is not to be believed, counts as none.
 */
export function lookUpSession(
  world: CacheWorld,
  ssoCache: string,
  session: SessionKey,
  now: number,
): SessionState {
  return readSessionState(session, readToken(world, ssoCache, session, now), now)
}

/** The token of a session, whether it is over or not; undefined when the file is absent, unreadable or no token. */
export function readToken(
  world: CacheWorld,
  ssoCache: string,
  session: SessionKey,
  now: number,
): Token | undefined {
  const path = join(ssoCache, tokenFileName(session))
  return parseToken(readSessionFile(world, path, now, (fields) => parseToken(fields) !== undefined))
}

/**
 * Writes the token of a session for all AWS tools, 0600 whatever its mode was, whole or not at all.
 * Throws AssumeError `unwritable-file`.
 */
export function writeToken(files: Files, ssoCache: string, session: SessionKey, token: Token): void {
  const bytes = Buffer.from(formatToken(token))
  writeAtomically(files, join(ssoCache, tokenFileName(session)), bytes, { isCache: true })
}

/** More than any token needs. */
const ampleSize = 16_384

/**
 * Throws what `writeToken` would throw now, before somebody logs in for nothing or a refresh token is used up, and where
 * what it writes would not be believed: AssumeError `unwritable-file`, `unsafe-file`.
 */
export function checkTokenWritable(world: CacheWorld, ssoCache: string, session: SessionKey): void {
  checkCacheFolder(world, ssoCache)
  checkWritable(world.files, join(ssoCache, tokenFileName(session)), ampleSize)
}

/** Removes the token of a session, and nothing else; none is no error. Throws AssumeError `unwritable-file`. */
export function removeToken(files: Files, ssoCache: string, session: SessionKey): void {
  const path = join(ssoCache, tokenFileName(session))
  try {
    // The port would remove a directory with all it holds.
    if (files.statEntry(path)?.isDirectory) throw Object.assign(new Error('directory'), { code: 'EISDIR' })
  } catch (cause) {
    throw describeFailure(path, cause, 'remove')
  }
  removeFile(files, path)
}
