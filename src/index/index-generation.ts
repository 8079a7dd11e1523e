import { randomBytes } from 'node:crypto'
import { basename, join } from 'node:path'
import { tokenFileName } from '../aws/cache-file-name.ts'
import type { Context, Files } from '../context.ts'
import { locateLoginToken } from '../credentials/from/login-cache.ts'
import type { Profile } from '../profiles/profile.ts'
import { writeAtomically } from '../system/files/atomic-write.ts'
import { findObjection } from '../system/files/ownership.ts'
import type { Paths } from '../system/paths.ts'
import { findHindrances, type SourceSnapshot, stampSources } from '../system/source-stamps.ts'
import { isPrintable } from '../text/redact.ts'
import { encodeText } from '../text/utf-8.ts'
import { locateExcerpts } from './excerpt-file.ts'
import { locateExpiries } from './expiry-file.ts'
import { writeExpiries } from './expiry-update.ts'
import { formatIndex, formatSessionNames, identifyIndex } from './format.ts'
import {
  aheadMark,
  type FreshIndex,
  generationPrefix,
  locateGeneration,
  locateIndex,
  locateNotes,
} from './profile-index.ts'
import { locateProfileList } from './profile-list-file.ts'
import {
  chooseBucket,
  countBuckets,
  formatBucket,
  listBuckets,
  type RowSession,
  type RowText,
} from './row.ts'
import { bucketPath } from './row-buckets.ts'

/** What a new index says. */
export interface IndexContent {
  readonly profiles: readonly Profile[]
  /** The names of the sso-sessions, for TAB. */
  readonly sessions: readonly string[]
  readonly rows: readonly RowText[]
  /** What `formatProfileList` says of them. */
  readonly list: string
  /** What `formatExcerpts` says of them. */
  readonly excerpts: string
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
  { profiles, sessions, rows, list, excerpts, isGuarded, isPlannedAhead = false }: IndexContent,
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
      stampSources(files, folder, sources)
      writeRows(context, paths, { folder, bucketCount: header.bucketCount, rows })
      files.createUnflushed(join(folder, sessionNames), encodeText(formatSessionNames(sessions)), 0o600)
      files.createUnflushed(locateProfileList(folder), Buffer.from(list), 0o600)
      files.createUnflushed(locateExcerpts(folder), Buffer.from(excerpts), 0o600)
      if (isPlannedAhead) files.createUnflushed(join(folder, aheadMark), new Uint8Array(), 0o600)
    }
    writeAtomically(files, locateIndex(paths), encodeText(text), { isCache: true })
    removeOthers(files, paths, folder)
  } catch {
    // Every core will work without it, and try again.
    removeQuietly(files, folder)
  }
}

/** Whether a generation's folder has all that belongs to every index. What guards the sources, `findFreshIndex` has seen. */
export function isWhole({ files }: Context, { header, folder }: FreshIndex): boolean {
  const buckets = listBuckets(header.bucketCount).map((bucket) => bucketPath(folder, bucket))
  const others = [locateExpiries, locateProfileList, locateExcerpts].map((locate) => locate(folder))
  try {
    const names = new Set(files.list(folder))
    return [...buckets, ...others, sessionNames].every((path) => names.has(basename(path)))
  } catch {
    // Another core has just removed it.
    return false
  }
}

/** Writes the rows into the buckets of a generation's folder, and the list of their sessions. Throws errno errors. */
function writeRows(
  context: Context,
  paths: Paths,
  { folder, bucketCount, rows }: { folder: string; bucketCount: number; rows: readonly RowText[] },
): void {
  const numbers = new Map<string, number>()
  const tokenPaths: string[] = []
  const numberSession = (session: RowSession | undefined) => {
    if (!session) return 0
    // Its file has a name that takes some time to work out.
    const key = JSON.stringify('startUrl' in session ? [session.name ?? null, session.startUrl] : session)
    const known = numbers.get(key)
    if (known !== undefined) return known
    const path = locateSession(paths, session)
    const number = 1 + tokenPaths.indexOf(path)
    // What would not survive a line of text is no file, so that the core is asked.
    numbers.set(key, number || tokenPaths.push(isPrintable(path) ? path : ''))
    return numbers.get(key) ?? 0
  }
  const members = groupByBucket(rows, bucketCount)
  // One without a row as well: what is not there is known to have been lost.
  for (const bucket of listBuckets(bucketCount)) {
    const bytes = Buffer.from(formatBucket(members.get(bucket) ?? [], numberSession))
    context.files.createUnflushed(bucketPath(folder, bucket), bytes, 0o600)
  }
  writeExpiries(context, folder, tokenPaths)
}

function locateSession(paths: Paths, session: RowSession): string {
  if ('roleFile' in session) return join(paths.roles, session.roleFile)
  return 'loginSession' in session
    ? locateLoginToken(paths.loginCache, session.loginSession)
    : join(paths.ssoCache, tokenFileName(session))
}

function groupByBucket(rows: readonly RowText[], bucketCount: number): Map<string, RowText[]> {
  const buckets = new Map<string, RowText[]>()
  for (const row of rows) {
    const bucket = chooseBucket(row.name, bucketCount)
    const members = buckets.get(bucket)
    if (members) members.push(row)
    else buckets.set(bucket, [row])
  }
  return buckets
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

/** A file in a generation's folder with the names of the sso-sessions, one a line. */
const sessionNames = 'session-names'

/** What an earlier version has called such a folder. */
const formerPrefix = 'stamps-'

/**
 * Removes what other cores, and those of earlier versions, have left. A generation goes at once, by its name: a shell
 * that is reading it must not find the half of its stamps.
 */
function removeOthers(files: Files, paths: Paths, kept: string | undefined): void {
  removeQuietly(files, locateNotes(paths))
  for (const name of files.list(paths.cache)) {
    const path = join(paths.cache, name)
    const isGeneration = name.startsWith(generationPrefix) || name.startsWith(formerPrefix)
    if (!isGeneration || path === kept) continue
    files.rename(path, `${path}-old`)
    files.remove(`${path}-old`)
  }
}
