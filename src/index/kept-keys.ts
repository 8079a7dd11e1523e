import { dirname, join } from 'node:path'
import type { Credentials } from '../aws/credentials.ts'
import type { Context } from '../context.ts'
import { readRoleEntry } from '../credentials/role-cache.ts'
import { writeAtomically } from '../system/files/atomic-write.ts'
import { readCacheFile } from '../system/files/cache-file.ts'
import { nameFile } from '../system/files/file-name.ts'
import { findObjection } from '../system/files/ownership.ts'
import type { Paths } from '../system/paths.ts'
import { isPrintable } from '../text/redact.ts'
import { encodeText } from '../text/utf-8.ts'
import { type FreshIndex, findFreshIndex, type OpenIndex } from './profile-index.ts'

/**
 * The credentials of a profile where they were kept last time, if they are good for a while, and if no file that could
 * say otherwise has changed since: the place is noted beside the profile index, and goes with it. Else undefined.
 */
export function readKeptKeys(
  context: Context,
  paths: Paths,
  opened: OpenIndex,
  name: string,
): Credentials | undefined {
  const index = findFreshIndex(context, paths, opened)
  const note = index && locateNote(index, name)
  if (note === undefined) return undefined
  const text = readCacheFile(context, note, { needsOwner: true })?.text
  const path = text?.startsWith(`${name}\n`) ? text.slice(name.length + 1) : undefined
  return path !== undefined && isOfCache(paths, path)
    ? readRoleEntry(context, path, context.now())
    : undefined
}

/**
 * Notes that the credentials of a profile are kept in the cache file at `path`, for as long as `index` is fresh. It has to
 * have been so before the files were read that say so. What cannot be noted is no failure, and what somebody else could
 * change is not noted.
 */
export function noteKeptKeys(context: Context, index: FreshIndex, name: string, path: string): void {
  const { files } = context
  const note = locateNote(index, name)
  if (note === undefined || !files.stat(index.folder) || findObjection(context, path)) return
  try {
    writeAtomically(files, note, encodeText(`${name}\n${path}`), { isCache: true })
  } catch {
    // The next one looks into the files again.
  }
}

/** The folders in which roles are kept. */
function isOfCache({ cliCache, roles }: Paths, path: string): boolean {
  return [cliCache, roles].includes(dirname(path))
}

function locateNote({ folder }: FreshIndex, name: string): string | undefined {
  return isPrintable(name) ? join(folder, `keys-${nameFile(name)}`) : undefined
}
