import type { Context } from '../context.ts'
import { removeSwitch } from '../core/change.ts'
import { isPlainRequest } from '../core/switch-options.ts'
import { locatePaths } from '../store/paths.ts'
import { lookUpRow } from '../store/profile-row.ts'
import type { PreparedSwitch, SwitchRequest } from './prepare-from-files.ts'

/**
 * Works out the switch that is asked for by the files as they are now, and logs in first where that is needed and
 * wanted, and has the plugins take part. The profile index answers where it can, as it does for the shells. Throws
 * AssumeError `unknown-profile`, `incomplete-profile`, `usage`, `unreadable-file`, and what `ensureSession`,
 * `fetchCredentials` and `consultPlugins` throw.
 */
export async function prepareSwitch(outer: Context, request: SwitchRequest): Promise<PreparedSwitch> {
  // A switch starts from what was there before the first one, whose variables count as absent.
  const context = { ...outer, env: removeSwitch(outer.env) }
  const { subject, options } = request
  const paths = locatePaths(context.env, context.platform)
  if (isPlainRequest(subject, options)) {
    const row = lookUpRow(context, paths, subject.name)
    if (row) {
      const notices = row.warning === '' ? [] : [`warning: ${row.warning}`]
      return { plan: row.plan, profileName: subject.name, notices, paths, secret: new Set() }
    }
  }
  // The files have to be read only rarely, and all that it takes is half of the program.
  const { prepareFromFiles } = await import('./prepare-from-files.ts')
  return prepareFromFiles(outer, request)
}
