import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { rootCertificates } from 'node:tls'
import { HttpsProxyAgent } from 'https-proxy-agent'

/** How a service is reached. */
export interface Route {
  /** From `resolveEndpoint`. */
  readonly endpoint: string
  /** The proxy that the environment names for this endpoint; absent for none. */
  readonly proxy: string | undefined
  /** The text of AWS_CA_BUNDLE or `ca_bundle`; absent for the certificates that Node trusts. */
  readonly certificates: string | undefined
}

const timeouts = { connectionTimeout: 5_000, requestTimeout: 20_000 }

/** What `NodeHttpHandler` of the AWS SDK takes: it knows neither the proxy variables nor the CA bundle by itself. */
export function createHandlerOptions({ endpoint, proxy, certificates }: Route) {
  const ca = certificates === undefined ? undefined : [...rootCertificates, certificates]
  const trust = ca === undefined ? {} : { ca }
  const viaProxy = proxy === undefined ? undefined : new HttpsProxyAgent(proxy, trust)
  return {
    ...timeouts,
    throwOnRequestTimeout: true,
    httpAgent: viaProxy && endpoint.startsWith('http:') ? viaProxy : new HttpAgent(),
    httpsAgent: viaProxy ?? new HttpsAgent(trust),
  }
}
