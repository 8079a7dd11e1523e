import type { Arguments } from '../../cli/parse.ts'
import type { Context, Outcome } from '../../context.ts'
import { removeKeySessions } from '../../credentials/forget-session.ts'
import { findKeyFacts } from '../../keys/key-facts.ts'
import { keyStoreNames } from '../../keys/key-store.ts'
import { openKeyStore } from '../../keys/open-key-store.ts'
import { hasStaticKeys } from '../../profiles/profile.ts'
import { resolveProfile } from '../../profiles/resolve.ts'
import { readProfiles } from '../../switch/known-profiles.ts'
import { locateKeyLock, withLock } from '../../system/lock/lock.ts'
import { shortenPath } from '../../system/paths.ts'
import { printable } from '../../text/redact.ts'
import { formatProfileWord, type QuoteWord } from '../../text/words.ts'
import { canAsk } from '../../ui/terminal.ts'
import { KeyRotation, type RotationEnd, reportNoKey } from './key-rotation.ts'
import { RotationCalls } from './rotation-calls.ts'

/**
 * `assume keys rotate NAME`: puts a new key in the place of the stored one of a profile, or goes on with that where it was
 * interrupted; with --delete the old key is deleted, else it is made inactive. Throws AssumeError `unknown-profile`, `unknown-key`,
 * `rotation-stopped`, `keys-refused`, `confirmation-needed`, `cancelled`, and what stores, AWS and `fetchCredentials` fail with; run
 * again it goes on in every case.
 */
export async function rotateKey(
  context: Context,
  profileName: string,
  flags: Arguments['flags'],
): Promise<Outcome> {
  const profiles = readProfiles(context)
  const { paths } = profiles
  const profile = resolveProfile(profiles.config, profileName, shortenPath(paths.awsConfig, paths))
  const storeName = keyStoreNames.find((each) => each === profile.keyStore)
  if (!storeName) throw reportNoKey(profileName, hasStaticKeys(profile.properties))
  // Where nothing is known of a key, the store says what is wrong.
  const findId = () =>
    findKeyFacts(context, paths, profileName).find((each) => each.store === storeName)?.accessKeyId
  const before = findId()
  const store = await openKeyStore(context, paths, storeName, { mayAsk: canAsk(context.terminal) })
  const code = flags['mfa-code']
  const calls = new RotationCalls(context, profiles, profile, typeof code === 'string' ? code : undefined)
  const task = {
    profileName,
    deletes: flags['delete'] === true,
    saysYes: flags['yes'] === true,
    store,
    calls,
    forgetSessions: () => removeKeySessions(context.files, paths, profileName),
  }
  const name = `the rotation of the key of ${printable(profileName)}`
  const end = await withLock(context, locateKeyLock(paths.locks, profileName), name, () => {
    const accessKeyId = findId()
    // Another process has done it while this one waited: once was wanted.
    const isDone = accessKeyId !== undefined && before !== undefined && accessKeyId !== before
    return isDone ? { accessKeyId } : new KeyRotation(context, task).run()
  })
  return { notices: [describeEnd(profileName, end, context.quoteWord)] }
}

function describeEnd(profileName: string, { accessKeyId, oldKey }: RotationEnd, quote: QuoteWord): string {
  const start = `${printable(profileName)}: ${printable(accessKeyId)} is in use`
  if (!oldKey) return start
  const old = `${start}, ${printable(oldKey.accessKeyId)} is ${oldKey.state}`
  const command = `assume keys rotate ${formatProfileWord(profileName, quote)} --delete`
  return oldKey.state === 'deleted' ? old : `${old}; when nothing needs it any more: ${command}`
}
