import type { FileStat, Files } from '../context.ts'
import { type CacheWorld, readCacheFile } from '../system/files/cache-file.ts'
import { leastGranularity } from '../system/files/granularity.ts'
import { type JsonObject, parseJsonObject } from '../text/json-object.ts'

/** A file as it was read; the stat is of the same moment. */
interface SessionFile {
  readonly stat: FileStat
  readonly fields: JsonObject
}

/** Those that a run has read: the parts of a switch look at the same one. */
const runs = new WeakMap<Files, Map<string, SessionFile>>()

/** Several SDKs write in place, so what was changed within this time, in milliseconds, may be half a file. */
const writeTime = 1000

/**
 * What a file of a session, of Identity Center or of `aws login`, holds at `now`, in milliseconds since the epoch; empty
 * where `readCacheFile` has nothing. It is read again only when it has changed. One that another program may be writing is
 * read twice where it is not `whole`.
 */
export function readSessionFile(
  world: CacheWorld,
  path: string,
  now: number,
  isWhole: (fields: JsonObject) => boolean,
): JsonObject {
  const run = runs.get(world.files) ?? new Map<string, SessionFile>()
  runs.set(world.files, run)
  const known = run.get(path)
  if (known && isSame(known.stat, lookAt(world.files, path))) return known.fields
  run.delete(path)
  const first = read(world, path)
  const isHalf = first && !isWhole(first.fields) && now - toMilliseconds(first.stat.mtimeNs) < writeTime
  const file = isHalf ? read(world, path) : first
  // Two changes that lie closer together could not be told apart.
  if (file && now - toMilliseconds(file.stat.ctimeNs) > leastGranularity) run.set(path, file)
  return file?.fields ?? {}
}

function read(world: CacheWorld, path: string): SessionFile | undefined {
  const file = readCacheFile(world, path)
  return file && { stat: file.stat, fields: parseJsonObject(file.text) }
}

function lookAt(files: Files, path: string): FileStat | undefined {
  try {
    return files.statEntry(path)
  } catch {
    return undefined
  }
}

function isSame(one: FileStat, other: FileStat | undefined): boolean {
  const keys = ['device', 'inode', 'ctimeNs', 'mtimeNs', 'size'] as const
  return keys.every((key) => one[key] === other?.[key])
}

function toMilliseconds(nanoseconds: bigint): number {
  return Number(nanoseconds / 1_000_000n)
}
