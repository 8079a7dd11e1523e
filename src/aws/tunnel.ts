import { once } from 'node:events'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type Socket } from 'node:net'
import {
  connect as connectTls,
  createSecureContext,
  rootCertificates,
  type SecureContext,
  type TLSSocket,
} from 'node:tls'
import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { describeDistrust } from './failure.ts'
import type { Watch } from './watch.ts'

/** What lies between this machine and a service. */
export interface Way {
  /** The proxy that the environment names for the URL; absent for none. */
  readonly proxy?: string | undefined
  /** The text of AWS_CA_BUNDLE or `ca_bundle`; absent for the certificates that Node trusts. */
  readonly certificates?: string | undefined
}

/** What says which certificates count. */
type Trusting = Pick<Way, 'certificates'> & Pick<Context, 'extraCertificates'>

/** The certificates that count for a proxy and for the service behind it, as Node takes them. */
export interface TlsTrust {
  readonly secureContext?: SecureContext
}

let latest: { readonly certificates: string; readonly trust: TlsTrust } | undefined

/** Those of AWS_CA_BUNDLE or else of NODE_EXTRA_CA_CERTS, beside Node's own. To take them in costs more than a connection. */
export function trustOf({ certificates: named, extraCertificates }: Trusting): TlsTrust {
  const certificates = named ?? extraCertificates()
  if (certificates === undefined) return {}
  if (latest?.certificates !== certificates) {
    const secureContext = createSecureContext({ ca: joinRoots(certificates) })
    latest = { certificates, trust: { secureContext } }
  }
  return latest.trust
}

const block = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** Certificates and Node's own, each once: a bundle of a system has most of those, and each takes Node a third of a millisecond. */
function joinRoots(certificates: string): string[] {
  const compact = (text: string) => text.replace(/\s/g, '')
  const blocks = certificates.match(block) ?? []
  const known = new Set(blocks.map(compact))
  const rest = certificates.replace(block, '')
  return [...rootCertificates.filter((root) => !known.has(compact(root))), ...blocks, rest]
}

/** A connection to the server of an https URL. */
export function connectSecurely(url: URL, trusting: Trusting): TLSSocket {
  return connectTls({ ...nameServer(url), port: Number(url.port || 443), ...trustOf(trusting) })
}

/** Host and name of a server for TLS, which takes no address as a name. */
export function nameServer({ hostname }: URL): { host: string; servername?: string } {
  const host = hostname.replace(/^\[|\]$/g, '')
  return isIP(host) ? { host } : { host, servername: host }
}

/**
 * A connection to the server of `target` through a proxy (CONNECT of RFC 9110). Throws AssumeError `network` for a proxy that
 * is none, refuses, or has a certificate that is not trusted, and Node's errors.
 */
export async function openTunnel(
  proxy: string,
  target: URL,
  trusting: Trusting,
  watch: Watch,
): Promise<Socket> {
  const { url, authorization } = readProxy(proxy)
  const isSecure = url.protocol === 'https:'
  const authority = `${target.hostname}:${target.port || (target.protocol === 'https:' ? 443 : 80)}`
  const send = isSecure ? requestHttps : requestHttp
  const asked = watch.over(
    send({
      host: nameServer(url).host,
      port: url.port || (isSecure ? 443 : 80),
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, 'proxy-connection': 'close', ...authorization },
      ...(isSecure ? { createConnection: () => connectSecurely(url, trusting) } : { agent: false }),
    }),
  )
  try {
    asked.end()
    const [answer, socket, rest] = (await once(asked, 'connect', { signal: watch.signal })) as [
      IncomingMessage,
      Socket,
      Buffer,
    ]
    const { statusCode: status = 0 } = answer
    if (status !== 200) {
      socket.destroy()
      throw describeRefusal(url.host, status, nameServer(target).host)
    }
    if (rest.length > 0) socket.unshift(rest)
    return socket
  } catch (error) {
    asked.destroy()
    throw describeDistrust(error as Error, `the certificate of the proxy ${url.host}`) ?? error
  }
}

function readProxy(proxy: string): { url: URL; authorization: Record<string, string> } {
  try {
    const url = new URL(proxy)
    if (!/^https?:$/.test(url.protocol)) throw new TypeError('no proxy')
    const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
    const basic = `Basic ${Buffer.from(login).toString('base64')}`
    return { url, authorization: login === ':' ? {} : { 'proxy-authorization': basic } }
  } catch {
    // Without its cause, which may quote the password.
    throw new AssumeError('network', 'the proxy that HTTPS_PROXY names is no http:// or https:// URL', {
      hint: (_, write) => write('HTTPS_PROXY', 'http://proxy.example.com:3128'),
    })
  }
}

/** Else the answer of the proxy would count as that of the service. */
function describeRefusal(proxy: string, status: number, host: string): AssumeError {
  return new AssumeError('network', `the proxy ${proxy} does not connect to ${host} (HTTP ${status})`, {
    hint:
      status === 407
        ? 'it wants a user and a password: HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT'
        : 'check HTTPS_PROXY, and NO_PROXY for what is to be reached without it',
  })
}
