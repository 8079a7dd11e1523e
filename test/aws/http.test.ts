import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { createServer, rootCertificates } from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import { translateFailure } from '../../src/aws/failure.ts'
import { type Connection, type HttpRequest, sendRequest } from '../../src/aws/http.ts'
import { AssumeError } from '../../src/errors.ts'
import { createAuthority, startConnectProxy } from '../support/connect-proxy.ts'
import { createConnection } from '../support/connection.ts'
import { startHttpServer } from '../support/http-server.ts'
import { drip, flood, giantStart, okStart, startRawServer } from '../support/raw-server.ts'

const short = { answer: 300 }
const service = 'https://oidc.eu-west-2.amazonaws.com'
const proxyHint = 'check the network, HTTPS_PROXY and NO_PROXY'
const established = 'HTTP/1.1 200 Connection established\r\n\r\n'
const networkHint = 'check the network; behind a proxy set HTTPS_PROXY'

const get = (url: string, connection: Connection, more: Partial<HttpRequest> = {}) =>
  sendRequest({ method: 'GET', url, ...more }, connection)

/** What the user is told of a request that fails. */
async function describeFailure(
  url: string,
  connection: Connection,
  more: Partial<HttpRequest> = {},
): Promise<AssumeError> {
  const error = await get(url, connection, more).then(
    () => new Error('there is an answer'),
    (cause: unknown) => translateFailure(cause, { ...connection, doing: 'log in', endpoint: url }),
  )
  if (error instanceof AssumeError) return error
  throw error
}

/** The URL of a server whose certificate nobody trusts. */
async function startTlsServer(): Promise<string> {
  const { key, cert } = createAuthority()
  const server = createServer({ key, cert }).on('tlsClientError', () => {})
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('the certificates that count', () => {
  const { ca, key, cert } = createAuthority()

  /** The URL of a server that this authority speaks for, and how often it was connected to. */
  async function startTrusted() {
    const server = createServer({ key, cert }, (socket) => socket.end(`${okStart}content-length: 0\r\n\r\n`))
    server.on('tlsClientError', () => {})
    await once(server.listen(0, 'localhost'), 'listening')
    onTestFinished(() => void server.close())
    return `https://localhost:${(server.address() as AddressInfo).port}`
  }

  it('are those of NODE_EXTRA_CA_CERTS too, where Node was kept from them, read for a connection alone', async () => {
    const url = await startTrusted()
    let count = 0
    const extraCertificates = () => {
      count += 1
      return ca
    }
    const { url: plain } = await startHttpServer(() => [200, ''])
    await get(plain, createConnection({ extraCertificates }))
    expect(count).toBe(0)
    expect(await get(url, createConnection({ extraCertificates }))).toMatchObject({ status: 200 })
    const proxied = createConnection({ extraCertificates, proxy: (await startConnectProxy(url)).url })
    expect(await get(service, proxied)).toMatchObject({ status: 200 })
  })

  it('are those of a bundle whatever else is in it', async () => {
    const url = await startTrusted()
    const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'
    const certificates = ['# Ours', ...rootCertificates.slice(1), broken, ca].join('\r\n\r\n')
    expect(await get(url, createConnection({ certificates }))).toMatchObject({ status: 200 })
  })

  it('are else those of AWS_CA_BUNDLE, or the ones that come with Node', async () => {
    const url = await startTrusted()
    expect(await get(url, createConnection({ certificates: ca }))).toMatchObject({ status: 200 })
    const other = createConnection({ certificates: createAuthority().ca, extraCertificates: () => ca })
    const none = createConnection()
    const odd = createConnection({ extraCertificates: () => 'no certificate' })
    for (const connection of [other, none, odd]) {
      expect((await describeFailure(url, connection)).message).toMatch(/is not trusted \([A-Z_]+\)$/)
    }
  })
})

const silence = (_socket: Socket) => {}
const slowServers: readonly (readonly [string, (socket: Socket) => void])[] = [
  ['says nothing', silence],
  ['sends a header now and then', drip(okStart, 'x-more: 1\r\n')],
  ['announces an answer again and again', drip('', 'HTTP/1.1 103 Early Hints\r\n\r\n')],
  ['stops in the midst of the body', (socket) => socket.write(`${okStart}content-length: 9\r\n\r\n{`)],
  ['sends the body byte by byte', drip(`${okStart}content-length: 1000\r\n\r\n`, ' ')],
  ['sends a body without an end', drip(`${okStart}transfer-encoding: chunked\r\n\r\n`, '1\r\n \r\n')],
]

describe('an answer has to be there in time, whole, from a server that', () => {
  it.each(slowServers)('%s', async (_title, act) => {
    const server = await startRawServer(act)
    const connection = createConnection({ limits: short })
    const { host } = new URL(server.url)
    expect(await describeFailure(`${server.url}/path?query=hush`, connection)).toMatchObject({
      code: 'network',
      message: `cannot log in: ${host} gave no whole answer within 0.3 s`,
      hint: networkHint,
    })
    expect(connection.traced).toEqual([`GET ${host}/path: TimeoutError`])
    await server.abandoned()
  })
})

describe('a proxy has to have led to the service, and that to have answered, in time', () => {
  it.each([
    ...slowServers.slice(0, 2),
    ['leads to a service that does not speak TLS', (socket: Socket) => socket.write(established)] as const,
  ])('where it %s', async (_title, act) => {
    const proxy = await startRawServer(act)
    const url = proxy.url.replace('//', '//user:hush@')
    const failure = await describeFailure(service, createConnection({ limits: short, proxy: url }))
    const { host } = new URL(proxy.url)
    expect(failure).toMatchObject({
      code: 'network',
      message: `cannot log in: ${new URL(service).host} gave no whole answer within 0.3 s through the proxy ${host}`,
      hint: proxyHint,
    })
    await proxy.abandoned()
  })

  it('or with both for a service without TLS', async () => {
    const proxy = await startRawServer((socket) => {
      socket.once('data', drip(okStart, 'x-more: 1\r\n').bind(undefined, socket))
      socket.write(established)
    })
    const failure = await describeFailure(
      'http://service.test',
      createConnection({ limits: short, proxy: proxy.url }),
    )
    expect(failure.message).toContain('service.test gave no whole answer within 0.3 s through the proxy')
    await proxy.abandoned()
  })

  it.each([
    ['closes the connection', (socket: Socket) => socket.destroy(), 'ECONNRESET'],
    ['speaks another protocol', (socket: Socket) => socket.end('220 mail ESMTP\r\n'), 'HPE_INVALID_CONSTANT'],
    ['never ends its headers', flood(okStart, 'x-more: 1\r\n'), 'HPE_HEADER_OVERFLOW'],
  ])('one that %s is told apart', async (_title, act, code) => {
    const proxy = await startRawServer(act)
    const failure = await describeFailure(service, createConnection({ proxy: proxy.url }))
    expect(failure.message).toMatch(new RegExp(`cannot be reached through the proxy \\S+ \\(${code}\\)$`))
    await proxy.abandoned()
    expect(proxy.written()).toBeLessThan(16 * 2 ** 20)
  })

  it('one whose certificate is not trusted is named, and not the service', async () => {
    const proxy = await startTlsServer()
    const failure = await describeFailure(service, createConnection({ proxy }))
    expect(failure).toMatchObject({
      code: 'network',
      message: `the certificate of the proxy ${new URL(proxy).host} is not trusted (UNABLE_TO_VERIFY_LEAF_SIGNATURE)`,
      hint: "behind a proxy of your company set AWS_CA_BUNDLE to that company's certificates",
    })
  })

  it('one whose password is not percent-encoded is none', async () => {
    const failure = await describeFailure(
      service,
      createConnection({ proxy: 'http://me:hush%hush@127.0.0.1:9' }),
    )
    expect(failure.message).toBe('the proxy that HTTPS_PROXY names is no http:// or https:// URL')
  })
})

describe('an answer is read', () => {
  it('up to 1 MiB, and not one byte more', async () => {
    const { body: limit } = createConnection().limits
    const sizes = new Map([
      ['/most', limit],
      ['/more', limit + 1],
    ])
    const { url } = await startHttpServer(({ line }) => [200, ' '.repeat(sizes.get(line.slice(4)) ?? 0)])
    const { status, body } = await get(`${url}/most`, createConnection())
    expect([status, body.length]).toEqual([200, limit])
    expect(await describeFailure(`${url}/more`, createConnection())).toMatchObject({
      code: 'service',
      message: `cannot log in: ${new URL(url).host} gave an answer larger than 1 MiB`,
      hint: expect.stringContaining(`look with: curl -I ${url}/more`),
    })
  })

  it.each([
    ['of 1 GiB', giantStart, ' '],
    ['without an end', `${okStart}\r\n`, ' '],
    ['in chunks without an end', `${okStart}transfer-encoding: chunked\r\n\r\n`, '1\r\n \r\n'],
  ])('and the rest of a body %s is not taken', async (_title, start, piece) => {
    const server = await startRawServer(flood(start, piece))
    expect((await describeFailure(server.url, createConnection())).code).toBe('service')
    await server.abandoned()
    // What the system holds in its buffers counts, too.
    expect(server.written()).toBeLessThan(32 * 2 ** 20)
  })

  it('without its body where that is of no interest', async () => {
    const server = await startRawServer(flood(giantStart, ' '))
    const answer = await get(server.url, createConnection(), { ignoresBody: true })
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } })
    await server.abandoned()
    expect(server.written()).toBeLessThan(32 * 2 ** 20)
  })

  it('and one that is broken off is none', async () => {
    const server = await startRawServer((socket) => {
      socket.write(`${okStart}content-length: 9\r\n\r\n{`, () => socket.resetAndDestroy())
    })
    const failure = await describeFailure(server.url, createConnection())
    expect(failure.message).toBe(`cannot log in: ${new URL(server.url).host} cannot be reached (ECONNRESET)`)
  })
})

describe('an interruption ends a request', () => {
  it.each(slowServers)('to a server that %s', async (_title, act) => {
    const reason = new AssumeError('cancelled', 'cancelled')
    const interruption = new AbortController()
    const server = await startRawServer((socket) => {
      act(socket)
      interruption.abort(reason)
    })
    const connection = createConnection({ interruption: interruption.signal })
    await expect(get(server.url, connection)).rejects.toBe(reason)
    await server.abandoned()
    // One that has come before is enough.
    await expect(get(server.url, connection)).rejects.toBe(reason)
  })

  it('and the tunnel that it needs', async () => {
    const reason = new AssumeError('cancelled', 'cancelled')
    const interruption = new AbortController()
    const proxy = await startRawServer(() => interruption.abort(reason))
    const connection = createConnection({ interruption: interruption.signal, proxy: proxy.url })
    await expect(get(service, connection)).rejects.toBe(reason)
    await proxy.abandoned()
  })
})

it('a service behind a proxy is asked under its name, without a port that goes without saying', async () => {
  const asked: string[] = []
  const proxy = await startRawServer((socket) => {
    socket.once('data', (data) => {
      asked.push(String(data))
      socket.end(`${okStart}content-length: 2\r\n\r\nok`)
    })
    socket.write(established)
  })
  const { body } = await get('http://service.test/path', createConnection({ proxy: proxy.url }))
  expect(body.toString()).toBe('ok')
  expect(asked).toEqual([
    expect.stringMatching(/^GET \/path HTTP\/1\.1\r\n(.*\r\n)*host: service\.test\r\n/i),
  ])
})

it('what a service says before it is asked, right behind the answer of the proxy, is not lost', async () => {
  const proxy = await startRawServer((socket) =>
    socket.end(`${established}${okStart}content-length: 2\r\n\r\nok`),
  )
  const { body } = await get('http://service.test/path', createConnection({ proxy: proxy.url }))
  expect(body.toString()).toBe('ok')
})
