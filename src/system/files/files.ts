import {
  type BigIntStats,
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import type { EntryStat, FileStat, Files, Owner } from '../../context.ts'
import type { Piece } from '../../text/piece.ts'
import { writeWhole } from '../output.ts'
import { makeErrno } from './errno.ts'
import { isHandedOver, readPipe } from './pipe.ts'
import { isPlanted } from './planted-link.ts'
import { isReadOnly } from './read-only.ts'

/** What pipes held, or why they could not be read: what is read from one is gone. */
const drained = new Map<string, Uint8Array | Error>()

/** The file system of this machine. What is created in a folder of the user `heirId` becomes that user's; absent: nobody's. */
export function createFiles(heirId?: number): Files {
  /** What the user could not read does not get into that user's caches. */
  const checkReadable = (path: string, { uid, mode, dev, ino }: Stats): void => {
    if (heirId === undefined || uid === heirId || (mode & 0o004) !== 0) return
    if (isPlanted(path, { dev, ino }, heirId)) throw makeErrno(path, 'EACCES')
  }
  const findHeir = (path: string): Owner | undefined => {
    if (heirId === undefined) return undefined
    const { uid, gid } = statSync(dirname(path))
    return uid === heirId ? { userId: uid, groupId: gid } : undefined
  }
  return {
    read(path) {
      const known = drained.get(path)
      if (known instanceof Error) throw known
      return known ?? readFile(path, checkReadable)
    },
    async drain(path) {
      if (drained.has(path) || !isHandedOver(path)) return false
      const held = await readPipe(path).catch((error: Error) => error)
      if (held) drained.set(path, held)
      return held !== undefined
    },
    stat(path): FileStat | undefined {
      const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
      return stat && describe(stat)
    },
    statEntry(path): EntryStat | undefined {
      const stat = lstatSync(path, { bigint: true, throwIfNoEntry: false })
      if (!stat) return undefined
      return { ...describe(stat), ...(stat.isSymbolicLink() && { linkTarget: readlinkSync(path) }) }
    },
    readEntry: (path, piece) => readEntry(path, piece, checkReadable),
    readPieces: (path, pieces) => readPieces(path, pieces, checkReadable),
    list: (path) => readdirSync(path),
    resolve: (path) => realpathSync(path),
    follow(path) {
      const { uid, dev, ino } = statSync(path)
      const isOthers = heirId !== undefined && uid !== heirId
      if (isOthers && isPlanted(path, { dev, ino }, heirId)) throw makeErrno(path, 'EPERM')
      return realpathSync(path)
    },
    create(path, bytes, mode, owner) {
      const fd = openSync(path, 'wx', mode)
      try {
        if (owner) give(fd, owner)
        else adopt(fd, findHeir(path))
        // The umask has already taken bits away, and a file that replaces another has to keep its mode.
        setMode(fd, mode)
        writeWhole(fd, bytes)
        fsyncSync(fd)
      } finally {
        closeSync(fd)
      }
    },
    probe(path) {
      const fd = openSync(path, 'wx', 0o600)
      try {
        setMode(fd, 0o600)
        return describe(fstatSync(fd, { bigint: true }))
      } finally {
        closeSync(fd)
        rmSync(path, { force: true })
      }
    },
    createUnflushed(path, bytes, mode) {
      const fd = openSync(path, 'wx', mode)
      try {
        adopt(fd, findHeir(path))
        writeFileSync(fd, bytes)
      } finally {
        closeSync(fd)
      }
    },
    append(path, bytes) {
      const fd = openSync(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | waitless, 0o600)
      try {
        if (fstatSync(fd).size === 0) adopt(fd, findHeir(path))
        writeWhole(fd, bytes)
      } finally {
        closeSync(fd)
      }
    },
    createLink: (path, target) => symlinkSync(target, path),
    rename: (from, to) => renameSync(from, to),
    remove,
    removeEmptyDirectory: (path) => rmdirSync(path),
    makeDirectory: (path, mode) => makeDirectory(path, mode, findHeir),
    setMode: (path, mode) => chmodSync(path, mode),
    isReadOnly,
    touch(path, mtimeNs) {
      // Of a number below 0 Node makes the time of now, of a date not.
      const time = mtimeNs < 0n ? new Date(Math.floor(Number(mtimeNs) / 1e6)) : Number(mtimeNs) / 1e9
      utimesSync(path, time, time)
    },
  }
}

/** The file system of this machine, where nobody is an heir. */
export const nodeFiles: Files = createFiles()

const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_NOCTTY = 0 } = constants

/**
 * To open is not to wait: for the other end of a pipe that would hold up this process, with all signals. Windows has
 * neither flag.
 */
const waitless = O_NONBLOCK | O_NOCTTY

type Check = (path: string, stat: Stats) => void

function readFile(path: string, check: Check): Uint8Array {
  const fd = openSync(path, O_RDONLY | waitless)
  try {
    const stat = fstatSync(fd)
    check(path, stat)
    if (stat.isFile()) return readFileSync(fd)
    if (isNothing(stat)) return new Uint8Array()
    throw makeErrno(path, stat.isDirectory() ? 'EISDIR' : 'EFTYPE')
  } finally {
    closeSync(fd)
  }
}

/** Whether it is /dev/null, by whatever name. */
function isNothing(stat: Stats): boolean {
  return stat.isCharacterDevice() && stat.rdev === statSync('/dev/null', { throwIfNoEntry: false })?.rdev
}

/** Node's own `rmSync` takes a file that may not be removed for a folder, and fails with the wrong reason. */
function remove(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    rmSync(path, { recursive: true, force: true })
    return
  }
  try {
    unlinkSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

function readPieces(
  path: string,
  pieces: readonly Piece[],
  check: Check,
): { bytes: Uint8Array[]; stat: FileStat } {
  const fd = openSync(path, O_RDONLY | waitless)
  try {
    const stat = describe(fstatSync(fd, { bigint: true }))
    if (stat.kind !== 'file') throw makeErrno(path, 'EFTYPE')
    check(path, fstatSync(fd))
    return { stat, bytes: pieces.map((piece) => readPiece(fd, piece)) }
  } finally {
    closeSync(fd)
  }
}

/** Less where the file ends before. */
function readPiece(fd: number, { start, length }: Piece): Uint8Array {
  const bytes = Buffer.alloc(length)
  let filled = 0
  while (filled < length) {
    const count = readSync(fd, bytes, filled, length - filled, start + filled)
    if (count === 0) break
    filled += count
  }
  return bytes.subarray(0, filled)
}

function readEntry(
  path: string,
  piece: Piece | undefined,
  check: Check,
): { bytes: Uint8Array; stat: FileStat } {
  const fd = openSync(path, O_RDONLY | O_NOFOLLOW | waitless)
  try {
    const stat = describe(fstatSync(fd, { bigint: true }))
    if (stat.kind !== 'file') throw makeErrno(path, 'EFTYPE')
    check(path, fstatSync(fd))
    return { stat, bytes: piece ? readPiece(fd, piece) : readFileSync(fd) }
  } finally {
    closeSync(fd)
  }
}

function describe(stat: BigIntStats): FileStat {
  const rest = stat.isSocket() ? 'socket' : 'other'
  return {
    mtimeNs: stat.mtimeNs,
    ctimeNs: stat.ctimeNs,
    inode: stat.ino,
    device: stat.dev,
    size: Number(stat.size),
    mode: Number(stat.mode) & 0o7777,
    isDirectory: stat.isDirectory(),
    kind: stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : stat.isFIFO() ? 'pipe' : rest,
    userId: Number(stat.uid),
    groupId: Number(stat.gid),
  }
}

/** By its descriptor: the owner of the folder could put another file in the place of what has just been created. */
function give(fd: number, { userId, groupId }: Owner): void {
  const { uid, gid } = fstatSync(fd)
  if (uid !== userId || gid !== groupId) fchownSync(fd, userId, groupId)
}

/** What cannot be given away stays ours, and works for us. */
function adopt(fd: number, heir: Owner | undefined): void {
  try {
    if (heir) give(fd, heir)
  } catch (error) {
    if (!isUnsupported(error)) throw error
  }
}

/** File systems without modes refuse to set one, also for a file that is new and ours. */
function setMode(fd: number, mode: number): void {
  try {
    fchmodSync(fd, mode)
  } catch (error) {
    if (!isUnsupported(error)) throw error
  }
}

function isUnsupported(error: unknown): boolean {
  const { code = '' } = error as NodeJS.ErrnoException
  return ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'].includes(code)
}

/** Unlike Node's own recursion it fails with the true reason: that says ENOENT where a file system is read-only. */
function makeDirectory(path: string, mode: number, findHeir: (path: string) => Owner | undefined): void {
  if (isDirectory(path)) return
  if (dirname(path) !== path) makeDirectory(dirname(path), mode, findHeir)
  try {
    mkdirSync(path, mode)
  } catch (error) {
    // Another process may have made it in between.
    if (!isDirectory(path)) throw error
    return
  }
  const heir = findHeir(path)
  if (heir) adoptDirectory(path, heir)
}

function adoptDirectory(path: string, heir: Owner): void {
  const fd = openSync(path, O_RDONLY | O_NOFOLLOW | constants.O_DIRECTORY)
  try {
    adopt(fd, heir)
  } finally {
    closeSync(fd)
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
