import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Files } from '../context.ts'

type Disk = Pick<Files, 'remove' | 'statEntry' | 'list' | 'setMode'>

/** Milliseconds between two looks, and after which whoever still writes is given up on. */
const interval = 50
const limit = 60_000

/**
 * Removes a folder although programs may still write to it, or make it anew: until it has stayed away for a while. False
 * where they do not stop. `onWait` is called once when it takes long.
 */
export async function removeForGood(files: Disk, path: string, onWait: () => void): Promise<boolean> {
  for (let waited = 0; waited < limit; waited += interval) {
    tryRemoval(files, path)
    await pause(interval)
    if (files.statEntry(path) === undefined) return true
    if (waited === 20 * interval) onWait()
  }
  return false
}

function tryRemoval(files: Disk, path: string): void {
  try {
    files.remove(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // What came, or went, while the rest was removed.
    const isPassing = ['ENOTEMPTY', 'EEXIST', 'EBUSY', 'ENOENT'].includes(code ?? '')
    if (code === 'EACCES') openFolders(files, path)
    else if (!isPassing) throw error
  }
}

/** Nothing can be removed from a folder that its owner may not write to, as those of Go's modules. */
function openFolders(files: Disk, path: string): void {
  if (!files.statEntry(path)?.isDirectory) return
  files.setMode(path, 0o700)
  for (const name of files.list(path)) openFolders(files, join(path, name))
}
