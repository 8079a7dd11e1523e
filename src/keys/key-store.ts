import type { StoredKey } from './stored-key.ts'

/** Where long-lived keys lie: in the keyring of the operating system, or in encrypted files. */
export type KeyStoreName = 'os' | 'file'

export const keyStoreNames: readonly KeyStoreName[] = ['os', 'file']

/** What is known of a stored key without opening the store. */
export interface KeyFacts {
  readonly profileName: string
  readonly store: KeyStoreName
  readonly accessKeyId: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}

/**
 * Keeps one key for each profile. Every method may wait for somebody who unlocks the store, and fails with AssumeError
 * `keyring-missing`, `keyring-locked`, `passphrase-needed`, `passphrase-refused`, `damaged-key`, `unreadable-file`,
 * `unwritable-file`, `unsafe-file` or `cancelled`.
 */
export interface KeyStore {
  readonly name: KeyStoreName
  /** Undefined where there is none. */
  read(profileName: string): Promise<StoredKey | undefined>
  /** In place of the one that is there. When it returns, the key has been read back and is the same. */
  write(profileName: string, key: StoredKey): Promise<void>
  /** Absence is no error. */
  remove(profileName: string): Promise<void>
}
