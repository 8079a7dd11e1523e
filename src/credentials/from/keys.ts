import type { Credentials } from '../../aws/credentials.ts'
import type { Context } from '../../context.ts'
import { AssumeError } from '../../errors.ts'
import { findKeyFacts } from '../../keys/key-facts.ts'
import { openKeyStore } from '../../keys/open-key-store.ts'
import type { Profiles } from '../../profiles/profiles.ts'
import { formatLoginOfProfile } from '../../profiles/session-list.ts'
import { removeFile } from '../../system/files/remove-file.ts'
import { shortenPath } from '../../system/paths.ts'
import { isAccountId } from '../../text/answer-forms.ts'
import { printable } from '../../text/redact.ts'
import { describeSpan } from '../../text/time.ts'
import { formatProfileWord } from '../../text/words.ts'
import type { MfaCodes } from '../mfa.ts'
import { keepRole, locateRoleEntry, readRoleEntry } from '../role-cache.ts'
import { nameKeySession } from '../role-file.ts'
import { usualLeft } from '../role-file-text.ts'
import { readSessionDuration } from '../session-duration.ts'
import type { SourceOf } from '../source.ts'
import type { StsService } from '../sts.ts'

interface Options {
  /** Whether what is kept does not count. */
  readonly refresh: boolean
  /** Whether the passphrase may be asked for. */
  readonly mayLogIn: boolean
  /** Whether the store stays closed: then only a session that is kept will do. */
  readonly opensNothing?: boolean | undefined
  /** The profile that was asked for. */
  readonly asked: string
  readonly codes: MfaCodes
  readonly openSts: (credentials: Credentials) => Promise<StsService>
}

/**
 * The session in front of the stored key of a profile: the one that is kept, else a new one, which is kept for as long as it
 * is good; or that key itself where the profile says so, which nobody keeps. Where there can be no new one, the rest of
 * the old one is better than a failure. Throws AssumeError `invalid-duration`, `login-needed`, `mfa-needed`, `mfa-refused`,
 * `keys-refused`, `network`, `service`, and what `readStoredKey` throws.
 */
export async function fetchKeySession(
  context: Context,
  profiles: Profiles,
  source: SourceOf<'keys'>,
  options: Options,
): Promise<Credentials> {
  const { profile } = source
  const name = nameKeySession(profile)
  const means = { mayAsk: options.mayLogIn, opensNothing: options.opensNothing }
  if (name === undefined) return readStoredKey(context, profiles, source, means)
  const path = locateRoleEntry(profiles.paths, { name, isShared: false })
  try {
    return await keepSession(context, profiles, source, options, name)
  } catch (error) {
    if (!(error instanceof AssumeError) || error.code === 'cancelled') throw error
    const kept = options.refresh ? undefined : readRoleEntry(context, path, context.now(), 1)
    if (!kept) throw adviseLogin(profiles, options, error)
    const left = describeSpan((kept.expiresAt ?? 0) - context.now())
    context.notify(
      `warning: ${error.message}; the session of profile ${printable(profile.name)} has ${left} left`,
    )
    return kept
  }
}

/**
 * The stored key of a profile, for STS and IAM alone. Throws AssumeError `login-needed` where nothing is to be opened,
 * `unknown-key` where there is no key, and what `openKeyStore` and the store throw.
 */
export async function readStoredKey(
  context: Context,
  { paths }: Pick<Profiles, 'paths'>,
  source: SourceOf<'keys'>,
  { mayAsk, opensNothing = false }: { readonly mayAsk: boolean; readonly opensNothing?: boolean | undefined },
): Promise<Credentials> {
  const { profile, storeName } = source
  const name = printable(profile.name)
  if (opensNothing) {
    throw new AssumeError(
      'login-needed',
      `the stored key of profile ${name} is needed, and nothing is to be opened`,
      { hint: 'leave --no-login out' },
    )
  }
  const store = await openKeyStore(context, paths, storeName, { mayAsk })
  const key = await store.read(profile.name)
  if (key) {
    const { accessKeyId, secretAccessKey } = key
    return { accessKeyId, secretAccessKey, ...accountOf(source) }
  }
  // Where a keyring has no collection, it has no key either, and says no more.
  const place =
    storeName === 'os' ? "the system's keyring has no collection, or none in it" : 'there is no file of one'
  throw new AssumeError('unknown-key', `no key of profile ${name} is stored: ${place}`, {
    hint: (quote) => `assume keys add ${formatProfileWord(profile.name, quote)} --store ${storeName}`,
  })
}

/** What the profile says of the account, which no answer does. */
function accountOf({ profile: { accountId } }: SourceOf<'keys'>): Pick<Credentials, 'accountId'> {
  return isAccountId(accountId) ? { accountId } : {}
}

/** Once more where the key was replaced meanwhile: whoever replaces one removes its sessions, and this one came too late. */
async function keepSession(
  context: Context,
  profiles: Profiles,
  source: SourceOf<'keys'>,
  options: Options,
  name: string,
): Promise<Credentials> {
  const { profile, storeName } = source
  const { paths } = profiles
  const durationSeconds = readSessionDuration(profiles.settings, shortenPath(paths.settings, paths), profile)
  const file = { name, isShared: false }
  const kept = {
    task: `the session of profile ${printable(profile.name)}`,
    refresh: options.refresh,
    leastLeft: Math.min(usualLeft, durationSeconds * 250),
  }
  for (let isLast = false; ; isLast = true) {
    let usedId: string | undefined
    const credentials = await keepRole(context, paths, file, kept, async () => {
      const { codes } = options
      if (profile.mfaSerial !== undefined && !options.opensNothing) codes.require(profile.mfaSerial)
      const means = { mayAsk: options.mayLogIn, opensNothing: options.opensNothing }
      const key = await readStoredKey(context, profiles, source, means)
      usedId = key.accessKeyId
      const sts = await options.openSts(key)
      const request = { profileName: profile.name, durationSeconds, serial: profile.mfaSerial }
      const session = await codes.use(profile.mfaSerial, (code) => sts.getSessionToken(request, code))
      return { ...session, credentials: { ...session.credentials, ...accountOf(source) } }
    })
    const facts =
      usedId && findKeyFacts(context, paths, profile.name).find(({ store }) => store === storeName)
    if (!facts || facts.accessKeyId === usedId) return credentials
    removeFile(context.files, locateRoleEntry(paths, file))
    if (isLast) return credentials
  }
}

/** With the command that asks, where it was only that nobody could be asked. */
function adviseLogin({ config }: Profiles, { asked, mayLogIn }: Options, error: AssumeError): AssumeError {
  const isTried = mayLogIn && error.code === 'keyring-locked'
  if (error.exitStatus !== 3 || isTried) return error
  return new AssumeError(error.code, error.message, {
    hint: (quote) => formatLoginOfProfile(config, asked, quote),
    cause: error,
  })
}
