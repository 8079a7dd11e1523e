import { join } from 'node:path'
import type { Context } from '../context.ts'
import { formatExpiries, parseExpiries, readEnd, type SessionExpiry } from '../core/session-expiry.ts'
import { writeAtomically } from './atomic-write.ts'
import { type CacheWorld, readCacheFile } from './cache-file.ts'
import { leastGranularity, measureGranularity } from './granularity.ts'
import { findObjection } from './ownership.ts'
import { readSessionFile } from './session-file.ts'

/**
 * The list of sessions in a generation's folder. Its modification time lies before the token files were read, by more
 * than what a file system may round: a token file that is not older has been changed since.
 */
export interface SessionExpiries {
  readonly mtimeNs: bigint
  readonly expiries: readonly SessionExpiry[]
}

/** Reads the token files and writes their list. Throws AssumeError `unwritable-file`. */
export function writeExpiries(context: Context, folder: string, tokenPaths: readonly string[]): void {
  const { files } = context
  const takenAt = context.now()
  const times = tokenPaths.flatMap((path) => files.stat(path)?.mtimeNs ?? [])
  const granularity = Math.max(...times.map(measureGranularity), leastGranularity)
  const mtimeNs = BigInt(takenAt - granularity) * 1_000_000n
  const expiries = tokenPaths.map((tokenPath) => ({ tokenPath, expiresAt: readExpiry(context, tokenPath) }))
  writeAtomically(files, listPath(folder), Buffer.from(formatExpiries(expiries)), { isCache: true, mtimeNs })
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

/** The list in a generation's folder; undefined when there is none that can be read. */
export function readExpiries(world: CacheWorld, folder: string): SessionExpiries | undefined {
  const file = readCacheFile(world, listPath(folder), { needsOwner: true })
  return file && { mtimeNs: file.stat.mtimeNs, expiries: parseExpiries(file.text) }
}

function listPath(folder: string): string {
  return join(folder, 'sessions')
}

function readExpiry(world: CacheWorld & Pick<Context, 'now'>, tokenPath: string): number {
  return readEnd(readSessionFile(world, tokenPath, world.now(), () => true))
}
