const ownedSuffixes = [
  '.awsapps.com',
  '.awsapps.cn',
  '.app.aws',
  '.portal.amazonaws.com',
  '.portal.amazonaws.com.cn',
  '.app.amazonwebservices.com.cn',
  '.portal.amazonaws.eu',
  '.api.amazonwebservices.eu',
]
const ownedHosts = [
  'identitycenter.amazonaws.com',
  'identitycenter.amazonaws.com.cn',
  'identitycenter.amazonaws.eu',
  'identitycenter.us-gov.amazonaws.com',
]

/**
 * Whether a start URL is on a host of AWS; others are vanity URLs, which lead there by a redirect. Source: the list of
 * AWS CLI 2.35.13 and newer, `customizations/sso/resolve.py`.
 */
export function isOwnStartUrl(startUrl: string): boolean {
  if (!URL.canParse(startUrl)) return false
  const { protocol, hostname } = new URL(startUrl)
  return (
    protocol === 'https:' &&
    (ownedHosts.includes(hostname) || ownedSuffixes.some((suffix) => hostname.endsWith(suffix)))
  )
}

/**
 * What a vanity URL leads to, as Identity Center is told: scheme, host and path alone, without slashes at the end. Source:
 * `_normalize_url` there, which takes `;…` at the end of a path for no part of it.
 */
export function formatStartUrl({ protocol, host, pathname }: URL): string {
  const path = pathname.replace(/;[^/]*$/, '').replace(/\/+$/, '')
  return `${protocol}//${host}${path}`
}
