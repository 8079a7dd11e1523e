import { join } from 'node:path'
import type { Context } from '../context.ts'
import { tokenFileName } from '../core/cache-key.ts'
import {
  chooseBucket,
  type FoundRow,
  findRow,
  formatBucket,
  isWholeBucket,
  type RowSession,
  type RowText,
} from '../core/profile-row.ts'
import { isPrintable } from '../redact.ts'
import { type CacheWorld, readCacheFile } from './cache-file.ts'
import { locateLoginToken } from './login-cache.ts'
import type { Paths } from './paths.ts'
import { writeExpiries } from './session-expiries.ts'

/** Writes the rows into the buckets of a generation's folder, and the list of their sessions. Throws errno errors. */
export function writeRows(
  context: Context,
  paths: Paths,
  { folder, bucketCount, rows }: { folder: string; bucketCount: number; rows: readonly RowText[] },
): void {
  const numbers = new Map<string, number>()
  const tokenPaths: string[] = []
  const numberSession = (session: RowSession | undefined) => {
    if (!session) return 0
    const path = locateSession(paths, session)
    const known = numbers.get(path)
    if (known !== undefined) return known
    // What would not survive a line of text is no file, so that the core is asked.
    numbers.set(path, tokenPaths.push(isPrintable(path) ? path : ''))
    return tokenPaths.length
  }
  for (const [bucket, members] of groupByBucket(rows, bucketCount)) {
    const bytes = Buffer.from(formatBucket(members, numberSession))
    context.files.createUnflushed(bucketPath(folder, bucket), bytes, 0o600)
  }
  writeExpiries(context, folder, tokenPaths)
}

function locateSession(paths: Paths, session: RowSession): string {
  return 'loginSession' in session
    ? locateLoginToken(paths.loginCache, session.loginSession)
    : join(paths.ssoCache, tokenFileName(session))
}

/**
 * The row called `name` in a generation's folder; undefined when there is none. `torn`: the machine lost its power
 * before the bucket was on the disk.
 */
export function readRow(
  world: CacheWorld,
  folder: string,
  bucketCount: number,
  name: string,
): FoundRow | 'torn' | undefined {
  const path = bucketPath(folder, chooseBucket(name, bucketCount))
  const text = readCacheFile(world, path, { needsOwner: true })?.text
  if (text === undefined) return undefined
  return isWholeBucket(text) ? findRow(text, name) : 'torn'
}

function groupByBucket(rows: readonly RowText[], bucketCount: number): Map<string, RowText[]> {
  const buckets = new Map<string, RowText[]>()
  for (const row of rows) {
    const bucket = chooseBucket(row.name, bucketCount)
    const members = buckets.get(bucket)
    if (members) members.push(row)
    else buckets.set(bucket, [row])
  }
  return buckets
}

function bucketPath(folder: string, bucket: string): string {
  return join(folder, `rows-${bucket}`)
}
