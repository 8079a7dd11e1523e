/** What the browser is to be shown: an address of AWS's console, taken apart. */
export interface ConsoleView {
  readonly partition: string
  /** As it was given, lower case. */
  readonly host: string
  /** That of `?region=`, else the host's. */
  readonly region: string | undefined
  /** The first word of the path, or of the host where the service has one of its own. */
  readonly service: string
  /** With the query, without the fragment. */
  readonly path: string
  /** What `go/view` is asked for. */
  readonly arn: string | undefined
  /** With `#`, or empty. */
  readonly fragment: string
}

/**
 * The domain of each partition's console, and how its regions begin. Sources: the table of consoles in
 * https://docs.aws.amazon.com/general/latest/gr/mgmt-console.html and the endpoint rules of botocore's `signin`.
 */
const consoles: readonly (readonly [partition: string, domain: string, regions: RegExp])[] = [
  ['aws-cn', 'console.amazonaws.cn', /^cn-/],
  ['aws-us-gov', 'console.amazonaws-us-gov.com', /^us-gov-/],
  ['aws-eusc', 'console.amazonaws-eusc.eu', /^eusc-/],
  ['aws-iso', 'console.c2shome.ic.gov', /^us-iso-/],
  ['aws-iso-b', 'console.sc2shome.sgov.gov', /^us-isob-/],
  ['aws-iso-e', 'console.csphome.adc-e.uk', /^eu-isoe-/],
  ['aws-iso-f', 'console.csphome.hci.ic.gov', /^us-isof-/],
  ['aws', 'console.aws.amazon.com', /^/],
]

/** Services of the partition aws with hosts of their own. */
const ownHost = /^(health|phd|lightsail|quicksight)\.aws\.amazon\.com$/
const regionName = /^[a-z]+(-[a-z]+)+-\d+$/

/** The partition that has a region of this name. */
export function partitionOfRegion(region: string): string {
  return consoles.find(([, , regions]) => regions.test(region))?.[0] ?? 'aws'
}

/** Where a console opens when nothing is asked for. */
export function formatHomeView(region: string): string {
  const domain = consoles.find(([partition]) => partition === partitionOfRegion(region))?.[1]
  return `https://${region}.${domain}/console/home?region=${region}`
}

/**
 * Takes a Destination apart; undefined for what is no console URL. One with the subdomain of a session is none:
 * federation refuses those.
 */
export function parseConsoleView(text: string): ConsoleView | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const partition = url?.protocol === 'https:' && url.port === '' ? partitionOf(url.hostname) : undefined
  if (!url || partition === undefined || url.username !== '' || url.password !== '') return undefined
  const { hostname: host, pathname, search, searchParams, hash } = url
  const [, prefix = ''] = /^(.+)\.console\./.exec(host) ?? []
  const [first = ''] = pathname.slice(1).split('/')
  return {
    partition,
    host,
    region: searchParams.get('region') ?? (prefix || undefined),
    service: ownHost.exec(host)?.[1] ?? first,
    path: pathname + search,
    arn: pathname === '/go/view' ? (searchParams.get('arn') ?? undefined) : undefined,
    fragment: hash,
  }
}

function partitionOf(host: string): string | undefined {
  if (ownHost.test(host)) return 'aws'
  return consoles.find(([partition, domain]) => {
    if (host === domain) return partition !== 'aws-eusc'
    const region = host.endsWith(`.${domain}`) ? host.slice(0, -domain.length - 1) : ''
    return regionName.test(region) && partitionOfRegion(region) === partition
  })?.[0]
}
