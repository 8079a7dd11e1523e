import { parseVariableNames } from '../emit/variable-name.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What is in force in an environment, whoever put it there. */
export interface Active {
  /** AWS_PROFILE, or the profile whose keys a switch has exported; absent when there is neither. */
  readonly profile?: string
  /** Where it comes from: a switch of assume, something else, or no profile but keys in the environment. */
  readonly source: 'assume' | 'elsewhere' | 'keys' | 'none'
  /** Whether tools are given the name of the profile, or keys; absent for `none`. */
  readonly mode?: 'profile' | 'export'
  /** Whose the keys in the environment are: those of the last switch, or somebody else's; absent where there are none. */
  readonly keys?: 'switch' | 'elsewhere'
  /** The profile of the last switch, where it is no longer in force. */
  readonly overridden?: string
}

/** What an environment says, by the rule of the prompt, and without regard to what the tools make of it. */
export function describeActive(env: Environment, keptKeyId: string | undefined): Active {
  const switched = env['ASSUME_PROFILE'] || undefined
  const named = env['AWS_PROFILE'] || undefined
  const keys = !env['AWS_ACCESS_KEY_ID']
    ? undefined
    : switched !== undefined && hasSwitchedKeys(env, keptKeyId)
      ? 'switch'
      : 'elsewhere'
  const profile = named ?? (keys === 'switch' ? switched : undefined)
  return {
    ...(profile !== undefined && { profile }),
    source: findOrigin(env, keys),
    ...((profile ?? keys) !== undefined && { mode: named === undefined ? 'export' : 'profile' }),
    ...(keys !== undefined && { keys }),
    ...(switched !== undefined && switched !== profile && { overridden: switched }),
  }
}

function findOrigin(env: Environment, keys: Active['keys']): Active['source'] {
  const { AWS_PROFILE: named, ASSUME_PROFILE: switched } = env
  if (!named) return keys === undefined ? 'none' : keys === 'switch' ? 'assume' : 'keys'
  const isSwitched = named === switched && parseVariableNames(env['ASSUME_VARS']).includes('AWS_PROFILE')
  return isSwitched ? 'assume' : 'elsewhere'
}

/**
 * Whether the access key of an environment is one that a switch has set: the one that the shell's function has kept,
 * where it says so in `keptKeyId`, else as far as can be known.
 */
export function hasSwitchedKeys(env: Environment, keptKeyId: string | undefined): boolean {
  const keyId = env['AWS_ACCESS_KEY_ID']
  if (!keyId) return false
  if (keptKeyId !== undefined) return keyId === keptKeyId
  return parseVariableNames(env['ASSUME_VARS']).includes('AWS_ACCESS_KEY_ID')
}
