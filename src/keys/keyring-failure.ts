import { AssumeError, type ErrorCode } from '../errors.ts'
import { printable } from '../text/redact.ts'
import { formatProfileWord, type Hint } from '../text/words.ts'

/** What is known where the keyring fails. */
export interface KeyringSurroundings {
  /** The profile whose key is wanted. */
  readonly profileName: string
  readonly platform: NodeJS.Platform
  /** Whether the keyring has the key of that profile, as far as is known: then it cannot be put elsewhere. */
  readonly holdsKey: boolean
  /** The address of a session bus that is there though the environment does not name it. */
  readonly otherBus?: string | undefined
}

/** Undefined for the advice to do without the keyring. */
type Explanation = readonly [pattern: RegExp, code: ErrorCode, message: string, hint: string | undefined]

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
    'no program of this session keeps a keyring (the Secret Service of the desktop)',
    'install gnome-keyring, KWallet or KeePassXC',
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
    undefined,
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
    undefined,
  ],
]

const busFailure = /D-?Bus|zbus|Failed to connect|connection closed/i

/** The AssumeError for what the keyring, or the way to it, fails with: `keyring-missing` or `keyring-locked`. */
export function explainKeyringFailure(cause: unknown, surroundings: KeyringSurroundings): AssumeError {
  const { platform, otherBus } = surroundings
  const reason = cause instanceof Error ? cause.message : String(cause)
  for (const [pattern, code, message, hint] of explanations)
    if (pattern.test(reason))
      return new AssumeError(code, message, {
        hint: adviseOn(platform, hint) ?? adviseWithout(surroundings),
        cause,
      })
  if (platform === 'linux' && busFailure.test(reason)) {
    const message = "there is no session bus by which the system's keyring could be reached"
    const hint: Hint =
      otherBus === undefined
        ? adviseWithout(surroundings, ownBus)
        : (_, write) => write('DBUS_SESSION_BUS_ADDRESS', otherBus)
    return new AssumeError('keyring-missing', message, { hint, cause })
  }
  const message = `the keyring fails: ${printable(reason)}`
  return new AssumeError('keyring-missing', message, { hint: adviseWithout(surroundings), cause })
}

function adviseOn(platform: NodeJS.Platform, hint: string | undefined): string | undefined {
  if (hint !== unlock || platform !== 'darwin') return hint
  return 'unlock it, over SSH too: security unlock-keychain; then run the command again'
}

const ownBus = 'log in to the desktop, or start a shell with a bus of its own: dbus-run-session -- bash'

/** `first` is how the keyring may be reached all the same. */
function adviseWithout({ profileName, holdsKey }: KeyringSurroundings, first?: string): Hint {
  return (quote) => {
    const other = `assume keys add ${formatProfileWord(profileName, quote)} --store file`
    if (!holdsKey) return other
    const giveUp = `to go on with another key: ${other}`
    return first === undefined ? giveUp : `${first}\n${giveUp}`
  }
}
