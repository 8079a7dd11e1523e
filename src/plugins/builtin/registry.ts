import { type BuiltinPlugin, builtinPlugins } from '../../core/builtin-plugin.ts'
import type { Plugin } from '../api.ts'

const modules: Readonly<Record<BuiltinPlugin, () => Promise<{ default: Plugin }>>> = {
  kube: () => import('./kube.ts'),
  'mfa-command': () => import('./mfa-command.ts'),
  protect: () => import('./protect.ts'),
  terraform: () => import('./terraform.ts'),
  vars: () => import('./vars.ts'),
}

/** The names of the plugins that assume brings along. */
export function listBuiltins(): string[] {
  return [...builtinPlugins]
}

export function isBuiltin(name: string): name is BuiltinPlugin {
  return Object.hasOwn(modules, name)
}

/** The definition of a built-in plugin. It must exist. */
export async function loadBuiltin(name: string): Promise<Plugin> {
  if (!isBuiltin(name)) throw new Error(`there is no built-in plugin ${name}`)
  return (await modules[name]()).default
}
