import { join } from 'node:path'
import type { Context } from '../context.ts'
import { readCacheFile } from '../system/files/cache-file.ts'
import { findObjection } from '../system/files/ownership.ts'
import type { Paths } from '../system/paths.ts'
import { areExpected, areStampsKept, areUnchanged } from '../system/source-stamps.ts'
import type { Piece } from '../text/piece.ts'
import { type IndexHeader, identifyIndex, parseIndexHeader } from './format.ts'

/** The index on disk as it was found: a call reads it once, and looks at its sources as often as it has to know. */
export interface OpenIndex {
  /** What its first lines say; absent where there is no index, or none that can be read or believed. */
  readonly header?: IndexHeader
  readonly mtimeNs?: bigint
}

/** More than the first lines of an index have, mostly. */
const ampleLength = 4096

/** Reads the first lines of the index. */
export function openIndex(context: Context, paths: Paths): OpenIndex {
  const read = (piece?: Piece) =>
    readCacheFile(context, locateIndex(paths), { needsOwner: true, ...(piece && { piece }) })
  const start = read({ start: 0, length: ampleLength })
  // Plugins may plan by many files.
  const file = start && start.stat.size > ampleLength && !parseIndexHeader(start.text) ? read() : start
  const header = file && parseIndexHeader(file.text)
  return { ...(file && { mtimeNs: file.stat.mtimeNs }), ...(header && { header }) }
}

/** The index as it is now: the same if nobody has written it since. */
export function reopenIndex(context: Context, paths: Paths, index: OpenIndex): OpenIndex {
  return findTime(context, paths) === index.mtimeNs ? index : openIndex(context, paths)
}

/** What cannot be looked at cannot be read either. */
function findTime({ files }: Context, paths: Paths): bigint | undefined {
  try {
    return files.stat(locateIndex(paths))?.mtimeNs
  } catch {
    return undefined
  }
}

/** A fresh index: what stands in its first lines, and the folder of its generation. */
export interface FreshIndex {
  readonly header: IndexHeader
  readonly folder: string
}

/**
 * An index, if it was built in this environment from exactly the sources that there are now, and shells can see that, too,
 * as far as its disk lets them; else undefined.
 */
export function findFreshIndex(context: Context, paths: Paths, index: OpenIndex): FreshIndex | undefined {
  const { header } = index
  if (!header || header.bucketCount === 0 || !isFresh(context, paths, header)) return undefined
  const folder = locateGeneration(paths, header.generation)
  if (!context.files.stat(folder) || findObjection(context, folder)) return undefined
  return areStampsKept(context.files, folder, header.sources) ? { header, folder } : undefined
}

/** Whether an index is of exactly the sources that there are now, and can have no rows. */
export function isFreshWithoutRows(context: Context, paths: Paths, { header }: OpenIndex): boolean {
  return header?.bucketCount === 0 && isFresh(context, paths, header)
}

function isFresh({ files }: Context, paths: Paths, { identity, sources }: IndexHeader): boolean {
  if (identity !== identifyIndex(paths.variables) || !areExpected(paths, sources)) return false
  return areUnchanged(files, sources)
}

/** What the name of a generation's folder begins with. */
export const generationPrefix = 'index-'

/** A file in a generation's folder that says that plugins have been asked for their plans. */
export const aheadMark = 'ahead'

/** Whether an index has the plans that plugins make ahead of a switch. */
export function isPlannedAhead({ files }: Context, { folder }: FreshIndex): boolean {
  return files.stat(join(folder, aheadMark)) !== undefined
}

/** Where the index lies. */
export function locateIndex({ cache }: Paths): string {
  return join(cache, 'index')
}

/** The folder with the stamps and rows of a generation. */
export function locateGeneration(paths: Paths, generation: string): string {
  return join(paths.cache, `${generationPrefix}${generation}`)
}

/** The folder of the notes in which file the keys of a profile are kept. Each names the generation that it is good for. */
export function locateNotes(paths: Paths): string {
  return join(paths.cache, 'keys')
}
