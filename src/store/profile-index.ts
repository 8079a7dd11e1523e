import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Context, Files } from '../context.ts'
import { encodeText } from '../core/config/text.ts'
import type { Profile } from '../core/profile.ts'
import {
  formatIndex,
  formatSessionNames,
  type IndexHeader,
  identifyIndex,
  parseIndexHeader,
} from '../core/profile-index.ts'
import { countBuckets, type RowText } from '../core/profile-row.ts'
import { writeAtomically } from './atomic-write.ts'
import { readCacheFile } from './cache-file.ts'
import { findObjection } from './ownership.ts'
import type { Paths } from './paths.ts'
import { writeRows } from './row-buckets.ts'
import {
  areExpected,
  areUnchanged,
  findHindrances,
  guardSources,
  type SourceSnapshot,
} from './source-guards.ts'

/** The index on disk as it was found: a call reads it once, and looks at its sources as often as it has to know. */
export interface OpenIndex {
  /** What its first lines say; absent where there is no index, or none that can be read or believed. */
  readonly header?: IndexHeader
  readonly mtimeNs?: bigint
}

/** Reads the first lines of the index. */
export function openIndex(context: Context, paths: Paths): OpenIndex {
  const file = readCacheFile(context, locateIndex(paths), { needsOwner: true })
  const header = file && parseIndexHeader(file.text)
  return { ...(file && { mtimeNs: file.stat.mtimeNs }), ...(header && { header }) }
}

/** The index as it is now: the same if nobody has written it since. */
export function reopenIndex(context: Context, paths: Paths, index: OpenIndex): OpenIndex {
  const mtimeNs = context.files.stat(locateIndex(paths))?.mtimeNs
  return mtimeNs === index.mtimeNs ? index : openIndex(context, paths)
}

/** A fresh index: what stands in its first lines, and the folder of its generation. */
export interface FreshIndex {
  readonly header: IndexHeader
  readonly folder: string
}

/** An index, if it was built in this environment from exactly the sources that there are now; else undefined. */
export function findFreshIndex(context: Context, paths: Paths, index: OpenIndex): FreshIndex | undefined {
  const { header } = index
  if (!header || header.bucketCount === 0 || !isFresh(context, paths, header)) return undefined
  const folder = locateGeneration(paths, header.generation)
  return context.files.stat(folder) && !findObjection(context, folder) ? { header, folder } : undefined
}

/** Whether an index is of exactly the sources that there are now, and can have no rows. */
export function isFreshWithoutRows(context: Context, paths: Paths, { header }: OpenIndex): boolean {
  return header?.bucketCount === 0 && isFresh(context, paths, header)
}

function isFresh({ files }: Context, paths: Paths, { identity, sources }: IndexHeader): boolean {
  if (identity !== identifyIndex(paths.variables) || !areExpected(paths, sources)) return false
  return areUnchanged(files, sources)
}

export interface IndexContent {
  readonly profiles: readonly Profile[]
  /** The names of the sso-sessions, for TAB. */
  readonly sessions: readonly string[]
  readonly rows: readonly RowText[]
  readonly isGuarded: (profile: Profile) => boolean
  /** Whether the rows have the plans of plugins too. */
  readonly isPlannedAhead?: boolean
}

/**
 * Writes the index of `profiles`, read from the sources of the snapshot, and of the rows of those that a shell can switch to
 * by itself. A cache that cannot be written, or would not be believed, is no reason to fail. Shells compare each source with
 * two stamps, files just older and just newer than it, because they can compare the times of files but not read them. A
 * source that was saved a moment before gets none, and there are no rows: the next save could have the same time. Of a pipe
 * no index is written: it would take the place of that of the files.
 */
export function writeIndex(
  context: Context,
  paths: Paths,
  snapshot: SourceSnapshot,
  { profiles, sessions, rows, isGuarded, isPlannedAhead = false }: IndexContent,
): void {
  const { files } = context
  const { sources } = snapshot
  if (sources.some(({ file }) => file?.isPipe)) return
  const generation = randomBytes(6).toString('hex')
  const hindrances = findHindrances(context, paths, snapshot)
  const header = {
    identity: identifyIndex(paths.variables),
    generation,
    bucketCount: hindrances.some(({ isLasting }) => isLasting) ? 0 : countBuckets(rows.length),
    sources,
  }
  const text = formatIndex(header, profiles, isGuarded)
  if (text === undefined) return
  const folder = locateGeneration(paths, generation)
  try {
    files.makeDirectory(paths.cache, 0o700)
    if (findObjection(context, paths.cache)) {
      removeIndex(files, paths)
      return
    }
    if (hindrances.length === 0) {
      files.makeDirectory(folder, 0o700)
      guardSources(files, folder, sources)
      writeRows(context, paths, { folder, bucketCount: header.bucketCount, rows })
      const names = formatSessionNames(sessions)
      files.createUnflushed(join(folder, sessionNames), encodeText(names), 0o600)
      if (isPlannedAhead) files.createUnflushed(join(folder, aheadMark), new Uint8Array(), 0o600)
    }
    writeAtomically(files, locateIndex(paths), encodeText(text), { isCache: true })
    removeOthers(files, paths, folder)
  } catch {
    // Every core will work without it, and try again.
    removeQuietly(files, folder)
  }
}

function removeQuietly(files: Files, path: string): void {
  try {
    files.remove(path)
  } catch {
    // The next index that is written takes it away.
  }
}

/** Where it would not be believed it serves nobody, and rows that others could replace must not be found by shells. */
function removeIndex(files: Files, paths: Paths): void {
  files.remove(locateIndex(paths))
  removeOthers(files, paths, undefined)
}

const generationPrefix = 'index-'

/** A file in a generation's folder that says that plugins have been asked for their plans. */
const aheadMark = 'ahead'

/** A file in a generation's folder with the names of the sso-sessions, one a line. */
const sessionNames = 'session-names'

/** Whether an index has the plans that plugins make ahead of a switch. */
export function isPlannedAhead({ files }: Context, { folder }: FreshIndex): boolean {
  return files.stat(join(folder, aheadMark)) !== undefined
}

/** Where the index lies. */
export function locateIndex({ cache }: Paths): string {
  return join(cache, 'index')
}

function locateGeneration(paths: Paths, generation: string): string {
  return join(paths.cache, `${generationPrefix}${generation}`)
}

/** What an earlier version has called such a folder. */
const formerPrefix = 'stamps-'

/**
 * Removes what other cores, and those of earlier versions, have left. A generation goes at once, by its name: a shell
 * that is reading it must not find the half of its stamps.
 */
function removeOthers(files: Files, paths: Paths, kept: string | undefined): void {
  for (const name of files.list(paths.cache)) {
    const path = join(paths.cache, name)
    const isGeneration = name.startsWith(generationPrefix) || name.startsWith(formerPrefix)
    if (!isGeneration || path === kept) continue
    files.rename(path, `${path}-old`)
    files.remove(`${path}-old`)
  }
}
