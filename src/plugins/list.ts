import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { type PluginSettings, parsePluginSections, requirePlugins } from '../profiles/plugin-settings.ts'
import { readSettingsFile } from '../settings/settings-file.ts'
import type { Paths } from '../system/paths.ts'
import type { HookName } from './api.ts'
import { describeBuiltin } from './builtin/registry.ts'
import { discoverPlugins } from './discovery.ts'
import { inspectSource } from './inspect-source.ts'
import type { PluginSource } from './source.ts'

/** A plugin that there is, or that the settings name. The fields are those of `plugin list --json`. */
export interface PluginState {
  readonly name: string
  readonly form: PluginSource['form'] | 'unknown'
  /** `changed`: it is not what was enabled; `refused`: see `reason`; `missing`: enabled, but not there. */
  readonly state: 'enabled' | 'disabled' | 'changed' | 'refused' | 'missing'
  readonly reason?: string
  /** What helps where it is refused, if anything does. */
  readonly hint?: string
  /** What it does, in a few words; absent for a user's one that nobody has agreed to, for it is not asked here. */
  readonly describe?: string
  readonly path?: string
  /** Of its content as it is now. */
  readonly hash?: string
  /** What was agreed to; absent from one that is not enabled. */
  readonly hooks?: readonly string[]
  readonly credentials?: boolean
  /** As the settings say; absent: they do not. */
  readonly required?: boolean
  readonly profiles?: readonly string[]
}

/** What the settings file says of plugins. Throws AssumeError `invalid-setting`, and what reading the file throws. */
export function readPluginSettings(context: Context, paths: Paths): readonly PluginSettings[] {
  return requirePlugins(parsePluginSections(readSettingsFile(context, paths.settings).sections))
}

/** Every plugin, by name. Reads files and runs none of them. Throws AssumeError `invalid-setting`, `invalid-plugin`. */
export async function listPlugins(context: Context, paths: Paths): Promise<PluginState[]> {
  const all = readPluginSettings(context, paths)
  const sources = await discoverPlugins(context, paths.plugins, all)
  const names = new Set([...sources.keys(), ...all.filter((each) => each.enabled).map(({ name }) => name)])
  const states: PluginState[] = []
  for (const name of [...names].sort()) {
    const settings = all.find((each) => each.name === name)
    states.push(await describeState(context, name, sources.get(name), settings))
  }
  return states
}

async function describeState(
  context: Context,
  name: string,
  source: PluginSource | undefined,
  settings: PluginSettings | undefined,
): Promise<PluginState> {
  const { enabled = false, hooks, mayUseCredentials, required, profiles } = settings ?? {}
  const agreed: Pick<PluginState, 'hooks' | 'credentials'> = enabled
    ? { ...(hooks && { hooks }), credentials: mayUseCredentials ?? false }
    : {}
  const facts = {
    name,
    ...agreed,
    ...(required !== undefined && { required }),
    ...(profiles && { profiles }),
  }
  if (!source) return { ...facts, form: 'unknown', state: 'missing' }
  const { form } = source
  if (form === 'built-in') {
    const describe = describeBuiltin(name)
    return { ...facts, form, state: enabled ? 'enabled' : 'disabled', ...(describe && { describe }) }
  }
  const place = {
    ...facts,
    form,
    path: source.path,
    ...(agreed.hooks && { describe: describeHooks(agreed.hooks) }),
  }
  try {
    const { hash } = await inspectSource(context, source)
    const state = !enabled ? 'disabled' : hash === settings?.hash ? 'enabled' : 'changed'
    return { ...place, state, ...(hash !== undefined && { hash }) }
  } catch (error) {
    if (!(error instanceof AssumeError)) throw error
    return {
      ...place,
      state: 'refused',
      reason: error.message,
      ...(error.hint !== undefined && { hint: error.hint }),
    }
  }
}

const effects: Readonly<Record<HookName, string>> = {
  env: 'variables',
  guard: 'a say in switches',
  mfa: 'MFA codes',
  credentials: 'credentials',
  profiles: 'more profiles',
  prepared: 'work at a switch',
}

/** What a plugin has to do with a switch, by the hooks that the user has agreed to. */
function describeHooks(hooks: readonly string[]): string {
  return hooks.map((hook) => effects[hook as HookName] ?? hook).join(', ')
}
