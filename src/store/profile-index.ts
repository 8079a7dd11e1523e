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
import { writeAtomically } from './atomic-write.ts'
import type { Paths } from './paths.ts'
import { readText } from './read-text.ts'

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
  const sources = [paths.awsConfig, paths.awsCredentials, paths.settings, paths.plugins].map((path) => {
    const stat = context.files.stat(path)
    return stat ? { path, mtimeNs: stat.mtimeNs } : { path }
  })
  return { takenAt: context.now(), sources }
}

/** Whether the index on disk was built in this environment from exactly these sources. */
export function isIndexFresh(context: Context, paths: Paths, { sources }: SourceSnapshot): boolean {
  const header = readHeader(context.files, paths, sources.length)
  if (!header || header.identity !== identifyIndex(context.env)) return false
  const stamped = context.files.stat(stampFolder(paths, header.generation)) !== undefined
  return stamped && sources.every((source, index) => isSame(source, header.sources[index]))
}

/**
 * Writes the index of `profiles`, read from the sources of the snapshot, and returns whether that worked: a cache
 * that cannot be written is no reason to fail. Shells compare each source with two stamps, files just older and
 * just newer than it, because they can compare the times of files but not read them. A source that was saved a
 * moment before gets none, so the index is not trusted: the next save could have the same time.
 */
export function writeIndex(
  context: Context,
  paths: Paths,
  { takenAt, sources }: SourceSnapshot,
  profiles: readonly Profile[],
): boolean {
  const { files } = context
  const generation = randomBytes(6).toString('hex')
  const text = formatIndex({ identity: identifyIndex(context.env), generation, sources }, profiles)
  if (text === undefined) return false
  try {
    files.makeDirectory(paths.cache, 0o700)
    if (sources.every((source) => isSettled(source, takenAt))) {
      stampSources(files, stampFolder(paths, generation), sources)
    }
    writeAtomically(files, indexPath(paths), encodeText(text), { mode: 0o600 })
    removeOtherStamps(files, paths, generation)
    return true
  } catch {
    return false
  }
}

function indexPath(paths: Paths): string {
  return join(paths.cache, 'index')
}

function stampFolder(paths: Paths, generation: string): string {
  return join(paths.cache, `stamps-${generation}`)
}

function removeOtherStamps(files: Files, paths: Paths, generation: string): void {
  const kept = stampFolder(paths, generation)
  for (const name of files.list(paths.cache)) {
    const path = join(paths.cache, name)
    if (name.startsWith('stamps-') && path !== kept) files.remove(path)
  }
}

function readHeader(files: Files, paths: Paths, sourceCount: number): IndexHeader | undefined {
  try {
    return parseIndexHeader(readText(files, indexPath(paths)) ?? '', sourceCount)
  } catch {
    return undefined
  }
}

function isSame(a: IndexSource, b: IndexSource | undefined): boolean {
  return b !== undefined && a.path === b.path && a.mtimeNs === b.mtimeNs
}

/**
 * Whether a later save of the source would get another modification time. File systems that keep whole seconds may
 * give two saves of the same two seconds one time; others tell a hundredth of a second apart.
 */
function isSettled({ mtimeNs }: IndexSource, takenAt: number): boolean {
  if (mtimeNs === undefined) return true
  const granularity = mtimeNs % 1_000_000_000n === 0n ? 2000 : 20
  return takenAt - Number(mtimeNs / 1_000_000n) > granularity
}

function stampSources(files: Files, folder: string, sources: readonly IndexSource[]): void {
  files.makeDirectory(folder, 0o700)
  for (const [index, { mtimeNs }] of sources.entries()) {
    if (mtimeNs === undefined) continue
    for (const [name, time] of [
      ['older', mtimeNs - stampDistance],
      ['newer', mtimeNs + stampDistance],
    ] as const) {
      const path = join(folder, `${index}-${name}`)
      files.create(path, new Uint8Array(), 0o600)
      files.touch(path, time)
    }
  }
}
