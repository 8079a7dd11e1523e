import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import type { FileStat, Files } from '../context.ts'
import { isHandedOver, readPipe } from './pipe.ts'

/** What pipes held, or why they could not be read: what is read from one is gone. */
const drained = new Map<string, Uint8Array | Error>()

/** The file system of this machine. */
export const nodeFiles: Files = {
  read(path) {
    const known = drained.get(path)
    if (known instanceof Error) throw known
    return known ?? readFile(path)
  },
  async drain(path) {
    if (drained.has(path) || !isHandedOver(path)) return
    const held = await readPipe(path).catch((error: Error) => error)
    if (held) drained.set(path, held)
  },
  stat(path): FileStat | undefined {
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
    if (!stat) return undefined
    return {
      mtimeNs: stat.mtimeNs,
      ctimeNs: stat.ctimeNs,
      inode: stat.ino,
      size: Number(stat.size),
      mode: Number(stat.mode) & 0o7777,
      isDirectory: stat.isDirectory(),
      kind: stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : stat.isFIFO() ? 'pipe' : 'other',
      userId: Number(stat.uid),
    }
  },
  list: (path) => readdirSync(path),
  resolve: (path) => realpathSync(path),
  create(path, bytes, mode) {
    const fd = openSync(path, 'wx', mode)
    try {
      // The umask has already taken bits away, and a file that replaces another has to keep its mode.
      fchmodSync(fd, mode)
      writeWhole(fd, bytes)
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
  },
  createUnflushed: (path, bytes, mode) => writeFileSync(path, bytes, { flag: 'wx', mode }),
  append(path, bytes) {
    const fd = openSync(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | waitless, 0o600)
    try {
      writeWhole(fd, bytes)
    } finally {
      closeSync(fd)
    }
  },
  createLink: (path, target) => symlinkSync(target, path),
  rename: (from, to) => renameSync(from, to),
  remove: (path) => rmSync(path, { recursive: true, force: true }),
  removeEmptyDirectory: (path) => rmdirSync(path),
  makeDirectory,
  setMode: (path, mode) => chmodSync(path, mode),
  touch(path, mtimeNs) {
    // Of a number below 0 Node makes the time of now, of a date not.
    const time = mtimeNs < 0n ? new Date(Math.floor(Number(mtimeNs) / 1e6)) : Number(mtimeNs) / 1e9
    utimesSync(path, time, time)
  },
}

/**
 * To open is not to wait: for the other end of a pipe that would hold up this process, with all signals. Windows has
 * neither flag.
 */
const waitless = constants.O_NONBLOCK | constants.O_NOCTTY

function readFile(path: string): Uint8Array {
  const fd = openSync(path, constants.O_RDONLY | waitless)
  try {
    const stat = fstatSync(fd)
    if (stat.isFile()) return readFileSync(fd)
    if (isNothing(stat)) return new Uint8Array()
    throw Object.assign(new Error(`${path} is no file`), {
      code: stat.isDirectory() ? 'EISDIR' : 'EFTYPE',
      path,
    })
  } finally {
    closeSync(fd)
  }
}

/** Whether it is /dev/null, by whatever name. */
function isNothing(stat: Stats): boolean {
  return stat.isCharacterDevice() && stat.rdev === statSync('/dev/null', { throwIfNoEntry: false })?.rdev
}

function writeWhole(fd: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written)
}

/** Unlike Node's own recursion it fails with the true reason: that says ENOENT where a file system is read-only. */
function makeDirectory(path: string, mode: number): void {
  if (isDirectory(path)) return
  if (dirname(path) !== path) makeDirectory(dirname(path), mode)
  try {
    mkdirSync(path, mode)
  } catch (error) {
    // Another process may have made it in between.
    if (!isDirectory(path)) throw error
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
