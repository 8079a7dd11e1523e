import type { Context } from '../context.ts'
import { readSessionFile } from '../sso/session-file.ts'
import { writeAtomically } from '../system/files/atomic-write.ts'
import type { CacheWorld } from '../system/files/cache-file.ts'
import { leastGranularity, measureGranularity } from '../system/files/granularity.ts'
import { findObjection } from '../system/files/ownership.ts'
import { locateExpiries, readExpiries } from './expiry-file.ts'
import { formatExpiries } from './expiry-text.ts'
import { readEnd } from './session-end.ts'

/** Reads the token files and writes their list. Throws AssumeError `unwritable-file`. */
export function writeExpiries(context: Context, folder: string, tokenPaths: readonly string[]): void {
  const { files } = context
  const takenAt = context.now()
  const times = tokenPaths.flatMap((path) => files.stat(path)?.mtimeNs ?? [])
  const granularity = Math.max(...times.map(measureGranularity), leastGranularity)
  const mtimeNs = BigInt(takenAt - granularity) * 1_000_000n
  const expiries = tokenPaths.map((tokenPath) => ({ tokenPath, expiresAt: readExpiry(context, tokenPath) }))
  writeAtomically(files, locateExpiries(folder), Buffer.from(formatExpiries(expiries)), {
    isCache: true,
    mtimeNs,
  })
}

/**
 * Writes the list again if a token has been changed or removed since, or is believed no longer, or again; what cannot be
 * written stays as it is.
 */
export function updateExpiries(context: Context, folder: string): void {
  const list = readExpiries(context, folder)
  if (!list) return
  const isChanged = list.expiries.some(({ tokenPath, expiresAt }) => {
    const token = context.files.stat(tokenPath)
    if (!token) return expiresAt !== 0
    if (token.mtimeNs >= list.mtimeNs) return true
    // Whether others could have written it is no matter of its time. Who needs the session is told so, and nobody else.
    return expiresAt === 0
      ? readExpiry({ ...context, notifyOnce: () => {} }, tokenPath) !== 0
      : findObjection(context, tokenPath) !== undefined
  })
  if (!isChanged) return
  context.trace('the list of sessions beside the profile index is written anew')
  try {
    writeExpiries(
      context,
      folder,
      list.expiries.map(({ tokenPath }) => tokenPath),
    )
  } catch {
    // Without it the shells ask the core.
  }
}

function readExpiry(world: CacheWorld & Pick<Context, 'now'>, tokenPath: string): number {
  return readEnd(readSessionFile(world, tokenPath, world.now(), () => true))
}
