import { isOwnStartUrl } from '../core/start-url.ts'
import { AssumeError } from '../errors.ts'
import { printable } from '../redact.ts'
import { translateFailure } from './failure.ts'
import { type Connection, sendRequest } from './http.ts'

/**
 * The start URL that Identity Center knows: a vanity URL of a company leads there by one redirect. The configured one
 * stays the name of the session everywhere else. Throws AssumeError `login-failed` when it leads to no host of AWS.
 */
export async function resolveStartUrl(startUrl: string, connection: Connection): Promise<string> {
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
    (await askForRedirect(startUrl, 'HEAD', connection)) ??
    (await askForRedirect(startUrl, 'GET', connection))
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
async function askForRedirect(
  url: string,
  method: 'HEAD' | 'GET',
  connection: Connection,
): Promise<string | undefined> {
  try {
    const { headers } = await sendRequest({ method, url, ignoresBody: true }, connection)
    return headers.location === undefined ? undefined : new URL(headers.location, url).href
  } catch (error) {
    throw translateFailure(error, { ...connection, doing: 'resolve the start URL', endpoint: url })
  }
}
