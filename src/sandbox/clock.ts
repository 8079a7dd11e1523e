/** The sandbox's time. Tests move it instead of waiting for something to expire. */
export class Clock {
  readonly #source: () => number
  #offset = 0

  constructor(source: () => number) {
    this.#source = source
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#source() + this.#offset
  }

  /** The same in whole seconds, as OIDC has it. */
  seconds(): number {
    return Math.floor(this.now() / 1000)
  }

  advance(milliseconds: number): void {
    this.#offset += milliseconds
  }
}
