import { once } from 'node:events'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type Socket } from 'node:net'
import { rootCertificates } from 'node:tls'
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

/** The certificates that count for a proxy and for the service behind it, as Node takes them. */
export interface TlsTrust {
  readonly ca?: string[]
}

export function trustOf({ certificates }: Way): TlsTrust {
  return certificates === undefined ? {} : { ca: [...rootCertificates, certificates] }
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
export async function openTunnel(proxy: string, target: URL, trust: TlsTrust, watch: Watch): Promise<Socket> {
  const { url, authorization } = readProxy(proxy)
  const isSecure = url.protocol === 'https:'
  const authority = `${target.hostname}:${target.port || (target.protocol === 'https:' ? 443 : 80)}`
  const send = isSecure ? requestHttps : requestHttp
  const asked = watch.over(
    send({
      ...(isSecure ? nameServer(url) : { host: nameServer(url).host }),
      port: url.port || (isSecure ? 443 : 80),
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, 'proxy-connection': 'close', ...authorization },
      agent: false,
      ...trust,
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
