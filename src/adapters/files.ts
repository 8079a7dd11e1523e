import {
  appendFileSync,
  chmodSync,
  closeSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import type { FileStat, Files } from '../context.ts'

/** The file system of this machine. */
export const nodeFiles: Files = {
  read: (path) => readFileSync(path),
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
      for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written)
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
  },
  createUnflushed: (path, bytes, mode) => writeFileSync(path, bytes, { flag: 'wx', mode }),
  append: (path, bytes) => appendFileSync(path, bytes, { flag: 'a', mode: 0o600 }),
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
