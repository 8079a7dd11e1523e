import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AssumeError } from '../errors.ts'
import { printable } from '../redact.ts'
import { renderPage } from './page.ts'

/** The path that Identity Center accepts for command-line clients; the port is free (RFC 8252, 7.3). */
const callbackPath = '/oauth/callback'

/** The redirect URI of a registration: without a port, any port may be used later. */
export const registeredRedirectUri = `http://127.0.0.1${callbackPath}`

/** A listener on loopback that waits for one redirect of the browser. */
export interface CallbackListener {
  readonly redirectUri: string
  /** The authorization code. Rejects with AssumeError `login-failed` when the user or the service refused. */
  readonly code: Promise<string>
  close(): void
}

/**
 * Listens on 127.0.0.1 for the redirect that carries `state`. Requests with another path, method, host or state, and
 * every one after the first answer, are refused and change nothing: the login goes on.
 */
export async function listenForCallback(state: string): Promise<CallbackListener> {
  const { promise: code, resolve, reject } = deferCode()
  let settled = false
  const server = createServer((request, response) => {
    const refusal = settled
      ? { status: 409, text: 'This login has been answered already.' }
      : refuse(request, state, port())
    if (refusal) {
      answer(response, refusal.status, 'Not this one', refusal.text)
      return
    }
    settled = true
    const query = new URL(request.url ?? '', registeredRedirectUri).searchParams
    const failure = query.get('error')
    if (failure === null && query.get('code')) {
      answer(response, 200, 'You are logged in', 'You can close this page and go back to the terminal.')
      resolve(query.get('code') ?? '')
    } else {
      const reason = printable(query.get('error_description') ?? failure ?? 'there was no code in the answer')
      answer(response, 400, 'The login failed', `${reason}. Nothing was changed; try again in the terminal.`)
      reject(new AssumeError('login-failed', `the login was refused: ${reason}`, { hint: 'assume login' }))
    }
  })
  const port = () => (server.address() as AddressInfo).port
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen(0, '127.0.0.1', done)
  })
  const close = () => {
    server.close()
    server.closeIdleConnections()
  }
  return { redirectUri: `http://127.0.0.1:${port()}${callbackPath}`, code, close }
}

function deferCode() {
  let resolve: (code: string) => void = () => {}
  let reject: (error: Error) => void = () => {}
  const promise = new Promise<string>((onCode, onError) => {
    resolve = onCode
    reject = onError
  })
  // Whoever waits hears of it; nobody may be waiting any more when the listener is closed.
  promise.catch(() => {})
  return { promise, resolve, reject }
}

function refuse(
  request: IncomingMessage,
  state: string,
  port: number,
): { status: number; text: string } | undefined {
  const url = new URL(request.url ?? '/', registeredRedirectUri)
  if (url.pathname !== callbackPath) return { status: 404, text: 'There is nothing here.' }
  if (request.method !== 'GET')
    return { status: 405, text: 'Only a browser that was redirected may call this.' }
  if (request.headers.host !== `127.0.0.1:${port}`)
    return { status: 403, text: 'This was sent to another host.' }
  if (url.searchParams.get('state') !== state) return { status: 403, text: 'This belongs to another login.' }
  return undefined
}

function answer(response: ServerResponse, status: number, title: string, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    connection: 'close',
  })
  response.end(renderPage(title, text))
}
