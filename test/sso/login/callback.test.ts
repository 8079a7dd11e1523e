import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import type { ShellResult } from '../../support/shell.ts'
import { defer, openWorld, type World } from './world.ts'

interface Answer {
  readonly status: number
  readonly page: string
}

/** A login in the browser that waits for its redirect. */
interface Waiting {
  readonly world: World
  /** What the command ends with. */
  readonly result: Promise<ShellResult>
  /** The redirect as the service would send it, with a good code. */
  readonly redirect: URL
}

/** Starts a login, in this process or of the executable, and fetches a code that is not delivered yet. */
async function startLogin(way: 'call' | 'assume' = 'call'): Promise<Waiting> {
  const world = await openWorld({ flow: 'pkce' })
  const opened = defer<URL>()
  const env = await world.browser(async (url) => {
    const { headers } = await fetch(url, { redirect: 'manual' })
    opened.resolve(new URL(headers.get('location') ?? ''))
  })
  const result = world[way](['login'], { env })
  const ended = result.then(({ stderr }) => Promise.reject(new Error(`it did not wait: ${stderr}`)))
  return { world, result, redirect: await Promise.race([opened.promise, ended]) }
}

/** Sends a request as it is told; `fetch` would set the Host header itself. */
async function send(url: URL, { method = 'GET', host = url.host } = {}): Promise<Answer> {
  const sent = request(url, { method, headers: { host }, agent: false }).end()
  const [response] = await once(sent, 'response')
  return { status: response.statusCode, page: await text(response) }
}

/** The redirect with some of its query changed; null takes a parameter away. */
function withQuery(redirect: URL, changes: Record<string, string | null>): URL {
  const url = new URL(redirect)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) url.searchParams.delete(name)
    else url.searchParams.set(name, value)
  }
  return url
}

function withPath(redirect: URL, path: string): URL {
  return new URL(path + redirect.search, redirect)
}

async function expectSuccess({ world, result, redirect }: Waiting): Promise<void> {
  expect(await send(redirect)).toMatchObject({
    status: 200,
    page: expect.stringContaining('<h1>You are logged in</h1>'),
  })
  expect(await result).toMatchObject({ status: 0 })
  world.expectDecent(await result)
  expect(world.sandbox.requests.count('CreateToken')).toBe(1)
  expect(world.token.accessToken).toMatch(/^aoa/)
}

const otherLogin = 'This belongs to another login.'
const markup = '<script>alert(1)</script>'

describe('while a login waits for the browser, it refuses', () => {
  it.each<[string, (redirect: URL) => Promise<Answer>, number, string]>([
    ['a wrong state', (url) => send(withQuery(url, { state: 'x'.repeat(32) })), 403, otherLogin],
    ['no state', (url) => send(withQuery(url, { state: null })), 403, otherLogin],
    ['no query', (url) => send(new URL(url.pathname, url)), 403, otherLogin],
    [
      'a denial with a wrong state',
      (url) => send(withQuery(url, { state: 'x', error: 'no' })),
      403,
      otherLogin,
    ],
    ['another path', (url) => send(withPath(url, '/')), 404, 'There is nothing here.'],
    ['a longer path', (url) => send(withPath(url, '/oauth/callback/')), 404, 'There is nothing here.'],
    ['the icon of the page', (url) => send(withPath(url, '/favicon.ico')), 404, 'There is nothing here.'],
    [
      'POST',
      (url) => send(url, { method: 'POST' }),
      405,
      'Only a browser that was redirected may call this.',
    ],
    ['HEAD', (url) => send(url, { method: 'HEAD' }), 405, ''],
    ['OPTIONS', (url) => send(url, { method: 'OPTIONS' }), 405, 'Only a browser'],
    ['another Host', (url) => send(url, { host: 'attacker.example' }), 403, 'This was sent to another host.'],
    ['localhost as Host', (url) => send(url, { host: `localhost:${url.port}` }), 403, 'to another host.'],
    ['another port as Host', (url) => send(url, { host: '127.0.0.1:1' }), 403, 'to another host.'],
    ['a rebound name', (url) => send(url, { host: `127.0.0.1.nip.io:${url.port}` }), 403, 'another host.'],
  ])('%s, and the login goes on', async (_, attack, status, words) => {
    const waiting = await startLogin()
    const answer = await attack(waiting.redirect)
    expect(answer).toMatchObject({ status, page: expect.stringContaining(words) })
    expect(answer.page).not.toContain('logged in')
    await expectSuccess(waiting)
  })

  it('a second callback while the first is being redeemed, and takes the first', async () => {
    const waiting = await startLogin()
    const { sandbox } = waiting.world
    const redeemed = defer()
    sandbox.fail('CreateToken', { after: redeemed.promise })
    const first = send(waiting.redirect)
    await sandbox.requests.arrived('CreateToken')
    for (const second of [waiting.redirect, withQuery(waiting.redirect, { code: 'other' })]) {
      expect(await send(second)).toMatchObject({
        status: 409,
        page: expect.stringContaining('This login has been answered already.'),
      })
    }
    redeemed.resolve()
    expect(await first).toMatchObject({ status: 200, page: expect.stringContaining('You are logged in') })
    expect(await waiting.result).toMatchObject({ status: 0 })
    expect(sandbox.requests.count('CreateToken')).toBe(1)
  })

  it('whatever is no HTTP, and the login goes on', async () => {
    const waiting = await startLogin()
    const socket = connect(Number(waiting.redirect.port), '127.0.0.1')
    socket.write('this is no HTTP\r\n\r\n')
    socket.resume()
    await once(socket, 'close')
    await expectSuccess(waiting)
  })

  it.each(['//', 'http://[', '/%', '*'])('the request target %s, and the login goes on', async (target) => {
    const waiting = await startLogin()
    const socket = connect(Number(waiting.redirect.port), '127.0.0.1')
    socket.write(`GET ${target} HTTP/1.1\r\nHost: ${waiting.redirect.host}\r\nConnection: close\r\n\r\n`)
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 40[0-9] /)
    await expectSuccess(waiting)
  })
})

describe('what a callback says', () => {
  it('is shown as text: markup and control characters of the query do nothing', async () => {
    const { world, result, redirect } = await startLogin()
    const denial = withQuery(redirect, {
      code: null,
      error: 'access_denied',
      error_description: `${markup} "quoted" 'x' & \u001b[31mred`,
    })
    const { status, page } = await send(denial)
    expect(status).toBe(400)
    expect(page).toContain(
      '&lt;script&gt;alert(1)&lt;/script&gt; &quot;quoted&quot; &#39;x&#39; &amp; ?[31mred',
    )
    expect(page).not.toContain('<script')
    expect(await result).toMatchObject({ status: 1, stdout: '' })
    expect((await result).stderr).toContain('assume: the login was refused: <script>alert(1)</script>')
    expect((await result).stderr).not.toContain('\u001b')
    expect(Object.keys(world.snapshot())).toEqual(['config'])
  })

  it('is not repeated at all when it is refused', async () => {
    const waiting = await startLogin()
    for (const attack of [
      withQuery(waiting.redirect, { state: markup, error: markup, error_description: markup }),
      withPath(withQuery(waiting.redirect, { error: markup }), `/${markup}`),
    ]) {
      expect((await send(attack)).page).not.toContain('alert(1)')
    }
    await expectSuccess(waiting)
  })

  it('is a failure without a code', async () => {
    const { result, redirect } = await startLogin()
    expect(await send(withQuery(redirect, { code: null }))).toMatchObject({
      status: 400,
      page: expect.stringContaining('there was no code in the answer'),
    })
    expect(await result).toMatchObject({ status: 1 })
  })

  it('cannot be framed, scripted, cached or told to others', async () => {
    const waiting = await startLogin()
    const { headers } = await fetch(withPath(waiting.redirect, '/'))
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'/)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    await expectSuccess(waiting)
  })
})

describe('the listener', () => {
  it('is on 127.0.0.1 only, and gone when the login is over', async () => {
    const waiting = await startLogin('assume')
    const port = Number(waiting.redirect.port)
    expect(waiting.redirect.origin).toBe(`http://127.0.0.1:${port}`)
    expect(await canConnect('127.0.0.2', port)).toBe(false)
    expect(await canConnect('127.0.0.1', port)).toBe(true)
    await expectSuccess(waiting)
    expect(await canConnect('127.0.0.1', port)).toBe(false)
  })

  it('does not keep the command from ending when a browser holds a connection open', async () => {
    const waiting = await startLogin('assume')
    const idle = connect(Number(waiting.redirect.port), '127.0.0.1').on('error', () => {})
    await once(idle, 'connect')
    await expectSuccess(waiting)
    idle.destroy()
  })

  it('has a state and a challenge that nobody can guess, new ones each time', async () => {
    const waiting = [await startLogin('assume'), await startLogin('assume')]
    const states = waiting.map(({ redirect }) => redirect.searchParams.get('state'))
    expect(new Set(states).size).toBe(2)
    for (const state of states) expect(state).toMatch(/^[\w-]{32}$/)
    for (const each of waiting) await expectSuccess(each)
  })
})

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host)
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
