import { parseVariableNames } from './variable-name.ts'

/**
 * What has to change in an environment. No name stands in both lists or twice in one; `unset` means removed,
 * not empty. This is all that a shell's function gets to apply, from the core or from the profile index.
 */
export interface EnvironmentChange {
  readonly set: readonly (readonly [name: string, value: string])[]
  readonly unset: readonly string[]
}

/** A switch, ready for a shell's function: what a row of the profile index holds too. */
export interface Switch {
  readonly change: EnvironmentChange
  /** Arguments of `assume` that do this switch again, for `assume -`. */
  readonly repeat: readonly string[]
  /** The line shown on success: `NAME · ACCOUNT ROLE · REGION`, printable. */
  readonly message: string
  /** From when on the shell is to ask for new keys at a prompt, in seconds since the epoch; absent: never. */
  readonly renewAt?: number
}

export interface Additions extends EnvironmentChange {
  /** The value of ASSUME_STYLE. */
  readonly style?: 'protected'
}

/** A change as commands print it in JSON. */
export function describeChange({ set, unset }: EnvironmentChange): {
  readonly set: Readonly<Record<string, string>>
  readonly unset: readonly string[]
} {
  return { set: Object.fromEntries(set), unset }
}

/** An environment as it was before a switch, as far as a process that was started later can know: what its ASSUME_VARS names is gone. */
export function removeSwitch(
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const switched = new Set([...parseVariableNames(env['ASSUME_VARS']), 'ASSUME_VARS'])
  if (switched.size === 1) return env
  return Object.fromEntries(Object.entries(env).filter(([name]) => !switched.has(name)))
}

/** The same change where an earlier switch, by the ASSUME_VARS of `env`, has to go too. */
export function replaceSwitch(
  env: Readonly<Record<string, string | undefined>>,
  { set, unset }: EnvironmentChange,
): EnvironmentChange {
  const names = new Set(set.map(([name]) => name))
  const removed = new Set([...parseVariableNames(env['ASSUME_VARS']), 'ASSUME_VARS', ...unset])
  return { set, unset: [...removed].filter((name) => !names.has(name)) }
}

/** The environment that a change leaves, for a program that is started with it. An earlier switch is gone from it. */
export function applyChange(
  env: Readonly<Record<string, string | undefined>>,
  { set, unset }: EnvironmentChange,
): Record<string, string> {
  const removed = new Set(unset)
  const kept = Object.entries(removeSwitch(env)).flatMap(([name, value]) =>
    value === undefined || removed.has(name) ? [] : [[name, value] as const],
  )
  return Object.fromEntries([...kept, ...set])
}
