import type { Context } from '../context.ts'
import { openIndex } from '../index/profile-index.ts'
import { lookUpRow, type RowMiss } from '../index/row-lookup.ts'
import { locateSwitchPaths, type Paths } from '../system/paths.ts'
import type { PreparedSwitch, SwitchRequest } from './prepare-from-files.ts'
import { isPlainRequest, type SwitchOptions } from './request.ts'

/**
 * Works out the switch that is asked for by the files as they are now, and logs in first where that is needed and
 * wanted, and has the plugins take part. The profile index answers where it can, as it does for the shells. Throws
 * AssumeError `unknown-profile`, `incomplete-profile`, `usage`, `unreadable-file`, and what `ensureSession`,
 * `fetchCredentials` and `consultPlugins` throw.
 */
export async function prepareSwitch(context: Context, request: SwitchRequest): Promise<PreparedSwitch> {
  const { subject, options } = request
  const paths = locateSwitchPaths(context)
  const index = openIndex(context, paths)
  let miss: RowMiss | 'options' = 'options'
  if (isPlainRequest(subject, options)) {
    const row = lookUpRow(context, paths, index, subject.name)
    if (typeof row === 'object') {
      if (context.isVerbose) await explainHit(context, paths, options)
      const notices = row.warning === '' ? [] : [`warning: ${row.warning}`]
      return { plan: row.plan, profileName: subject.name, notices, paths, secret: new Set() }
    }
    miss = row
  }
  // The files have to be read only rarely, and all that it takes is half of the program.
  const { prepareFromFiles } = await import('./prepare-from-files.ts')
  return prepareFromFiles(context, request, { paths, index, miss })
}

/** A shell need not be able to go by the row that the core has found. */
async function explainHit(context: Context, paths: Paths, { saysYes }: SwitchOptions): Promise<void> {
  const { traceSlowPath } = await import('./slow-switch.ts')
  if (saysYes) context.trace('shells leave this switch to the core: it was asked for with --yes')
  traceSlowPath(context, paths)
}
