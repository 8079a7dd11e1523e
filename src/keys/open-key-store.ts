import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import type { Paths } from '../system/paths.ts'
import type { KeyStore, KeyStoreName } from './key-store.ts'

/**
 * The store of that name, and no other, whatever is wrong with it. Nothing is opened yet. With `mayAsk` the passphrase of the key
 * files is asked for on the terminal when it is first needed, once in a process; the system's keyring asks by itself.
 * Throws AssumeError `keyring-missing`.
 */
export async function openKeyStore(
  context: Context,
  paths: Paths,
  name: KeyStoreName,
  options: { readonly mayAsk: boolean },
): Promise<KeyStore> {
  if (name === 'os') {
    throw new AssumeError('keyring-missing', "the system's keyring cannot be used yet", {
      hint: 'assume keys add --store file',
    })
  }
  const { FileStore } = await import('./file-store.ts')
  return new FileStore(context, paths, options)
}
