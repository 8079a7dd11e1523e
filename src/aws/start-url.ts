import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isOwnStartUrl } from '../core/start-url.ts'
import { AssumeError } from '../errors.ts'
import { printable } from '../redact.ts'
import { translateFailure } from './failure.ts'
import { createHandlerOptions, type Route } from './network.ts'

const timeout = 10_000

/**
 * The start URL that Identity Center knows: a vanity URL of a company leads there by one redirect. The configured one
 * stays the name of the session everywhere else. Throws AssumeError `login-failed` when it leads to no host of AWS.
 */
export async function resolveStartUrl(
  startUrl: string,
  route: Omit<Route, 'endpoint' | 'trace'>,
): Promise<string> {
  if (isOwnStartUrl(startUrl)) return startUrl
  if (!URL.canParse(startUrl) || new URL(startUrl).protocol !== 'https:') {
    throw new AssumeError(
      'login-failed',
      `the start URL ${printable(startUrl)} does not begin with https://`,
      {
        hint: 'mend sso_start_url in the config file',
      },
    )
  }
  const target =
    (await askForRedirect(startUrl, 'HEAD', route)) ?? (await askForRedirect(startUrl, 'GET', route))
  if (target !== undefined && isOwnStartUrl(target)) return target
  throw new AssumeError(
    'login-failed',
    `the start URL ${printable(startUrl)} does not lead to Identity Center`,
    {
      hint: 'mend sso_start_url in the config file',
    },
  )
}

/** The address that a URL redirects to; undefined when it does not. */
function askForRedirect(
  url: string,
  method: 'HEAD' | 'GET',
  route: Omit<Route, 'endpoint' | 'trace'>,
): Promise<string | undefined> {
  const { httpAgent, httpsAgent } = createHandlerOptions({ ...route, endpoint: url })
  const [request, agent] = url.startsWith('http:') ? [requestHttp, httpAgent] : [requestHttps, httpsAgent]
  return new Promise((resolve, reject) => {
    const call = request(url, { method, agent, timeout }, (response) => {
      response.resume()
      const { location } = response.headers
      resolve(location === undefined ? undefined : new URL(location, url).href)
    })
    call.once('timeout', () => call.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })))
    call.once('error', (error) =>
      reject(translateFailure(error, { ...route, doing: 'resolve the start URL', endpoint: url })),
    )
    call.end()
  })
}
