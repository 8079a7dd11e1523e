import { requireOneOf, usageError } from '../cli/mistake.ts'
import type { Arguments } from '../cli/parse.ts'
import type { Context, Outcome } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { findKeyFacts } from '../keys/key-facts.ts'
import { type KeyStoreName, keyStoreNames } from '../keys/key-store.ts'
import { describeProfile } from '../profiles/profile.ts'
import { leaveIndex, readProfiles } from '../switch/known-profiles.ts'
import { printable } from '../text/redact.ts'
import { formatProfileWord } from '../text/words.ts'
import { type Addition, chooseStoreOf, nameAwsFile, reportKey } from './addition.ts'
import { adoptAllKeys, adoptOneKey } from './adopt-keys.ts'
import { type GivenKey, knownForms, parseGivenKey } from './given-key.ts'
import { canBeAsked, refuseUnasked } from './key-questions.ts'
import { KeyStores } from './key-stores.ts'
import { listPlainKeys } from './plain-key.ts'
import { carriesKey } from './profile-edits.ts'
import { checkReceiver, takeKeyIn, writeReceiver } from './take-in.ts'
import { askForKey } from './typed-key.ts'

/**
 * `assume keys add [NAME]`: a key that is typed, comes on stdin, or moves out of the AWS files or from the other store. Throws
 * AssumeError `usage`, `confirmation-needed` where nobody can be asked for what is missing, and what `takeKeyIn`,
 * `adoptOneKey` and `adoptAllKeys` throw.
 */
export async function addKeys(
  context: Context,
  name: string | undefined,
  flags: Arguments['flags'],
): Promise<Outcome> {
  const [fromFiles, isAll, fromStdin] = ['from-credentials', 'all', 'stdin'].map(
    (flag) => flags[flag] === true,
  )
  if (fromFiles && fromStdin) throw usageError('keys', '--from-credentials and --stdin do not go together')
  if (isAll && !fromFiles) throw usageError('keys', '--all goes with --from-credentials')
  if (isAll && name !== undefined) throw usageError('keys', '--all takes no profile')
  if (name === undefined && !fromFiles)
    throw usageError('keys', 'add needs the name of a profile, or --from-credentials')
  const { store } = flags
  if (store !== undefined) requireOneOf('keys', 'store', String(store), keyStoreNames)
  const profiles = readProfiles(context)
  const addition = {
    context,
    profiles,
    stores: new KeyStores(context, profiles.paths, canBeAsked(context)),
    named: typeof store === 'string' ? store : undefined,
    saysYes: flags['yes'] === true,
  }
  if (isAll) return adoptAllKeys(addition)
  if (name === undefined || fromFiles) return adoptOneKey(addition, name)
  checkReceiver(context, { paths: profiles.paths, profiles, profileName: name })
  refusePlainKey(addition, name)
  return fromStdin ? addFromStdin(addition, name) : addTyped(addition, name)
}

/** A key in the files would go before the stored one in every tool. */
function refusePlainKey({ profiles }: Addition, name: string): void {
  const document = profiles.documents.find((each) => listPlainKeys([each]).includes(name))
  if (!document) return
  throw new AssumeError(
    'foreign-section',
    `profile ${printable(name)} has a key in plain text in ${printable(nameAwsFile(profiles, document.kind))} already`,
    { hint: (quote) => `assume keys add ${formatProfileWord(name, quote)} --from-credentials` },
  )
}

async function addFromStdin(addition: Addition, name: string): Promise<Outcome> {
  const { context } = addition
  if (context.terminal.stdinIsTerminal)
    throw usageError('keys', '--stdin is for a file or a pipe: what is pasted here would be shown')
  const storeName = await chooseStoreOf(addition, name, '--stdin')
  const key = parseGivenKey(await context.readInput())
  if (typeof key !== 'string') return storeKey(addition, name, storeName, key)
  throw new AssumeError(
    'usage',
    `cannot take a key from stdin: ${printable(key)}; understood are ${knownForms}`,
    { hint: (quote) => `assume keys add ${formatProfileWord(name, quote)} --stdin < accessKeys.csv` },
  )
}

/** What an earlier call has left unfinished is finished, and nothing asked. */
async function addTyped(addition: Addition, name: string): Promise<Outcome> {
  const { context, profiles, stores, named } = addition
  const { paths, config } = profiles
  const storeName = await chooseStoreOf(addition, name, '--stdin')
  const facts = findKeyFacts(context, paths, name)
  const elsewhere = facts.find((each) => each.store !== storeName)
  const stored = elsewhere && named && (await stores.readOther(elsewhere.store, name))
  if (stored) return storeKey(addition, name, storeName, stored, true)
  const profile = describeProfile(config, name)
  const here = facts.find((each) => each.store === storeName)
  if (here && !(profile && carriesKey(profile, storeName, context.platform))) {
    await writeReceiver(context, paths, name, storeName)
    leaveIndex(context, { paths })
    const { accessKeyId } = here
    return { output: reportKey(addition, { profileName: name, storeName, accessKeyId, leftFiles: [] }) }
  }
  if (!canBeAsked(context))
    throw refuseUnasked(
      'there is no terminal to ask for a key on',
      (quote) =>
        `assume keys add ${formatProfileWord(name, quote)} --stdin --store ${storeName} < accessKeys.csv`,
    )
  // Nobody types a secret for a store that does not open.
  await stores.read(storeName, name)
  return storeKey(addition, name, storeName, await askForKey(context))
}

async function storeKey(
  addition: Addition,
  profileName: string,
  storeName: KeyStoreName,
  key: GivenKey,
  isKnown = false,
): Promise<Outcome> {
  const { context, profiles, stores, saysYes } = addition
  const { paths } = profiles
  const whole = { ...key, createdAt: key.createdAt ?? context.now() }
  const request = { paths, profiles, profileName, key: whole, storeName, stores, saysYes, isKnown }
  const taken = await takeKeyIn(context, request)
  if (taken === 'declined') return { notices: ['nothing was changed'] }
  const { accessKeyId } = key
  const arn = taken.identity?.arn
  return { output: reportKey(addition, { profileName, storeName, accessKeyId, arn, leftFiles: [] }) }
}
