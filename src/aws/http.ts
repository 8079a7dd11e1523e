import { once } from 'node:events'
import { type Agent, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Milliseconds in which the whole answer has to be here. */
  readonly timeout: number
  /** Absent: a connection of its own, through no proxy. */
  readonly agent?: Agent
  /** Told of the request, without its query, headers and body. */
  readonly trace: (line: string) => void
}

export interface HttpAnswer {
  readonly status: number
  readonly body: string
}

/** Far more than anything that is asked for. */
const longestBody = 1 << 20

/**
 * Sends a request that no SDK client knows and returns what is answered, whatever the status. Throws Node's errors:
 * ETIMEDOUT when nothing accepts the connection in time, one with the name TimeoutError when no answer comes in time.
 */
export async function sendRequest(request: HttpRequest): Promise<HttpAnswer> {
  const { method, url, headers = {}, body, timeout, agent = false, trace } = request
  const { host, pathname, protocol } = new URL(url)
  const deadline = AbortSignal.timeout(timeout)
  const send = protocol === 'https:' ? requestHttps : requestHttp
  const sent = send(url, { method, headers, agent, signal: deadline })
  let isConnected = false
  sent.on('socket', (socket: Socket) => socket.on('connect', () => (isConnected = true)))
  // What fails once the answer has begun is reported by the answer, too.
  sent.on('error', () => {})
  try {
    sent.end(body)
    const [answer] = (await once(sent, 'response')) as [IncomingMessage]
    const { statusCode: status = 0 } = answer
    const text = await readBody(answer)
    trace(`${method} ${host}${pathname}: ${status}`)
    return { status, body: text }
  } catch (error) {
    const failure = deadline.aborted ? describeTimeout(isConnected) : (error as NodeJS.ErrnoException)
    trace(`${method} ${host}${pathname}: ${failure.code ?? failure.name}`)
    throw failure
  } finally {
    sent.destroy()
  }
}

/** How often a request is sent that gets no answer, or the one that the server has trouble. */
export interface Patience {
  readonly attempts: number
  /** Milliseconds between two of them. */
  readonly pause: number
}

/** As `sendRequest`, of the request that `build` makes for each attempt: the last answer, or the last error. */
export async function sendPatiently(
  { attempts, pause }: Patience,
  build: () => HttpRequest,
): Promise<HttpAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    const isLast = attempt >= attempts
    try {
      const answer = await sendRequest(build())
      if (isLast || !isTrouble(answer)) return answer
    } catch (error) {
      if (isLast) throw error
    }
    await sleep(pause)
  }
}

function isTrouble({ status }: HttpAnswer): boolean {
  return status >= 500 || status === 429
}

async function readBody(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > longestBody) throw Object.assign(new Error('too long an answer'), { code: 'EMSGSIZE' })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function describeTimeout(isConnected: boolean): NodeJS.ErrnoException {
  return Object.assign(
    new Error('no answer in time'),
    isConnected ? { name: 'TimeoutError' } : { code: 'ETIMEDOUT' },
  )
}
