import { randomBytes } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import type { Files } from '../context.ts'
import { AssumeError } from '../errors.ts'

/**
 * Writes a file whole or not at all: beside it, flushed, then renamed. A link stays and what it leads to is
 * replaced; an existing file keeps its mode, a new one gets `mode` (0600); missing folders are made 0700.
 * Throws AssumeError `unwritable-file`.
 */
export function writeAtomically(
  files: Files,
  path: string,
  bytes: Uint8Array,
  { mode = 0o600 }: { mode?: number } = {},
): void {
  try {
    const existing = files.stat(path)
    if (!existing) prepareFolder(files, path)
    const target = existing ? files.resolve(path) : path
    replace(files, target, bytes, existing?.mode ?? mode)
  } catch (cause) {
    throw describeFailure(path, cause)
  }
}

function prepareFolder(files: Files, path: string): void {
  const folder = dirname(path)
  if (!files.stat(folder)) files.makeDirectory(folder, 0o700)
  if (files.list(folder).includes(basename(path))) {
    throw new AssumeError('unwritable-file', `${path} is a link to a file that does not exist`, {
      hint: `ls -l ${path}`,
    })
  }
}

function replace(files: Files, target: string, bytes: Uint8Array, mode: number): void {
  // The ending keeps it out of the globs of the folders we write to: *.fish, *.json.
  const temporary = join(dirname(target), `.assume-${randomBytes(8).toString('hex')}.tmp`)
  try {
    files.create(temporary, bytes, mode)
    files.rename(temporary, target)
  } catch (error) {
    files.remove(temporary)
    throw error
  }
}

const reasons: Readonly<Record<string, readonly [reason: string, hint: (path: string) => string]>> = {
  EACCES: ['permission denied', (path) => `ls -ld ${dirname(path)} ${path}`],
  EPERM: ['the system does not permit it', (path) => `ls -ld ${dirname(path)} ${path}`],
  EROFS: ['its file system is read-only', (path) => `df ${dirname(path)}`],
  ENOSPC: ['the disk is full', (path) => `df ${dirname(path)}`],
  EDQUOT: ['the disk quota is used up', () => 'quota'],
  EBUSY: ['it is a mount point, which cannot be replaced', () => 'mount'],
  EISDIR: ['it is a directory', (path) => `ls -ld ${path}`],
  ENOTDIR: ['a part of its path is no directory', (path) => `ls -ld ${dirname(path)}`],
}

function describeFailure(path: string, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
  if (code === undefined || cause instanceof AssumeError) return cause
  const [reason, hint] = reasons[code] ?? [code, undefined]
  return new AssumeError('unwritable-file', `cannot write ${path}: ${reason}`, {
    ...(hint && { hint: hint(path) }),
    cause,
  })
}
