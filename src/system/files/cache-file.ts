import type { Context, FileStat, Files } from '../../context.ts'
import { AssumeError } from '../../errors.ts'
import type { Piece } from '../../text/piece.ts'
import { printable } from '../../text/redact.ts'
import { decodeText } from '../../text/utf-8.ts'
import { quoteAnywhere } from '../../text/words.ts'
import { describeObjection, formatRemedy, type Objection } from './objection.ts'
import { findObjection, findObjectionTo, keepsOwnership, type OwnershipWorld } from './ownership.ts'

export type CacheWorld = OwnershipWorld & Pick<Context, 'notifyOnce'>

/** A file of a cache that was read. */
export interface CacheFile {
  readonly text: string
  /** Of the moment when it was read. */
  readonly stat: FileStat
}

interface Options {
  /**
   * Whether it counts for nothing on a disk that keeps no modes and owners. What the AWS CLI reads too is believed there,
   * as it does.
   */
  readonly needsOwner?: boolean
  /** The only bytes that are wanted; what they cut in two at their ends is no character. */
  readonly piece?: Piece
}

/**
 * A file of a cache, decoded without loss. Undefined where there is none or it cannot be read, and where it is not to be
 * believed: it is a link, or somebody else than the user and root could have written it. Then a note says so, with the
 * command that mends it.
 */
export function readCacheFile(
  world: CacheWorld,
  path: string,
  { needsOwner = false, piece }: Options = {},
): CacheFile | undefined {
  const found = readEntry(world, path, piece)
  if (!found) return undefined
  const { stat, bytes } = found
  const objection = findObjectionTo(world, path, stat)
  if (objection && keepsOwnership(world, objection)) {
    noteObjection(world, objection)
    return undefined
  }
  if (objection && needsOwner) return undefined
  return { text: decodeText(bytes), stat }
}

/**
 * Throws AssumeError `unsafe-file` where nothing that is written to the folder of a cache would be believed afterwards.
 */
export function checkCacheFolder(world: OwnershipWorld, folder: string): void {
  const objection = findObjection(world, folder)
  if (!objection || !keepsOwnership(world, objection)) return
  throw refuse(world, objection, `${printable(folder)} cannot be relied on`)
}

/** The error for a file or folder that is objected to; `what` says what that has come to. */
export function refuse({ user }: OwnershipWorld, objection: Objection, what: string): AssumeError {
  const { path, subject } = objection
  const blamed = path === subject ? 'it' : printable(path)
  return new AssumeError('unsafe-file', `${what}: ${describeObjection(objection, blamed)}`, {
    hint: (quote) => formatRemedy(objection, user?.id ?? 0, quote),
  })
}

/** Says what is not used because of an objection, and by which command that ends. */
export function noteObjection({ notifyOnce, user }: CacheWorld, objection: Objection): void {
  const { path, ownership } = objection
  const what = `${ownership.isDirectory ? 'what is in ' : ''}${printable(path)} is not used`
  const remedy = formatRemedy(objection, user?.id ?? 0, quoteAnywhere)
  notifyOnce(`warning: ${what}: ${describeObjection(objection)}\n  ${remedy}`)
}

function readEntry(
  { files, notifyOnce }: CacheWorld,
  path: string,
  piece: Piece | undefined,
): ReturnType<Files['readEntry']> | undefined {
  try {
    return files.readEntry(path, piece)
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error
    if (error.code === 'ELOOP')
      notifyOnce(`warning: ${printable(path)} is not used: it is a link\n  ls -l ${quoteAnywhere(path)}`)
    return undefined
  }
}
