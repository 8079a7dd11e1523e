/** How many requests a service takes within any second. One that it refuses does not count. */
export class Quota {
  readonly #most: number
  #taken: number[] = []

  constructor(most: number) {
    this.#most = most
  }

  /** Whether a request that arrives at `now`, in milliseconds, is not one too many. */
  take(now: number): boolean {
    this.#taken = this.#taken.filter((at) => at > now - 1000)
    if (this.#taken.length >= this.#most) return false
    this.#taken.push(now)
    return true
  }
}
