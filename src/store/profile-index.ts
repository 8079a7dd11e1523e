import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Context, Files } from '../context.ts'
import { encodeText } from '../core/config/text.ts'
import type { Profile } from '../core/profile.ts'
import {
  formatIndex,
  type IndexHeader,
  type IndexSource,
  identifyIndex,
  parseIndexHeader,
} from '../core/profile-index.ts'
import { countBuckets, type RowText } from '../core/profile-row.ts'
import { writeAtomically } from './atomic-write.ts'
import { measureGranularity } from './granularity.ts'
import type { Paths } from './paths.ts'
import { readText } from './read-text.ts'
import { writeRows } from './row-buckets.ts'

/** How far the two stamps of a source lie from its modification time; `touch` is exact to less than that. */
const stampDistance = 2000n

/** The sources of the index as they were at a moment before they were read. */
export interface SourceSnapshot {
  /** Milliseconds since the epoch. */
  readonly takenAt: number
  readonly sources: readonly IndexSource[]
}

/** Takes the snapshot. To be called before the sources are read: a save during the read then makes it stale. */
export function snapshotSources(context: Context, paths: Paths): SourceSnapshot {
  const places = [paths.awsConfig, paths.awsCredentials, paths.settings, paths.plugins]
  return { takenAt: context.now(), sources: places.map((path) => statSource(context.files, path)) }
}

/** A fresh index: what stands in its first lines, and the folder of its generation. */
export interface FreshIndex {
  readonly header: IndexHeader
  readonly folder: string
}

/** The index on disk, if it was built in this environment from exactly the sources that there are; else undefined. */
export function findFreshIndex(context: Context, paths: Paths): FreshIndex | undefined {
  const { files } = context
  const header = readHeader(files, paths)
  if (!header || header.identity !== identifyIndex(context.env)) return undefined
  const folder = locateGeneration(paths, header.generation)
  const isFresh =
    files.stat(folder) && header.sources.every((source) => isSame(source, statSource(files, source.path)))
  return isFresh ? { header, folder } : undefined
}

export interface IndexContent {
  readonly profiles: readonly Profile[]
  readonly rows: readonly RowText[]
  readonly isGuarded: (profile: Profile) => boolean
  /** Whether the rows have the plans of plugins too. */
  readonly isPlannedAhead?: boolean
}

/**
 * Writes the index of `profiles`, read from the sources of the snapshot, and of the rows of those that a shell can
 * switch to by itself. A cache that cannot be written is no reason to fail. Shells compare each source with two
 * stamps, files just older and just newer than it, because they can compare the times of files but not read them.
 * A source that was saved a moment before gets none, and there are no rows: the next save could have the same
 * time.
 */
export function writeIndex(
  context: Context,
  paths: Paths,
  { takenAt, sources }: SourceSnapshot,
  { profiles, rows, isGuarded, isPlannedAhead = false }: IndexContent,
): void {
  const { files } = context
  const generation = randomBytes(6).toString('hex')
  const header = {
    identity: identifyIndex(context.env),
    generation,
    bucketCount: countBuckets(rows.length),
    sources,
  }
  const text = formatIndex(header, profiles, isGuarded)
  if (text === undefined) return
  const folder = locateGeneration(paths, generation)
  try {
    files.makeDirectory(paths.cache, 0o700)
    if (sources.every((source) => isSettled(source, takenAt))) {
      files.makeDirectory(folder, 0o700)
      stampSources(files, folder, sources)
      writeRows(context, paths, { folder, bucketCount: header.bucketCount, rows })
      if (isPlannedAhead) files.createUnflushed(join(folder, aheadMark), new Uint8Array(), 0o600)
    }
    writeAtomically(files, join(paths.cache, 'index'), encodeText(text), { mode: 0o600 })
    removeOtherGenerations(files, paths, folder)
  } catch {
    // Every core will work without it, and try again.
  }
}

const generationPrefix = 'index-'

/** A file in a generation's folder that says that plugins have been asked for their plans. */
const aheadMark = 'ahead'

/** Whether the index on disk has the plans that plugins make ahead of a switch. */
export function isPlannedAhead({ files }: Context, paths: Paths): boolean {
  const header = readHeader(files, paths)
  return (
    header !== undefined &&
    files.stat(join(locateGeneration(paths, header.generation), aheadMark)) !== undefined
  )
}

function locateGeneration(paths: Paths, generation: string): string {
  return join(paths.cache, `${generationPrefix}${generation}`)
}

/** A generation goes at once, by its name: a shell that is reading it must not find the half of its stamps. */
function removeOtherGenerations(files: Files, paths: Paths, kept: string): void {
  for (const name of files.list(paths.cache)) {
    const path = join(paths.cache, name)
    if (!name.startsWith(generationPrefix) || path === kept) continue
    files.rename(path, `${path}-old`)
    files.remove(`${path}-old`)
  }
}

function readHeader(files: Files, paths: Paths): IndexHeader | undefined {
  try {
    return parseIndexHeader(readText(files, join(paths.cache, 'index')) ?? '')
  } catch {
    return undefined
  }
}

/** What the user may not look at is as good as absent; whoever reads it says why. */
export function statSource(files: Files, path: string): IndexSource {
  try {
    const stat = files.stat(path)
    return stat ? { path, mtimeNs: stat.mtimeNs } : { path }
  } catch {
    return { path }
  }
}

function isSame(a: IndexSource, b: IndexSource): boolean {
  return a.path === b.path && a.mtimeNs === b.mtimeNs
}

/** Whether a later save of the source would get another modification time. */
function isSettled({ mtimeNs }: IndexSource, takenAt: number): boolean {
  if (mtimeNs === undefined) return true
  return takenAt - Number(mtimeNs / 1_000_000n) > measureGranularity(mtimeNs)
}

function stampSources(files: Files, folder: string, sources: readonly IndexSource[]): void {
  for (const [index, { mtimeNs }] of sources.entries()) {
    if (mtimeNs === undefined) continue
    for (const [name, time] of [
      ['older', mtimeNs - stampDistance],
      ['newer', mtimeNs + stampDistance],
    ] as const) {
      const path = join(folder, `${index}-${name}`)
      files.createUnflushed(path, new Uint8Array(), 0o600)
      files.touch(path, time)
    }
  }
}
