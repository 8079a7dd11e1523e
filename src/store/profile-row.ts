import type { Context } from '../context.ts'
import type { Switch } from '../core/switch.ts'
import { isPrintable } from '../redact.ts'
import type { Paths } from './paths.ts'
import { findFreshIndex } from './profile-index.ts'
import { readRow } from './row-buckets.ts'
import { readExpiries } from './session-expiries.ts'

/** What has to be left of a session, in seconds, for a switch without the core; the core would renew it at less. */
const sessionMargin = 900

/**
 * The switch to the profile `name` as a shell would find it in the profile index; undefined when only the files can
 * tell: the index is stale, has no row for it, or its session is not known to be valid for another 15 minutes.
 */
export function lookUpRow(context: Context, paths: Paths, name: string): Switch | undefined {
  if (!isPrintable(name)) return undefined
  try {
    const index = findFreshIndex(context, paths)
    if (!index) return undefined
    const row = readRow(context.files, index.folder, index.header.bucketCount, name)
    if (row === 'torn') {
      // Without its folder the index counts as stale, and is built anew.
      context.files.remove(index.folder)
      return undefined
    }
    if (!row || !isSessionValid(context, index.folder, row.session)) return undefined
    context.trace(`profile ${name}: from the profile index`)
    return row.plan
  } catch {
    return undefined
  }
}

function isSessionValid({ files, now }: Context, folder: string, session: number): boolean {
  if (session === 0) return true
  const list = readExpiries(files, folder)
  const expiry = list?.expiries[session - 1]
  if (!list || !expiry) return false
  const token = files.stat(expiry.tokenPath)
  const isUnchanged = token !== undefined && token.mtimeNs < list.mtimeNs
  return isUnchanged && expiry.expiresAt - Math.floor(now() / 1000) > sessionMargin
}
