import type { Connection } from './http.ts'
import { Retries } from './retries.ts'

/** What the SDK makes of a failure, with the time of a `Retry-After`. */
interface Failure {
  readonly errorType: 'TRANSIENT' | 'THROTTLING' | 'SERVER_ERROR' | 'CLIENT_ERROR'
  readonly retryAfterHint?: Date
}

/** Milliseconds before the first retry; before each other it is twice the time. */
const firstPause = { TRANSIENT: 100, THROTTLING: 500 }
const longestPause = 20_000
/** What a service may add to a pause. */
const longestWish = 5_000

/**
 * `retryStrategy` of a client of the SDK that asks a host; the SDK tells what is worth a retry. Its own strategy has no
 * limit for all attempts together, and its pauses cannot be ended.
 */
export function createRetryStrategy(attempts: number, host: string, connection: Connection) {
  return {
    acquireInitialRetryToken: async () => toToken(new Retries(attempts, host, connection)),
    async refreshRetryTokenForRetry(token: Token, { errorType, retryAfterHint }: Failure) {
      const { retries } = token
      if (errorType !== 'TRANSIENT' && errorType !== 'THROTTLING') throw endWith(token, 'not worth a retry')
      const usual = Math.min(firstPause[errorType] * 2 ** (retries.made - 1), longestPause)
      const pause = usual * (0.5 + Math.random() / 2)
      // A number without an end gives no time.
      const wish = (retryAfterHint?.getTime() || 0) - Date.now()
      // Whoever is interrupted goes on to the next request, which fails with the reason of that: what fails here is hidden.
      const isAllowed = await retries
        .another(Math.max(pause, Math.min(wish, pause + longestWish)))
        .catch(() => true)
      if (!isAllowed) throw endWith(token, 'no retry is left')
      return token
    },
    recordSuccess: ({ retries }: Token) => retries.end(),
  }
}

type Token = ReturnType<typeof toToken>

/** The pause is over when the SDK gets it. */
function toToken(retries: Retries) {
  return { retries, getRetryCount: () => retries.made - 1, getRetryDelay: () => 0 }
}

/** Whatever the SDK is told here, it fails with what the request failed with. */
function endWith({ retries }: Token, reason: string): Error {
  retries.end()
  return new Error(reason)
}
