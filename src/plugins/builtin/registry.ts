import type { Plugin } from '../api.ts'

interface Builtin {
  readonly describe: string
  readonly load: () => Promise<{ default: Plugin }>
}

const builtins: Readonly<Record<string, Builtin>> = {
  kube: { describe: 'a kubeconfig and context per profile', load: () => import('./kube.ts') },
  'mfa-command': { describe: 'MFA codes from a command', load: () => import('./mfa-command.ts') },
  protect: { describe: 'asks before a switch to a profile', load: () => import('./protect.ts') },
  terraform: { describe: 'workspace and variables of Terraform', load: () => import('./terraform.ts') },
  vars: { describe: 'any variables per profile', load: () => import('./vars.ts') },
}

/** The names of the plugins that assume brings along. */
export function listBuiltins(): string[] {
  return Object.keys(builtins)
}

export function isBuiltin(name: string): boolean {
  return Object.hasOwn(builtins, name)
}

/** The definition of a built-in plugin. It must exist. */
export async function loadBuiltin(name: string): Promise<Plugin> {
  const builtin = findBuiltin(name)
  if (!builtin) throw new Error(`there is no built-in plugin ${name}`)
  return (await builtin.load()).default
}

/** What a built-in plugin does, in a few words; undefined for any other name. */
export function describeBuiltin(name: string): string | undefined {
  return findBuiltin(name)?.describe
}

function findBuiltin(name: string): Builtin | undefined {
  return isBuiltin(name) ? builtins[name] : undefined
}
