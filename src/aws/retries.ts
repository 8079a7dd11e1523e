import type { Context } from '../context.ts'
import { wait } from './wait.ts'

type Ports = Pick<Context, 'interruption' | 'limits' | 'notifyOnce' | 'terminal'>

/**
 * The attempts at one request; the first is under way when this is made. The user is told when all that takes long, pauses
 * included, until `end` is called.
 */
export class Retries {
  readonly #attempts: number
  readonly #ports: Ports
  readonly #noticing: NodeJS.Timeout
  readonly #start = performance.now()
  #made = 1

  constructor(attempts: number, host: string, ports: Ports) {
    this.#attempts = attempts
    this.#ports = ports
    const { limits, notifyOnce, terminal } = ports
    const tell = () => {
      if (terminal.stderrIsTerminal) notifyOnce(`waiting for ${host}, Ctrl-C cancels`)
    }
    // What is waited for keeps the process, not this.
    this.#noticing = setTimeout(tell, limits.notice).unref()
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

  /** Is to be called when there is an answer, or no other attempt. */
  end(): void {
    clearTimeout(this.#noticing)
  }
}
