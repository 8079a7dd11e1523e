import type { Context } from '../context.ts'
import { wait } from './wait.ts'

/** The attempts at one request; the first is under way when this is made. */
export class Retries {
  readonly #attempts: number
  readonly #ports: Pick<Context, 'interruption' | 'limits'>
  readonly #start = performance.now()
  #made = 1

  constructor(attempts: number, ports: Pick<Context, 'interruption' | 'limits'>) {
    this.#attempts = attempts
    this.#ports = ports
  }

  /** How many attempts there were. */
  get made(): number {
    return this.#made
  }

  /**
   * Waits for so many milliseconds, unless there is to be no other attempt: because there were enough, or because it
   * might end later than all of them may. Says whether there is to be one. Rejects with the reason of an interruption.
   */
  async another(pause: number): Promise<boolean> {
    const { limits, interruption } = this.#ports
    const latest = this.#start + limits.together - limits.answer
    if (this.#made >= this.#attempts || performance.now() + pause > latest) return false
    this.#made += 1
    await wait(pause, interruption)
    return true
  }
}
