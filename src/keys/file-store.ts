import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import { AssumeError } from '../errors.ts'
import { removeFile } from '../system/files/remove-file.ts'
import { type LockWorld, locateEditLock, withLock } from '../system/lock/lock.ts'
import type { Paths } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import { formatProfileWord } from '../text/words.ts'
import { describeDamage } from './key-facts.ts'
import { parseKeyFile, type SealedKey, sealKey } from './key-file.ts'
import { type KeyFolderWorld, listKeyFiles, locateKeyFile, readKeyFile, writeKeyFile } from './key-folder.ts'
import type { KeyStore } from './key-store.ts'
import {
  askForNewPassphrase,
  askForPassphrase,
  listKnownPassphrases,
  needPassphrase,
  type Passphrase,
  type PassphraseWorld,
  rememberPassphrase,
} from './passphrase.ts'
import { formatStoredKey, type StoredKey } from './stored-key.ts'

export type FileStoreWorld = KeyFolderWorld & PassphraseWorld & LockWorld

type KeyPaths = Pick<Paths, 'keys' | 'locks'>

/** Keys in a file each, encrypted with one passphrase, which is asked for once in a process. */
export class FileStore implements KeyStore {
  readonly name = 'file'
  readonly #world: FileStoreWorld
  readonly #paths: KeyPaths
  readonly #mayAsk: boolean

  constructor(world: FileStoreWorld, paths: KeyPaths, { mayAsk }: { readonly mayAsk: boolean }) {
    this.#world = world
    this.#paths = paths
    this.#mayAsk = mayAsk
  }

  async read(profileName: string): Promise<StoredKey | undefined> {
    const path = locateKeyFile(this.#paths.keys, 'file', profileName)
    const text = readKeyFile(this.#world, path)
    if (text === undefined) return undefined
    const file = parseKeyFile(text)
    if (file?.profileName !== profileName) throw refuseFile(path, file?.profileName, profileName)
    for (const passphrase of listKnownPassphrases(this.#world)) {
      const key = await this.#open(file, path, passphrase)
      if (key) return key
    }
    if (!this.#mayAsk) throw needPassphrase(again)
    const name = printable(profileName)
    const question = {
      label: `Passphrase for the key of ${profileName}`,
      refusal: `the key of ${name} stays closed: that is not its passphrase, or ${printable(path)} is damaged`,
      hint: again,
    }
    return askForPassphrase(this.#world, question, async (passphrase) => {
      const key = await this.#open(file, path, passphrase)
      if (key) rememberPassphrase(this.#world, passphrase)
      return key
    })
  }

  async write(profileName: string, key: StoredKey): Promise<void> {
    const { keys, locks } = this.#paths
    const passphrase = await this.#agreeOnPassphrase(profileName)
    await withLock(this.#world, locateEditLock(locks, keys), 'the change of stored keys', async () => {
      const salt = await this.#chooseSalt(passphrase, profileName)
      if (salt === undefined) throw new AssumeError('passphrase-refused', refusalOfNew, { hint: again })
      await writeSealedKey(this.#world, keys, { profileName, key, passphrase, salt })
    })
    rememberPassphrase(this.#world, passphrase)
  }

  async remove(profileName: string): Promise<void> {
    const path = locateKeyFile(this.#paths.keys, 'file', profileName)
    const other = parseKeyFile(readKeyFile(this.#world, path) ?? '')?.profileName
    if (other !== undefined && other !== profileName) throw refuseFile(path, other, profileName)
    removeFile(this.#world.files, path)
  }

  async #open(file: SealedKey, path: string, passphrase: Passphrase): Promise<StoredKey | undefined> {
    const key = await passphrase.open(file)
    if (key) return key
    const { opened } = await passphrase.sort(this.#listSiblings(file))
    if (opened.length === 0) return undefined
    throw reportDamage(path, file.profileName)
  }

  /** One that cannot be read is no matter of the file beside it. */
  #listSiblings({ salt }: SealedKey): readonly SealedKey[] {
    try {
      return readSealedKeys(this.#world, this.#paths.keys).filter((file) => file.salt === salt)
    } catch (error) {
      if (error instanceof AssumeError) return []
      throw error
    }
  }

  async #agreeOnPassphrase(profileName: string): Promise<Passphrase> {
    for (const passphrase of listKnownPassphrases(this.#world))
      if ((await this.#chooseSalt(passphrase, profileName)) !== undefined) return passphrase
    if (!this.#mayAsk) throw needPassphrase(again)
    if (readSealedKeys(this.#world, this.#paths.keys).length === 0)
      return askForNewPassphrase(this.#world, again)
    const question = { label: 'Passphrase of the key files', refusal: refusalOfNew, hint: again }
    return askForPassphrase(this.#world, question, async (passphrase) => {
      if ((await this.#chooseSalt(passphrase, profileName)) === undefined) return undefined
      rememberPassphrase(this.#world, passphrase)
      return passphrase
    })
  }

  /**
   * The salt that goes with a passphrase for the key of this profile; undefined where it is not the passphrase: it has to open the
   * file that is there, else the other files. Throws AssumeError `passphrase-refused` where it opens some of them.
   */
  async #chooseSalt(passphrase: Passphrase, profileName: string): Promise<string | undefined> {
    const sealed = readSealedKeys(this.#world, this.#paths.keys)
    const own = sealed.find((file) => file.profileName === profileName)
    if (own && (await passphrase.open(own))) return own.salt
    const { opened, closed } = await passphrase.sort(sealed)
    if (closed.length === 0) return opened[0]?.salt ?? makeSalt()
    if (opened.length > 0) throw refuseMixed(closed)
    return undefined
  }
}

const again = 'run it again on a terminal'
const refusalOfNew = 'that is not the passphrase of the keys that are there, and a new one takes no other'

/** What `writeSealedKey` seals. */
export interface Sealing {
  readonly profileName: string
  readonly key: StoredKey
  readonly passphrase: Passphrase
  readonly salt: string
}

/**
 * Writes a key file and reads it back; whoever calls it holds the lock of the folder. Throws AssumeError `unsafe-file`,
 * `unwritable-file`, `unreadable-file`, and `damaged-key` where another key came back, or another profile has a file of that name.
 */
export async function writeSealedKey(
  world: KeyFolderWorld,
  keys: string,
  { profileName, key, passphrase, salt }: Sealing,
): Promise<void> {
  const path = locateKeyFile(keys, 'file', profileName)
  refuseNamesake(world, path, profileName)
  const seal = { salt, secret: await passphrase.derive(salt), nonce: randomBytes(12) }
  writeKeyFile(world, keys, path, sealKey(profileName, key, seal))
  const after = parseKeyFile(readKeyFile(world, path) ?? '')
  const back = after && (await passphrase.open(after))
  if (!back || formatStoredKey(back) !== formatStoredKey(key)) throw reportDamage(path, profileName)
}

/** Two names can have one digest; nobody loses a key by that. */
function refuseNamesake(world: KeyFolderWorld, path: string, profileName: string): void {
  const other = parseKeyFile(readKeyFile(world, path) ?? '')?.profileName
  if (other === undefined || other === profileName) return
  if (locateKeyFile(dirname(path), 'file', other) === path) throw reportDamage(path, profileName)
}

/** All key files that are whole and have the name that they should. Throws AssumeError `unreadable-file`, `unsafe-file`. */
export function readSealedKeys(world: KeyFolderWorld, keys: string): SealedKey[] {
  return listKeyFiles(world, keys, 'file').flatMap((path) => {
    const file = parseKeyFile(readKeyFile(world, path) ?? '')
    return file && locateKeyFile(keys, 'file', file.profileName) === path ? file : []
  })
}

export function makeSalt(): string {
  return randomBytes(16).toString('base64')
}

function reportDamage(path: string, profileName: string): AssumeError {
  const message = `${describeDamage(path)}: the key of ${printable(profileName)} cannot be had from it`
  return new AssumeError('damaged-key', message, {
    hint: (quote) => `assume keys remove ${formatProfileWord(profileName, quote)}`,
  })
}

/** `other`: the profile whose key it is; absent: it cannot be read. */
function refuseFile(path: string, other: string | undefined, profileName: string): AssumeError {
  const place = other === undefined ? path : locateKeyFile(dirname(path), 'file', other)
  if (other === undefined || place === path) return reportDamage(path, profileName)
  const message = `${printable(path)} holds a key of ${printable(other)}, and none of ${printable(profileName)}`
  return new AssumeError('damaged-key', message, { hint: (quote) => `mv -i ${quote(path)} ${quote(place)}` })
}

function refuseMixed(closed: readonly SealedKey[]): AssumeError {
  const names = closed.map(({ profileName }) => printable(profileName)).join(', ')
  const message = `that passphrase does not open the key of ${names}: a change of the passphrase was interrupted`
  return new AssumeError('passphrase-refused', message, { hint: 'assume keys passphrase' })
}
