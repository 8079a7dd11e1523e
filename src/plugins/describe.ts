import { AssumeError } from '../errors.ts'
import { isReservedOption } from '../profiles/plugin-settings.ts'
import { describeBareProgram, type Manifest } from './runner/protocol.ts'
import { type CallOptions, callHook } from './runner/runner.ts'
import type { InspectedPlugin } from './source.ts'

/**
 * Runs a plugin for its manifest, and checks that. Throws AssumeError `plugin-failed`, and `invalid-plugin` for one that
 * cannot be used.
 */
export async function describePlugin(
  world: Parameters<typeof callHook>[0],
  plugin: InspectedPlugin,
  options?: CallOptions,
): Promise<Manifest> {
  const manifest =
    (await callHook(world, plugin, 'describe', {}, options)) ?? describeBareProgram(plugin.name)
  const fault = findFaultOfManifest(manifest, plugin.name)
  if (fault === undefined) return manifest
  throw new AssumeError('invalid-plugin', `plugin ${plugin.name} cannot be used: ${fault}`)
}

function findFaultOfManifest(
  { name, options, hooks, dependsOn }: Manifest,
  expected: string,
): string | undefined {
  if (name !== expected) return `it calls itself ${name}; file and plugin must have one name`
  const taken = Object.keys(typeof options === 'object' ? options : {}).find(isReservedOption)
  if (taken !== undefined) return `an option cannot be called ${taken}`
  if (dependsOn && !hooks.includes('env')) return 'dependsOn is about env, which it does not have'
  return undefined
}
