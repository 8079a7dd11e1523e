import type { ClientRequest } from 'node:http'
import type { Socket } from 'node:net'
import type { Limits } from '../core/limits.ts'

/** Ends a request, with the connection that it needs first, when it takes too long or is given up. */
export class Watch {
  readonly #end = new AbortController()
  readonly #given: AbortSignal | undefined
  readonly #timers: NodeJS.Timeout[]
  readonly #giveUp = () => this.#end.abort(this.#given?.reason)
  readonly #connecting: NodeJS.Timeout

  constructor({ connect, answer }: Limits, given?: AbortSignal) {
    this.#given = given
    this.#connecting = setTimeout(() => this.#end.abort(noConnection(connect)), connect)
    const answering = setTimeout(() => this.#end.abort(noAnswer(answer)), answer)
    this.#timers = [this.#connecting, answering]
    given?.addEventListener('abort', this.#giveUp, { once: true })
    if (given?.aborted) this.#giveUp()
  }

  /** Is aborted with the error that the request fails with. */
  get signal(): AbortSignal {
    return this.#end.signal
  }

  /** Takes a request that is just made, be it the one itself or the one for a tunnel, and returns it. */
  over(request: ClientRequest): ClientRequest {
    request.once('socket', (socket: Socket) => {
      if (!socket.connecting) this.#isConnected()
      socket.once('connect', () => this.#isConnected())
    })
    // Whoever waits for the request hears of it; it can also fail when nobody does any more.
    request.on('error', () => {})
    this.signal.addEventListener('abort', () => request.destroy(), { once: true })
    if (this.signal.aborted) request.destroy()
    return request
  }

  #isConnected(): void {
    clearTimeout(this.#connecting)
  }

  end(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#given?.removeEventListener('abort', this.#giveUp)
  }
}

function noConnection(limit: number): Error {
  return Object.assign(new Error(`no connection within ${limit / 1000} s`), { code: 'ETIMEDOUT' })
}

function noAnswer(limit: number): Error {
  return Object.assign(new Error(`no whole answer within ${limit / 1000} s`), { name: 'TimeoutError' })
}
