import { isNamed } from '../aws/failure.ts'
import { serviceLimits } from '../aws/limits.ts'
import { type Wait, wait as waitForTimer } from '../aws/wait.ts'
import { findTurn, mostPerSecond, type Traffic } from './pace.ts'

/** How often a request is sent that is refused as one too many, and how long to wait in between, in milliseconds. */
const attempts = 8
const firstDelay = 500
const longestDelay = 8_000

/** Sends requests one after another at the pace that the service takes, and again when they were too many. */
export class Pacer {
  readonly #signal: AbortSignal
  readonly #wait: Wait
  readonly #now: () => number
  #traffic: Traffic = { underWay: 0, answered: [] }
  #latestTurn: Promise<unknown> = Promise.resolve()

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
        return await this.#count(request)
      } catch (error) {
        this.#signal.throwIfAborted()
        const isLast = attempt === attempts || this.#now() + delay > latest
        if (isLast || !isRefusedAsTooMany(error)) throw error
      }
      await this.#wait(delay, this.#signal)
    }
  }

  #takeTurn(): Promise<void> {
    const turn = this.#latestTurn.then(() => this.#waitForTurn())
    this.#latestTurn = turn.catch(() => {})
    return turn
  }

  async #waitForTurn(): Promise<void> {
    for (;;) {
      this.#signal.throwIfAborted()
      const now = this.#now()
      const turn = findTurn(this.#traffic, now)
      if (turn <= now) break
      await this.#wait(turn - now, this.#signal)
    }
    this.#traffic = { ...this.#traffic, underWay: this.#traffic.underWay + 1, sent: this.#now() }
  }

  async #count<Answer>(request: () => Promise<Answer>): Promise<Answer> {
    try {
      return await request()
    } finally {
      const { underWay, answered } = this.#traffic
      const latest = [...answered, this.#now()].slice(-mostPerSecond)
      this.#traffic = { ...this.#traffic, underWay: underWay - 1, answered: latest }
    }
  }
}

function isRefusedAsTooMany(error: unknown): boolean {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
  return status === 429 || isNamed(error, 'TooManyRequestsException', 'ThrottlingException')
}
