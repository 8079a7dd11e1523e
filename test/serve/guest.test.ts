import { describe, expect, it } from 'vitest'
import { type Door, type GuestRequest, refuseGuest } from '../../src/serve/guest.ts'

const port: Door = { kind: 'port', address: '127.0.0.1:9911', token: 'the-token' }
const socket: Door = { kind: 'socket' }
const good = { method: 'GET', target: '/' }
const guest = { host: '127.0.0.1:9911', authorization: 'the-token' }

type Headers = Readonly<Record<string, string | readonly string[]>>

const ask = (door: Door, request: Partial<Omit<GuestRequest, 'headers'>> & { headers?: Headers }) => {
  const said: Headers = request.headers ?? (door === port ? guest : { host: 'assume' })
  const headers = Object.fromEntries(Object.entries(said).map(([name, value]) => [name, [value].flat()]))
  return refuseGuest({ ...good, ...request, headers }, door)
}

describe('a guest at the port', () => {
  it('is let in with the token, by the very address', () => {
    expect(ask(port, {})).toBeUndefined()
  })

  it.each([
    ['without a token', { headers: { host: guest.host } }, 403],
    ['with another token', { headers: { ...guest, authorization: 'the-tokeN' } }, 403],
    ['with a longer token', { headers: { ...guest, authorization: 'the-token ' } }, 403],
    ['with two tokens', { headers: { ...guest, authorization: ['the-token', 'the-token'] } }, 403],
    ['with a scheme', { headers: { ...guest, authorization: 'Bearer the-token' } }, 403],
    ['by a name that leads here', { headers: { ...guest, host: 'rebound.example:9911' } }, 403],
    ['by the name localhost', { headers: { ...guest, host: 'localhost:9911' } }, 403],
    ['by another port', { headers: { ...guest, host: '127.0.0.1:80' } }, 403],
    [
      'by two names, of which one is right',
      { headers: { ...guest, host: [guest.host, 'rebound.example'] } },
      403,
    ],
    ['without a host', { headers: { authorization: 'the-token' } }, 403],
    ['from a web page', { headers: { ...guest, origin: 'https://example.com' } }, 403],
    ['from a page without an address', { headers: { ...guest, origin: 'null' } }, 403],
    ['by POST', { method: 'POST' }, 405],
    ['by HEAD', { method: 'HEAD' }, 405],
    ['at another path', { target: '/role-arn/arn:aws:iam::1:role/x' }, 404],
    ['with a query', { target: '/?a' }, 404],
    ['with a whole URL', { target: 'http://127.0.0.1:9911/' }, 404],
  ])('%s gets nothing', (_name, request, status) => {
    expect(ask(port, request)).toMatchObject({ status, code: 'AccessDenied' })
  })

  it('learns nothing of methods and paths without the token', () => {
    const headers = { host: guest.host }
    expect(ask(port, { headers, method: 'POST', target: '/x' })).toMatchObject({ status: 403 })
  })
})

describe('a guest at the socket', () => {
  it.each(['assume', 'localhost', '127.0.0.1:9911', '[::1]:80', '169.254.170.2'])(
    'is let in by the name %s',
    (host) => {
      expect(ask(socket, { headers: { host } })).toBeUndefined()
    },
  )

  it.each(['rebound.example', 'assume.example', '127.0.0.1.example', '127.0.0.1:x', ''])(
    'gets nothing by the name %j',
    (host) => {
      expect(ask(socket, { headers: { host } })).toMatchObject({ status: 403 })
    },
  )

  it('gets nothing by two names', () => {
    expect(ask(socket, { headers: { host: ['assume', 'rebound.example'] } })).toMatchObject({ status: 403 })
  })

  it('gets nothing as a web page', () => {
    expect(ask(socket, { headers: { host: 'localhost', origin: 'http://localhost' } })).toMatchObject({
      status: 403,
    })
  })
})
