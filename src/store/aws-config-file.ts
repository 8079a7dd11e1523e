import type { Files } from '../context.ts'
import { encodeText } from '../core/config/text.ts'
import { writeAtomically } from './atomic-write.ts'
import { replaceText } from './replace-text.ts'

/** Where the file is kept as it was before the first edit. */
export function locateBackup(path: string): string {
  return `${path}.assume-backup`
}

/**
 * Writes the AWS config file at `path`, whole or not at all: links are followed, the mode stays, a new file is 0600.
 * `before` is the text that the edit was made from, as `readText` gave it (undefined: there was no file): a file that
 * says something else by now is left alone. The first edit leaves a backup beside the file.
 * Throws AssumeError `unwritable-file`, `unreadable-file`.
 */
export function writeAwsConfig(files: Files, path: string, before: string | undefined, after: string): void {
  const discardBackup = keepBackup(files, path, before)
  try {
    // The last thing before the write: the backup is flushed to the disk, which takes a while.
    replaceText(files, path, before, after)
  } catch (error) {
    discardBackup()
    throw error
  }
}

/** Makes the backup if there is none yet, and returns what takes it away again when there was no edit after all. */
function keepBackup(files: Files, path: string, before: string | undefined): () => void {
  const backup = locateBackup(path)
  const mode = files.stat(path)?.mode
  if (before === undefined || mode === undefined || files.stat(backup)) return () => {}
  writeAtomically(files, backup, encodeText(before), { mode })
  return () => files.remove(backup)
}
