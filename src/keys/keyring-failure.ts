import { AssumeError, type ErrorCode } from '../errors.ts'
import { printable } from '../text/redact.ts'
import { formatProfileWord, type Hint } from '../text/words.ts'

/** What is known where the keyring fails. */
export interface KeyringSurroundings {
  /** The profile whose key is wanted. */
  readonly profileName: string
  readonly platform: NodeJS.Platform
  /** The address of a session bus that is there though the environment does not name it. */
  readonly otherBus?: string | undefined
}

/** `other-store` stands for the command that puts a key of the profile into a file. */
type Explanation = readonly [pattern: RegExp, code: ErrorCode, message: string, advice: string]

const unlock = 'unlock it (over SSH: gnome-keyring-daemon --unlock), then run the command again'

/**
 * By the words of `keyring-core`, `dbus-secret-service` 4.1 and libdbus; of Apple's SecCopyErrorMessageString; and of Windows.
 * The first that fits counts.
 */
const explanations: readonly Explanation[] = [
  [
    /prompt (was )?dismissed|user cancell?ed/i,
    'keyring-locked',
    'the keyring is locked, and the dialog that unlocks it was dismissed, or could not be shown',
    unlock,
  ],
  [
    /object locked|interaction is not allowed|keychain is locked/i,
    'keyring-locked',
    'the keyring is locked',
    unlock,
  ],
  [
    /no result found|default keychain could not be found/i,
    'keyring-missing',
    'the keyring has no default collection, in which keys could lie',
    'log in to the desktop once, or make one: printf PASSWORD | gnome-keyring-daemon --unlock',
  ],
  [
    /ServiceUnknown|was not provided by any|No DBus session or Secret Service/i,
    'keyring-missing',
    'no program of this session keeps a keyring (a Secret Service: gnome-keyring, KWallet or KeePassXC)',
    'other-store',
  ],
  [
    /did not receive a reply|NoReply|timed? ?out/i,
    'keyring-missing',
    'the program that keeps the keyring does not answer',
    'run the command again; where it stays so, log in anew',
  ],
  [
    /longer than the platform limit/i,
    'keyring-missing',
    'the keyring takes no text as long as this key',
    'other-store',
  ],
  [
    /AccessDenied|access is denied|not authori[sz]ed/i,
    'keyring-locked',
    'the keyring refuses access',
    unlock,
  ],
  [
    /logon session does not exist/i,
    'keyring-missing',
    'this way of logging in to Windows has no Credential Manager',
    'other-store',
  ],
]

const busFailure = /D-?Bus|zbus|Failed to connect|connection closed/i

/** The AssumeError for what the keyring, or the way to it, fails with: `keyring-missing` or `keyring-locked`. */
export function explainKeyringFailure(
  cause: unknown,
  { profileName, platform, otherBus }: KeyringSurroundings,
): AssumeError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  const otherStore: Hint = (quote) => `assume keys add ${formatProfileWord(profileName, quote)} --store file`
  for (const [pattern, code, message, advice] of explanations)
    if (pattern.test(reason))
      return new AssumeError(code, message, { hint: advice === 'other-store' ? otherStore : advice, cause })
  if (platform === 'linux' && busFailure.test(reason)) {
    const message = "there is no session bus by which the system's keyring could be reached"
    const hint: Hint =
      otherBus === undefined ? otherStore : (_, write) => write('DBUS_SESSION_BUS_ADDRESS', otherBus)
    return new AssumeError('keyring-missing', message, { hint, cause })
  }
  const message = `the keyring fails: ${printable(reason)}`
  return new AssumeError('keyring-missing', message, { hint: otherStore, cause })
}
