import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import type { Ownership } from '../system/files/objection.ts'

/** The files of the server for one profile. */
export interface ServePlace {
  readonly socket: string
  /** Of the port. */
  readonly token: string
  /** The folder of what a command reads in the place of the AWS files. */
  readonly client: string
}

/** The place for a profile, in the first of the folders in which a socket can be; in the last where it can be in none. */
export function choosePlace(folders: readonly string[], profileName: string): ServePlace {
  const places = folders.map((folder) => describePlace(folder, profileName))
  const last = describePlace(folders.at(-1) ?? '', profileName)
  return places.find(({ socket }) => canBeSocket(socket)) ?? last
}

/**
 * The folders without those that lie in one which is not the user's: `su` leaves XDG_RUNTIME_DIR that of somebody else, and who
 * may not use it is to have another (https://specifications.freedesktop.org/basedir-spec/latest/). The last stays. `look`
 * says what is at a path, undefined where nothing is or one may not look.
 */
export function keepOwnFolders(
  folders: readonly string[],
  userId: number | undefined,
  look: (path: string) => Ownership | undefined,
): readonly string[] {
  const isOwn = (stat: Ownership | undefined) =>
    stat?.isDirectory === true &&
    (stat.userId === userId || userId === undefined) &&
    (stat.mode & 0o300) === 0o300
  return folders.filter((folder, index) => index === folders.length - 1 || isOwn(look(dirname(folder))))
}

function describePlace(folder: string, profileName: string): ServePlace {
  const name = shorten(profileName)
  return {
    socket: join(folder, `${name}.sock`),
    token: join(folder, `${name}.token`),
    client: join(folder, `${name}.client`),
  }
}

/** The system takes no longer path of a socket (macOS has 104 bytes with the end), and libuv cuts it off without a word. */
const longestPath = 99

/** What a socket is called, beside its place, before it has its mode. */
const stageLength = '/.12345678/s'.length

/** Whether a socket can have this path, and can be made beside it. */
export function canBeSocket(path: string): boolean {
  return Math.max(Buffer.byteLength(path), Buffer.byteLength(dirname(path)) + stageLength) <= longestPath
}

/** The name of a profile where it is short and the same on a disk without case; else a part of its hash. */
function shorten(name: string): string {
  return /^[a-z0-9][a-z0-9._-]{0,31}$/.test(name) && !/^[0-9a-f]{16}$/.test(name)
    ? name
    : createHash('sha256').update(name).digest('hex').slice(0, 16)
}
