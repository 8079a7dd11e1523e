import { join } from 'node:path'
import type { Context, Piece } from '../context.ts'
import { type ConfigDocument, parseDocument } from '../profiles/config/document.ts'
import type { FileKind } from '../profiles/config/header.ts'
import type { AwsConfig } from '../profiles/config/merge.ts'
import { joinPieces } from '../profiles/config/section-pieces.ts'
import type { AwsDocuments } from '../profiles/profiles.ts'
import { readCacheFile } from '../system/files/cache-file.ts'
import type { IndexSource } from '../system/index-source.ts'
import { decodeText } from '../text/utf-8.ts'
import type { FreshIndex } from './profile-index.ts'
import { findListEntry, isWholeList, parseWholeReading } from './profile-list.ts'

/** What concerns some profiles, as a whole read of the AWS files would give it. */
export interface ExcerptReading {
  readonly documents: AwsDocuments
  readonly warnings: readonly string[]
}

/** Where the list of all profiles lies in a generation's folder. */
export function locateProfileList(folder: string): string {
  return join(folder, 'profiles')
}

/** The list of all profiles of a fresh index; undefined where it is gone, or the machine lost its power before it was written. */
export function readProfileList(context: Context, { folder }: FreshIndex): string | undefined {
  const text = readCacheFile(context, locateProfileList(folder), { needsOwner: true })?.text
  return text !== undefined && isWholeList(text) ? text : undefined
}

/**
 * Reads of the AWS files what concerns the profiles of these names. Undefined where all has to be read: one is not in the list of a
 * fresh index, too much concerns it, plugins know profiles, or a file is another one now.
 */
export function readExcerpt(
  context: Context,
  index: FreshIndex,
  names: readonly string[],
): ExcerptReading | undefined {
  const list = readProfileList(context, index)
  if (list === undefined) return undefined
  const excerpts = names.map((name) => findListEntry(list, name)?.excerpt)
  const { warnings, rejections, isPartial, base } = parseWholeReading(list)
  const [configSource, credentialsSource] = index.header.sources
  const read = (kind: FileKind, source: IndexSource | undefined) => {
    const pieces = joinPieces([...base[kind], ...excerpts.flatMap((excerpt) => excerpt?.[kind] ?? [])])
    return source && readDocument(context, kind, source, pieces, rejections)
  }
  if (isPartial || excerpts.includes(undefined)) return undefined
  const config = read('config', configSource)
  const credentials = read('credentials', credentialsSource)
  return config && credentials && { documents: [config, credentials], warnings }
}

function readDocument(
  { files }: Context,
  kind: FileKind,
  { path, file }: IndexSource,
  pieces: readonly Piece[],
  rejections: AwsConfig['rejections'],
): ConfigDocument | undefined {
  let text = ''
  if (file) {
    const { bytes, stat } = files.readPieces(path, pieces)
    const isSame =
      stat.inode === file.inode &&
      stat.ctimeNs === file.ctimeNs &&
      stat.mtimeNs === file.mtimeNs &&
      stat.size === file.size
    if (!isSame) return undefined
    text = decodeText(bytes)
  }
  const ofFile = Object.entries(rejections).filter(([, problem]) => problem.file === kind)
  return { ...parseDocument(text, kind), rejections: Object.fromEntries(ofFile) }
}
