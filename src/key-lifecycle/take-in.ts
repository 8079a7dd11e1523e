import type { Context } from '../context.ts'
import { removeKeySessions } from '../credentials/forget-session.ts'
import type { Identity } from '../credentials/sts-answer.ts'
import { findHomeRegion } from '../credentials/sts-region.ts'
import { AssumeError } from '../errors.ts'
import { findKeyFacts } from '../keys/key-facts.ts'
import { type KeyStore, type KeyStoreName, keyStoreNames } from '../keys/key-store.ts'
import type { AccessKey, StoredKey } from '../keys/stored-key.ts'
import { editAwsConfig } from '../profiles/aws-config-file.ts'
import { describeProfile } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { requireRegion } from '../profiles/region.ts'
import { findRoute } from '../profiles/route.ts'
import { findConfiguredRegion } from '../profiles/written-region.ts'
import { getCallerIdentity } from '../status/identity-calls.ts'
import { leaveIndex } from '../switch/known-profiles.ts'
import { editText } from '../system/files/edit-file.ts'
import { readText } from '../system/files/read-text.ts'
import { locateKeyLock, withLock } from '../system/lock/lock.ts'
import type { Paths } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import { formatProfileWord, type Hint } from '../text/words.ts'
import { askForYes } from './key-questions.ts'
import { describeStore, shortenKeyId } from './key-report.ts'
import type { KeyStores } from './key-stores.ts'
import { checkKeyProfile, giveStoredKey } from './profile-edits.ts'

/** A key for a profile, and where it is to lie. */
export interface TakeInRequest {
  readonly paths: Paths
  /** As they are before; the profile need not be among them. */
  readonly profiles: Profiles
  readonly profileName: string
  readonly key: AccessKey
  readonly storeName: KeyStoreName
  readonly stores: KeyStores
  /** Whether the user has agreed before to whatever would be asked. */
  readonly saysYes: boolean
  /** Whether AWS need not be asked whose the key is: it is in one of our stores. */
  readonly isKnown?: boolean
  /** What else is to go from the text of the config file when the profile is written. Throws for a text that it does not fit. */
  readonly takeOut?: (text: string) => string
  /** A `credential_process` of the profile that may give way; absent: our own alone. */
  readonly replacedProcess?: string | undefined
  /** The command that does the same with a yes; absent: that of `assume keys add`. */
  readonly hint?: Hint
}

/** What has become of a key. */
export interface TakenKey {
  /** Who AWS says it is; absent where it could not be asked, and the user has agreed to that. */
  readonly identity?: Identity
  /** Whether the store had this very key before. */
  readonly wasThere: boolean
}

/**
 * Stores a key and gives it to its profile, which is made where there is none. The order is such that it can end anywhere: AWS is
 * asked whose the key is, the key is stored and read back, the profile gets `assume_keys` and `credential_process`, and only
 * then it goes from the other store. The same call again does what is left.
 * `declined` where the user does not agree, and nothing has changed.
 * Throws AssumeError `foreign-section`, `invalid-edit`, `keys-refused`, `confirmation-needed`, `cancelled`,
 * `rotation-stopped`, what a store throws, and what the edit of a file throws.
 */
export async function takeKeyIn(context: Context, request: TakeInRequest): Promise<TakenKey | 'declined'> {
  checkReceiver(context, request)
  const { paths, profileName } = request
  const lock = locateKeyLock(paths.locks, profileName)
  return withLock(context, lock, `the key of ${printable(profileName)}`, () => takeAlone(context, request))
}

/** While nobody else changes what is stored for the profile: a rotation that ends meanwhile would be undone. */
async function takeAlone(context: Context, request: TakeInRequest): Promise<TakenKey | 'declined'> {
  const { paths, profileName, key, storeName, stores } = request
  const store = await stores.open(storeName)
  const held = await findHeld(context, request, store)
  const others = held.filter(({ stored }) => !isSameKey(stored, key))
  const same = held.find(({ stored }) => isSameKey(stored, key))
  const identity = request.isKnown ? 'untried' : await tryKey(context, request)
  if (identity === 'declined') return 'declined'
  for (const { from, stored } of others)
    if (!(await agreesToReplace(context, request, from, stored))) return 'declined'
  const isInPlace = held.some(({ from, stored }) => from === storeName && isSameKey(stored, key))
  // What is known of its rotation goes with it.
  if (!isInPlace) await store.write(profileName, same?.stored ?? key)
  await writeReceiver(context, paths, profileName, storeName, request.takeOut)
  for (const { store: from } of findKeyFacts(context, paths, profileName))
    if (from !== storeName && !stores.isOutOfReach(from)) await (await stores.open(from)).remove(profileName)
  if (others.length > 0) removeKeySessions(context.files, paths, profileName)
  leaveIndex(context, { paths })
  return { ...(identity !== 'untried' && { identity }), wasThere: same !== undefined }
}

/**
 * Checks that the profile can have a stored key, and that the config file can say so. Throws AssumeError `foreign-section`,
 * `invalid-profile`, `invalid-edit`, `unreadable-file`.
 */
export function checkReceiver(
  { files, platform }: Context,
  {
    paths,
    profiles,
    profileName,
    replacedProcess,
  }: Pick<TakeInRequest, 'paths' | 'profiles' | 'profileName' | 'replacedProcess'>,
): void {
  const profile = describeProfile(profiles.config, profileName)
  if (profile) checkKeyProfile(profile, platform, replacedProcess)
  giveStoredKey(readText(files, paths.awsConfig) ?? '', profileName, 'os')
}

/**
 * Writes into the config file that a profile has its key in that store. A file with a secret in it is not backed up: that would
 * be one more file with it. Throws what `editFile` and `giveStoredKey` throw.
 */
export async function writeReceiver(
  context: Context,
  paths: Paths,
  profileName: string,
  storeName: KeyStoreName,
  takeOut = (text: string) => text,
): Promise<void> {
  const edit = (text: string) => takeOut(giveStoredKey(text, profileName, storeName))
  if (readText(context.files, paths.awsConfig)?.includes('aws_secret_access_key')) {
    await editText(context, paths, paths.awsConfig, edit)
    return
  }
  await editAwsConfig(context, paths, {
    plan: (before) => {
      const after = edit(before ?? '')
      return after === before ? undefined : { path: paths.awsConfig, before, after }
    },
  })
}

interface HeldKey {
  readonly from: KeyStoreName
  readonly stored: StoredKey
}

/** The keys that the stores have for the profile; one that is not needed is not opened. */
async function findHeld(
  context: Context,
  { paths, profileName, stores }: TakeInRequest,
  store: KeyStore,
): Promise<HeldKey[]> {
  const facts = findKeyFacts(context, paths, profileName)
  const held: HeldKey[] = []
  for (const from of keyStoreNames) {
    if (from !== store.name && !facts.some((each) => each.store === from)) continue
    const stored = await (from === store.name
      ? stores.read(from, profileName)
      : stores.readOther(from, profileName))
    if (stored) held.push({ from, stored })
  }
  return held
}

function isSameKey(one: AccessKey, other: AccessKey): boolean {
  return one.accessKeyId === other.accessKeyId && one.secretAccessKey === other.secretAccessKey
}

async function agreesToReplace(
  context: Context,
  request: TakeInRequest,
  from: KeyStoreName,
  { accessKeyId, rotation }: StoredKey,
): Promise<boolean> {
  const name = printable(request.profileName)
  // Whatever of a rotation is not over is known to the store alone.
  if (rotation && rotation.step !== 'retired')
    throw new AssumeError('rotation-stopped', `a rotation of the key of ${name} is not finished`, {
      hint: (quote) =>
        ['rotate', 'remove']
          .map((action) => `assume keys ${action} ${formatProfileWord(request.profileName, quote)}`)
          .join('\n'),
    })
  return askForYes(context, {
    reason: `${name} has another key, ${shortenKeyId(accessKeyId)}, in ${describeStore(from)}: its secret is lost with it`,
    question: `Put ${shortenKeyId(request.key.accessKeyId)} in its place?`,
    hint: request.hint ?? adviseYes(request),
    saysYes: request.saysYes,
  })
}

function adviseYes({ profileName }: Pick<TakeInRequest, 'profileName'>): Hint {
  return (quote) => `assume keys add ${formatProfileWord(profileName, quote)} --yes`
}

/** Who AWS says that the key is; `untried` where it cannot be asked, and the user agrees to go on. */
async function tryKey(context: Context, request: TakeInRequest): Promise<Identity | 'untried' | 'declined'> {
  const { profiles, profileName, key } = request
  const profile = describeProfile(profiles.config, profileName)
  const region = requireRegion(profiles, findConfiguredRegion(context.ownEnv, profile) ?? findHomeRegion())
  const name = printable(profileName)
  try {
    return await getCallerIdentity(findRoute(context, profiles, profile, 'sts', region), key)
  } catch (error) {
    if (!(error instanceof AssumeError)) throw error
    if (error.code === 'keys-refused')
      throw new AssumeError(
        'keys-refused',
        `the key ${shortenKeyId(key.accessKeyId)} of ${name} is not stored: ${error.message}`,
        {
          hint: (quote) =>
            `where it is not of the commercial partition: aws configure set region REGION --profile ${quote(profileName)}`,
          cause: error,
        },
      )
    if (error.code !== 'network' && error.code !== 'service') throw error
    const isYes = await askForYes(context, {
      reason: `the key ${shortenKeyId(key.accessKeyId)} of ${name} could not be tried: ${error.message}`,
      question: 'Store it untried?',
      hint: request.hint ?? adviseYes(request),
      saysYes: request.saysYes,
    })
    return isYes ? 'untried' : 'declined'
  }
}
