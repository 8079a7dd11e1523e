import type { KeyFacts, KeyStoreName } from '../keys/key-store.ts'

/** A line of the list of keys: a stored key, or a profile that wants one. */
export interface ListedKey {
  readonly name: string
  readonly store: KeyStoreName
  /** Absent where there is no key. */
  readonly accessKeyId?: string
  /** Milliseconds since the epoch; absent where there is no key. */
  readonly createdAt?: number
  readonly problem?: KeyProblem
}

/** `no-profile`: it belongs to a profile that is gone · `unused`: its profile uses no key of this store · `missing`: there is no key · `unusable`: something is there that is none. */
export type KeyProblem = 'no-profile' | 'unused' | 'missing' | 'unusable'

/**
 * The stored keys with what speaks against them, and the keys that profiles want and are not there. `wanted` has all profiles, with
 * the store that each names in `assume_keys`, undefined for none and for another word; `hasEntry` says whether anything is there.
 */
export function listStoredKeys(
  facts: readonly KeyFacts[],
  wanted: ReadonlyMap<string, KeyStoreName | undefined>,
  hasEntry: (store: KeyStoreName, profileName: string) => boolean,
): ListedKey[] {
  const stored = facts.map(({ profileName, store, accessKeyId, createdAt }) => {
    const problem = findProblem(wanted, profileName, store)
    return { name: profileName, store, accessKeyId, createdAt, ...(problem && { problem }) }
  })
  const missing = [...wanted].flatMap(([name, store]): ListedKey[] => {
    const isThere = facts.some((each) => each.profileName === name && each.store === store)
    if (store === undefined || isThere) return []
    return [{ name, store, problem: hasEntry(store, name) ? 'unusable' : 'missing' }]
  })
  return [...stored, ...missing]
}

function findProblem(
  wanted: ReadonlyMap<string, KeyStoreName | undefined>,
  name: string,
  store: KeyStoreName,
): KeyProblem | undefined {
  if (!wanted.has(name)) return 'no-profile'
  return wanted.get(name) === store ? undefined : 'unused'
}
