import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import type { KeyStore, KeyStoreName } from '../keys/key-store.ts'
import { openKeyStore } from '../keys/open-key-store.ts'
import type { StoredKey } from '../keys/stored-key.ts'
import type { Paths } from '../system/paths.ts'

/** The stores of one call, each opened when it is first needed: a passphrase is asked for once. */
export class KeyStores {
  readonly #context: Context
  readonly #paths: Paths
  readonly #mayAsk: boolean
  readonly #opened = new Map<KeyStoreName, Promise<KeyStore>>()

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
}
