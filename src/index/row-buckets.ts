import { join } from 'node:path'
import { type CacheWorld, readCacheFile } from '../system/files/cache-file.ts'
import { chooseBucket, type FoundRow, findRow, isWholeBucket } from './row.ts'

/**
 * The row called `name` in a generation's folder; undefined when there is none. `torn`: the bucket is gone, or the machine
 * lost its power before it was on the disk.
 */
export function readRow(
  world: CacheWorld,
  folder: string,
  bucketCount: number,
  name: string,
): FoundRow | 'torn' | undefined {
  const path = bucketPath(folder, chooseBucket(name, bucketCount))
  const text = readCacheFile(world, path, { needsOwner: true })?.text
  return text !== undefined && isWholeBucket(text) ? findRow(text, name) : 'torn'
}

/** The file of a bucket. */
export function bucketPath(folder: string, bucket: string): string {
  return join(folder, `rows-${bucket}`)
}
