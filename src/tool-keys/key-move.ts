import { formatAssumeProcess } from '../key-lifecycle/profile-edits.ts'
import type { ConfigEdit } from '../profiles/config/edit.ts'
import { printable } from '../text/redact.ts'
import type { ToolKeyOrigin } from './key-origin.ts'

/** A profile that has keys from another tool: its own, or those of the profile `target`. */
export interface KeyTaker {
  readonly name: string
  readonly target: string
}

/** What a profile has whose keys are those of a session. */
export const sessionKeys = [
  'role_arn',
  'sso_session',
  'sso_start_url',
  'sso_account_id',
  'web_identity_token_file',
  'login_session',
] as const

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

/** Those that come last, when the key is there. */
export function editSharers(sharers: readonly KeyTaker[]): ConfigEdit[] {
  return sharers.map(({ name, target }) => ({
    op: 'set',
    section: { type: 'profile', name },
    key: 'credential_process',
    value: formatAssumeProcess(target),
  }))
}

/** What a tool's plan knows of profiles and keys. */
interface MoveFacts {
  readonly tool: ToolKeyOrigin['tool']
  /** Which key the keys of a profile come from; undefined for one that stays with the tool. */
  readonly findKeyName: (target: string) => string | undefined
  /** Whether the profile of a key has it from a store of ours: it has moved before. */
  readonly isStored: (name: string) => boolean
  readonly describe: (keyName: string) => Pick<KeyMove, 'origin' | 'told'>
}

/**
 * What gives all these profiles their keys without the tool: a move for each key, and edits where it has moved before. `needs` says
 * of those that stay why they do.
 */
export function planMoves(
  takers: readonly KeyTaker[],
  { tool, findKeyName, isStored, describe }: MoveFacts,
): { readonly moves: KeyMove[]; readonly edits: ConfigEdit[]; readonly needs: string[] } {
  const byKey = new Map<string, KeyTaker[]>()
  const edits: ConfigEdit[] = []
  const needs: string[] = []
  for (const taker of takers) {
    const { name, target } = taker
    const keyName = findKeyName(target)
    const whose = target === name ? 'its keys lie' : `it has the keys of ${printable(target)}, which lie`
    if (keyName === undefined) needs.push(`${printable(name)}: ${whose} in ${tool}'s store`)
    else if (isStored(keyName)) edits.push(...editSharers([taker]))
    else byKey.set(keyName, [...(byKey.get(keyName) ?? []), taker])
  }
  const moves = [...byKey].map(([profileName, all]) => ({
    profileName,
    ...describe(profileName),
    sharers: all.filter(({ name }) => name !== profileName),
  }))
  return { moves, edits, needs }
}
