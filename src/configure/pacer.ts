import { isNamed } from '../aws/failure.ts'
import { serviceLimits } from '../aws/limits.ts'
import { wait as waitForTimer } from '../aws/wait.ts'

/** Resolves after so many milliseconds; rejects with the signal's reason when it is aborted. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>

/** Identity Center refuses what is above 20 requests a second, other programs of the user included. */
const requestsPerSecond = 15
/** How often a request is sent that is refused as one too many, and how long to wait in between, in milliseconds. */
const attempts = 8
const firstDelay = 500
const longestDelay = 8_000

/** Sends requests one after another at an even pace, however many are under way, and again when they were too many. */
export class Pacer {
  readonly #signal: AbortSignal
  readonly #wait: Wait
  readonly #now: () => number
  #nextTurn: Promise<void> = Promise.resolve()

  /** `now` tells milliseconds since some moment. */
  constructor(signal: AbortSignal, wait: Wait = waitForTimer, now = () => performance.now()) {
    this.#signal = signal
    this.#wait = wait
    this.#now = now
  }

  /** What the request answers, or fails with. Rejects with the signal's reason when that is aborted. */
  async send<Answer>(request: () => Promise<Answer>): Promise<Answer> {
    let latest: number | undefined
    for (let attempt = 1; ; attempt++) {
      await this.#takeTurn()
      latest ??= this.#now() + serviceLimits.together - serviceLimits.answer
      const delay = Math.min(firstDelay * 2 ** (attempt - 1), longestDelay)
      try {
        return await request()
      } catch (error) {
        this.#signal.throwIfAborted()
        const isLast = attempt === attempts || this.#now() + delay > latest
        if (isLast || !isRefusedAsTooMany(error)) throw error
      }
      await this.#wait(delay, this.#signal)
    }
  }

  /** Turns follow each other by waiting, not by the clock, which may be set. */
  #takeTurn(): Promise<void> {
    const turn = this.#nextTurn
    this.#nextTurn = turn.then(() => this.#wait(1000 / requestsPerSecond, this.#signal))
    // Perhaps nobody takes the last turn.
    this.#nextTurn.catch(() => {})
    return turn
  }
}

function isRefusedAsTooMany(error: unknown): boolean {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
  return status === 429 || isNamed(error, 'TooManyRequestsException', 'ThrottlingException')
}
