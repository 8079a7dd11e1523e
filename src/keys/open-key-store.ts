import type { Context } from '../context.ts'
import type { Paths } from '../system/paths.ts'
import type { KeyStore, KeyStoreName } from './key-store.ts'

/**
 * The store of that name, and no other, whatever is wrong with it. Nothing is opened yet. With `mayAsk` the passphrase of the key
 * files is asked for on the terminal when it is first needed, once in a process; the system's keyring asks by itself.
 * Throws AssumeError `keyring-missing`, `unsafe-file`.
 */
export async function openKeyStore(
  context: Context,
  paths: Paths,
  name: KeyStoreName,
  options: { readonly mayAsk: boolean },
): Promise<KeyStore> {
  if (name === 'os') {
    const { OsStore } = await import('./os-store.ts')
    return new OsStore(context, paths)
  }
  const { FileStore } = await import('./file-store.ts')
  return new FileStore(context, paths, options)
}
