import type { Files } from '../context.ts'
import { encodeText } from '../core/config/text.ts'
import { AssumeError } from '../errors.ts'
import { type WriteOptions, writeAtomically } from './atomic-write.ts'
import { readText } from './read-text.ts'

/**
 * Writes the text of a file that others edit too, as `writeAtomically` does. `before` is the text that the edit was made
 * from, as `readText` gave it (undefined: there was no file): a file that says something else by now is left alone.
 * Throws AssumeError `unwritable-file`, `unreadable-file`.
 */
export function replaceText(
  files: Files,
  path: string,
  before: string | undefined,
  after: string,
  options: WriteOptions = {},
): void {
  if (readText(files, path) !== before) {
    throw new AssumeError(
      'unwritable-file',
      `${path} was changed by somebody else just now; nothing was changed`,
      { hint: 'run the command again' },
    )
  }
  writeAtomically(files, path, encodeText(after), options)
}
