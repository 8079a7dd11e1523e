import { join } from 'node:path'
import type { Context } from '../context.ts'
import { findNamedHome } from '../core/home.ts'
import { spellSources } from '../core/index-source.ts'
import { AssumeError } from '../errors.ts'
import { isPrintable, printable } from '../redact.ts'
import { checkWritable } from './atomic-write.ts'
import { type Paths, shortenPath } from './paths.ts'
import { findFreshIndex } from './profile-index.ts'
import { areGuardsWhole, findHindrances, type SourceSnapshot } from './source-guards.ts'

/**
 * Why shells leave every switch to the core, a clause for each thing that is to blame; empty where they need not.
 * `snapshot` is of the sources that the index was last brought up to date with.
 */
export function explainSlowPath(context: Context, paths: Paths, snapshot: SourceSnapshot): string[] {
  const { env, platform, files } = context
  const name = (path: string) => printable(shortenPath(path, paths))
  if (findNamedHome(env, platform) === undefined) return ['HOME names no folder for them to look into']
  const hindrances = findHindrances(context, paths, snapshot)
  if (hindrances.length > 0) return hindrances.map(({ path, describe }) => describe(name(path)))
  const index = findFreshIndex(context, paths)
  if (!index) return [explainMissingIndex(context, paths, snapshot)]
  if (!areGuardsWhole(files, index.folder, snapshot.sources)) {
    return [
      `${name(paths.cache)} is on a disk that has no links, or knows the time less exactly than it would have to`,
    ]
  }
  if (platform === 'win32') return []
  const others = [index.folder, ...listPlain(snapshot)].filter((path) => isOfOthers(context, path))
  if (others.length > 0) return others.map((path) => `${name(path)} does not belong to this very user`)
  const odd = spellSources(env).filter((path, index) => snapshot.sources[index]?.path !== path)
  return odd.map(
    (path) => `${printable(path)} can be spelled more plainly, and so can the variable that says so`,
  )
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
    checkWritable(files, join(paths.cache, 'index'), 1)
    return 'the profile index could not be written'
  } catch (error) {
    if (error instanceof AssumeError) return error.message
    throw error
  }
}

function isUnprintable(path: string): boolean {
  return !isPrintable(path)
}
