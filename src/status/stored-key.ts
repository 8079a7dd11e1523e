import type { KeyFacts, KeyStoreName } from '../keys/key-store.ts'
import type { Profile } from '../profiles/profile.ts'
import { describeSpan } from '../text/time.ts'

/** Where the stored key at the root of a chain lies, and what is known of it without opening the store. */
export interface StoredKeyReport {
  /** As the profile says: it need not be a store. */
  readonly store: string
  /** Absent where that store has no key of the profile. */
  readonly facts?: KeyFacts
  /** Whether tools get the key itself. */
  readonly isHandedOut: boolean
}

/** What there is to say of the profile `root`, whose key lies in a store, and of whose keys `facts` are. */
export function reportStoredKey(
  { keyStore = '', handsOutKey = false }: Profile,
  facts: readonly KeyFacts[],
): StoredKeyReport {
  const found = facts.find(({ store }) => store === keyStore)
  return { store: keyStore, ...(found && { facts: found }), isHandedOut: handsOutKey }
}

const places: Readonly<Record<KeyStoreName, string>> = { os: 'the keyring', file: 'an encrypted file' }

/** The same in a line, with the age of the key at `now`, in milliseconds since the epoch. */
export function describeStoredKey({ store, facts, isHandedOut }: StoredKeyReport, now: number): string {
  const place = places[store as KeyStoreName] ?? `${store}, which is no store`
  const what = facts
    ? `assume's keys in ${place}: ${facts.accessKeyId}, ${describeSpan(Math.max(0, now - facts.createdAt))} old`
    : `assume's keys in ${place}: none of this profile`
  return isHandedOut ? `${what}; tools get it itself (assume_session_token = off)` : what
}
