import type { Clock } from '../clock.ts'
import type { Secrets } from '../secrets.ts'
import type { TemporaryKeys } from '../sts/identity.ts'

const tokenLifetime = 15 * 60_000

/** What a sign-in token is good for. */
export interface SigninGrant {
  readonly keys: TemporaryKeys
  /** When the console is over, in milliseconds since the epoch. */
  readonly sessionEndsAt: number
}

/** Sign-in tokens of console federation. */
export class SigninTokens {
  readonly #clock: Clock
  readonly #secrets: Secrets
  readonly #tokens = new Map<string, SigninGrant & { expiresAt: number }>()

  constructor(clock: Clock, secrets: Secrets) {
    this.#clock = clock
    this.#secrets = secrets
  }

  /** A token for a console of so many seconds, or of as many as the keys are good. */
  issue(keys: TemporaryKeys, seconds?: number): string {
    const token = this.#secrets.issue('signin-token')
    const now = this.#clock.now()
    const sessionEndsAt = seconds === undefined ? keys.expiresAt : now + seconds * 1000
    this.#tokens.set(token, { keys, sessionEndsAt, expiresAt: now + tokenLifetime })
    return token
  }

  /** Spends a token; undefined when it is unknown, spent, or older than 15 minutes. */
  redeem(token: string): SigninGrant | undefined {
    const entry = this.#tokens.get(token)
    this.#tokens.delete(token)
    return entry && entry.expiresAt > this.#clock.now() ? entry : undefined
  }
}
