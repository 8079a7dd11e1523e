import { parseWebUrl } from '../aws/web-url.ts'

/** Where a portal is, and which role of it is to open what. */
export interface Shortcut {
  /** `sso_start_url`. */
  readonly startUrl: string
  readonly accountId: string
  readonly roleName: string
  readonly destination: string
  /** Takes the place of the portal's own scheme, host and port; absent for none. */
  readonly origin?: string
}

/**
 * The link by which a portal of Identity Center opens the console as one of its roles ("Create shortcut links" of the IAM
 * Identity Center guide). It is no secret: the browser's own session at the portal opens it. Undefined for a start URL that
 * no browser may open.
 */
export function buildShortcutLink({
  startUrl,
  accountId,
  roleName,
  destination,
  origin,
}: Shortcut): URL | undefined {
  const portal = parseWebUrl(startUrl)
  if (!portal) return undefined
  const query = Object.entries({ account_id: accountId, role_name: roleName, destination })
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
  const { origin: own, pathname, search } = portal
  return parseWebUrl(`${origin ?? own}${pathname.replace(/\/+$/, '')}${search}/#/console?${query}`)
}
