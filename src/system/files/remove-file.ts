import { dirname } from 'node:path'
import type { Files } from '../../context.ts'
import { describeFailure } from './atomic-write.ts'

/** Removes a file, or a folder with all it holds; none is no error. Throws AssumeError `unwritable-file`. */
export function removeFile(files: Files, path: string): void {
  try {
    files.remove(path)
  } catch (cause) {
    throw describeFailure(path, cause, 'remove')
  }
}

/** Removes so many of the folders above a path, from the lowest on, up to the first in which something else is. */
export function removeEmptyFolders(files: Files, path: string, count: number): void {
  let folder = dirname(path)
  for (let left = count; left > 0 && files.list(folder).length === 0; left -= 1) {
    files.removeEmptyDirectory(folder)
    folder = dirname(folder)
  }
}

/** How many of the folders above a path do not exist. */
export function countMissingFolders(files: Files, path: string): number {
  const folder = dirname(path)
  return files.stat(folder) || folder === path ? 0 : 1 + countMissingFolders(files, folder)
}

/** Removes files as far as possible. Throws AssumeError `unwritable-file`, for the first that stays. */
export function removeFiles(files: Files, paths: readonly string[]): void {
  attemptAll(paths.map((path) => () => removeFile(files, path)))
}

/** Does all of it, whatever fails, and throws what the first failure threw. */
export function attemptAll(actions: readonly (() => void)[]): void {
  const failures: unknown[] = []
  for (const act of actions) {
    try {
      act()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}
