/**
 * What has to change in an environment. No name stands in both lists or twice in one; `unset` means removed,
 * not empty. This is all that a shell's function gets to apply, from the core or from the profile index.
 */
export interface EnvironmentChange {
  readonly set: readonly (readonly [name: string, value: string])[]
  readonly unset: readonly string[]
}

const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Whether `name` can be an environment variable in all four shells (POSIX, Base Definitions 3.216 "Name"). */
export function isVariableName(name: string): boolean {
  return variableName.test(name)
}

/** The names of an ASSUME_VARS value: separated by spaces; what is no variable name is left out. */
export function parseVariableNames(list: string | undefined): string[] {
  return (list ?? '').split(' ').filter(isVariableName)
}

/**
 * The environment that a change leaves, for a program that is started with it. What an earlier switch set, by its
 * ASSUME_VARS, is gone from it, as it would be after that switch in a shell.
 */
export function applyChange(
  env: Readonly<Record<string, string | undefined>>,
  { set, unset }: EnvironmentChange,
): Record<string, string> {
  const removed = new Set([...parseVariableNames(env['ASSUME_VARS']), ...unset])
  const kept = Object.entries(env).flatMap(([name, value]) =>
    value === undefined || removed.has(name) ? [] : [[name, value] as const],
  )
  return Object.fromEntries([...kept, ...set])
}
