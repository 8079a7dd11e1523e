import type { AsyncEntry } from '@napi-rs/keyring'
import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { checkCacheFolder } from '../system/files/cache-file.ts'
import { removeFile } from '../system/files/remove-file.ts'
import type { Paths } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import { formatProfileWord } from '../text/words.ts'
import { findKeyFacts, type KeyFactsWorld } from './key-facts.ts'
import { formatKeyringNote } from './key-file.ts'
import { locateKeyFile, writeKeyFile } from './key-folder.ts'
import type { KeyStore } from './key-store.ts'
import { type BindingWorld, type KeyringBinding, loadKeyringBinding } from './keyring-binding.ts'
import { explainKeyringFailure } from './keyring-failure.ts'
import { formatStoredKey, parseStoredKey, type StoredKey } from './stored-key.ts'

export type OsStoreWorld = BindingWorld &
  KeyFactsWorld &
  Pick<Context, 'interruption' | 'holdThread' | 'notify' | 'env'>

const service = 'assume'

/** Milliseconds after which a person wonders what is waited for. */
const noticeTime = 1000

/** What the blob of Windows' Credential Manager holds of UTF-16 (CRED_MAX_CREDENTIAL_BLOB_SIZE, 2,560 bytes). */
const mostCharacters = 1280

/** Keys in the keyring of the system: one item each, of the service `assume`, with the profile as its account. */
export class OsStore implements KeyStore {
  readonly name = 'os'
  readonly #world: OsStoreWorld
  readonly #paths: Pick<Paths, 'keys'>
  readonly #binding: KeyringBinding

  /** Throws AssumeError `keyring-missing`, `unsafe-file`. */
  constructor(world: OsStoreWorld, paths: Pick<Paths, 'keys'>) {
    this.#world = world
    this.#paths = paths
    this.#binding = loadKeyringBinding(world)
  }

  async read(profileName: string): Promise<StoredKey | undefined> {
    const text = await this.#getText(profileName)
    const [facts] = findKeyFacts(this.#world, this.#paths, profileName).filter(({ store }) => store === 'os')
    if (text === null) {
      if (facts) throw reportLoss(profileName)
      return undefined
    }
    const key = parseStoredKey(text)
    if (!key) throw reportDamage(profileName)
    if (facts?.accessKeyId !== key.accessKeyId) this.#mendNote(profileName, key)
    return key
  }

  async write(profileName: string, key: StoredKey): Promise<void> {
    const text = formatStoredKey(key)
    const { keys } = this.#paths
    // What is told afterwards comes too late for a key that would be in no list.
    checkCacheFolder(this.#world, keys)
    if (this.#world.platform === 'win32' && text.length > mostCharacters)
      throw this.#explain(profileName, 'longer than the platform limit')
    await this.#call(profileName, (entry, signal) => entry.setPassword(text, signal))
    if ((await this.#getText(profileName)) !== text) throw reportDamage(profileName)
    this.#writeNote(profileName, key)
  }

  async remove(profileName: string): Promise<void> {
    await this.#call(profileName, (entry, signal) => entry.deletePassword(signal))
    removeFile(this.#world.files, locateKeyFile(this.#paths.keys, 'os', profileName))
  }

  #getText(profileName: string): Promise<string | null> {
    return this.#call(profileName, (entry, signal) => entry.getPassword(signal))
  }

  #writeNote(profileName: string, { accessKeyId, createdAt }: StoredKey): void {
    const { keys } = this.#paths
    const text = formatKeyringNote({ profileName, accessKeyId, createdAt })
    writeKeyFile(this.#world, keys, locateKeyFile(keys, 'os', profileName), text)
  }

  /** After a kill between the two; who reads needs no note. */
  #mendNote(profileName: string, key: StoredKey): void {
    try {
      this.#writeNote(profileName, key)
    } catch (error) {
      if (!(error instanceof AssumeError)) throw error
    }
  }

  /** A call cannot be ended while a dialog is open, but the wait for it can. */
  async #call<Answer>(
    profileName: string,
    call: (entry: AsyncEntry, signal: AbortSignal) => Promise<Answer>,
  ): Promise<Answer> {
    const { interruption, holdThread, notify } = this.#world
    interruption.throwIfAborted()
    const notice = setTimeout(() => notify(waitNotice), noticeTime)
    let stop = () => {}
    const interrupted = new Promise<never>((_, reject) => {
      const end = () => reject(interruption.reason)
      interruption.addEventListener('abort', end, { once: true })
      stop = () => interruption.removeEventListener('abort', end)
    })
    try {
      const { AsyncEntry } = this.#binding
      // It goes to the bus, which may never answer.
      const entry = holdThread(
        () => new AsyncEntry(service, profileName, { linux: { store: 'secret-service' } }),
      )
      // The binding takes the place of whoever else listens to its signal by `onabort`.
      return await Promise.race([call(entry, AbortSignal.any([interruption])), interrupted])
    } catch (cause) {
      interruption.throwIfAborted()
      throw this.#explain(profileName, cause)
    } finally {
      clearTimeout(notice)
      stop()
    }
  }

  #explain(profileName: string, cause: unknown): AssumeError {
    const facts = findKeyFacts(this.#world, this.#paths, profileName)
    const holdsKey = facts.some(({ store }) => store === 'os')
    const { platform } = this.#world
    return explainKeyringFailure(cause, { platform, profileName, holdsKey, otherBus: this.#findOtherBus() })
  }

  /** systemd starts one for each user, of which a session by `su` or SSH may not know. */
  #findOtherBus(): string | undefined {
    const { env, files, user } = this.#world
    const path = `/run/user/${user?.id}/bus`
    try {
      return env['DBUS_SESSION_BUS_ADDRESS'] || !files.stat(path) ? undefined : `unix:path=${path}`
    } catch {
      return undefined
    }
  }
}

const waitNotice = 'waiting for the keyring, which may ask in a window of its own; Ctrl-C ends the wait'

/** To a keyring without a collection, all is absent. */
function reportLoss(profileName: string): AssumeError {
  const name = printable(profileName)
  const message = `the keyring has no key of ${name}: somebody has removed it there, or this session has another keyring, or none`
  return new AssumeError('unknown-key', message, {
    hint: (quote) => `assume keys add ${formatProfileWord(profileName, quote)} --store os`,
  })
}

function reportDamage(profileName: string): AssumeError {
  const message = `what the keyring has of ${printable(profileName)} is no key of assume, or of another version`
  return new AssumeError('damaged-key', message, {
    hint: (quote) => `assume keys remove ${formatProfileWord(profileName, quote)}`,
  })
}
