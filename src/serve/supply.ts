import type { Credentials } from '../aws/credentials.ts'
import { AssumeError } from '../errors.ts'
import { describeError, type Outage } from './answer.ts'
import { backOff, isWorthwhile, livesLong, planRenewal, type Stock } from './renewal-plan.ts'

/** What a supply needs of the world. */
export interface SupplyWorld {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Resolves after so many milliseconds; rejects with the signal's reason. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>
  /** New credentials; `refresh`: those that are kept somewhere do not count. */
  readonly fetch: (refresh: boolean) => Promise<Credentials>
  /** Is told when renewals begin to fail, and when one succeeds again. */
  readonly onTrouble: (failure: Outage | undefined) => void
}

/** No timer waits for longer than 24 days, and none is right after a machine has slept. */
const longestWait = 60_000

/** Credentials that are at hand, and are renewed one request after the other while somebody runs it. */
export class CredentialSupply {
  readonly #world: SupplyWorld
  #stock: Stock
  #failure: Outage | undefined

  private constructor(world: SupplyWorld, stock: Stock) {
    this.#world = world
    this.#stock = stock
  }

  /** With the first credentials. Throws what `fetch` of the world throws. */
  static async open(world: SupplyWorld): Promise<CredentialSupply> {
    return new CredentialSupply(world, await fetchStock(world))
  }

  /** What a guest gets now. */
  take(): Credentials | Outage {
    const { credentials } = this.#stock
    if (isWorthwhile(credentials, this.#world.now())) return credentials
    return (
      this.#failure ?? { code: 'ExpiredToken', message: 'the credentials are over, and are being renewed' }
    )
  }

  /** Renews until the signal is aborted, and rejects then with its reason. A failure ends nothing, a bug does. */
  async run(signal: AbortSignal): Promise<never> {
    const { now, wait, onTrouble } = this.#world
    let failures = 0
    for (;;) {
      const due = planRenewal(this.#stock)
      const left = failures > 0 ? backOff(failures) : due - now()
      // A renewal that was due while the machine slept is due now.
      if (left > 0) await wait(Math.min(left, longestWait), signal)
      signal.throwIfAborted()
      if (failures === 0 && now() < due) continue
      try {
        this.#stock = await fetchStock(this.#world, this.#stock)
        if (failures > 0) onTrouble(undefined)
        failures = 0
        this.#failure = undefined
      } catch (error) {
        signal.throwIfAborted()
        if (!(error instanceof AssumeError)) throw error
        failures += 1
        this.#failure = describeError(error)
        if (failures === 1) onTrouble(this.#failure)
      }
    }
  }
}

/** What is kept is taken where it lasts for a while; else, and where credentials never do, it is as good as none. */
async function fetchStock({ now, fetch }: SupplyWorld, last?: Stock): Promise<Stock> {
  if (!last || livesLong(last)) {
    const kept = { credentials: await fetch(false), since: now() }
    if (livesLong(kept)) return kept
  }
  return { credentials: await fetch(true), since: now() }
}
