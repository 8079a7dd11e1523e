import type { Context } from '../context.ts'
import { findKeyFacts } from '../keys/key-facts.ts'
import type { KeyStoreName } from '../keys/key-store.ts'
import { editAwsCredentials } from '../profiles/aws-credentials-file.ts'
import { loadProfiles, type Profiles } from '../profiles/profiles.ts'
import { resolveProfile } from '../profiles/resolve.ts'
import { type Paths, shortenPath } from '../system/paths.ts'
import { formatProfileWord } from '../text/words.ts'
import { cleanKeyCopies } from './key-copies.ts'
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
  const key = requirePlainKey(context, profiles, profileName)
  if (!key) {
    for (const { accessKeyId } of findKeyFacts(context, paths, profileName))
      await cleanKeyCopies(context, paths, profileName, accessKeyId)
    return 'needless'
  }
  const { accessKeyId, secretAccessKey } = key
  const taken = await takeKeyIn(context, {
    ...request,
    profiles,
    key: { accessKeyId, secretAccessKey, createdAt: context.now() },
    takeOut: (text) => removePlainKey(text, 'config', key),
    hint: (quote) => `assume keys add ${formatProfileWord(profileName, quote)} --from-credentials --yes`,
  })
  if (taken === 'declined') return taken
  if (key.files.includes('credentials'))
    await editAwsCredentials(context, paths, (text) => removePlainKey(text, 'credentials', key))
  await cleanKeyCopies(context, paths, profileName, accessKeyId)
  return { key, taken }
}

/**
 * The key that a profile has in the AWS files; undefined where it has one in a store instead. Throws AssumeError
 * `unknown-profile`, `unknown-key` where it has none, and what `findPlainKey` throws.
 */
export function requirePlainKey(
  context: Context,
  { config, documents, paths }: Profiles,
  profileName: string,
): PlainKey | undefined {
  resolveProfile(config, profileName, shortenPath(paths.awsConfig, paths))
  const key = findPlainKey(documents, profileName)
  if (!key && findKeyFacts(context, paths, profileName).length === 0)
    throw unknownKey(profileName, 'has no key in the AWS files')
  return key
}
