import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { onTestFinished } from 'vitest'

/** A certificate authority that nobody trusts by default, and a certificate of it. PEM texts. */
export interface Authority {
  readonly ca: string
  readonly key: string
  readonly cert: string
}

const regions = ['eu-west-1', 'eu-west-2', 'us-east-1', 'us-west-2', 'aws-global']
const awsHost =
  /^((oidc|portal\.sso|sts)(-fips)?\.[a-z\d-]+|sts)\.(amazonaws\.com|api\.aws)$|^[a-z\d-]+\.signin\.aws\.amazon\.com$/

/** Makes an authority with openssl, and its certificate for oidc, portal.sso, sts and signin of some regions, and loopback. */
export function createAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'assume-test-'))
  try {
    const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
    const key = (path: string) => [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      path,
    ]
    openssl(
      'req',
      '-x509',
      ...key('ca.key'),
      '-subj',
      '/CN=assume test authority',
      '-days',
      '2',
      '-out',
      'ca',
    )
    openssl('req', '-new', ...key('key'), '-subj', '/CN=assume test', '-out', 'request')
    // A wildcard stands for one label only, and only for the first.
    const wildcards = regions.flatMap((region) =>
      ['amazonaws.com', 'api.aws'].flatMap((suffix) => [
        `*.${region}.${suffix}`,
        `*.sso.${region}.${suffix}`,
        `*.sso-fips.${region}.${suffix}`,
      ]),
    )
    const names = [...wildcards, 'sts.amazonaws.com', '*.signin.aws.amazon.com', 'localhost'].map(
      (name) => `DNS:${name}`,
    )
    writeFileSync(join(folder, 'names'), `subjectAltName=${names.join(',')},IP:127.0.0.1\n`)
    const authority = ['-CA', 'ca', '-CAkey', 'ca.key', '-CAcreateserial']
    openssl('x509', '-req', '-in', 'request', ...authority, '-days', '2', '-extfile', 'names', '-out', 'cert')
    const read = (name: string) => readFileSync(join(folder, name), 'utf8')
    return { ca: read('ca'), key: read('key'), cert: read('cert') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A proxy on loopback that knows CONNECT only. */
export interface ConnectProxy {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string
  /** The hosts that were asked for, in order, and whether they were let through. */
  readonly tunnels: readonly { readonly target: string; readonly allowed: boolean }[]
}

/**
 * Starts a proxy that leads to the server at `tlsUrl` whoever asks for a host of Identity Center, STS or Sign-In, and nobody
 * anywhere else. With `credentials` (`user:password`) it wants those first. It goes when the test is over.
 */
export async function startConnectProxy(
  tlsUrl: string,
  { credentials }: { credentials?: string } = {},
): Promise<ConnectProxy> {
  const tunnels: { target: string; allowed: boolean }[] = []
  const sockets = new Set<Duplex>()
  const keep = (socket: Duplex) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  }
  const expected = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`
  const server = createServer((_request, response) => response.writeHead(405).end())
  server.on('connect', ({ url: target = '', headers }, client: Duplex, head: Buffer) => {
    keep(client)
    const [host = '', port] = target.split(':')
    const isKnown = !expected || headers['proxy-authorization'] === expected
    const allowed = isKnown && awsHost.test(host) && port === '443'
    tunnels.push({ target, allowed })
    if (!allowed) {
      const status = isKnown ? '403 Forbidden' : '407 Proxy Authentication Required'
      client.end(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`)
      return
    }
    const service = connect(Number(new URL(tlsUrl).port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      service.write(head)
      service.pipe(client).pipe(service)
    })
    keep(service)
    client.on('close', () => service.destroy())
    service.on('close', () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
        for (const socket of sockets) socket.destroy()
      }),
  )
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, tunnels }
}
