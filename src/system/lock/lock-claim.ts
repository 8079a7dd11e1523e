import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { Context, Files } from '../../context.ts'
import { parseJsonObject, stringIn } from '../../text/json-object.ts'
import { describeFailure } from '../files/atomic-write.ts'
import { readText } from '../files/read-text.ts'
import { type Presence, showPresence } from './presence.ts'

/**
 * A lock is a folder. It is free when it is absent or empty. A claim is made beside it, complete, and renamed onto
 * it, which the system does for one process only. Every claim has an id and its files are named after it, so that
 * whoever clears away a dead claim cannot hit the one that has taken its place.
 */

/** Who holds a lock and what for. */
export interface LockOwner {
  readonly pid: number
  /** In a few words, such as `login to my-sso`. */
  readonly task: string
}

/** The claim that a lock's folder holds. */
export interface Holder {
  readonly id: string
  readonly owner: LockOwner
  /** Where the presence of its process shows. */
  readonly address: string
  readonly entries: readonly string[]
}

/** A claim of this process, not yet or no longer in the lock's folder. */
export interface Claim {
  readonly folder: string
  readonly presence: Presence
  /** Takes away its files, wherever they are by now. */
  readonly clearAway: () => void
}

type World = Pick<Context, 'cleanups' | 'files' | 'platform'>

/** The claim in the folder of a lock, whether its process lives or not; undefined when the lock is free. */
export function readHolder(files: Files, path: string): Holder | undefined {
  const names = listFolder(files, path)
  if (names[0] === undefined) return undefined
  const id = idOf(names[0])
  const note = parseJsonObject(readText(files, join(path, `${id}.json`)))
  const entries = names.filter((name) => idOf(name) === id)
  // A crash may have emptied the note.
  const usual = entries.includes(`${id}.sock`) ? join(path, `${id}.sock`) : farAddress(id)
  return {
    id,
    owner: { pid: Number(note['pid'] ?? 0), task: stringIn(note, 'task') ?? '' },
    address: stringIn(note, 'address') ?? usual,
    entries,
  }
}

function listFolder(files: Files, path: string): string[] {
  try {
    return files.list(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw describeFailure(path, error)
  }
}

/** Clears away the claim of a process that is no more. Any number of processes may do so at any time. */
export function removeHolder(files: Files, path: string, { id, entries, address }: Holder): void {
  // Before the note that tells where it is: a process that is killed in between has others go on.
  if (basename(address) === socketName(id)) removeQuietly(files, address)
  try {
    for (const name of entries) files.remove(join(path, name))
  } catch (error) {
    throw describeFailure(path, error)
  }
}

/** Makes a claim beside the folder of a lock. Throws AssumeError `unwritable-file`. */
export async function makeClaim(
  { cleanups, files, platform }: World,
  path: string,
  owner: LockOwner,
): Promise<Claim> {
  const id = randomBytes(6).toString('hex')
  const folder = `${path}.${id}`
  const inside = join(folder, `${id}.sock`)
  // A home with a long path or on a drive without sockets has them in the folder for temporary files.
  const addresses = platform === 'win32' ? [`\\\\.\\pipe\\${socketName(id)}`] : [inside, farAddress(id)]
  const clearAway = () => {
    clearClaim(files, path, id)
    if (platform !== 'win32') removeQuietly(files, farAddress(id))
  }
  let presence: Presence | undefined
  cleanups.add(clearAway)
  try {
    files.makeDirectory(folder, 0o700)
    presence = await showPresence(addresses)
    const address = presence.address === inside ? undefined : presence.address
    files.append(join(folder, `${id}.json`), Buffer.from(JSON.stringify({ ...owner, address })))
    return { folder, presence, clearAway }
  } catch (error) {
    presence?.end()
    clearAway()
    cleanups.delete(clearAway)
    throw describeFailure(dirname(path), error)
  }
}

/** Takes a lock if it is free. Throws AssumeError `unwritable-file`. */
export function enterClaim({ files, platform }: World, path: string, claim: Claim): boolean {
  try {
    // Windows renames onto nothing only.
    if (files.stat(path)) files.removeEmptyDirectory(path)
    files.rename(claim.folder, path)
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOENT') return false
    if (platform === 'win32' && (code === 'EPERM' || code === 'EBUSY')) return false
    throw describeFailure(dirname(path), error)
  }
  removeStrayClaims(files, path)
  return true
}

/** Gives up a claim, in the lock's folder or beside it. What cannot be removed is that of a process that is no more. */
export function leaveClaim({ cleanups }: World, { presence, clearAway }: Claim): void {
  clearAway()
  cleanups.delete(clearAway)
  presence.end()
}

function clearClaim(files: Files, path: string, id: string): void {
  removeQuietly(files, `${path}.${id}`)
  removeQuietly(files, join(path, `${id}.json`))
  removeQuietly(files, join(path, `${id}.sock`))
  try {
    files.removeEmptyDirectory(path)
  } catch {
    // Another process has the lock already, or there was none.
  }
}

/** A claim waits a moment only beside its lock; one that is older than this was left by a killed process. */
const strayAgeNs = 60_000_000_000n

function removeStrayClaims(files: Files, path: string): void {
  const parent = dirname(path)
  const now = files.stat(path)?.mtimeNs ?? 0n
  for (const name of files.list(parent).filter((name) => name.startsWith(`${basename(path)}.`))) {
    const stray = join(parent, name)
    if (now - (files.stat(stray)?.mtimeNs ?? now) <= strayAgeNs) continue
    removeSocket(files, stray, name.slice(basename(path).length + 1))
    removeQuietly(files, stray)
  }
}

/** The socket of a claim that is not in the claim's folder. Its process may have ended before there was a note of it. */
function removeSocket(files: Files, folder: string, id: string): void {
  try {
    const address = readHolder(files, folder)?.address ?? farAddress(id)
    if (basename(address) === socketName(id)) files.remove(address)
  } catch {
    // It is in nobody's way.
  }
}

function removeQuietly(files: Files, path: string): void {
  try {
    files.remove(path)
  } catch {
    // It is in nobody's way.
  }
}

const idOf = (entry: string) => entry.replace(/\.\w*$/, '')
const socketName = (id: string) => `assume-${id}.sock`
const farAddress = (id: string) => join(tmpdir(), socketName(id))

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code
}
