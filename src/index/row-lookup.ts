import type { Context } from '../context.ts'
import { findObjectionTo } from '../system/files/ownership.ts'
import type { Paths } from '../system/paths.ts'
import { isPrintable } from '../text/redact.ts'
import { readExpiries } from './expiry-file.ts'
import { findFreshIndex, type OpenIndex } from './profile-index.ts'
import type { FoundRow } from './row.ts'
import { readRow } from './row-buckets.ts'

/** What has to be left of a session, in seconds, for a switch without the core; the core would renew it at less. */
const sessionMargin = 900

/**
 * Why only the files can tell: the index is stale; it has no row for the profile; or the session of that is not known to be
 * valid for another 15 minutes.
 */
export type RowMiss = 'stale' | 'no-row' | 'session'

/** The row of the profile `name` as a shell would find it in the profile index, or why there is none to go by. */
export function lookUpRow(
  context: Context,
  paths: Paths,
  opened: OpenIndex,
  name: string,
): FoundRow | RowMiss {
  if (!isPrintable(name)) return 'no-row'
  try {
    const index = findFreshIndex(context, paths, opened)
    if (!index) return 'stale'
    const row = readRow(context, index.folder, index.header.bucketCount, name)
    const validity = typeof row === 'object' ? checkSession(context, index.folder, row.session) : row
    // Without its folder the index counts as stale, and is built anew.
    if (validity === 'torn') context.files.remove(index.folder)
    if (typeof row !== 'object') return row === 'torn' ? 'stale' : 'no-row'
    if (validity !== 'valid') return validity === 'torn' ? 'stale' : 'session'
    context.trace(`profile ${name}: from the profile index`)
    return row
  } catch {
    return 'stale'
  }
}

/** `torn`: the list is gone, or has not every session that the rows have. */
function checkSession(context: Context, folder: string, session: number): 'valid' | 'unknown' | 'torn' {
  if (session === 0) return 'valid'
  const list = readExpiries(context, folder)
  const expiry = list?.expiries[session - 1]
  if (!list || !expiry) return 'torn'
  const { tokenPath, expiresAt } = expiry
  const token = context.files.statEntry(tokenPath)
  const isUnchanged =
    token !== undefined && token.mtimeNs < list.mtimeNs && !findObjectionTo(context, tokenPath, token)
  const isLong = expiresAt - Math.floor(context.now() / 1000) > sessionMargin
  return isUnchanged && token.linkTarget === undefined && isLong ? 'valid' : 'unknown'
}
