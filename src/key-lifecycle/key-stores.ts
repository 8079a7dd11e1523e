import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import type { KeyStore, KeyStoreName } from '../keys/key-store.ts'
import { openKeyStore } from '../keys/open-key-store.ts'
import type { StoredKey } from '../keys/stored-key.ts'
import type { Paths } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import { describeStore } from './key-report.ts'

/** The stores of one call, each opened when it is first needed: a passphrase is asked for once. */
export class KeyStores {
  readonly #context: Context
  readonly #paths: Paths
  readonly #mayAsk: boolean
  readonly #opened = new Map<KeyStoreName, Promise<KeyStore>>()
  readonly #outOfReach = new Set<KeyStoreName>()

  /** `mayAsk`: whether the terminal may be asked. */
  constructor(context: Context, paths: Paths, mayAsk: boolean) {
    this.#context = context
    this.#paths = paths
    this.#mayAsk = mayAsk
  }

  /** Throws what `openKeyStore` throws. */
  open(name: KeyStoreName): Promise<KeyStore> {
    const opened =
      this.#opened.get(name) ?? openKeyStore(this.#context, this.#paths, name, { mayAsk: this.#mayAsk })
    this.#opened.set(name, opened)
    return opened
  }

  /**
   * The key that a store has for a profile. Undefined also where it has lost one, which is no reason not to add another.
   * Throws what `openKeyStore` and `KeyStore` throw.
   */
  async read(name: KeyStoreName, profileName: string): Promise<StoredKey | undefined> {
    try {
      return await (await this.open(name)).read(profileName)
    } catch (error) {
      if (error instanceof AssumeError && error.code === 'unknown-key') return undefined
      throw error
    }
  }

  /**
   * The same of a store that the key is not to lie in. Where there is no way to it, what it has stays there, a warning says so,
   * and it is no reason not to add a key to another.
   */
  async readOther(name: KeyStoreName, profileName: string): Promise<StoredKey | undefined> {
    try {
      return await this.read(name, profileName)
    } catch (error) {
      if (!(error instanceof AssumeError) || error.code !== 'keyring-missing') throw error
      this.#outOfReach.add(name)
      this.#context.notifyOnce(
        `warning: what ${describeStore(name)} has of ${printable(profileName)} stays there: ${error.message}`,
      )
      return undefined
    }
  }

  /** Whether there was no way to a store from which a key was to be read. */
  isOutOfReach(name: KeyStoreName): boolean {
    return this.#outOfReach.has(name)
  }
}
