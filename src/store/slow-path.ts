import { join } from 'node:path'
import type { Context } from '../context.ts'
import { findNamedHome } from '../core/home.ts'
import { AssumeError } from '../errors.ts'
import { isPrintable, printable } from '../redact.ts'
import { checkWritable } from './atomic-write.ts'
import { type Paths, shortenPath } from './paths.ts'
import { findFreshIndex } from './profile-index.ts'
import { areGuardsWhole, findUnguarded, type SourceSnapshot } from './source-guards.ts'

/**
 * Why shells leave every switch to the core, a clause for each thing that is to blame; empty where they need not.
 * `snapshot` is of the sources that the index was last brought up to date with.
 */
export function explainSlowPath(context: Context, paths: Paths, snapshot: SourceSnapshot): string[] {
  const { env, platform, files } = context
  const name = (path: string) => printable(shortenPath(path, paths))
  if (findNamedHome(env, platform) === undefined) return ['HOME names no folder for them to look into']
  const unguarded = findUnguarded(files, paths, snapshot)
  if (unguarded.length > 0) return unguarded.map(({ path, reason }) => `${name(path)} ${reason}`)
  const index = findFreshIndex(context, paths)
  if (!index) return [explainMissingIndex(context, paths, snapshot)]
  return areGuardsWhole(files, index.folder, snapshot.sources)
    ? []
    : [
        `${name(paths.cache)} is on a disk that has no links, or knows the time less exactly than it would have to`,
      ]
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
