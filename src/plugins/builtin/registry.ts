import type { Plugin } from '../api.ts'

const modules: Readonly<Record<string, () => Promise<{ default: Plugin }>>> = {
  kube: () => import('./kube.ts'),
  'mfa-command': () => import('./mfa-command.ts'),
  protect: () => import('./protect.ts'),
  terraform: () => import('./terraform.ts'),
  vars: () => import('./vars.ts'),
}

/** The names of the plugins that assume brings along. */
export function listBuiltins(): string[] {
  return Object.keys(modules)
}

export function isBuiltin(name: string): boolean {
  return Object.hasOwn(modules, name)
}

/** The definition of a built-in plugin. It must exist. */
export async function loadBuiltin(name: string): Promise<Plugin> {
  const load = Object.hasOwn(modules, name) ? modules[name] : undefined
  if (!load) throw new Error(`there is no built-in plugin ${name}`)
  return (await load()).default
}
