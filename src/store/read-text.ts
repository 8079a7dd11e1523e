import type { Files } from '../context.ts'
import { decodeText } from '../core/config/text.ts'
import { AssumeError } from '../errors.ts'

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
    const reason = { EACCES: 'permission denied', EISDIR: 'it is a directory' }[code ?? ''] ?? code
    throw new AssumeError('unreadable-file', `cannot read ${path}: ${reason}`, {
      hint: code === 'EACCES' ? `ls -l ${path}` : undefined,
      cause,
    })
  }
}
