import { join } from 'node:path'
import type { Context, Files } from '../context.ts'
import { formatExpiries, parseExpiries, type SessionExpiry } from '../core/session-expiry.ts'
import { parseToken } from '../core/token.ts'
import { writeAtomically } from './atomic-write.ts'
import { leastGranularity, measureGranularity } from './granularity.ts'
import { readText } from './read-text.ts'

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
  const expiries = tokenPaths.map((tokenPath) => ({ tokenPath, expiresAt: readExpiry(files, tokenPath) }))
  writeAtomically(files, listPath(folder), Buffer.from(formatExpiries(expiries)), { mode: 0o600, mtimeNs })
}

/** Writes the list again if a token has been changed or removed since; what cannot be written stays as it is. */
export function updateExpiries(context: Context, folder: string): void {
  const list = readExpiries(context.files, folder)
  if (!list) return
  const isChanged = list.expiries.some(({ tokenPath, expiresAt }) => {
    const token = context.files.stat(tokenPath)
    return token ? token.mtimeNs >= list.mtimeNs : expiresAt !== 0
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
export function readExpiries(files: Files, folder: string): SessionExpiries | undefined {
  try {
    const mtimeNs = files.stat(listPath(folder))?.mtimeNs
    const text = readText(files, listPath(folder))
    return mtimeNs === undefined || text === undefined
      ? undefined
      : { mtimeNs, expiries: parseExpiries(text) }
  } catch {
    return undefined
  }
}

function listPath(folder: string): string {
  return join(folder, 'sessions')
}

function readExpiry(files: Files, tokenPath: string): number {
  try {
    return Math.floor((parseToken(readText(files, tokenPath))?.expiresAt ?? 0) / 1000)
  } catch {
    return 0
  }
}
