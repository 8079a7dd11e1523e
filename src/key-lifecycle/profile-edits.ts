import { findAssumeTarget } from '../credentials/assume-process.ts'
import { AssumeError } from '../errors.ts'
import type { KeyStoreName } from '../keys/key-store.ts'
import { type ConfigEdit, editDocument } from '../profiles/config/edit.ts'
import type { FileKind } from '../profiles/config/header.ts'
import type { Profile } from '../profiles/profile.ts'
import { printable } from '../text/redact.ts'
import { formatProfileWord } from '../text/words.ts'

/** The keys of a profile by which tools get at its stored key. */
const storeKey = 'assume_keys'
const processKey = 'credential_process'

/** The other ways to credentials, which a stored key would stand in the way of, or they in its. */
const otherWays =
  /^(sso_|granted_|role_arn$|source_profile$|credential_source$|web_identity_|login_session$|assume_copy_of$)/

/**
 * Checks that a profile can get its credentials from a stored key. `replacedProcess` is a `credential_process` that may give
 * way to it. Throws AssumeError `foreign-section` where it has another way to credentials.
 */
export function checkKeyProfile(
  profile: Profile,
  platform: NodeJS.Platform,
  replacedProcess: string | undefined,
): void {
  const { name, properties, credentialProcess } = profile
  const isOwn =
    credentialProcess === undefined ||
    credentialProcess === replacedProcess ||
    startsForItself(profile, platform)
  const other = [...properties.keys()].find((key) => otherWays.test(key)) ?? (isOwn ? undefined : processKey)
  if (other === undefined) return
  throw new AssumeError(
    'foreign-section',
    `profile ${printable(name)} has ${printable(other)} already: a key needs a profile of its own`,
    { hint: (quote) => `assume keys add ${formatProfileWord(`${name}-keys`, quote)}` },
  )
}

/** Whether a profile says that its key is in that store, and how tools get at it. */
export function carriesKey(profile: Profile, store: KeyStoreName, platform: NodeJS.Platform): boolean {
  return profile.properties.get(storeKey) === store && startsForItself(profile, platform)
}

/** Whether the `credential_process` of a profile is assume for this very profile. */
export function startsForItself(profile: Profile, platform: NodeJS.Platform): boolean {
  try {
    return findAssumeTarget(profile, platform) === profile.name
  } catch (error) {
    if (error instanceof AssumeError) return false
    throw error
  }
}

/** The text of the config file in which the profile `name` has its key in that store. Throws AssumeError `invalid-edit`. */
export function giveStoredKey(text: string, name: string, store: KeyStoreName): string {
  const section = { type: 'profile', name } as const
  return editDocument(text, 'config', [
    { op: 'set', section, key: storeKey, value: store },
    { op: 'set', section, key: processKey, value: formatAssumeProcess(name) },
  ])
}

/** The text of one of the files without what `giveStoredKey` has put into it; all else stays, another `credential_process` too. */
export function takeStoredKey(text: string, kind: FileKind, profile: Profile, isOwnProcess: boolean): string {
  const section = { type: 'profile', name: profile.name } as const
  const keys = [storeKey, ...(isOwnProcess ? [processKey] : [])]
  return editDocument(
    text,
    kind,
    keys.map((key): ConfigEdit => ({ op: 'remove', section, key })),
  )
}

/** The `credential_process` that hands out the keys of a profile, whoever splits it: the AWS tools by their rules, or a shell. */
export function formatAssumeProcess(name: string): string {
  return `assume credential-process ${quoteProcessWord(name.startsWith('-') ? `--profile=${name}` : name)}`
}

/** Within double quotes shells take `$`, backquotes, `\` and `!` for more than text, and Python `\` alone. */
function quoteProcessWord(word: string): string {
  if (/^[\w./:@%+=-]+$/.test(word)) return word
  return /["$`\\!]/.test(word) ? `'${word.replaceAll("'", `'"'"'`)}'` : `"${word}"`
}
