import { join } from 'node:path'
import type { Context } from '../context.ts'
import { type ConfigDocument, parseDocument, type Rejections } from '../profiles/config/document.ts'
import type { FileKind } from '../profiles/config/header.ts'
import { joinPieces, joinText } from '../profiles/config/section-pieces.ts'
import type { AwsDocuments } from '../profiles/profiles.ts'
import { readCacheFile } from '../system/files/cache-file.ts'
import { type IndexSource, isUnchanged } from '../system/index-source.ts'
import type { Piece } from '../text/piece.ts'
import { findExcerpt, locateExcerpt, parseExcerptHead } from './excerpt-list.ts'
import type { FreshIndex } from './profile-index.ts'

/** Where the list of excerpts lies in a generation's folder. */
export function locateExcerpts(folder: string): string {
  return join(folder, 'excerpts')
}

/** More than the first line of the list has, mostly. */
const ampleLength = 8192

/**
 * Reads of the AWS files what concerns the profiles of these names, as a whole read would give it. Undefined where all has to
 * be read: a fresh index has no excerpt of one, plugins know profiles, or a file is another one now. Throws what reading
 * throws, and SyntaxError where the list is torn.
 */
export function readExcerpts(
  context: Context,
  { header, folder }: FreshIndex,
  names: readonly string[],
): AwsDocuments | undefined {
  const read = (piece?: Piece) =>
    readCacheFile(context, locateExcerpts(folder), { needsOwner: true, ...(piece && { piece }) })?.text
  const start = read({ start: 0, length: ampleLength }) ?? ''
  const head = parseExcerptHead(start) ?? parseExcerptHead(read() ?? '')
  if (!head) throw new SyntaxError('the list of excerpts is torn')
  if (head.isPartial) return undefined
  const excerpts = names.map((name) => findExcerpt(read(locateExcerpt(head, name)) ?? '', name))
  if (excerpts.includes(undefined)) return undefined
  const [configSource, credentialsSource] = header.sources
  const cut = (kind: FileKind, source: IndexSource | undefined) => {
    const pieces = joinPieces([head.base, ...excerpts].flatMap((excerpt) => excerpt?.[kind] ?? []))
    return source && readDocument(context, kind, source, pieces, head.rejections[kind])
  }
  const config = cut('config', configSource)
  const credentials = cut('credentials', credentialsSource)
  return config && credentials && [config, credentials]
}

function readDocument(
  { files }: Context,
  kind: FileKind,
  source: IndexSource,
  pieces: readonly Piece[],
  rejections: Rejections,
): ConfigDocument | undefined {
  const { path, file } = source
  const found = file && files.readPieces(path, pieces)
  const now = found && { ...found.stat, resolvedPath: file.resolvedPath }
  if (!isUnchanged(source, now ? { path, file: now } : { path })) return undefined
  const read = found?.bytes.map((bytes, at) => ({ start: pieces[at]?.start ?? 0, bytes })) ?? []
  return { ...parseDocument(joinText(read), kind), rejections }
}
