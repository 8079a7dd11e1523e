import { join } from 'node:path'
import type { Credentials, RoleSession } from '../aws/credentials.ts'
import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { writeAtomically } from '../system/files/atomic-write.ts'
import { type CacheWorld, readCacheFile } from '../system/files/cache-file.ts'
import { type LockWorld, locateRoleLock, withLock } from '../system/lock/lock.ts'
import type { Paths } from '../system/paths.ts'
import type { RoleFile } from './role-file.ts'
import { formatRoleEntry, parseRoleEntry } from './role-file-text.ts'

type World = CacheWorld & LockWorld & Pick<Context, 'now' | 'trace'>

interface Options {
  /** What is fetched, as in "the credentials of my-profile". */
  readonly task: string
  /** Whether what is kept is not good enough. */
  readonly refresh: boolean
  /** How long what is kept has to be good for, in milliseconds; absent: a quarter of an hour. */
  readonly leastLeft?: number
}

/**
 * The credentials that are kept, if they are good for long enough, else those that `fetch` gets, kept for the next
 * one. Of several processes that want the same one fetches, and the others take what it has got. What cannot be kept
 * is handed out all the same, with a warning. Throws what `fetch` throws, and the reason when a wait is interrupted.
 */
export async function keepRole(
  world: World,
  paths: Paths,
  file: RoleFile,
  { task, refresh, leastLeft }: Options,
  fetch: () => Promise<RoleSession>,
): Promise<Credentials> {
  const { now, trace } = world
  const path = locateRoleEntry(paths, file)
  const read = () => (refresh ? undefined : readRoleEntry(world, path, now(), leastLeft))
  const kept = read()
  trace(`${task}: ${kept ? 'kept' : 'not kept, or not for long enough,'} in ${path}`)
  if (kept) return kept
  return lockRole(world, locateRoleLock(paths.locks, file.name), task, async () => {
    const fresh = read()
    if (fresh) return fresh
    const session = await fetch()
    writeRoleEntry(world, path, session)
    return session.credentials
  })
}

/** The path of a role's file: in the AWS CLI's folder, or in ours. */
export function locateRoleEntry(paths: Paths, { name, isShared }: RoleFile): string {
  return join(isShared ? paths.cliCache : paths.roles, name)
}

/**
 * The credentials in a cache file that at `now`, in milliseconds since the epoch, have `leastLeft` to go, a quarter of an
 * hour unless told; undefined when there are none, or the file is broken, cannot be read or is not to be believed.
 */
export function readRoleEntry(
  world: CacheWorld,
  path: string,
  now: number,
  leastLeft?: number,
): Credentials | undefined {
  return parseRoleEntry(readCacheFile(world, path)?.text, now, leastLeft)
}

function writeRoleEntry({ files, notify }: World, path: string, session: RoleSession): void {
  try {
    const bytes = Buffer.from(formatRoleEntry(session))
    writeAtomically(files, path, bytes, { isCache: true })
  } catch (error) {
    if (!(error instanceof AssumeError)) throw error
    notify(`warning: ${error.message}; the next command has to fetch the credentials again`)
  }
}

/** What there is no lock with. */
const lockless: ReadonlySet<string> = new Set(['unwritable-file', 'unsafe-file'])

/** Where there can be no lock, several may fetch at once, which costs them requests and nothing else. */
async function lockRole<Result>(
  world: World,
  path: string,
  task: string,
  body: () => Promise<Result>,
): Promise<Result> {
  let isEntered = false
  const enter = () => {
    isEntered = true
    return body()
  }
  try {
    return await withLock(world, path, task, enter)
  } catch (error) {
    if (isEntered || !(error instanceof AssumeError) || !lockless.has(error.code)) throw error
    world.trace(`no lock: ${error.message}`)
    return body()
  }
}
