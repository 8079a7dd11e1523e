import type { ClientRequest } from 'node:http'
import type { Socket } from 'node:net'
import type { Limits } from '../context.ts'

/** Ends a request, and the connection that it needs first, when it takes too long or is given up. */
export class Watch {
  readonly #end = new AbortController()
  readonly #connecting: NodeJS.Timeout
  readonly #release: () => void

  /** The request fails with the reason of the signal that is aborted first. */
  constructor({ connect, answer }: Limits, signals: readonly AbortSignal[]) {
    this.#connecting = setTimeout(() => this.#end.abort(noConnection(connect)), connect)
    const answering = setTimeout(() => this.#end.abort(noAnswer(answer)), answer)
    // Not `AbortSignal.any`: main looks for a listener to know that somebody ends the work.
    const followed = signals.map((signal) => [signal, () => this.#end.abort(signal.reason)] as const)
    for (const [signal, abort] of followed) {
      signal.addEventListener('abort', abort, { once: true })
      if (signal.aborted) abort()
    }
    this.#release = () => {
      for (const timer of [this.#connecting, answering]) clearTimeout(timer)
      for (const [signal, abort] of followed) signal.removeEventListener('abort', abort)
    }
  }

  /** Is aborted with the error that the request fails with. */
  get signal(): AbortSignal {
    return this.#end.signal
  }

  /** Takes a request that was just made, be it the one itself or the one for a tunnel, and returns it. */
  over(request: ClientRequest): ClientRequest {
    request.once('socket', (socket: Socket) => {
      const connected = () => clearTimeout(this.#connecting)
      if (socket.connecting) socket.once('connect', connected)
      else connected()
    })
    // Whoever waits for the request hears of it; it can also fail when nobody does any more.
    request.on('error', () => {})
    this.signal.addEventListener('abort', () => request.destroy(), { once: true })
    if (this.signal.aborted) request.destroy()
    return request
  }

  end(): void {
    this.#release()
  }
}

function noConnection(limit: number): Error {
  return Object.assign(new Error(`no connection within ${limit / 1000} s`), { code: 'ETIMEDOUT' })
}

function noAnswer(limit: number): Error {
  return Object.assign(new Error(`no whole answer within ${limit / 1000} s`), { name: 'TimeoutError' })
}
