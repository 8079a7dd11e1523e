import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AssumeError } from '../../errors.ts'
import { readWords } from '../../text/answer-forms.ts'
import { renderPage } from './page.ts'

/** The path that Identity Center accepts for command-line clients; the port is free (RFC 8252, 7.3). */
const callbackPath = '/oauth/callback'

/** The redirect URI of a registration: without a port, any port may be used later. */
export const registeredRedirectUri = `http://127.0.0.1${callbackPath}`

/** A listener on loopback that waits for one redirect of the browser. */
export interface CallbackListener {
  readonly redirectUri: string
  /** Rejects with AssumeError `login-failed` when the user or the service refused. */
  readonly redirect: Promise<Redirect>
  close(): void
}

/** The redirect that was waited for. The browser waits for its page. */
export interface Redirect {
  /** The authorization code. */
  readonly code: string
  /** Shows the browser what comes of the code, and passes it on. */
  readonly conclude: <Result>(outcome: Promise<Result>) => Promise<Result>
}

/**
 * Listens on 127.0.0.1 for the redirect that carries `state`. Requests with another path, method, host or state, and
 * every one after the first answer, are refused and change nothing: the login goes on.
 */
export async function listenForCallback(state: string): Promise<CallbackListener> {
  const { promise: redirect, resolve, reject } = deferRedirect()
  let settled = false
  const server = createServer((request, response) => {
    const refusal = settled
      ? { status: 409, text: 'This login has been answered already.' }
      : refuse(request, state, port())
    if (refusal) {
      void answer(response, refusal.status, 'Not this one', refusal.text)
      return
    }
    settled = true
    const { query } = readTarget(request)
    const failure = query.get('error')
    const code = query.get('code')
    if (failure === null && code) {
      resolve({ code, conclude: (outcome) => conclude(response, outcome) })
    } else {
      const said = readWords(query.get('error_description')) ?? readWords(failure)
      const reason = said ?? 'there was no code in the answer'
      const error = new AssumeError('login-failed', `the login was refused: ${reason}`)
      conclude(response, Promise.reject(error)).catch(reject)
    }
  })
  const port = () => (server.address() as AddressInfo).port
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen(0, '127.0.0.1', done)
  })
  const close = () => {
    server.close()
    // Browsers open connections in advance, which never carry a request.
    server.closeAllConnections()
  }
  return { redirectUri: `http://127.0.0.1:${port()}${callbackPath}`, redirect, close }
}

function deferRedirect() {
  let resolve: (redirect: Redirect) => void = () => {}
  let reject: (error: Error) => void = () => {}
  const promise = new Promise<Redirect>((onRedirect, onError) => {
    resolve = onRedirect
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
  const { path, query } = readTarget(request)
  if (path !== callbackPath) return { status: 404, text: 'There is nothing here.' }
  if (request.method !== 'GET')
    return { status: 405, text: 'Only a browser that was redirected may call this.' }
  if (request.headers.host !== `127.0.0.1:${port}`)
    return { status: 403, text: 'This was sent to another host.' }
  if (query.get('state') !== state) return { status: 403, text: 'This belongs to another login.' }
  return undefined
}

/** Not as a URL: anybody on this machine may ask for what is none, such as `//`. */
function readTarget({ url = '' }: IncomingMessage): { path: string; query: URLSearchParams } {
  const [path = '', query] = url.split(/\?(.*)/s)
  return { path, query: new URLSearchParams(query) }
}

async function conclude<Result>(response: ServerResponse, outcome: Promise<Result>): Promise<Result> {
  try {
    const result = await outcome
    await answer(response, 200, 'You are logged in', 'You can close this page and go back to the terminal.')
    return result
  } catch (error) {
    const reason = error instanceof AssumeError ? error.message : 'something went wrong'
    await answer(response, 400, 'The login failed', `assume: ${reason}`)
    throw error
  }
}

/** Sends a page; resolves when it is on its way, or nobody waits for it any more. */
function answer(response: ServerResponse, status: number, title: string, text: string): Promise<void> {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    connection: 'close',
  })
  return new Promise((resolve) => {
    response.once('close', resolve)
    if (response.closed) resolve()
    response.end(renderPage(title, text))
  })
}
