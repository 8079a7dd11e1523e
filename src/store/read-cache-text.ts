import { type CacheWorld, readCacheFile } from './cache-file.ts'

/** Several SDKs write in place, so what was changed within this time, in milliseconds, may be half a file. */
const writeTime = 1000

/**
 * The text of a file in one of AWS's caches at `now`, in milliseconds since the epoch; undefined as with `readCacheFile`.
 * One that another program may be writing is read twice where it is not `whole`.
 */
export function readCacheText(
  world: CacheWorld,
  path: string,
  now: number,
  isWhole: (text: string) => boolean,
): string | undefined {
  const file = readCacheFile(world, path)
  if (!file || isWhole(file.text)) return file?.text
  const age = now - Number(file.mtimeNs / 1_000_000n)
  return age < writeTime ? readCacheFile(world, path)?.text : file.text
}
