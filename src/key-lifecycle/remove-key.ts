import type { Context, Outcome } from '../context.ts'
import { removeKeySessions } from '../credentials/role-cache.ts'
import { findKeyFacts } from '../keys/key-facts.ts'
import type { KeyFacts } from '../keys/key-store.ts'
import { editAwsConfig } from '../profiles/aws-config-file.ts'
import { editAwsCredentials } from '../profiles/aws-credentials-file.ts'
import { describeProfile, type Profile } from '../profiles/profile.ts'
import { leaveIndex, readProfiles } from '../switch/known-profiles.ts'
import { locateKeyLock, withLock } from '../system/lock/lock.ts'
import type { Paths } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import { formatProfileWord } from '../text/words.ts'
import { unknownKey } from './key-fault.ts'
import { askForYes, canBeAsked } from './key-questions.ts'
import { describeStore, shortenKeyId } from './key-report.ts'
import { KeyStores } from './key-stores.ts'
import { startsForItself, takeStoredKey } from './profile-edits.ts'

/**
 * `assume keys remove NAME`: takes a key out of the stores, and what says so out of its profile; the same call again does what is
 * left. Throws AssumeError `unknown-key`, `confirmation-needed`, `cancelled`, what a store throws, and what the edit of a
 * file throws.
 */
export async function removeKey(context: Context, name: string, saysYes: boolean): Promise<Outcome> {
  const profiles = readProfiles(context)
  const { paths, config } = profiles
  const profile = describeProfile(config, name)
  const facts = findKeyFacts(context, paths, name)
  const isNamed = profile?.properties.has('assume_keys') ?? false
  if (facts.length === 0 && !isNamed) throw unknownKey(name, 'has no stored key')
  if (facts.length > 0 && !(await agreesToLose(context, name, facts, saysYes)))
    return { notices: ['nothing was changed'] }
  const stores = new KeyStores(context, paths, canBeAsked(context))
  // Not while a rotation is under way, which would bring the key back.
  await withLock(context, locateKeyLock(paths.locks, name), `the key of ${printable(name)}`, async () => {
    for (const { store } of facts) await (await stores.open(store)).remove(name)
    removeKeySessions(context.files, paths, name)
  })
  if (profile) await takeFromProfile(context, paths, profile)
  leaveIndex(context, { paths })
  const gone = facts.map(
    ({ store, accessKeyId }) => `removed the key ${shortenKeyId(accessKeyId)} from ${describeStore(store)}\n`,
  )
  return { output: gone.join('') || `${printable(name)} names no stored key any more\n` }
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
    hint: (quote) => `assume keys remove ${formatProfileWord(name, quote)} --yes`,
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
