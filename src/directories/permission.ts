import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { type Paths, shortenPath } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import { refuseFile } from './file-fault.ts'
import { type ProfileFile, shortenDirectory } from './place.ts'
import { isPattern, matchesPatterns, type TreeRecord } from './record.ts'
import { writeRecord, writeTree } from './record-store.ts'
import { parseWish, type Wish } from './wish.ts'
import { findWishFault } from './wish-check.ts'

/**
 * Allows a file as it was read. Throws AssumeError for what could never be in force: `unsafe-file`, `unreadable-file`,
 * `unknown-profile`, `invalid-profile`, `invalid-region`; and as `writeRecord` does.
 */
export async function allowFile(context: Context, profiles: Profiles, file: ProfileFile): Promise<Wish> {
  const { directory, path, text } = file
  if (typeof text !== 'string') throw refuseFile(path, text)
  const wish = parseWish(text)
  if ('code' in wish) throw refuseFile(path, wish)
  const fault = findWishFault(profiles.config, shortenPath(profiles.paths.awsConfig, profiles.paths), wish)
  if (fault) {
    const { code, message, advice } = fault.error
    throw new AssumeError(code, `${printable(path)}: ${message}`, { hint: advice, cause: fault.error })
  }
  await writeRecord(context, profiles.paths, directory, { kind: 'allow', directory, ...wish, content: text })
  return wish
}

/** The patterns of a list that was typed. Throws the AssumeError that `refuse` makes of what is wrong with one. */
export function parsePatterns(list: string, refuse: (message: string) => AssumeError): string[] {
  const patterns = list.split(',').map((pattern) => pattern.trim())
  const odd = patterns.find((pattern) => !isPattern(pattern))
  if (odd === undefined) return patterns
  throw refuse(
    `a pattern is of letters, digits, _ . @ + = : / - and *, which stands for any of them, not ${printable(odd) || '""'}`,
  )
}

/**
 * Records a tree, and returns what it allows now, in lines. Throws AssumeError `unreadable-file` where it is no directory, and as
 * `writeTree` does.
 */
export async function allowTree(
  context: Context,
  { config, paths }: Profiles,
  tree: TreeRecord & { readonly kind: 'allow' },
): Promise<string[]> {
  checkTree(context, tree.directory)
  await writeTree(context, paths, tree.directory, tree)
  const names = [...config.profiles.keys(), 'none'].filter((name) => matchesPatterns(name, tree.patterns))
  const list = tree.patterns.join(',')
  const where = `${printable(shortenDirectory(tree.directory, paths))} and below: files that name a profile like ${list}, and no region`
  if (names.length === 0) return [where, 'no profile has such a name yet']
  const shown = names.slice(0, 10).map((name) => printable(name))
  const rest = names.length - shown.length
  return [where, `such as ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`]
}

/** Denies all that is in a tree and has no record of its own. Throws likewise. */
export async function denyTree(context: Context, paths: Paths, directory: string): Promise<void> {
  checkTree(context, directory)
  await writeTree(context, paths, directory, { kind: 'deny', directory })
}

function checkTree({ files }: Context, directory: string): void {
  let isDirectory = false
  try {
    isDirectory = files.stat(directory)?.isDirectory === true
  } catch {
    // What cannot be looked at is none that could be entered.
  }
  if (isDirectory) return
  throw new AssumeError('unreadable-file', `there is no directory ${printable(directory)}`, {
    hint: (quote) => `ls -ld ${quote(directory)}`,
  })
}
