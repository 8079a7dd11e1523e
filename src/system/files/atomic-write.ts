import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import type { FileStat, Files, Owner } from '../../context.ts'
import { AssumeError } from '../../errors.ts'
import { printable } from '../../text/redact.ts'
import type { QuoteWord } from '../../text/words.ts'

export interface WriteOptions {
  /** Of a new file; 0600 unless told. */
  readonly mode?: number
  /** Of a new file that is made from another: it belongs to nobody else than that one. */
  readonly owner?: Owner
  /** Gives `mode` to an existing file too, for secrets that another tool has left open to others. */
  readonly forceMode?: boolean
  /**
   * Whether the file is one of a cache, which is made anew whatever is there: a link is replaced and not followed, and
   * what was there leaves neither its mode nor its owner.
   */
  readonly isCache?: boolean
  /** The modification time that the file appears with, in nanoseconds since the epoch; absent: that of the write. */
  readonly mtimeNs?: bigint
  /** Asked directly before the file is replaced; false leaves all as it is. */
  readonly mayReplace?: () => boolean
}

/** The ending keeps it out of the globs of the folders we write to: *.fish, *.json. */
const temporaryName = /^\.assume-[0-9a-f]{16}\.tmp$/

/** No write takes as long as this; a temporary file this much older than the next one was left by a killed process. */
const leftoverAgeNs = 600_000_000_000n

/**
 * Writes a file whole or not at all: beside it, flushed, then renamed. A link stays and what it leads to is
 * replaced; an existing file keeps its owner and group, or is not written, and its mode unless told otherwise; missing
 * folders are made 0700. What killed writers have left in the folder is cleared away. Returns whether it was written, which
 * `mayReplace` alone prevents. Throws AssumeError `unwritable-file`.
 */
export function writeAtomically(
  files: Files,
  path: string,
  bytes: Uint8Array,
  { mode = 0o600, owner, forceMode = false, isCache = false, mtimeNs, mayReplace }: WriteOptions = {},
): boolean {
  try {
    const existing = isCache ? undefined : files.stat(path)
    if (!existing) prepareFolder(files, path)
    if (!existing && !isCache) refuseLink(files, path, 'file')
    const target = existing ? findReplaceable(files, path, existing) : path
    const isWritten = replace(files, target, bytes, {
      mode: forceMode ? mode : (existing?.mode ?? mode),
      owner: existing ?? owner,
      mtimeNs,
      mayReplace,
    })
    removeLeftovers(files, target)
    return isWritten
  } catch (cause) {
    throw describeFailure(path, cause)
  }
}

/**
 * Throws what `writeAtomically` of so many bytes to a file of a cache would throw now, AssumeError `unwritable-file`, and
 * leaves nothing behind: the folders that are missing stay so.
 */
export function checkWritable(files: Files, path: string, size: number): void {
  try {
    const temporary = nameTemporary(findFolder(files, dirname(path)))
    try {
      files.create(temporary, new Uint8Array(size), 0o600)
    } finally {
      files.remove(temporary)
    }
  } catch (cause) {
    throw describeFailure(path, cause)
  }
}

/**
 * The file that a write to an existing path replaces, behind all links. Throws the errno error EFTYPE for a pipe, a socket
 * or a device: something else than a file is expected there; EPERM where root must not follow a link.
 */
export function findReplaceable(files: Files, path: string, { kind }: Pick<FileStat, 'kind'>): string {
  if (kind !== 'file' && kind !== 'directory') throw Object.assign(new Error('no file'), { code: 'EFTYPE' })
  return files.follow(path)
}

function prepareFolder(files: Files, path: string): void {
  const folder = dirname(path)
  if (findFolder(files, folder) !== folder) files.makeDirectory(folder, 0o700)
}

/** The nearest folder that exists, from `folder` upwards. */
function findFolder(files: Files, folder: string): string {
  if (files.stat(folder)) return folder
  const above = findFolder(files, dirname(folder))
  refuseLink(files, folder, 'folder')
  return above
}

/** Links that lead nowhere count as nothing but are in the way. */
function refuseLink(files: Files, path: string, kind: string): void {
  if (files.statEntry(path)?.linkTarget === undefined) return
  throw new AssumeError('unwritable-file', `${printable(path)} is a link to a ${kind} that does not exist`, {
    hint: (quote) => `ls -l ${quote(path)}`,
  })
}

/** The name of a new file in a folder, which is cleared away should it be left there. */
export function nameTemporary(folder: string): string {
  return join(folder, `.assume-${randomBytes(8).toString('hex')}.tmp`)
}

interface Replacing {
  readonly mode: number
  readonly owner: Owner | undefined
  readonly mtimeNs: bigint | undefined
  readonly mayReplace: (() => boolean) | undefined
}

function replace(
  files: Files,
  target: string,
  bytes: Uint8Array,
  { mode, owner, mtimeNs, mayReplace }: Replacing,
): boolean {
  const temporary = nameTemporary(dirname(target))
  try {
    files.create(temporary, bytes, mode, owner)
    if (mtimeNs !== undefined) files.touch(temporary, mtimeNs)
    const isWanted = mayReplace?.() ?? true
    if (isWanted) files.rename(temporary, target)
    else files.remove(temporary)
    return isWanted
  } catch (error) {
    files.remove(temporary)
    throw error
  }
}

/** Their age is measured against the file just written: on a network drive the clocks may differ. */
function removeLeftovers(files: Files, target: string): void {
  const folder = dirname(target)
  try {
    const now = files.stat(target)?.mtimeNs ?? 0n
    for (const name of files.list(folder).filter((name) => temporaryName.test(name))) {
      const time = files.stat(join(folder, name))?.mtimeNs ?? now
      if (now - time > leftoverAgeNs) files.remove(join(folder, name))
    }
  } catch {
    // What was to be written is written.
  }
}

/** What to type, with the place that it is about. */
type Look = readonly [command: string, place?: string]

/** `at` is where the system call failed: beside the file, or further up where its folder was to be made. */
const reasons: Readonly<Record<string, readonly [reason: string, look: (path: string, at: string) => Look]>> =
  {
    EACCES: ['permission denied', (_path, at) => ['ls -ld', dirname(at)]],
    EPERM: ['the system does not permit it', (_path, at) => ['ls -ld', dirname(at)]],
    EROFS: ['its file system is read-only', (_path, at) => ['df', dirname(at)]],
    ENOSPC: ['the disk is full', (_path, at) => ['df', dirname(at)]],
    EDQUOT: ['the disk quota is used up', () => ['quota']],
    EBUSY: ['it is a mount point, which cannot be replaced', () => ['mount']],
    EISDIR: ['it is a directory', (path) => ['ls -ld', path]],
    EFTYPE: ['it is no file, but a pipe, a socket or a device', (path) => ['ls -l', path]],
    EEXIST: ['a part of its path is no directory', (_path, at) => ['ls -ld', at]],
    ENOTDIR: ['a part of its path is no directory', (_path, at) => ['ls -ld', at]],
    ENOTEMPTY: ['something is put into it all the time', (path) => ['ls -l', path]],
  }

/** The AssumeError for a file at `path` that could not be written or removed; what is no system error stays. */
export function describeFailure(path: string, cause: unknown, verb = 'write'): unknown {
  if (!(cause instanceof Error) || !('code' in cause) || cause instanceof AssumeError) return cause
  const { code = '', path: at = path, syscall } = cause as NodeJS.ErrnoException
  if (syscall === 'fchown') {
    const message = `cannot ${verb} ${printable(path)}: it would not keep its owner and group, which are not yours`
    return new AssumeError('unwritable-file', message, { hint: (quote) => `ls -l ${quote(path)}`, cause })
  }
  const [reason, look] = reasons[code] ?? [code]
  return new AssumeError('unwritable-file', `cannot ${verb} ${printable(path)}: ${reason}`, {
    ...(look && { hint: (quote) => formatLook(look(path, at), quote) }),
    cause,
  })
}

function formatLook([command, place]: Look, quote: QuoteWord): string {
  return place === undefined ? command : `${command} ${quote(place)}`
}
