import type { Context, Outcome } from '../context.ts'
import { removeKeySessions } from '../credentials/forget-session.ts'
import { AssumeError } from '../errors.ts'
import { findKeyFacts, hasKeyEntry } from '../keys/key-facts.ts'
import { locateKeyFile } from '../keys/key-folder.ts'
import { type KeyStoreName, keyStoreNames } from '../keys/key-store.ts'
import { editAwsConfig } from '../profiles/aws-config-file.ts'
import { editAwsCredentials } from '../profiles/aws-credentials-file.ts'
import { describeProfile, type Profile } from '../profiles/profile.ts'
import { resolveProfile } from '../profiles/resolve.ts'
import { leaveIndex, readProfiles } from '../switch/known-profiles.ts'
import { removeFile } from '../system/files/remove-file.ts'
import { locateKeyLock, withLock } from '../system/lock/lock.ts'
import { type Paths, shortenPath } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import { formatProfileWord, type Hint } from '../text/words.ts'
import { unknownKey } from './key-fault.ts'
import { askForYes, canBeAsked } from './key-questions.ts'
import { describeStore, shortenKeyId } from './key-report.ts'
import { KeyStores } from './key-stores.ts'
import { startsForItself, takeStoredKey } from './profile-edits.ts'

/** What is to go out of a store; without an id it is something that cannot be read. */
interface Loss {
  readonly store: KeyStoreName
  readonly accessKeyId?: string
}

/**
 * `assume keys remove NAME`: takes a key out of the stores, and what says so out of its profile; the same call again does what is
 * left. Of two keys the one that the profile does not use goes alone. A keyring that cannot be reached keeps what it has, where the
 * user agrees. Throws AssumeError `unknown-profile`, `unknown-key`, `confirmation-needed`, `cancelled`, what a store throws, and
 * what the edit of a file throws.
 */
export async function removeKey(context: Context, name: string, saysYes: boolean): Promise<Outcome> {
  const profiles = readProfiles(context)
  const { paths, config } = profiles
  const profile = describeProfile(config, name)
  const found = findLosses(context, paths, name)
  const isNamed = profile?.properties.has('assume_keys') ?? false
  if (found.length === 0 && !isNamed) {
    resolveProfile(config, name, shortenPath(paths.awsConfig, paths))
    throw unknownKey(name, 'has no stored key', 'assume keys')
  }
  const used = found.find(
    ({ store, accessKeyId }) => accessKeyId !== undefined && store === profile?.keyStore,
  )
  const others = found.filter((each) => each !== used)
  const losses = used && others.length > 0 ? others : found
  if (losses.length > 0 && !(await agreesToLose(context, name, losses, saysYes)))
    return { notices: ['nothing was changed'] }
  const stores = new KeyStores(context, paths, canBeAsked(context))
  const task = `the key of ${printable(name)}`
  // Not while a rotation is under way, which would bring the key back.
  const gone = await withLock(context, locateKeyLock(paths.locks, name), task, async () => {
    const said: string[] = []
    for (const loss of losses) {
      const end = await takeOut(context, { paths, stores, name, store: loss.store, saysYes })
      if (end === 'declined') return undefined
      said.push(describeEnd(loss, end))
    }
    if (losses.length === 0 && profile?.keyStore === 'os') await removeUnlisted(stores, name)
    if (losses === found) removeKeySessions(context.files, paths, name)
    return said
  })
  if (!gone) return { notices: ['nothing was changed'] }
  if (profile && losses === found) await takeFromProfile(context, paths, profile)
  leaveIndex(context, { paths })
  return { output: gone.join('') || `${printable(name)} names no stored key any more\n` }
}

function describeEnd({ store, accessKeyId }: Loss, end: 'removed' | 'forgotten'): string {
  const what = accessKeyId === undefined ? 'what could not be read' : `the key ${shortenKeyId(accessKeyId)}`
  return end === 'removed'
    ? `removed ${what} from ${describeStore(store)}\n`
    : `forgot ${what}, which the keyring still has\n`
}

interface Removal {
  readonly paths: Paths
  readonly stores: KeyStores
  readonly name: string
  readonly store: KeyStoreName
  readonly saysYes: boolean
}

/** `forgotten`: the keyring cannot be reached, and the user agrees that it keeps what it has. */
async function takeOut(
  context: Context,
  { paths, stores, name, store, saysYes }: Removal,
): Promise<'removed' | 'forgotten' | 'declined'> {
  try {
    await (await stores.open(store)).remove(name)
    return 'removed'
  } catch (error) {
    if (!(error instanceof AssumeError) || error.code !== 'keyring-missing') throw error
    const agrees = await askForYes(context, {
      reason: `${error.message}; what the keyring has of ${printable(name)} stays there`,
      question: 'Forget it all the same?',
      hint: adviseYes(name),
      saysYes,
    })
    if (!agrees) return 'declined'
    removeFile(context.files, locateKeyFile(paths.keys, store, name))
    return 'forgotten'
  }
}

function adviseYes(name: string): Hint {
  return (quote) => `assume keys remove ${formatProfileWord(name, quote)} --yes`
}

function findLosses(context: Context, paths: Paths, name: string): Loss[] {
  const facts = findKeyFacts(context, paths, name)
  return keyStoreNames.flatMap((store): Loss[] => {
    const known = facts.find((each) => each.store === store)
    return (known ?? hasKeyEntry(context, paths, store, name)) ? [{ store, ...known }] : []
  })
}

/** What a keyring may have of a profile though no file tells of it. */
async function removeUnlisted(stores: KeyStores, name: string): Promise<void> {
  try {
    await (await stores.open('os')).remove(name)
  } catch (error) {
    if (!(error instanceof AssumeError) || error.code !== 'keyring-missing') throw error
  }
}

function agreesToLose(
  context: Context,
  name: string,
  losses: readonly Loss[],
  saysYes: boolean,
): Promise<boolean> {
  const keys = losses.map(({ store, accessKeyId }) =>
    accessKeyId === undefined
      ? `something that cannot be read in ${describeStore(store)}`
      : `the key ${shortenKeyId(accessKeyId)} in ${describeStore(store)}`,
  )
  return askForYes(context, {
    reason: `${printable(name)} has ${keys.join(' and ')}: its secret is lost, and AWS takes the key until it is deleted there`,
    question: 'Remove it?',
    hint: adviseYes(name),
    saysYes,
  })
}

async function takeFromProfile(context: Context, paths: Paths, profile: Profile): Promise<void> {
  const isOwn = startsForItself(profile, context.platform)
  await editAwsConfig(context, paths, {
    plan: (before) => {
      const after = before && takeStoredKey(before, 'config', profile, isOwn)
      return after === before ? undefined : { path: paths.awsConfig, before, after }
    },
  })
  await editAwsCredentials(context, paths, (text) => takeStoredKey(text, 'credentials', profile, isOwn))
}
