import { type ClientRequest, Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { rootCertificates } from 'node:tls'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { AssumeError } from '../errors.ts'

/** How a service is reached. */
export interface Route {
  /** From `resolveEndpoint`. */
  readonly endpoint: string
  /** The proxy that the environment names for this endpoint; absent for none. */
  readonly proxy: string | undefined
  /** The text of AWS_CA_BUNDLE or `ca_bundle`; absent for the certificates that Node trusts. */
  readonly certificates: string | undefined
  /** Told of every request, without its secrets. */
  readonly trace: (line: string) => void
}

const timeouts = { connectionTimeout: 5_000, requestTimeout: 20_000 }

/** The options of a client of the AWS SDK that keep it from looking for its endpoint in the environment or in files. */
export function fixEndpoint(route: Route) {
  return {
    endpoint: route.endpoint,
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    requestHandler: createHandlerOptions(route),
  }
}

/**
 * What `NodeHttpHandler` of the AWS SDK takes: it knows neither the proxy variables nor the CA bundle by itself.
 * Throws AssumeError `network` for a proxy that is none.
 */
export function createHandlerOptions({ endpoint, proxy, certificates }: Omit<Route, 'trace'>) {
  const ca = certificates === undefined ? undefined : [...rootCertificates, certificates]
  const trust = ca === undefined ? {} : { ca }
  const viaProxy = proxy === undefined ? undefined : createTunnelAgent(proxy, trust)
  return {
    ...timeouts,
    throwOnRequestTimeout: true,
    httpAgent: viaProxy && endpoint.startsWith('http:') ? viaProxy : new HttpAgent(),
    httpsAgent: viaProxy ?? new HttpsAgent(trust),
  }
}

function createTunnelAgent(proxy: string, trust: { ca?: string[] }): HttpsProxyAgent<string> {
  if (!URL.canParse(proxy) || !/^https?:$/.test(new URL(proxy).protocol)) {
    throw new AssumeError('network', 'the proxy that HTTPS_PROXY names is no http:// or https:// URL', {
      hint: 'export HTTPS_PROXY=http://proxy.example.com:3128',
    })
  }
  const agent = new HttpsProxyAgent(proxy, trust)
  // What it got is for the way to the proxy; this is for the service at the end of the tunnel.
  Object.assign(agent.options, trust)
  agent.on('proxyConnect', ({ statusCode }: { statusCode: number }, request: ClientRequest) => {
    if (statusCode !== 200) request.destroy(describeRefusal(new URL(proxy).host, statusCode, request.host))
  })
  return agent
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
