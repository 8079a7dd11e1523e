import { type Hint, type QuoteWord, quoteAnywhere, type WriteVariable, writeAnywhere } from './text/words.ts'

/** Every way in which a command can fail on purpose; each has a test and a line in the README. */
export type ErrorCode =
  | 'usage'
  | 'unknown-profile'
  | 'incomplete-profile'
  | 'unknown-setting'
  | 'invalid-setting'
  | 'no-home'
  | 'unreadable-file'
  | 'unwritable-file'
  | 'unsafe-file'
  | 'invalid-edit'
  | 'contract-mismatch'
  | 'no-shell-function'
  | 'terminal-needed'
  | 'confirmation-needed'
  | 'broken-block'
  | 'program-failed'
  | 'invalid-endpoint'
  | 'invalid-region'
  | 'network'
  | 'service'
  | 'login-failed'
  | 'login-needed'
  | 'not-assigned'
  | 'session-over'
  | 'cancelled'
  | 'invalid-profile'
  | 'profile-cycle'
  | 'invalid-duration'
  | 'role-refused'
  | 'mfa-needed'
  | 'mfa-refused'
  | 'unknown-plugin'
  | 'invalid-plugin'
  | 'unsafe-plugin'
  | 'plugin-failed'
  | 'switch-refused'
  | 'no-credentials'
  | 'keys-refused'
  | 'foreign-section'
  | 'address-taken'
  | 'keyring-missing'
  | 'keyring-locked'
  | 'passphrase-needed'
  | 'passphrase-refused'
  | 'damaged-key'
  | 'unknown-key'
  | 'rotation-stopped'

const exitStatus: Readonly<Record<ErrorCode, number>> = {
  usage: 2,
  'unknown-profile': 2,
  'incomplete-profile': 1,
  'unknown-setting': 2,
  'invalid-setting': 2,
  'no-home': 1,
  'unreadable-file': 1,
  'unwritable-file': 1,
  'unsafe-file': 1,
  'invalid-edit': 1,
  'contract-mismatch': 1,
  'no-shell-function': 2,
  'terminal-needed': 2,
  'confirmation-needed': 3,
  'broken-block': 1,
  'program-failed': 1,
  'invalid-endpoint': 1,
  'invalid-region': 1,
  network: 1,
  service: 1,
  'login-failed': 1,
  'login-needed': 3,
  'not-assigned': 1,
  'session-over': 1,
  cancelled: 130,
  'invalid-profile': 1,
  'profile-cycle': 1,
  'invalid-duration': 1,
  'role-refused': 1,
  'mfa-needed': 3,
  'mfa-refused': 1,
  'unknown-plugin': 2,
  'invalid-plugin': 1,
  'unsafe-plugin': 1,
  'plugin-failed': 1,
  'switch-refused': 1,
  'no-credentials': 1,
  'keys-refused': 1,
  'foreign-section': 1,
  'address-taken': 1,
  'keyring-missing': 1,
  'keyring-locked': 3,
  'passphrase-needed': 3,
  'passphrase-refused': 1,
  'damaged-key': 1,
  'unknown-key': 1,
  'rotation-stopped': 1,
}

/** What helps where nobody has anything better to say: after a failed login, and where nobody can be asked. */
function adviseDoctor(code: ErrorCode): string | undefined {
  if (code === 'login-failed') return 'assume doctor --online'
  return exitStatus[code] === 3 ? 'assume doctor' : undefined
}

/**
 * The one error type. `message` says what was wrong with which object; `hint`, when present, is the next
 * command to type. Anything else that is thrown is a bug in assume (exit status 70).
 */
export class AssumeError extends Error {
  readonly code: ErrorCode
  /** The advice for whoever does not know the shell. */
  readonly hint: string | undefined
  /** What to do next, for an error that takes the place of this one. */
  readonly advice: Hint | undefined

  constructor(code: ErrorCode, message: string, options: { hint?: Hint | undefined; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.name = 'AssumeError'
    this.code = code
    this.advice = options.hint ?? adviseDoctor(code)
    this.hint = this.adviseIn(quoteAnywhere, writeAnywhere)
  }

  /** The advice for somebody in the shell whose words `quote` makes, and whose statements `write`. */
  adviseIn(quote: QuoteWord, write: WriteVariable): string | undefined {
    return typeof this.advice === 'function' ? this.advice(quote, write) : this.advice
  }

  /** The exit status of the process, from the table in the README. */
  get exitStatus(): number {
    return exitStatus[this.code]
  }
}
