import { setTimeout as pause } from 'node:timers/promises'
import type { Files } from '../context.ts'

/** Milliseconds between two looks, and after which whoever still writes is given up on. */
const interval = 50
const limit = 60_000

/**
 * Removes a folder although programs may still write to it, or make it anew: until it has stayed away for a while. False
 * where they do not stop. `onWait` is called once when it takes long.
 */
export async function removeForGood(
  files: Pick<Files, 'remove' | 'statEntry'>,
  path: string,
  onWait: () => void,
): Promise<boolean> {
  for (let waited = 0; waited < limit; waited += interval) {
    tryRemoval(files, path)
    await pause(interval)
    if (files.statEntry(path) === undefined) return true
    if (waited === 20 * interval) onWait()
  }
  return false
}

function tryRemoval(files: Pick<Files, 'remove'>, path: string): void {
  try {
    files.remove(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // What came while the rest was removed.
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'EBUSY') throw error
  }
}
