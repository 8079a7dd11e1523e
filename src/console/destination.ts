import { findPartition, partitions } from '../aws/partition.ts'
import { parseKnownRegion } from '../aws/region.ts'
import { AssumeError } from '../errors.ts'
import { printable } from '../text/redact.ts'
import { formatSuggestion } from '../text/suggestion.ts'
import { type ConsoleRegion, nameConsoleHost } from './console-host.ts'
import { findService, isOnOwnHost, type Service, services, suggestServices } from './service.ts'

/** A page of the console. */
export interface Destination {
  readonly url: string
  /** The region that it shows; absent where none is named. */
  readonly region?: string
  /** What the user should know of it. */
  readonly warning?: string
}

/** Whether the region was asked for, or is only that of the profile: then what is named may have one of its own. */
export interface PlacedConsole extends ConsoleRegion {
  readonly isAsked: boolean
}

/**
 * The page that `-s` means: of a service by one of its names, of a resource by its ARN, by its path, or as it was copied from
 * a browser; without a word the first page. Throws AssumeError `usage` for what is not in this partition's console.
 */
export function findDestination(word: string | undefined, place: PlacedConsole): Destination {
  if (word === undefined) return openPath('console/home', place)
  if (word.startsWith('arn:')) return openResource(word, place)
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(word)) return openCopied(word, place)
  if (/^([\w-]+\.)*console\.[\w.-]+\//.test(word)) return openCopied(`https://${word}`, place)
  if (/[/#?]/.test(word)) return openPath(word, place)
  const service = findService(word)
  if (service) return openService(service, place)
  if (!/^[\w-]+$/.test(word))
    throw new AssumeError('usage', `there is no service "${printable(word)}"`, howTo)
  const page = `${word}/home`
  const warning = `the page ${page} is opened: there is no service ${word} in the table${formatSuggestion(suggestServices(word))}`
  return { ...openPath(page, place), warning }
}

const howTo = { hint: 'assume console -s s3     or a path, an ARN or a URL of the console' }

function openService(service: Service, place: PlacedConsole): Destination {
  if (!isOnOwnHost(service)) return openPath(service.page, place)
  const { id } = place.partition
  if (id === commercial) return describe(addRegion(service.page, place.region), place.region)
  throw new AssumeError('usage', `${service.name} has no console in partition ${id}`, howTo)
}

const commercial = 'aws'

/** By the page that finds a resource's own. */
function openResource(arn: string, place: PlacedConsole): Destination {
  const [, id = '', , region = ''] = arn.split(':')
  if (id !== place.partition.id) throw refuseElsewhere(arn, id, place)
  const isOwn = !place.isAsked && parseKnownRegion(region) !== undefined && findPartition(region)?.id === id
  return openPath(`go/view?arn=${encodeURIComponent(arn)}`, isOwn ? { ...place, region } : place)
}

function openPath(path: string, place: PlacedConsole): Destination {
  const url = `https://${nameConsoleHost(place)}/${path.replace(/^[/\\]+/, '')}`
  return describe(addRegion(url, place.region), place.region)
}

/** Federation takes no page with the host of one session; such a host is put back to the console's own. */
function openCopied(text: string, place: PlacedConsole): Destination {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isPlain = url?.protocol === 'https:' && url.username === '' && url.password === '' && url.port === ''
  if (!url || !isPlain) throw refuseUrl(text)
  url.hostname = url.hostname.replace(/^\d{12}-[a-z0-9]+\./, '')
  const owner = partitions.find(({ id, signinSuffix }) => isConsoleHost(url.hostname, id, signinSuffix))
  if (!owner) throw refuseUrl(text)
  if (owner.id !== place.partition.id) throw refuseElsewhere(text, owner.id, place)
  const region = url.searchParams.get('region') ?? findRegionOfHost(url.hostname)
  return describe(url.href, region)
}

/** Behind the region, some pages have a host of their service before `console`. */
function isConsoleHost(host: string, partitionId: string, suffix: string): boolean {
  if (host === `console.${suffix}` || host.endsWith(`.console.${suffix}`)) return true
  // QuickSight has one in each region.
  const [region = '', ...rest] = host.split('.')
  const isRegional = findPartition(region)?.id === commercial && ownHosts.has(rest.join('.'))
  return partitionId === commercial && (ownHosts.has(host) || isRegional)
}

const ownHosts = new Set(services.filter(isOnOwnHost).map(({ page }) => new URL(page).hostname))

function findRegionOfHost(host: string): string | undefined {
  return host.split('.').find((label) => findPartition(label) !== undefined)
}

/** Before the fragment, which the server does not see. */
function addRegion(url: string, region: string | undefined): string {
  const target = new URL(url)
  if (region !== undefined && !target.searchParams.has('region')) {
    // Not by `searchParams`, which would write the rest of the query anew.
    target.search += `${target.search === '' ? '' : '&'}region=${region}`
  }
  return target.href
}

function describe(url: string, region: string | undefined): Destination {
  return { url, ...(region !== undefined && { region }) }
}

function refuseUrl(text: string): AssumeError {
  return new AssumeError('usage', `this is no address of the AWS console: ${printable(text)}`, howTo)
}

function refuseElsewhere(text: string, id: string, { partition }: PlacedConsole): AssumeError {
  const owner = partitions.some((each) => each.id === id) ? `partition ${id}` : 'no partition that is known'
  const message = `${printable(text)} is of ${owner}, and the console of ${partition.id}`
  return new AssumeError('usage', message, { hint: 'name a profile of that partition' })
}
