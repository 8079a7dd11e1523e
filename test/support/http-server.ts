import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface SeenRequest {
  /** As in `GET /path?query`. */
  readonly line: string
  readonly headers: IncomingHttpHeaders
}

/** What is answered: a status with a text, or JSON; undefined for never. */
export type Answer = readonly [status: number, body: unknown] | undefined

/** A server on loopback that goes when the test is over. */
export async function startHttpServer(
  answer: (request: SeenRequest) => Answer,
): Promise<{ readonly url: string; readonly requests: SeenRequest[] }> {
  const requests: SeenRequest[] = []
  const server = createServer(({ method, url, headers }, response) => {
    const request = { line: `${method} ${url}`, headers }
    requests.push(request)
    const found = answer(request)
    if (!found) return
    const [status, body] = found
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}

/** A loopback address at which nothing listens. */
export async function findClosedUrl(): Promise<string> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}`
}
