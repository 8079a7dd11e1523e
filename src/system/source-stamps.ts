import { join, relative, resolve } from 'node:path'
import type { Context, Files } from '../context.ts'
import { quoteAnywhere } from '../text/words.ts'
import { measureGranularity } from './files/granularity.ts'
import { describeObjection, formatRemedy } from './files/objection.ts'
import { findObjection, keepsOwnership, type OwnershipWorld } from './files/ownership.ts'
import { type IndexSource, isUnchanged } from './index-source.ts'
import type { Paths } from './paths.ts'

/** How far the two stamps of a source lie from its modification time; `touch` is exact to less than that. */
const stampDistance = 2000n

/** In nanoseconds: stores give every file of theirs a modification time of 0 or 1 second. */
const leastTellingTime = 2_000_000_000n

/** The sources of the index as they were at a moment before they were read. */
export interface SourceSnapshot {
  /** Milliseconds since the epoch. */
  readonly takenAt: number
  readonly sources: readonly IndexSource[]
}

/** Where the sources of every index lie, in this order; behind them come the files that plugins plan ahead by. */
function listSources({ awsConfig, awsCredentials, settings, plugins }: Paths): string[] {
  return [awsConfig, awsCredentials, settings, plugins]
}

/** Whether these are the sources that an index has to name: one that named others would be fresh whatever ours say. */
export function areExpected(paths: Paths, sources: readonly IndexSource[]): boolean {
  return listSources(paths).every((path, index) => sources[index]?.path === path)
}

/** Takes the snapshot. To be called before the sources are read: a save during the read then makes it stale. */
export function snapshotSources(context: Context, paths: Paths): SourceSnapshot {
  const sources = listSources(paths).map((path) => statSource(context.files, path))
  return { takenAt: context.now(), sources }
}

/** Whether a snapshot is of all the sources of an index, as they were. */
export function areSame(sources: readonly IndexSource[], snapshot: readonly IndexSource[]): boolean {
  return snapshot.every((source, index) => {
    const before = sources[index]
    return before !== undefined && isUnchanged(before, source)
  })
}

/** Whether sources are now as they were. */
export function areUnchanged(files: Files, sources: readonly IndexSource[]): boolean {
  return sources.every((source) => isUnchanged(source, statSource(files, source.path)))
}

/** What the user may not look at is as good as absent; whoever reads it says why. */
export function statSource(files: Files, path: string): IndexSource {
  try {
    const stat = files.stat(path)
    if (!stat) return { path }
    const { mtimeNs, ctimeNs, inode, size, kind, mode } = stat
    const file = { resolvedPath: followLinks(files, path), mtimeNs, ctimeNs, inode, size }
    return { path, file: { ...file, isPipe: kind === 'pipe', isWritable: (mode & 0o222) !== 0 } }
  } catch {
    return { path }
  }
}

/** A pipe that the shell has made for `<(...)` has no path that it could be resolved to. */
function followLinks(files: Files, path: string): string {
  try {
    return files.resolve(path)
  } catch {
    return path
  }
}

/** A reason why there can be no rows. */
export interface Hindrance {
  /** What is to blame: a source, a folder above it, or the cache. */
  readonly path: string
  /** A clause on the name of that. */
  readonly describe: (name: string) => string
  /** Whether only another change of the source can end that; else time will. */
  readonly isLasting: boolean
}

/**
 * What keeps shells from switching by rows: sources that others could have written, who would then decide what the user
 * switches to, a cache in which others could replace the rows, and sources that shells cannot tell a change of by what
 * `stampSources` makes.
 */
export function findHindrances(
  world: OwnershipWorld,
  paths: Paths,
  { takenAt, sources }: SourceSnapshot,
): Hindrance[] {
  const { files } = world
  const unsafe = [...sources.map(({ path }) => path), paths.cache].flatMap(
    (path) => findUnsafe(world, path) ?? [],
  )
  const unguarded = sources.flatMap(({ path, file }): Hindrance[] => {
    if (!file) return []
    if (file.isPipe) {
      return [{ path, describe: (name) => `${name} is a pipe, which can be read once`, isLasting: true }]
    }
    if (file.mtimeNs < leastTellingTime) {
      const isLink = isBehindLink(files, paths.home, path, file.resolvedPath)
      // What nobody may write to, as in a store, is replaced by a file of another path.
      if (isLink && !file.isWritable) return []
      const time = `modification time ${Number(file.mtimeNs) / 1e9}`
      const condition = isLink ? ' while what its link leads to can be written to' : ''
      const describe = (name: string) =>
        `${name} has ${time}, which a shell cannot tell from a changed file${condition}`
      return [{ path, describe, isLasting: true }]
    }
    if (isSettled(file.mtimeNs, takenAt)) return []
    const isAhead = Number(file.mtimeNs / 1_000_000n) > takenAt
    const reason = isAhead
      ? `has a modification time that is still to come, which ends with: touch ${quoteAnywhere(path)}`
      : 'was changed so lately that another change could not be told'
    return [{ path, describe: (name) => `${name} ${reason}`, isLasting: false }]
  })
  return [...new Map([...unsafe, ...unguarded].map((each) => [each.path, each])).values()]
}

/** Why what is at a path cannot be relied on; undefined where nothing speaks against it. */
export function findUnsafe(world: OwnershipWorld, path: string): Hindrance | undefined {
  const objection = findObjection(world, path)
  if (!objection) return undefined
  const remedy = formatRemedy(objection, world.user?.id ?? 0, quoteAnywhere)
  const describe = keepsOwnership(world, objection)
    ? (name: string) => `${describeObjection(objection, name)}, which ends with: ${remedy}`
    : (name: string) => `${name} is on a disk that keeps no modes or owners of files`
  return { path: objection.path, describe, isLasting: true }
}

/**
 * Whether a link leads to the file: in its place, or in that of a folder. The links above the home folder do not count:
 * nobody changes a file by those.
 */
function isBehindLink(files: Files, home: string, path: string, resolvedPath: string): boolean {
  const below = relative(home, path)
  const isInside = !below.startsWith('..')
  return resolvedPath !== (isInside ? join(followLinks(files, home), below) : resolve(path))
}

/** Whether a later save of the source would get another modification time. */
function isSettled(mtimeNs: bigint, takenAt: number): boolean {
  return takenAt - Number(mtimeNs / 1_000_000n) > measureGranularity(mtimeNs)
}

/**
 * Puts into a generation's folder what shells compare the sources with, because they can compare files but not read
 * what is said of them: two stamps, files just older and just newer than the source, and where the source is behind a
 * link, a link to the file at its end. Where the disk cannot keep that, a mark says so, and the shells ask the core. Throws
 * errno errors.
 */
export function stampSources(files: Files, folder: string, sources: readonly IndexSource[]): void {
  for (const [index, { path: place, file }] of sources.entries()) {
    if (!file) continue
    const { mtimeNs, resolvedPath } = file
    for (const [path, time] of [
      [olderStamp(folder, index), mtimeNs - stampDistance],
      [newerStamp(folder, index), mtimeNs + stampDistance],
    ] as const) {
      files.createUnflushed(path, new Uint8Array(), 0o600)
      files.touch(path, time)
    }
    if (resolvedPath !== place) createLinkIfPossible(files, targetLink(folder, index), resolvedPath)
  }
  if (!areStampsWhole(files, folder, sources))
    files.createUnflushed(unguardedMark(folder), new Uint8Array(), 0o600)
}

function createLinkIfPossible(files: Files, path: string, target: string): void {
  try {
    files.createLink(path, target)
  } catch {
    // Not every file system has links, and on Windows not everybody may make one.
  }
}

/** Whether the stamps in a generation's folder are such that a shell finds these sources unchanged. */
export function areStampsWhole(files: Files, folder: string, sources: readonly IndexSource[]): boolean {
  return sources.every(({ path, file }, index) => {
    if (!file) return true
    const { mtimeNs, inode, resolvedPath } = file
    const older = files.stat(olderStamp(folder, index))
    const newer = files.stat(newerStamp(folder, index))
    const isStamped = older && newer && older.mtimeNs < mtimeNs && mtimeNs < newer.mtimeNs
    return isStamped && (resolvedPath === path || files.stat(targetLink(folder, index))?.inode === inode)
  })
}

/** Whether they are as `stampSources` has left them, be it on a disk where they can be of no use to shells. */
export function areStampsKept(files: Files, folder: string, sources: readonly IndexSource[]): boolean {
  return areStampsWhole(files, folder, sources) || files.stat(unguardedMark(folder)) !== undefined
}

const olderStamp = (folder: string, index: number) => join(folder, `${index}-older`)
const newerStamp = (folder: string, index: number) => join(folder, `${index}-newer`)
const targetLink = (folder: string, index: number) => join(folder, `${index}-target`)
const unguardedMark = (folder: string) => join(folder, 'unguarded')
