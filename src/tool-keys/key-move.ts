import type { ConfigEdit } from '../profiles/config/edit.ts'
import type { ToolKeyOrigin } from './key-origin.ts'

/** A profile that has keys from another tool: its own, or those of the profile `target`. */
export interface KeyTaker {
  readonly name: string
  readonly target: string
}

/** A long-lived key that can move out of the store of another tool, and what goes with it. */
export interface KeyMove {
  /** The profile that gets it; it is made where it is not there yet. */
  readonly profileName: string
  readonly origin: ToolKeyOrigin
  /** What the tool alone knew of that profile: keys of the config file, which it gets first. */
  readonly told: readonly (readonly [key: string, value: string])[]
  /** The other profiles that have the key by the tool, and have it by that profile afterwards. */
  readonly sharers: readonly KeyTaker[]
}

/** The names of all profiles that need the tool no more when the key has moved. */
export function listTakers({ profileName, sharers }: KeyMove): string[] {
  return [profileName, ...sharers.map(({ name }) => name)]
}

/** The edits of the config file that go before that of the profile itself. */
export function editTold({ profileName: name, told }: KeyMove): ConfigEdit[] {
  return told.map(([key, value]) => ({ op: 'set', section: { type: 'profile', name }, key, value }))
}

/** Those that come last, when the key is there. `format` makes the `credential_process` that gives the keys of a profile. */
export function editSharers(sharers: readonly KeyTaker[], format: (name: string) => string): ConfigEdit[] {
  return sharers.map(({ name, target }) => ({
    op: 'set',
    section: { type: 'profile', name },
    key: 'credential_process',
    value: format(target),
  }))
}

/**
 * The moves that give all these profiles their keys without the tool, one for each key. `findKeyName` says which key the keys
 * of a profile come from, and where nothing does: undefined. `left` have to stay with the tool, and `shared` need an edit
 * alone: their key has moved before.
 */
export function planMoves(
  takers: readonly KeyTaker[],
  {
    findKeyName,
    isStored,
    describe,
  }: {
    readonly findKeyName: (target: string) => string | undefined
    readonly isStored: (name: string) => boolean
    readonly describe: (keyName: string) => Pick<KeyMove, 'origin' | 'told'>
  },
): {
  readonly moves: readonly KeyMove[]
  readonly shared: readonly KeyTaker[]
  readonly left: readonly KeyTaker[]
} {
  const byKey = new Map<string, KeyTaker[]>()
  const shared: KeyTaker[] = []
  const left: KeyTaker[] = []
  for (const taker of takers) {
    const keyName = findKeyName(taker.target)
    if (keyName === undefined) left.push(taker)
    else if (isStored(keyName)) shared.push(taker)
    else byKey.set(keyName, [...(byKey.get(keyName) ?? []), taker])
  }
  const moves = [...byKey].map(([profileName, all]) => ({
    profileName,
    ...describe(profileName),
    sharers: all.filter(({ name }) => name !== profileName),
  }))
  return { moves, shared, left }
}
