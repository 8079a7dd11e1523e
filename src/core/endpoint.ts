import { AssumeError } from '../errors.ts'
import { printable } from '../redact.ts'

/** A service by the name that `services` sections and AWS_ENDPOINT_URL_… use, in lower case. */
export type AwsService = 'sso' | 'sso_oidc' | 'sts' | 'signin' | 'iam'

/** What can move an endpoint: the environment, the profile, and the `services` section that the profile names. */
export interface EndpointSettings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly properties: ReadonlyMap<string, string>
  readonly services: ReadonlyMap<string, string> | undefined
}

interface Partition {
  readonly regions: RegExp
  readonly suffix: string
  readonly dualStackSuffix: string
  readonly signinSuffix: string
  /** The one IAM that it has: where it is, and what stands before the suffixes. Absent: as in any region. */
  readonly iam?: { readonly region: string; readonly zone: string; readonly dualStackZone: string }
}

/** Source: partitions.json of the AWS SDKs, and the endpoint rules of IAM and of Sign-In, whose hosts are in domains of their own. */
const commercial: Partition = {
  regions: /^/,
  suffix: 'amazonaws.com',
  dualStackSuffix: 'api.aws',
  signinSuffix: 'aws.amazon.com',
  iam: { region: 'us-east-1', zone: '', dualStackZone: 'global.' },
}
const partitions: readonly Partition[] = [
  {
    regions: /^cn-/,
    suffix: 'amazonaws.com.cn',
    dualStackSuffix: 'api.amazonwebservices.com.cn',
    signinSuffix: 'amazonaws.cn',
    iam: { region: 'cn-north-1', zone: 'cn-north-1.', dualStackZone: 'global.' },
  },
  {
    regions: /^us-gov-/,
    suffix: 'amazonaws.com',
    dualStackSuffix: 'api.aws',
    signinSuffix: 'amazonaws-us-gov.com',
    iam: { region: 'us-gov-west-1', zone: 'us-gov.', dualStackZone: 'us-gov.' },
  },
  {
    regions: /^eusc-/,
    suffix: 'amazonaws.eu',
    dualStackSuffix: 'api.amazonwebservices.eu',
    signinSuffix: 'amazonaws-eusc.eu',
    iam: { region: 'eusc-de-east-1', zone: 'eusc-de-east-1.', dualStackZone: 'global.' },
  },
  {
    regions: /^us-iso-/,
    suffix: 'c2s.ic.gov',
    dualStackSuffix: 'api.aws.ic.gov',
    signinSuffix: 'c2shome.ic.gov',
  },
  {
    regions: /^us-isob-/,
    suffix: 'sc2s.sgov.gov',
    dualStackSuffix: 'api.aws.scloud',
    signinSuffix: 'sc2shome.sgov.gov',
  },
  {
    regions: /^eu-isoe-/,
    suffix: 'cloud.adc-e.uk',
    dualStackSuffix: 'api.cloud-aws.adc-e.uk',
    signinSuffix: 'csphome.adc-e.uk',
  },
  {
    regions: /^us-isof-/,
    suffix: 'csp.hci.ic.gov',
    dualStackSuffix: 'api.aws.hci.ic.gov',
    signinSuffix: 'csphome.hci.ic.gov',
  },
  commercial,
]

const hosts: Readonly<Record<AwsService, string>> = {
  sso: 'portal.sso',
  sso_oidc: 'oidc',
  sts: 'sts',
  signin: 'signin',
  iam: 'iam',
}

/**
 * The URL of a service in a region, without a slash at its end. An endpoint that is set goes first, in the order of
 * the SDKs ("Service-specific endpoints" of the SDK reference): AWS_ENDPOINT_URL_SERVICE, AWS_ENDPOINT_URL, the
 * `services` section, `endpoint_url` of the profile; unless the ignore switch is on.
 * Throws AssumeError `invalid-endpoint` for an endpoint that is no URL, or one together with FIPS or dual-stack, and for
 * a `services` section that is missing, as the SDKs do.
 */
export function resolveEndpoint(service: AwsService, region: string, settings: EndpointSettings): string {
  const dualStack = isOn(settings, 'use_dualstack_endpoint')
  const fips = isOn(settings, 'use_fips_endpoint')
  const configured = isOn(settings, 'ignore_configured_endpoint_urls')
    ? undefined
    : findConfigured(service, settings)
  if (configured === undefined) return buildEndpoint(service, region, dualStack, fips)
  if (dualStack || fips) {
    throw new AssumeError(
      'invalid-endpoint',
      `the endpoint ${printable(configured)} cannot go together with ${fips ? 'FIPS' : 'dual-stack'}`,
    )
  }
  if (!URL.canParse(configured) || !/^https?:$/.test(new URL(configured).protocol)) {
    throw new AssumeError(
      'invalid-endpoint',
      `the endpoint of ${service} is no URL: ${printable(configured)}`,
    )
  }
  return configured.replace(/\/+$/, '')
}

function buildEndpoint(service: AwsService, region: string, dualStack: boolean, fips: boolean): string {
  const partition = findPartition(region)
  if (service === 'signin' && !dualStack) return `https://${nameSigninHost(partition, region, fips)}`
  const { iam, dualStackSuffix, suffix } = partition
  const domain = dualStack ? dualStackSuffix : suffix
  // The hosts of GovCloud are FIPS hosts under their plain names, those of dual-stack excepted.
  const marked = fips && ((dualStack && service !== 'iam') || !region.startsWith('us-gov-'))
  const host = `https://${hosts[service]}${marked ? '-fips' : ''}`
  if (service !== 'iam') return `${host}.${region}.${domain}`
  const zone = dualStack ? (iam?.dualStackZone ?? '') : (iam?.zone ?? `${region}.`)
  return `${host}.${zone}${domain}`
}

/** The region for which requests to IAM are signed, for those who work in `region`. */
export function findIamRegion(region: string): string {
  return findPartition(region).iam?.region ?? region
}

function findPartition(region: string): Partition {
  return partitions.find(({ regions }) => regions.test(region)) ?? commercial
}

function nameSigninHost({ suffix, signinSuffix }: Partition, region: string, fips: boolean): string {
  if (!fips) return `${region}.signin.${signinSuffix}`
  if (region === 'us-gov-west-1') return `signin-fips.${signinSuffix}`
  return region.startsWith('us-gov-')
    ? `${region}.signin-fips.${signinSuffix}`
    : `signin-fips.${region}.${suffix}`
}

function findConfigured(
  service: AwsService,
  { env, properties, services }: EndpointSettings,
): string | undefined {
  const ofEnvironment = env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] || env['AWS_ENDPOINT_URL']
  if (ofEnvironment) return ofEnvironment
  const name = properties.get('services')
  if (name && !services) {
    throw new AssumeError(
      'invalid-endpoint',
      `the profile names a section [services ${printable(name)}], which is missing`,
    )
  }
  const ofSection = /^\s*endpoint_url\s*=\s*(\S+)/m.exec(services?.get(service) ?? '')?.[1]
  return ofSection ?? (properties.get('endpoint_url') || undefined)
}

function isOn({ env, properties }: EndpointSettings, key: string): boolean {
  return (env[`AWS_${key.toUpperCase()}`] ?? properties.get(key))?.toLowerCase() === 'true'
}
