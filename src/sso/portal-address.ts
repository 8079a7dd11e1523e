import { translateFailure } from '../aws/failure.ts'
import type { Connection } from '../aws/http.ts'
import { sendPatiently } from '../aws/patience.ts'
import { parseWebUrl } from '../aws/web-url.ts'
import { AssumeError } from '../errors.ts'
import { readWords } from '../text/answer-forms.ts'
import { printable } from '../text/redact.ts'
import { formatStartUrl, isOwnStartUrl } from './start-url.ts'

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
  const location =
    (await askForRedirect(startUrl, 'HEAD', connection)) ??
    (await askForRedirect(startUrl, 'GET', connection))
  const target = location === undefined ? undefined : parseWebUrl(location, startUrl)
  if (target && isOwnStartUrl(target.href)) return formatStartUrl(target)
  const instead = location === undefined ? '' : `, but to ${readWords(location)}`
  throw new AssumeError(
    'login-failed',
    `the start URL ${printable(startUrl)} does not lead to Identity Center${instead}`,
    {
      hint: 'mend sso_start_url in the config file',
    },
  )
}

/** Where a URL redirects to, as it stands in the answer; undefined when it does not. */
async function askForRedirect(
  url: string,
  method: 'HEAD' | 'GET',
  connection: Connection,
): Promise<string | undefined> {
  try {
    const { headers } = await sendPatiently({ attempts: 1, pause: 0 }, connection, () => ({
      method,
      url,
      ignoresBody: true,
    }))
    return headers.location
  } catch (error) {
    throw translateFailure(error, { proxy: connection.proxy, doing: 'resolve the start URL', endpoint: url })
  }
}
