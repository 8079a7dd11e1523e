import type { Clock } from './clock.ts'
import type { Secrets } from './secrets.ts'
import type { TemporaryKeys } from './sts/identity.ts'

const tokenLifetime = 15 * 60_000

/** Sign-in tokens of console federation. */
export class SigninTokens {
  readonly #clock: Clock
  readonly #secrets: Secrets
  readonly #tokens = new Map<string, { keys: TemporaryKeys; expiresAt: number }>()

  constructor(clock: Clock, secrets: Secrets) {
    this.#clock = clock
    this.#secrets = secrets
  }

  issue(keys: TemporaryKeys): string {
    const token = this.#secrets.issue('signin-token')
    this.#tokens.set(token, { keys, expiresAt: this.#clock.now() + tokenLifetime })
    return token
  }

  find(token: string): TemporaryKeys | undefined {
    const entry = this.#tokens.get(token)
    return entry && entry.expiresAt > this.#clock.now() ? entry.keys : undefined
  }
}
