import type { Files } from '../../context.ts'
import { AssumeError } from '../../errors.ts'
import { printable } from '../../text/redact.ts'
import { decodeText } from '../../text/utf-8.ts'
import { adviseOnReadFailure, explainReadFailure } from './read-failure.ts'

/**
 * The text of a file, decoded without loss; undefined when there is no such file.
 * Throws AssumeError `unreadable-file` when there is one that cannot be read.
 */
export function readText(files: Files, path: string): string | undefined {
  try {
    return decodeText(files.read(path))
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new AssumeError('unreadable-file', `cannot read ${printable(path)}: ${explainReadFailure(cause)}`, {
      hint: adviseOnReadFailure(cause, path),
      cause,
    })
  }
}
