import { join } from 'node:path'
import type { Files } from '../context.ts'
import { readSessionState, type SessionKey, type SessionState, tokenFileName } from '../core/session.ts'
import { readText } from './read-text.ts'

/**
 * The state of an Identity Center session in AWS's token cache (the folder `ssoCache`) at `now`, in milliseconds
 * since the epoch. A token file that cannot be read counts as none: the AWS tools cannot use it either.
 */
export function lookUpSession(
  files: Files,
  ssoCache: string,
  session: SessionKey,
  now: number,
): SessionState {
  try {
    return readSessionState(session, readText(files, join(ssoCache, tokenFileName(session))), now)
  } catch {
    return { state: 'none' }
  }
}
