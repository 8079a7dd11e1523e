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
