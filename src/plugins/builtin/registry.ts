import { type BuiltinPlugin, builtinPlugins } from '../../profiles/builtin-plugin.ts'
import type { Plugin } from '../api.ts'

interface Builtin {
  readonly describe: string
  readonly load: () => Promise<{ default: Plugin }>
}

const builtins: Readonly<Record<BuiltinPlugin, Builtin>> = {
  kube: { describe: 'a kubeconfig and context per profile', load: () => import('./kube.ts') },
  'mfa-command': { describe: 'MFA codes from a command', load: () => import('./mfa-command.ts') },
  protect: { describe: 'asks before a switch to a profile', load: () => import('./protect.ts') },
  terraform: { describe: 'workspace and variables of Terraform', load: () => import('./terraform.ts') },
  vars: { describe: 'any variables per profile', load: () => import('./vars.ts') },
}

/** The names of the plugins that assume brings along. */
export function listBuiltins(): string[] {
  return [...builtinPlugins]
}

export function isBuiltin(name: string): name is BuiltinPlugin {
  return Object.hasOwn(builtins, name)
}

/** The definition of a built-in plugin. It must exist. */
export async function loadBuiltin(name: string): Promise<Plugin> {
  if (!isBuiltin(name)) throw new Error(`there is no built-in plugin ${name}`)
  return (await builtins[name].load()).default
}

/** What a built-in plugin does, in a few words; undefined for any other name. */
export function describeBuiltin(name: string): string | undefined {
  return isBuiltin(name) ? builtins[name].describe : undefined
}
