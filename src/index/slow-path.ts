import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { checkWritable } from '../system/files/atomic-write.ts'
import { findNamedHome } from '../system/home.ts'
import { type IndexSource, isUnchanged, pathVariables, spellSources } from '../system/index-source.ts'
import { type Paths, shortenPath } from '../system/paths.ts'
import {
  areStampsWhole,
  findHindrances,
  findUnsafe,
  type SourceSnapshot,
  statSource,
} from '../system/source-stamps.ts'
import { isPrintable, printable } from '../text/redact.ts'
import { identifyIndex, separator } from './format.ts'
import { findFreshIndex, locateIndex, type OpenIndex, openIndex } from './profile-index.ts'

/**
 * Why shells leave every switch to the core, a clause for each thing that is to blame; empty where they need not.
 * `snapshot` is of the sources that the index was last brought up to date with.
 */
export function explainSlowPath(context: Context, paths: Paths, snapshot: SourceSnapshot): string[] {
  const { env, platform, files } = context
  const name = (path: string) => nameSource(paths, path)
  if (findNamedHome(env, platform) === undefined) return ['HOME names no folder for them to look into']
  const hindrances = findHindrances(context, paths, snapshot)
  if (hindrances.length > 0) return hindrances.map(({ path, describe }) => describe(name(path)))
  const index = findFreshIndex(context, paths, openIndex(context, paths))
  if (!index) return [explainMissingIndex(context, paths, snapshot)]
  if (!areStampsWhole(files, index.folder, snapshot.sources)) {
    return [
      `${name(paths.cache)} is on a disk that has no links, or knows the time less exactly than it would have to`,
    ]
  }
  if (platform === 'win32') return []
  const others = [index.folder, ...listPlain(snapshot)].filter((path) => isOfOthers(context, path))
  if (others.length > 0) return others.map((path) => `${name(path)} does not belong to this very user`)
  const odd = spellSources(paths.variables).filter((path, index) => snapshot.sources[index]?.path !== path)
  return odd.map(
    (path) => `${printable(path)} can be spelled more plainly, and so can the variable that says so`,
  )
}

/** Why the index that was found is not fresh, a clause for each thing that is to blame; empty where it seems to be. */
export function explainStaleIndex(
  context: Context,
  paths: Paths,
  { header, mtimeNs }: OpenIndex,
  snapshot: SourceSnapshot,
): string[] {
  if (!header) {
    const unsafe = findUnsafe(context, locateIndex(paths))
    if (unsafe) return [unsafe.describe(nameSource(paths, unsafe.path))]
    return [
      mtimeNs === undefined
        ? 'there is no profile index yet'
        : 'the profile index is of another version, or damaged',
    ]
  }
  const identity = identifyIndex(paths.variables)
  if (header.identity !== identity) {
    const [ours, theirs] = [identity, header.identity].map((line) => line.split(separator).slice(1))
    const others = pathVariables.filter((_, at) => ours?.[at] !== theirs?.[at])
    return [`the profile index was built with another ${others.join(' and ')}`]
  }
  const changed = header.sources.flatMap((before) => {
    const now = statSource(context.files, before.path)
    return isUnchanged(before, now) ? [] : [explainChange(nameSource(paths, now.path), before, now)]
  })
  if (changed.length > 0) return changed
  const hindrances = findHindrances(context, paths, snapshot)
  if (hindrances.length > 0) return hindrances.map(({ path, describe }) => describe(nameSource(paths, path)))
  return findFreshIndex(context, paths, { header })
    ? []
    : ['a part of the profile index is gone, or was never written']
}

function explainChange(name: string, { file: before }: IndexSource, { file: now }: IndexSource): string {
  if (!now) return `${name} has gone since the profile index was built`
  if (!before) return `${name} was not there when the profile index was built`
  const isNewer = now.mtimeNs > before.mtimeNs
  return isNewer
    ? `${name} is newer than the profile index`
    : `${name} has changed since the profile index was built`
}

function nameSource(paths: Paths, path: string): string {
  return printable(shortenPath(path, paths))
}

/** The sources that no link leads to; what one leads to may belong to a store. */
function listPlain({ sources }: SourceSnapshot): string[] {
  return sources.filter(({ path, file }) => file?.resolvedPath === path).map(({ path }) => path)
}

/** Whether a shell would see that it is not its user's: it knows of no other owner that could be believed. */
function isOfOthers({ files, user }: Context, path: string): boolean {
  return user !== undefined && files.stat(path)?.userId !== user.id
}

function explainMissingIndex({ files }: Context, paths: Paths, { sources }: SourceSnapshot): string {
  const odd = sources.flatMap(({ path, file }) => [path, file?.resolvedPath ?? path]).find(isUnprintable)
  if (odd !== undefined) return `${printable(odd)} has a control character in its name`
  try {
    checkWritable(files, locateIndex(paths), 1)
    return 'the profile index could not be written'
  } catch (error) {
    if (error instanceof AssumeError) return error.message
    throw error
  }
}

function isUnprintable(path: string): boolean {
  return !isPrintable(path)
}
