import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { LoginForm } from '../login-form.ts'
import { type GuardedPage, renderGonePage, renderLoginPage } from './page.ts'
import type { PeerPorts } from './peer.ts'

/** How long there is somebody to answer, in milliseconds: a browser that starts can take its time. */
const lifetime = 60_000

/** A page on this machine's loopback that is served once. */
export interface HandOver {
  /** Where it is, until it has been fetched. */
  readonly url: string
  /** Ends it before its time. */
  close(): void
}

/**
 * Serves the login to the first who asks for its address, which nobody can guess, of this very host and port: a name that was
 * made to lead here is another host. Whoever asks for anything else, or again, hears that it is gone, and so does a stranger:
 * the address is an argument of the browser, which every user of the machine can read. After a minute nobody is there any more.
 */
export async function serveLogin(
  form: LoginForm,
  isStranger: (peer: PeerPorts) => boolean,
): Promise<HandOver> {
  const path = `/${randomBytes(16).toString('hex')}`
  let isFetched = false
  const server = createServer((request, response) => {
    const { remotePort: from = 0, localPort: to = 0 } = request.socket
    const isIt = !isFetched && isRequestFor(request, path, address()) && !isStranger({ from, to })
    if (isIt) isFetched = true
    const { html, policy }: GuardedPage = isIt ? renderLoginPage(form) : renderGonePage()
    response.writeHead(isIt ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      connection: 'close',
    })
    response.end(html)
  })
  const address = () => `127.0.0.1:${(server.address() as AddressInfo).port}`
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const close = () => {
    clearTimeout(end)
    server.close()
    server.closeAllConnections()
  }
  const end = setTimeout(close, lifetime)
  return { url: `http://${address()}${path}`, close }
}

function isRequestFor({ method, url, headers }: IncomingMessage, path: string, address: string): boolean {
  return method === 'GET' && url === path && headers.host === address
}
