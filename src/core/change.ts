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
