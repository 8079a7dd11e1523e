import { AssumeError } from '../errors.ts'
import { hideUser, printable } from '../text/redact.ts'
import { choosePartition, type Partition } from './partition.ts'
import type { Region } from './region.ts'

/** A service by the name that `services` sections and AWS_ENDPOINT_URL_… use, in lower case. */
export type AwsService = 'sso' | 'sso_oidc' | 'sts' | 'signin' | 'iam'

/** What can move an endpoint: the environment, the profile, and the `services` section that the profile names. */
export interface EndpointSettings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly properties: ReadonlyMap<string, string>
  readonly services: ReadonlyMap<string, string> | undefined
}

/** Where a service is, and how requests to it are signed, where anybody signs them. */
export interface Endpoint {
  /** Without a slash at its end. */
  readonly url: string
  readonly signingRegion: string
  /** The variable, or the key and where it stands, that names the endpoint; absent for that of AWS. */
  readonly source?: string
}

const hosts: Readonly<Record<AwsService, string>> = {
  sso: 'portal.sso',
  sso_oidc: 'oidc',
  sts: 'sts',
  signin: 'signin',
  iam: 'iam',
}

/** The region of the one STS for all of the commercial partition, which is older than those of the regions. */
const globalSts = { region: 'aws-global', signingRegion: 'us-east-1' }

/**
 * Where a service of a region is. An endpoint that is set goes first, in the order of the SDKs ("Service-specific
 * endpoints" of the SDK reference): AWS_ENDPOINT_URL_SERVICE, AWS_ENDPOINT_URL, the `services` section, `endpoint_url` of
 * the profile; unless the ignore switch is on. A pseudo region of FIPS goes together with it, as in the AWS CLI.
 * Throws AssumeError `invalid-endpoint` for an endpoint that is no URL, or one together with FIPS or dual-stack, and for
 * a `services` section that is missing, as the SDKs do.
 */
export function resolveEndpoint(service: AwsService, region: Region, settings: EndpointSettings): Endpoint {
  const signingRegion = findSigningRegion(service, region.plainName)
  const dualStack = isOn(settings, 'use_dualstack_endpoint')
  const fips = isOn(settings, 'use_fips_endpoint')
  const configured = isOn(settings, 'ignore_configured_endpoint_urls')
    ? undefined
    : findConfigured(service, settings)
  if (configured === undefined) {
    return { url: buildEndpoint(service, region.plainName, dualStack, fips || region.isFips), signingRegion }
  }
  const { url, source } = configured
  if (dualStack || fips) {
    throw new AssumeError(
      'invalid-endpoint',
      `the endpoint ${printable(hideUser(url))} cannot go together with ${fips ? 'FIPS' : 'dual-stack'}`,
    )
  }
  return { url: tidyUrl(service, url), signingRegion, source }
}

/**
 * The endpoint that is set for this very service, by AWS_ENDPOINT_URL_SERVICE or a `services` section; undefined where there is
 * none, though one for all services may be set. Throws AssumeError `invalid-endpoint` likewise.
 */
export function findOwnEndpoint(service: AwsService, settings: EndpointSettings): SetEndpoint | undefined {
  if (isOn(settings, 'ignore_configured_endpoint_urls')) return undefined
  const found = findInVariable(service, settings) ?? findInSection(service, settings)
  return found && { ...found, url: tidyUrl(service, found.url) }
}

/** Whether the environment or the profile asks for FIPS endpoints. */
export function wantsFips(settings: EndpointSettings): boolean {
  return isOn(settings, 'use_fips_endpoint')
}

function tidyUrl(service: AwsService, url: string): string {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url.replace(/\/+$/, '')
  throw new AssumeError(
    'invalid-endpoint',
    `the endpoint of ${service} is no URL: ${printable(hideUser(url))}`,
  )
}

function findSigningRegion(service: AwsService, region: string): string {
  if (service === 'sts' && region === globalSts.region) return globalSts.signingRegion
  const { iam, home } = choosePartition(region)
  return service === 'iam' && iam ? home : region
}

function buildEndpoint(service: AwsService, region: string, dualStack: boolean, fips: boolean): string {
  const partition = choosePartition(region)
  const { id, iam, dualStackSuffix, suffix } = partition
  if (service === 'signin' && !dualStack) return `https://${nameSigninHost(partition, region, fips)}`
  if (service === 'sts' && region === globalSts.region && !dualStack && !fips) return `https://sts.${suffix}`
  const domain = dualStack ? dualStackSuffix : suffix
  // The hosts of GovCloud are FIPS hosts under their plain names, those of dual-stack excepted.
  const marked = fips && ((dualStack && service !== 'iam') || id !== govCloud)
  const host = `https://${hosts[service]}${marked ? '-fips' : ''}`
  if (service !== 'iam') return `${host}.${region}.${domain}`
  const zone = dualStack ? (iam?.dualStackZone ?? '') : (iam?.zone ?? `${region}.`)
  return `${host}.${zone}${domain}`
}

const govCloud = 'aws-us-gov'

function nameSigninHost({ id, suffix, signinSuffix }: Partition, region: string, fips: boolean): string {
  if (!fips) return `${region}.signin.${signinSuffix}`
  if (region === 'us-gov-west-1') return `signin-fips.${signinSuffix}`
  return id === govCloud ? `${region}.signin-fips.${signinSuffix}` : `signin-fips.${region}.${suffix}`
}

type SetEndpoint = Required<Pick<Endpoint, 'url' | 'source'>>

function findConfigured(service: AwsService, settings: EndpointSettings): SetEndpoint | undefined {
  const { env, properties } = settings
  const ofService = findInVariable(service, settings)
  if (ofService) return ofService
  const ofAll = env['AWS_ENDPOINT_URL']
  if (ofAll) return { url: ofAll, source: 'AWS_ENDPOINT_URL' }
  const ofSection = findInSection(service, settings)
  if (ofSection) return ofSection
  const ofProfile = properties.get('endpoint_url')
  return ofProfile ? { url: ofProfile, source: 'endpoint_url of the profile' } : undefined
}

function findInVariable(service: AwsService, { env }: EndpointSettings): SetEndpoint | undefined {
  const source = `AWS_ENDPOINT_URL_${service.toUpperCase()}`
  const url = env[source]
  return url ? { url, source } : undefined
}

function findInSection(
  service: AwsService,
  { properties, services }: EndpointSettings,
): SetEndpoint | undefined {
  const name = properties.get('services')
  if (name && !services) {
    throw new AssumeError(
      'invalid-endpoint',
      `the profile names a section [services ${printable(name)}], which is missing`,
    )
  }
  const url = /^\s*endpoint_url\s*=\s*(\S+)/m.exec(services?.get(service) ?? '')?.[1]
  return url ? { url, source: `endpoint_url in [services ${printable(name ?? '')}]` } : undefined
}

function isOn({ env, properties }: EndpointSettings, key: string): boolean {
  return (env[`AWS_${key.toUpperCase()}`] ?? properties.get(key))?.toLowerCase() === 'true'
}
