import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Files } from '../context.ts'

type Disk = Pick<Files, 'remove' | 'statEntry' | 'list' | 'setMode'>

/** What became of the folder: programs did not stop writing to it, or the system refuses to remove what is in it. */
export type Removal = 'gone' | 'written-to' | 'refused'

/** Milliseconds between two looks, after which it takes long, and after which whoever still writes is given up on. */
const interval = 50
const patience = 1000
const limit = 60_000

/**
 * Removes a folder although programs may still write to it, or make it anew: until it has stayed away for a while.
 * `onWait` is called once when it takes long.
 */
export async function removeForGood(files: Disk, path: string, onWait: () => void): Promise<Removal> {
  let refusedFor = 0
  for (let waited = 0; waited < limit; waited += interval) {
    refusedFor = tryRemoval(files, path) === 'refused' ? refusedFor + interval : 0
    await pause(interval)
    if (files.statEntry(path) === undefined) return 'gone'
    if (refusedFor > patience) return 'refused'
    if (waited === patience && refusedFor === 0) onWait()
  }
  return 'written-to'
}

/** Removes a folder as far as that goes at once. */
export function tryRemoval(files: Disk, path: string): Removal {
  try {
    files.remove(path)
    return 'gone'
  } catch (error) {
    const code = readCode(error)
    // What came, or went, while the rest was removed.
    if (['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(code)) return 'written-to'
    if (['EACCES', 'EPERM'].includes(code)) openFolders(files, path)
    return 'refused'
  }
}

/** Nothing can be removed from a folder that its owner may not write to, as those of Go's modules. */
function openFolders(files: Disk, path: string): void {
  try {
    if (!files.statEntry(path)?.isDirectory) return
    files.setMode(path, 0o700)
    for (const name of files.list(path)) openFolders(files, join(path, name))
  } catch (error) {
    // It is gone, or somebody else's.
    readCode(error)
  }
}

/** Of a system call that failed; anything else that is thrown goes on. */
function readCode(error: unknown): string {
  const { code } = Object(error) as NodeJS.ErrnoException
  if (code === undefined) throw error
  return code
}
