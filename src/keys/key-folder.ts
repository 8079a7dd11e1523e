import { join } from 'node:path'
import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { describeFailure, writeAtomically } from '../system/files/atomic-write.ts'
import { checkCacheFolder, refuse } from '../system/files/cache-file.ts'
import { nameFile } from '../system/files/file-name.ts'
import { findObjectionTo, keepsOwnership, type OwnershipWorld } from '../system/files/ownership.ts'
import { adviseOnReadFailure, explainReadFailure } from '../system/files/read-failure.ts'
import { printable } from '../text/redact.ts'
import { decodeText, encodeText } from '../text/utf-8.ts'
import type { KeyStoreName } from './key-store.ts'

export type KeyFolderWorld = OwnershipWorld & Pick<Context, 'platform'>

/** `key` is a key in an encrypted file, `note` what is known of one in the system's keyring. */
const endings: Readonly<Record<KeyStoreName, string>> = { file: '.key', os: '.note' }

/** The path of what the folder `keys` has of a profile for that store. */
export function locateKeyFile(keys: string, store: KeyStoreName, profileName: string): string {
  return join(keys, nameFile(profileName) + endings[store])
}

/**
 * The paths of all that the folder `keys` has for that store, sorted; none where there is no folder. Throws AssumeError
 * `unreadable-file`.
 */
export function listKeyFiles({ files }: KeyFolderWorld, keys: string, store: KeyStoreName): string[] {
  try {
    const names = files.list(keys).filter((name) => name.endsWith(endings[store]) && !name.startsWith('.'))
    return names.sort().map((name) => join(keys, name))
  } catch (cause) {
    if (isAbsence(cause)) return []
    throw unreadable(keys, cause)
  }
}

/**
 * The text of such a file; undefined where there is none. Throws AssumeError `unreadable-file`, and `unsafe-file` for a link
 * and for what somebody else could have written.
 */
export function readKeyFile(world: KeyFolderWorld, path: string): string | undefined {
  try {
    const { bytes, stat } = world.files.readEntry(path)
    const objection = findObjectionTo(world, path, stat)
    if (objection && keepsOwnership(world, objection))
      throw refuse(world, objection, `${printable(path)} is not used`)
    return decodeText(bytes)
  } catch (cause) {
    if (cause instanceof AssumeError) throw cause
    if (isAbsence(cause)) return undefined
    if (codeOf(cause) !== 'ELOOP') throw unreadable(path, cause)
    throw new AssumeError('unsafe-file', `${printable(path)} is not used: it is a link`, {
      hint: (quote) => `ls -l ${quote(path)}`,
    })
  }
}

/** Writes such a file, 0600 in a folder that is 0700 from then on. Throws AssumeError `unsafe-file`, `unwritable-file`. */
export function writeKeyFile(world: KeyFolderWorld, keys: string, path: string, text: string): void {
  checkCacheFolder(world, keys)
  closeFolder(world, keys)
  writeAtomically(world.files, path, encodeText(text), { isCache: true })
}

function closeFolder({ files, platform }: KeyFolderWorld, keys: string): void {
  try {
    const stat = files.stat(keys)
    if (stat?.isDirectory && (stat.mode & 0o077) !== 0 && platform !== 'win32') files.setMode(keys, 0o700)
  } catch (cause) {
    throw describeFailure(keys, cause, 'close')
  }
}

function unreadable(path: string, cause: unknown): AssumeError {
  return new AssumeError('unreadable-file', `cannot read ${printable(path)}: ${explainReadFailure(cause)}`, {
    hint: adviseOnReadFailure(cause, path),
    cause,
  })
}

function isAbsence(cause: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(cause))
}

function codeOf(cause: unknown): string {
  return (cause as NodeJS.ErrnoException).code ?? ''
}
