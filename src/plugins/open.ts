import type { Context } from '../context.ts'
import type { PluginSettings } from '../profiles/plugin-settings.ts'
import { agreementOf } from './consent.ts'
import { describePlugin } from './describe.ts'
import { inspectSource } from './inspect-source.ts'
import type { InspectedPlugin, PluginSource } from './source.ts'

/** A plugin that may run, and what its user agreed to. */
export interface OpenPlugin {
  readonly plugin: InspectedPlugin
  readonly settings: PluginSettings
}

/**
 * A plugin looked at as it is now; undefined where it is not as it was when it was enabled. What a built-in one may do is
 * what it says of itself. Throws what `inspectPlugin` and `describePlugin` throw.
 */
export async function openPlugin(
  context: Context,
  source: PluginSource,
  settings: PluginSettings,
): Promise<OpenPlugin | undefined> {
  const { plugin, hash } = await inspectSource(context, source)
  if (plugin.form === 'built-in') {
    return { plugin, settings: { ...settings, ...agreementOf(await describePlugin(context, plugin)) } }
  }
  return hash === settings.hash && settings.hooks ? { plugin, settings } : undefined
}
