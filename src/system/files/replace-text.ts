import type { Files } from '../../context.ts'
import { encodeText } from '../../text/utf-8.ts'
import { type WriteOptions, writeAtomically } from './atomic-write.ts'
import type { FileEdit } from './file-edit.ts'
import { readText } from './read-text.ts'
import { removeFile } from './remove-file.ts'

/**
 * Makes the change of a file that others edit too, as `writeAtomically` does, or removes it. Its text is compared directly
 * before: false, and nothing is changed, when it is no longer the one that the edit was made from, as `readText` gave it.
 * Throws AssumeError `unwritable-file`, `unreadable-file`.
 */
export function replaceText(
  files: Files,
  { path, before, after }: FileEdit,
  options: Pick<WriteOptions, 'mode' | 'forceMode'> = {},
): boolean {
  const isAsRead = () => readText(files, path) === before
  if (after !== undefined) {
    return writeAtomically(files, path, encodeText(after), { ...options, mayReplace: isAsRead })
  }
  if (!isAsRead()) return false
  removeFile(files, path)
  return true
}
