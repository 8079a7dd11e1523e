import { join } from 'node:path'
import { type CacheWorld, readCacheFile } from '../system/files/cache-file.ts'
import { parseExpiries, type SessionExpiry } from './expiry-text.ts'

/**
 * The list of sessions in a generation's folder. Its modification time lies before the token files were read, by more
 * than what a file system may round: a token file that is not older has been changed since.
 */
export interface SessionExpiries {
  readonly mtimeNs: bigint
  readonly expiries: readonly SessionExpiry[]
}

/** The list in a generation's folder; undefined when there is none that can be read. */
export function readExpiries(world: CacheWorld, folder: string): SessionExpiries | undefined {
  const file = readCacheFile(world, locateExpiries(folder), { needsOwner: true })
  return file && { mtimeNs: file.stat.mtimeNs, expiries: parseExpiries(file.text) }
}

/** Where the list lies. */
export function locateExpiries(folder: string): string {
  return join(folder, 'sessions')
}
