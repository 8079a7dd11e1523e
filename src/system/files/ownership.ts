import { basename, dirname, join, resolve } from 'node:path'
import type { Context, EntryStat, FileStat, Files, User } from '../../context.ts'
import { locatePaths } from '../paths.ts'
import { nameTemporary } from './atomic-write.ts'
import {
  findFlaw,
  findOnlooker,
  type Objection,
  type Onlooker,
  type Ownership,
  type Trust,
} from './objection.ts'
import { findPrivateGroup } from './private-group.ts'

export type OwnershipWorld = Pick<Context, 'files' | 'user' | 'env' | 'platform'>

/**
 * What speaks against believing the file or folder at a path: that somebody else than the user and root owns it or can
 * write to it, or to one of the folders above it, up to the home folder. Links are followed; what they lead to counts, and
 * the folders that they lie in. Undefined where nothing does, where there is nothing, and on Windows, which keeps a
 * user's folders from the others.
 */
export function findObjection(world: OwnershipWorld, path: string): Objection | undefined {
  return judgeFor(world)?.judge(resolve(path))
}

/** All that speaks against it, from the outermost folder on: who mends the first only meets the next. */
export function listObjections(world: OwnershipWorld, path: string): readonly Objection[] {
  return judgeFor(world)?.judgeAll(resolve(path)) ?? []
}

/** The same as `findObjection` for a file that has been looked at itself, so that no link was followed at the end of its path. */
export function findObjectionTo(world: OwnershipWorld, path: string, stat: FileStat): Objection | undefined {
  return judgeFor(world)?.judgeEntry(resolve(path), stat)
}

/**
 * Who else can read a file and what is in it, by the modes of the file and of the folders above it up to the home folder;
 * undefined where nobody can, where it is no file, where the disk keeps no modes, and on Windows.
 */
export function findOnlookerOf(world: OwnershipWorld, path: string): Onlooker | undefined {
  return judgeFor(world)?.findOnlooker(resolve(path))
}

/**
 * Whether the disk of what is to blame keeps modes and owners at all. One that does not shows the same ones for all files,
 * and they say nothing. A file is made to see; where none can be made, it counts as one that does.
 */
export function keepsOwnership(world: OwnershipWorld, objection: Objection): boolean {
  return judgeFor(world)?.keeps(objection) ?? true
}

/** A run looks at each folder once. */
const judges = new WeakMap<User, Judge>()

function judgeFor(world: OwnershipWorld): Judge | undefined {
  const { user } = world
  if (!user) return undefined
  const judge = judges.get(user) ?? new Judge(world, user)
  judges.set(user, judge)
  return judge
}

/** Where a path leads, and what speaks against that. */
interface Place {
  readonly path: string
  /** From the outermost folder on; what two ways lead by is there twice. */
  readonly objections: readonly Objection[]
}

/** The system follows no more of them either. */
const mostLinks = 40

class Judge {
  readonly #files: Files
  readonly #trust: Trust
  readonly #home: string
  /** Of folders alone: files are changed, also by us. */
  readonly #places = new Map<string, Place>()
  readonly #disks = new Map<bigint, boolean>()

  constructor({ files, env, platform }: OwnershipWorld, user: User) {
    this.#files = files
    this.#trust = createTrust(files, user)
    const { home } = locatePaths(env, platform)
    const place = this.#lookAtTop(home)
    this.#home = place.path
    this.#places.set(home, place).set(place.path, place)
  }

  judge(path: string): Objection | undefined {
    return this.judgeAll(path)[0]
  }

  judgeAll(path: string): readonly Objection[] {
    return this.#find(path).objections.map((objection) => ({ ...objection, subject: path }))
  }

  judgeEntry(path: string, stat: FileStat): Objection | undefined {
    const objection = this.#blame(path, stat) ?? this.#find(dirname(path)).objections[0]
    return objection && { ...objection, subject: path }
  }

  findOnlooker(subject: string): Onlooker | undefined {
    const { path } = this.#find(subject)
    const stat = this.#look(path)
    if (stat?.kind !== 'file') return undefined
    const folders: Ownership[] = []
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      const above = this.#look(folder)
      if (!above) return undefined
      folders.push(above)
      if (folder === this.#home || folder === dirname(folder)) break
    }
    const reader = findOnlooker(stat, folders, this.#trust)
    return reader && this.keeps({ subject, path, flaw: 'open-to-others', ownership: stat })
      ? reader
      : undefined
  }

  keeps({ subject, path }: Objection): boolean {
    const device = this.#look(path)?.device
    if (device === undefined) return true
    const keeps = this.#disks.get(device) ?? this.#tryOut(device, [dirname(subject), dirname(path), path])
    this.#disks.set(device, keeps)
    return keeps
  }

  /** The folder and those above it, from the outermost on: whoever can change that one decides about the others. */
  #find(path: string, links = 0): Place {
    const known = this.#places.get(path)
    if (known) return known
    const folder = dirname(path)
    if (folder === path) return this.#keep(path, this.#lookAtTop(path))
    const above = this.#find(folder, links)
    const entry = join(above.path, basename(path))
    const stat = this.#look(entry)
    const flaw = stat && this.#blame(entry, stat)
    const objections = flaw ? [...above.objections, flaw] : above.objections
    if (stat?.linkTarget === undefined || links === mostLinks) {
      const place = { path: entry, objections }
      return stat?.isDirectory ? this.#keep(path, place) : place
    }
    const target = this.#find(resolve(above.path, stat.linkTarget), links + 1)
    return { path: target.path, objections: [...objections, ...target.objections] }
  }

  #keep(path: string, place: Place): Place {
    this.#places.set(path, place)
    return place
  }

  /** The home folder and the root: what is above them is nobody's affair. */
  #lookAtTop(path: string): Place {
    try {
      const stat = this.#files.stat(path)
      if (!stat) return { path, objections: [] }
      const flaw = this.#blame(path, stat)
      return { path: this.#files.resolve(path), objections: flaw ? [flaw] : [] }
    } catch {
      return { path, objections: [] }
    }
  }

  /** What the user may not look at cannot be read either. */
  #look(path: string): EntryStat | undefined {
    try {
      return this.#files.statEntry(path)
    } catch {
      return undefined
    }
  }

  /** The modes of links say nothing. Nobody can change what is in a device such as /dev/null. */
  #blame(path: string, stat: EntryStat): Objection | undefined {
    const isLink = stat.linkTarget !== undefined
    if (!isLink && !stat.isDirectory && stat.kind !== 'file') return undefined
    const flaw = findFlaw(isLink ? { ...stat, mode: 0 } : stat, this.#trust)
    return flaw && { subject: path, path, flaw, ownership: stat }
  }

  /** In the first of these folders on that disk in which a file can be made. */
  #tryOut(disk: bigint, folders: readonly string[]): boolean {
    for (const folder of folders) {
      try {
        if (this.#files.stat(folder)?.device !== disk) continue
        const { mode, userId } = this.#files.probe(nameTemporary(folder))
        return mode === 0o600 && this.#trust.userIds.includes(userId)
      } catch {
        // It may work in another one.
      }
    }
    return true
  }
}

function createTrust(files: Files, { id, groupId, homeOwnerId }: User): Trust {
  const accounts = [{ userId: id, groupId }, ...(homeOwnerId === undefined ? [] : [{ userId: homeOwnerId }])]
  let groups: readonly (number | undefined)[] | undefined
  return {
    userIds: [0, ...accounts.map(({ userId }) => userId)],
    isPrivate(group) {
      if (!groups) {
        const records = { passwd: readRecords(files, '/etc/passwd'), group: readRecords(files, '/etc/group') }
        groups = accounts.map((account) => findPrivateGroup(account, records))
      }
      return groups.includes(group)
    },
  }
}

function readRecords(files: Files, path: string): string {
  try {
    return new TextDecoder().decode(files.read(path))
  } catch {
    return ''
  }
}
