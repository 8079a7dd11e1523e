import { dirname, join } from 'node:path'
import { tokenFileName } from '../aws/cache-file-name.ts'
import type { Context, FileStat, User } from '../context.ts'
import { lookUpSessionOf } from '../credentials/session-lookup.ts'
import { describeRoot } from '../credentials/session-root.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { listSessions } from '../profiles/session-list.ts'
import { lookUpSession, readToken } from '../sso/token-cache.ts'
import type { Onlooker } from '../system/files/objection.ts'
import { findObjection, findOnlookerOf } from '../system/files/ownership.ts'
import { type Paths, shortenPath } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import type { Hint } from '../text/words.ts'
import type { Facts, FileFault, KeySessionFacts, SessionFacts, ShellFacts } from './facts.ts'
import { findChangeable } from './find-changeable.ts'

interface Surroundings {
  readonly profiles: Profiles | undefined
  readonly shells: readonly ShellFacts[]
}

/**
 * What somebody else can change or read that is to be the user's alone, and the folders that are closed to the user. A group
 * is somebody else unless nobody but the user is in it. Nothing on Windows.
 */
export function findFileFaults(context: Context, paths: Paths, surroundings: Surroundings): FileFault[] {
  const { user } = context
  if (!user) return []
  return [
    ...findChangeable(context, paths, surroundings.shells, user),
    ...findReadable(context, paths, surroundings),
    ...findClosed(context, paths, surroundings, user),
  ]
}

/** Files with secrets, by what a command has to name. */
function findReadable(context: Context, paths: Paths, { profiles }: Surroundings): FileFault[] {
  const holdsKeys = profiles?.documents[0].sections.some(({ properties }) =>
    properties.some(({ key }) => key === 'aws_secret_access_key'),
  )
  const single = [paths.awsCredentials, ...(holdsKeys ? [paths.awsConfig] : [])]
  const folders = [paths.ssoCache, paths.loginCache, paths.cliCache, paths.roles, paths.registrations]
  const describe = (path: string, reader: Onlooker, command: Hint): FileFault => ({
    fault: 'readable',
    seen: `${reader} can read ${printable(shortenPath(path, paths))}`,
    command,
  })
  return [
    ...single.flatMap((path) => {
      const reader = findOnlookerOf(context, path)
      return reader ? describe(path, reader, (quote) => `chmod go-rwx ${quote(path)}`) : []
    }),
    ...folders.flatMap((folder) => {
      const readers = listFiles(context, folder).flatMap((path) => findOnlookerOf(context, path) ?? [])
      const reader = readers.find((each) => each === 'others') ?? readers[0]
      return reader ? describe(folder, reader, (quote) => `chmod -R go-rwx ${quote(folder)}`) : []
    }),
  ]
}

/**
 * Folders that root has made, in a call by sudo, or that are read-only, and those in which one that is not there would be made.
 * Modes do not keep root from writing.
 */
function findClosed(context: Context, paths: Paths, { profiles }: Surroundings, { id }: User): FileFault[] {
  const { files } = context
  const caches = [paths.cliCache, paths.cache, paths.roles, paths.registrations, dirname(paths.history)]
  const needsTokens = files.stat(paths.ssoCache) || (profiles && listSessions(profiles.config).length > 0)
  const found = new Map<string, FileFault>()
  for (const wanted of [...(needsTokens ? [paths.ssoCache] : []), ...caches]) {
    const path = findPresent(files, wanted)
    const stat = files.stat(path)
    if (!stat?.isDirectory) continue
    const fault = wanted === paths.ssoCache ? 'closed tokens' : 'closed cache'
    const shown = printable(shortenPath(path, paths))
    if (files.isReadOnly(path)) {
      const disk = `disk ${stat.device}`
      if (!found.has(disk)) found.set(disk, { fault, seen: `the file system of ${shown} is read-only` })
    } else if (id !== 0 && !found.has(path) && !isOpenTo(id, stat) && !findObjection(context, path)) {
      const command =
        path === wanted || isBelow(path, paths.home) ? formatOpening(path, stat, id, paths) : undefined
      found.set(path, { fault, seen: `you cannot write to ${shown}`, command })
    }
  }
  return [...found.values()]
}

/** The folder, or the nearest one above it that is there. */
function findPresent(files: Context['files'], path: string): string {
  return files.stat(path) || dirname(path) === path ? path : findPresent(files, dirname(path))
}

function isBelow(path: string, home: string): boolean {
  return path === home || path.startsWith(`${home}/`)
}

/** What is in a home folder need not be the user's alone. */
function formatOpening(path: string, { userId }: FileStat, id: number, { home }: Paths): Hint {
  return (quote) => {
    if (userId === id) return `chmod u+rwx ${quote(path)}`
    return `sudo chown ${path === home ? '' : '-R '}${id} ${quote(path)}`
  }
}

/** In which groups the user is cannot be told. */
function isOpenTo(userId: number, { userId: ownerId, mode }: FileStat): boolean {
  return (mode & (userId === ownerId ? 0o200 : 0o022)) !== 0
}

function listFiles(context: Context, folder: string): string[] {
  if (!context.files.stat(folder)?.isDirectory) return []
  return context.files
    .list(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(folder, name))
}

/** Less can be a clock that was set a moment ago. In milliseconds. */
const leastAhead = 60_000

/** Files that were written in the future. */
export function findFutureFiles(context: Context, paths: Paths): Facts['futureFiles'] {
  const now = context.now()
  const caches = [paths.ssoCache, paths.cliCache].flatMap((folder) => listFiles(context, folder))
  return [paths.awsConfig, paths.awsCredentials, paths.settings, paths.history, ...caches].flatMap((path) => {
    const time = context.files.stat(path)?.mtimeNs
    const ahead = time === undefined ? 0 : Number(time / 1_000_000n) - now
    return ahead > leastAhead ? [{ path: shortenPath(path, paths), ahead }] : []
  })
}

/** What the caches say of the sessions in front of stored keys that need a passphrase or an MFA code. */
export function lookAtKeySessions(
  context: Context,
  paths: Paths,
  described: readonly Profile[],
): KeySessionFacts[] {
  return described.flatMap((profile) => {
    const isAsked = profile.keyStore === 'file' || profile.mfaSerial !== undefined
    const root = describeRoot(profile)
    if (root.keySession === undefined || !isAsked) return []
    const state = lookUpSessionOf(context, { paths }, root)
    return state ? [{ profileName: profile.name, state }] : []
  })
}

/** What the caches say of every session of the files. */
export function lookAtSessions(context: Context, { config, paths }: Profiles): SessionFacts[] {
  const now = context.now()
  return listSessions(config).map(({ session }) => ({
    session,
    state: lookUpSession(context, paths.ssoCache, session, now),
    hasFile: context.files.stat(join(paths.ssoCache, tokenFileName(session))) !== undefined,
    registrationEnds: readToken(context, paths.ssoCache, session, now)?.registrationExpiresAt,
  }))
}
