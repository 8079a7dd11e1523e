import { dirname, join, normalize } from 'node:path'
import type { Context, EntryStat, Files } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { readCurrentDirectory } from '../system/current-directory.ts'
import { explainReadFailure } from '../system/files/read-failure.ts'
import { findNamedHome } from '../system/home.ts'
import { type Paths, shortenPath } from '../system/paths.ts'
import { decodeWish, directoryFileNames, mostBytes, type TextFault } from './wish.ts'

/** A file that says the profile of a directory. */
export interface ProfileFile {
  /** The directory that it lies in, as the shell shows it. */
  readonly directory: string
  readonly path: string
  readonly text: string | ProfileFileFault
}

/** Why a file counts for nothing: a code, and a clause on it. */
export interface ProfileFileFault {
  readonly code: TextFault['code'] | 'link' | 'not-own' | 'no-file' | 'unreadable'
  readonly reason: string
}

/**
 * The current directory as the shell shows it: PWD if that is the same directory, else as the system knows it. Throws
 * AssumeError `unreadable-file` where it is gone.
 */
export function findCurrentDirectory({ env, files }: Pick<Context, 'env' | 'files'>): string {
  const current = readCurrentDirectory()
  if (current === undefined) {
    throw new AssumeError('unreadable-file', 'the current directory is gone', { hint: 'cd' })
  }
  const { PWD: shown } = env
  return shown !== undefined && isLogical(shown) && isSameDirectory(files, shown, current) ? shown : current
}

function isLogical(path: string): boolean {
  return path.startsWith('/') && !path.split('/').some((part) => part === '.' || part === '..')
}

function isSameDirectory(files: Files, path: string, other: string): boolean {
  try {
    const [one, two] = [files.stat(path), files.stat(other)]
    return one !== undefined && one.inode === two?.inode && one.device === two.device
  } catch {
    return false
  }
}

/**
 * The file that counts in a directory: the nearest upwards, up to the home folder in it, else up to the root; undefined for
 * none. The nearest entry of the name decides, be it a link that leads nowhere.
 */
export function findDirectoryFile(context: Context, from: string): ProfileFile | undefined {
  const end = findEnd(context, from)
  for (let directory = from; ; directory = dirname(directory)) {
    const path = findFileIn(context.files, directory)
    const text = path === undefined ? undefined : readDirectoryFile(context, path)
    if (path !== undefined && text !== undefined) return { directory, path, text }
    if (directory === end || directory === '/') return undefined
  }
}

/** The last directory that is looked into from a directory upwards. */
export function findEnd({ env, platform }: Pick<Context, 'env' | 'platform'>, from: string): string {
  const home = findNamedHome(env, platform)?.replace(/(?<=.)\/+$/, '')
  return home !== undefined && (from === home || from.startsWith(`${home}/`)) ? home : '/'
}

/** The path of the file of one directory; undefined where there is none. */
export function findFileIn(files: Files, directory: string): string | undefined {
  return directoryFileNames.map((name) => join(directory, name)).find((path) => lookAt(files, path))
}

/** Where the file of a directory is written. */
export function locateFile(directory: string): string {
  return join(directory, directoryFileNames[0])
}

/** What the file at a path says, or why it counts for nothing; undefined where there is none. */
export function readDirectoryFile(
  { files, user }: Pick<Context, 'files' | 'user'>,
  path: string,
): string | ProfileFileFault | undefined {
  const entry = lookAt(files, path)
  if (!entry) return undefined
  if (entry.linkTarget !== undefined) return { code: 'link', reason: 'it is a link' }
  if (entry.kind === 'directory') return { code: 'no-file', reason: 'it is a directory' }
  if (entry.kind !== 'file') return { code: 'no-file', reason: 'it is no file' }
  if (entry.userId !== user?.id) {
    return { code: 'not-own', reason: `it belongs to another user (${entry.userId})` }
  }
  try {
    return decodeWish(files.readEntry(path, { start: 0, length: mostBytes + 1 }).bytes)
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause
    return { code: 'unreadable', reason: `it cannot be read: ${explainReadFailure(cause)}` }
  }
}

/** Where nobody may look nothing is found: so do the shells. */
function lookAt(files: Files, path: string): EntryStat | undefined {
  try {
    return files.statEntry(path)
  } catch {
    return undefined
  }
}

/** A path that was typed, by text alone as the shell shows it: no link is followed. */
export function spellDirectory(current: string, typed: string): string {
  const path = normalize(typed.startsWith('/') ? typed : `${current}/${typed}`)
  return path.replace(/(?<=.)\/+$/, '')
}

/** A directory as a person reads it: with `~` for the home folder. */
export function shortenDirectory(path: string, paths: Paths): string {
  return path === paths.home ? '~' : shortenPath(path, paths)
}
