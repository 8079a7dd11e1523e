import type { Context, Outcome } from '../context.ts'
import { removeKeySessions } from '../credentials/role-cache.ts'
import { AssumeError } from '../errors.ts'
import { findKeyFacts } from '../keys/key-facts.ts'
import { locateKeyFile } from '../keys/key-folder.ts'
import type { KeyFacts, KeyStoreName } from '../keys/key-store.ts'
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

/**
 * `assume keys remove NAME`: takes a key out of the stores, and what says so out of its profile; the same call again does what is
 * left. A keyring that cannot be reached keeps what it has, where the user agrees. Throws AssumeError `unknown-profile`, `unknown-key`, `confirmation-needed`, `cancelled`, what a store throws, and what the edit of a
 * file throws.
 */
export async function removeKey(context: Context, name: string, saysYes: boolean): Promise<Outcome> {
  const profiles = readProfiles(context)
  const { paths, config } = profiles
  const profile = describeProfile(config, name)
  const facts = findKeyFacts(context, paths, name)
  const isNamed = profile?.properties.has('assume_keys') ?? false
  if (facts.length === 0 && !isNamed) {
    resolveProfile(config, name, shortenPath(paths.awsConfig, paths))
    throw unknownKey(name, 'has no stored key', 'assume keys')
  }
  if (facts.length > 0 && !(await agreesToLose(context, name, facts, saysYes)))
    return { notices: ['nothing was changed'] }
  const stores = new KeyStores(context, paths, canBeAsked(context))
  // Not while a rotation is under way, which would bring the key back.
  const gone: string[] = []
  const isDone = await withLock(
    context,
    locateKeyLock(paths.locks, name),
    `the key of ${printable(name)}`,
    async () => {
      for (const { store, accessKeyId } of facts) {
        const end = await takeOut(context, { paths, stores, name, store, saysYes })
        if (end === 'declined') return false
        const id = shortenKeyId(accessKeyId)
        gone.push(
          end === 'removed'
            ? `removed the key ${id} from ${describeStore(store)}\n`
            : `forgot the key ${id}, which the keyring still has\n`,
        )
      }
      removeKeySessions(context.files, paths, name)
      return true
    },
  )
  if (!isDone) return { notices: ['nothing was changed'] }
  if (profile) await takeFromProfile(context, paths, profile)
  leaveIndex(context, { paths })
  return { output: gone.join('') || `${printable(name)} names no stored key any more\n` }
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

function agreesToLose(
  context: Context,
  name: string,
  facts: readonly KeyFacts[],
  saysYes: boolean,
): Promise<boolean> {
  const keys = facts.map(
    ({ store, accessKeyId }) => `${shortenKeyId(accessKeyId)} in ${describeStore(store)}`,
  )
  return askForYes(context, {
    reason: `${printable(name)} has the key ${keys.join(' and ')}: its secret is lost, and AWS takes the key until it is deleted there`,
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
