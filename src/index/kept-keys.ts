import { basename, dirname, join } from 'node:path'
import type { Credentials } from '../aws/credentials.ts'
import type { Context } from '../context.ts'
import { parseRoleEntry } from '../credentials/role-file-text.ts'
import { writeAtomically } from '../system/files/atomic-write.ts'
import { readCacheFile } from '../system/files/cache-file.ts'
import { nameFile } from '../system/files/file-name.ts'
import { findObjection } from '../system/files/ownership.ts'
import type { Paths } from '../system/paths.ts'
import { isPrintable } from '../text/redact.ts'
import { encodeText } from '../text/utf-8.ts'
import { formatKeyNote, parseKeyNote, type RoleFolder } from './key-note.ts'
import { type FreshIndex, locateNotes } from './profile-index.ts'

/**
 * The credentials of a profile where they were kept last time, if they are good for a while, and if no file that could
 * say otherwise has changed since: the place is noted beside the fresh index, and counts as long as that. Else undefined.
 */
export function readKeptKeys(
  context: Context,
  paths: Paths,
  index: FreshIndex,
  name: string,
): Credentials | undefined {
  const place = locateNote(paths, name)
  if (place === undefined) return undefined
  const text = readCacheFile(context, place, { needsOwner: true })?.text
  const note = text === undefined ? undefined : parseKeyNote(text, name, guardBy(paths, index))
  if (!note) return undefined
  const path = join(foldersIn(paths)[note.folder], note.file)
  return parseRoleEntry(readCacheFile(context, path)?.text, context.now())
}

interface KeptPlace {
  readonly name: string
  /** Of the file in the role cache. */
  readonly path: string
  /** Whether `bin/assume` has to leave it to the core. */
  readonly isForCore: boolean
}

/**
 * Notes in which cache file the credentials of a profile are kept, for as long as `index` is fresh: for the core, and for
 * `bin/assume`, which looks at owners but at no modes. The index has to have been fresh before the files were read that say
 * so. What cannot be noted is no failure, and what somebody else could change is not noted.
 */
export function noteKeptKeys(
  context: Context,
  paths: Paths,
  index: FreshIndex,
  { name, path, isForCore }: KeptPlace,
): void {
  const place = locateNote(paths, name)
  const [folder] = Object.entries(foldersIn(paths)).find(([, each]) => each === dirname(path)) ?? []
  if (place === undefined || folder === undefined || !context.files.stat(index.folder)) return
  const note = { name, folder: folder as RoleFolder, file: basename(path), isForCore }
  const text = formatKeyNote(note, guardBy(paths, index))
  if (text === undefined || findObjection(context, path) || findObjection(context, dirname(place))) return
  try {
    writeAtomically(context.files, place, encodeText(text), { isCache: true })
  } catch {
    // The next one looks into the files again.
  }
}

/** The folders in which roles are kept. */
function foldersIn({ cliCache, roles }: Paths): Readonly<Record<RoleFolder, string>> {
  return { cli: cliCache, roles }
}

function guardBy({ variables }: Paths, { header }: FreshIndex) {
  return { variables, generation: header.generation, sources: header.sources }
}

function locateNote(paths: Paths, name: string): string | undefined {
  return isPrintable(name) ? join(locateNotes(paths), `of-${nameFile(name)}`) : undefined
}
