import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openKeyStore } from '../../src/keys/open-key-store.ts'
import type { StoredKey } from '../../src/keys/stored-key.ts'
import { locatePaths } from '../../src/system/paths.ts'
import { createContext } from './context.ts'
import type { Home } from './home.ts'

/** Of the key files. */
export const passphrase = 'correct horse battery staple'

/** The key of the user `me` of AWS's documentation, which the sandbox knows. */
export const exampleKey = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
}

type Key = Pick<StoredKey, 'accessKeyId' | 'secretAccessKey'> & Partial<StoredKey>

/** To encrypt takes half a second: the files of one key are good in every home. */
const made = new Map<string, ReadonlyMap<string, Buffer>>()

/** Puts a key into the file store of a home, for a profile. */
export async function storeKey(home: Home, profileName: string, key: Key = exampleKey): Promise<void> {
  const { accessKeyId, secretAccessKey, createdAt = Date.now() } = key
  const id = JSON.stringify([profileName, accessKeyId, secretAccessKey, key.createdAt])
  const folder = join(home.path, '.config/assume/keys')
  const known = made.get(id)
  if (known) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    for (const [name, bytes] of known) writeFileSync(join(folder, name), bytes, { mode: 0o600 })
    return
  }
  const context = createContext(home, { answers: [passphrase, passphrase] })
  const paths = locatePaths(context.env, context.platform)
  const store = await openKeyStore(context, paths, 'file', { mayAsk: true })
  await store.write(profileName, { accessKeyId, secretAccessKey, createdAt })
  made.set(id, new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))] as const)))
}
