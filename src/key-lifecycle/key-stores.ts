import type { Context } from '../context.ts'
import type { KeyStore, KeyStoreName } from '../keys/key-store.ts'
import { openKeyStore } from '../keys/open-key-store.ts'
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
}
