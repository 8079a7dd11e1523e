import { hasStaticKeys, longestChain } from '../../profiles/profile.ts'
import { type KeyMove, type KeyTaker, planMoves, sessionKeys } from '../../tool-keys/key-move.ts'
import { findKeys, type ImportFacts, isTaken, readVariable } from '../facts.ts'
import type { VaultWorld } from './aws-vault-inheritance.ts'
import { lastingKeys, readVaultProcess } from './aws-vault-sources.ts'

/** What counts for all keys alike. */
export type KeyWorld = VaultWorld & { readonly facts: ImportFacts }

/** Whether an item of its store is a key, and no session or token. */
export function isVaultKey(item: string): boolean {
  return !/^(?:sts\.\w+|sso\.\w+|credential_process|session),|^oidc:|session \(\d+\)$/.test(item)
}

/** Where its key of that name lies, and what it knows of its profile besides. */
export function describeVaultKey(
  { facts, profiles, included }: KeyWorld,
  name: string,
): Pick<KeyMove, 'origin' | 'told'> {
  const variable = (part: string) => readVariable(facts, `AWS_VAULT_${part}`)
  const keyring = {
    backend: variable('BACKEND'),
    fileFolder: variable('FILE_DIR'),
    passFolder: variable('PASS_PASSWORD_STORE_DIR'),
  }
  const { options = [] } = readVaultProcess(facts, profiles.get(name) ?? new Map()) ?? {}
  // Every chain of aws-vault ends in [default], that of its MFA device too.
  const device = included.get(name)?.has('mfa_serial')
    ? undefined
    : included.get('default')?.get('mfa_serial')
  return {
    origin: { tool: 'aws-vault', name, keyring, options },
    told: device === undefined ? [] : [['mfa_serial', device]],
  }
}

/** What gives those their keys that have them from its store. */
export function planVaultKeys(world: KeyWorld, takers: readonly KeyTaker[]) {
  return planMoves(takers, {
    tool: 'aws-vault',
    findKeyName: (target) => findKeyName(world, target),
    isStored: (name) => world.profiles.get(name)?.has('assume_keys') === true,
    describe: (name) => describeVaultKey(world, name),
  })
}

/** The key that the keys of a profile come from, through roles and processes; undefined for none, or one that stays there. */
function findKeyName({ facts, profiles, included }: KeyWorld, target: string): string | undefined {
  const visited = new Set<string>()
  let name = target
  while (!visited.has(name) && visited.size <= longestChain) {
    visited.add(name)
    const values = profiles.get(name)
    if (!values) return isTaken(facts, name) ? undefined : name
    const whole = included.get(name) ?? values
    if (lastingKeys.some((key) => whole.has(key)) && whole.has('role_arn')) return undefined
    const started = readVaultProcess(facts, values)
    const next = whole.has('role_arn') ? whole.get('source_profile') : started?.profile
    if (whole.has('role_arn') && (next === undefined || next === name)) return undefined
    if (!whole.has('role_arn') && sessionKeys.some((key) => whole.has(key))) return undefined
    if (hasStaticKeys(values) || findKeys(facts, name) !== 'none') return undefined
    if (next === undefined || next === name) {
      const isOther = values.has('credential_process') && !started && !values.has('assume_keys')
      return isOther ? undefined : name
    }
    name = next
  }
  return undefined
}
