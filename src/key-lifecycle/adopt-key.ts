import { basename, join } from 'node:path'
import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { findKeyFacts } from '../keys/key-facts.ts'
import type { KeyStoreName } from '../keys/key-store.ts'
import { locateBackup } from '../profiles/aws-config-file.ts'
import { editAwsCredentials } from '../profiles/aws-credentials-file.ts'
import { loadProfiles } from '../profiles/profiles.ts'
import { resolveProfile } from '../profiles/resolve.ts'
import { editText } from '../system/files/edit-file.ts'
import { readText } from '../system/files/read-text.ts'
import { type Paths, shortenPath } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import { unknownKey } from './key-fault.ts'
import type { KeyStores } from './key-stores.ts'
import { findPlainKey, type PlainKey, removePlainKey } from './plain-key.ts'
import { type TakenKey, takeKeyIn } from './take-in.ts'

interface AdoptRequest {
  readonly paths: Paths
  readonly profileName: string
  readonly storeName: KeyStoreName
  readonly stores: KeyStores
  readonly saysYes: boolean
}

/** The key that was moved, and what has become of it; `needless` where the profile has one in a store already. */
export type Adoption = { readonly key: PlainKey; readonly taken: TakenKey } | 'needless' | 'declined'

/**
 * Moves the key that a profile has in the AWS files into a store. It leaves the files last, when it has been read back from there
 * and the profile says where it is: whenever this ends, the key is in one place at least, and the same call again does
 * what is left. Copies of the config file that assume keeps lose it too. Throws AssumeError `unknown-profile`, `unknown-key`
 * where the profile has none, and what `findPlainKey`, `takeKeyIn`, `removePlainKey` and the edit of a file throw.
 */
export async function adoptKey(context: Context, request: AdoptRequest): Promise<Adoption> {
  const { paths, profileName } = request
  const profiles = loadProfiles(context, paths)
  resolveProfile(profiles.config, profileName, shortenPath(paths.awsConfig, paths))
  const key = findPlainKey(profiles.documents, profileName)
  if (!key) {
    if (findKeyFacts(context, paths, profileName).length > 0) return 'needless'
    throw unknownKey(profileName, 'has no key in the AWS files')
  }
  const { accessKeyId, secretAccessKey } = key
  const taken = await takeKeyIn(context, {
    ...request,
    profiles,
    key: { accessKeyId, secretAccessKey, createdAt: context.now() },
  })
  if (taken === 'declined') return taken
  if (key.files.includes('config'))
    await editText(context, paths, paths.awsConfig, (text) => removePlainKey(text, 'config', key))
  if (key.files.includes('credentials'))
    await editAwsCredentials(context, paths, (text) => removePlainKey(text, 'credentials', key))
  await cleanCopies(context, paths, key)
  return { key, taken }
}

/** The copies of the config file that assume has kept of before an edit. */
async function cleanCopies(context: Context, paths: Paths, key: PlainKey): Promise<void> {
  const { files } = context
  const name = basename(paths.awsConfig)
  const copies = (await context.glob(paths.backups, ['*/*'])).filter((path) => basename(path).endsWith(name))
  for (const path of [locateBackup(paths.awsConfig), ...copies.map((each) => join(paths.backups, each))]) {
    if (!readText(files, path)?.includes(key.secretAccessKey)) continue
    await editText(context, paths, path, (text) => removePlainKey(text, 'config', key)).catch((error) => {
      if (!(error instanceof AssumeError) || error.code === 'cancelled') throw error
    })
    if (readText(files, path)?.includes(key.secretAccessKey))
      context.notify(`warning: ${printable(shortenPath(path, paths))} still holds the secret key`)
  }
}
