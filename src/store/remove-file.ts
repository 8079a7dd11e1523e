import type { Files } from '../context.ts'
import { describeFailure } from './atomic-write.ts'

/** Removes a file, or a folder with all it holds; none is no error. Throws AssumeError `unwritable-file`. */
export function removeFile(files: Files, path: string): void {
  try {
    files.remove(path)
  } catch (cause) {
    throw describeFailure(path, cause, 'remove')
  }
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
