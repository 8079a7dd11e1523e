import { once } from 'node:events'
import { type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { connect as connectTls } from 'node:tls'
import type { Context } from '../context.ts'
import { connectSecurely, nameServer, openTunnel, trustOf, type Way } from './tunnel.ts'
import { Watch } from './watch.ts'

export interface HttpRequest {
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** Ends it; it then fails with the signal's reason. */
  readonly signal?: AbortSignal
  /** Whether its body is of no interest: the answer then has an empty one. */
  readonly ignoresBody?: boolean
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** What a request needs of the world. */
export type HttpPorts = Pick<
  Context,
  'extraCertificates' | 'interruption' | 'limits' | 'notifyOnce' | 'terminal' | 'trace'
>

/** How requests are sent: which way, and with which ports. */
export interface Connection extends HttpPorts, Way {}

/**
 * Sends a request on a connection of its own, and returns what is answered, whatever the status. `trace` is told of it,
 * without its query, headers and body. Throws Node's errors, of which `ETIMEDOUT` means that nothing accepted the
 * connection in time and `EMSGSIZE` that the body is too long, one with the name TimeoutError when the whole answer is not
 * there in time, AssumeError `network` for a proxy that is none or refuses, and the reason of an interruption.
 */
export async function sendRequest(request: HttpRequest, connection: Connection): Promise<HttpAnswer> {
  const { host, pathname } = new URL(request.url)
  const { interruption, limits, trace } = connection
  const watch = new Watch(limits, [interruption, ...(request.signal ? [request.signal] : [])])
  const describe = (outcome: unknown) => trace(`${request.method} ${host}${pathname}: ${outcome}`)
  try {
    const answer = await exchange(request, connection, watch)
    describe(answer.status)
    return answer
  } catch (error) {
    const failure = (watch.signal.aborted ? watch.signal.reason : error) as NodeJS.ErrnoException
    describe(failure.code ?? failure.name)
    throw failure
  } finally {
    watch.end()
  }
}

async function exchange(
  { method, url, headers = {}, body, ignoresBody }: HttpRequest,
  { limits, ...way }: Connection,
  watch: Watch,
): Promise<HttpAnswer> {
  const target = new URL(url)
  const isSecure = target.protocol === 'https:'
  const tunnel = way.proxy === undefined ? undefined : await openTunnel(way.proxy, target, way, watch)
  const openInTunnel = tunnel && {
    defaultPort: isSecure ? 443 : 80,
    createConnection: () =>
      isSecure ? connectTls({ ...nameServer(target), ...trustOf(way), socket: tunnel }) : tunnel,
  }
  const openDirectly = isSecure ? { createConnection: () => connectSecurely(target, way) } : { agent: false }
  const send = isSecure ? requestHttps : requestHttp
  const sent = watch.over(send(target, { method, headers, ...(openInTunnel ?? openDirectly) }))
  try {
    sent.end(body)
    const [answer] = (await once(sent, 'response', { signal: watch.signal })) as [IncomingMessage]
    const { statusCode: status = 0, headers } = answer
    return { status, headers, body: ignoresBody ? Buffer.alloc(0) : await readBody(answer, limits.body) }
  } finally {
    sent.destroy()
    tunnel?.destroy()
  }
}

async function readBody(answer: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) {
      throw Object.assign(new Error(`an answer larger than ${limit / 2 ** 20} MiB`), { code: 'EMSGSIZE' })
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
