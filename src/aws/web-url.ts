import { AssumeError } from '../errors.ts'
import { readWords } from '../text/answer-forms.ts'

/**
 * A URL that may go to a browser, or that a start URL may lead to: with https, or with http on this machine. `base` is
 * what a relative one is relative to. Undefined for everything else: `file:`, `javascript:`, an option, a path.
 * Its `href` begins with its scheme, and is ASCII without blanks, control characters and double quotation marks. It can hold
 * what a script would run, so it is no part of one.
 */
export function parseWebUrl(text: string, base?: string): URL | undefined {
  if (!URL.canParse(text, base)) return undefined
  const url = new URL(text, base)
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
  return isSafe ? url : undefined
}

/** As `parseWebUrl`, of the address that a service wants the user to log in at. Throws AssumeError `login-failed`. */
export function parseLoginUrl(text: string): URL {
  const url = parseWebUrl(text)
  if (url) return url
  throw new AssumeError(
    'login-failed',
    `the address to log in at is none that a browser may open: ${readWords(text)}`,
    { hint: 'it has to begin with https://; check sso_region, and AWS_ENDPOINT_URL if it is set' },
  )
}

/** Whether a host is this machine; `hostname` as URLs have it, where addresses are in their one normal form. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
}
