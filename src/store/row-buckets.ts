import { join } from 'node:path'
import { chooseBucket, type FoundRow, findRow, isWholeBucket } from '../core/profile-row.ts'
import { type CacheWorld, readCacheFile } from './cache-file.ts'

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

/** The file of a bucket. */
export function bucketPath(folder: string, bucket: string): string {
  return join(folder, `rows-${bucket}`)
}
