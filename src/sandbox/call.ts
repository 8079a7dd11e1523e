import type { IncomingHttpHeaders } from 'node:http'

/** A request as the operations see it. */
export interface Call {
  readonly method: string
  /** Lower case, without the port. */
  readonly host: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export function replyJson(value: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) }
}

export function replyXml(body: string, status = 200): Reply {
  return { status, headers: { 'content-type': 'text/xml' }, body }
}

export function redirect(location: string): Reply {
  return { status: 302, headers: { location, 'cache-control': 'no-store' }, body: '' }
}

/** The fields of a form or of a query-protocol request; those of the URL where the body has none. */
export function readForm(call: Call): URLSearchParams {
  return call.method === 'POST' && call.body !== '' ? new URLSearchParams(call.body) : call.query
}

/** The region in the name of a service's host; undefined for hosts without one (127.0.0.1). */
export function regionOf(host: string): string | undefined {
  return /^(?:oidc|portal\.sso|sts)(?:-fips)?\.([a-z]+(?:-[a-z]+)+-\d+)\./.exec(host)?.[1]
}
