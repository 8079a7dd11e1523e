import type { Context } from '../context.ts'
import { findObjection } from '../system/files/ownership.ts'
import { type Inspection, inspectPlugin } from './inspect-plugin.ts'
import type { PluginSource } from './source.ts'

/** Looks at a plugin as `inspectPlugin` does, which refuses what other users could have written. */
export function inspectSource(context: Context, source: PluginSource): Promise<Inspection> {
  return inspectPlugin(context, source, (path) => findObjection(context, path))
}
