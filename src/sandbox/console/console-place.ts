import { createHash } from 'node:crypto'
import type { Principal } from '../sts/identity.ts'
import type { ConsoleView } from './console-view.ts'

/** Where a console is in the sandbox, and the cookie that its session is held by. */
export interface ConsolePlace {
  /** Path, query and fragment. */
  readonly location: string
  readonly cookie: { readonly name: string; readonly path: string }
}

/**
 * A browser may have several sessions: each has a subdomain, the account and eight characters that stay the same for an
 * identity, which here is a part of the path.
 * https://docs.aws.amazon.com/awsconsolehelpdocs/latest/gsg/multisession.html
 */
export function placeConsole({ accountId, principal }: Principal, destination: ConsoleView): ConsolePlace {
  const suffix = createHash('sha256').update(principal).digest('hex').slice(0, 8)
  const path = `/console/${accountId}-${suffix}`
  const { host, path: inside, fragment } = destination
  return {
    location: `${path}/${host}${inside}${fragment}`,
    cookie: { name: cookieName(path), path },
  }
}

/** What a path of `placeConsole` leads to, without its fragment, and the name of its cookie; undefined for others. */
export function readConsolePath(
  path: string,
  query: URLSearchParams,
): { readonly cookieName: string; readonly url: string } | undefined {
  const [, session, host, inside] = /^(\/console\/\d{12}-[0-9a-f]{8})\/([^/]+)(\/.*)$/.exec(path) ?? []
  if (session === undefined) return undefined
  const search = query.size > 0 ? `?${query}` : ''
  return { cookieName: cookieName(session), url: `https://${host}${inside}${search}` }
}

function cookieName(path: string): string {
  return `console-${path.split('/').at(-1)}`
}
