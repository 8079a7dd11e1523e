import { AssumeError } from '../errors.ts'

/** A service by the name that `services` sections and AWS_ENDPOINT_URL_… use, in lower case. */
export type AwsService = 'sso' | 'sso_oidc' | 'sts'

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
}

/** Source: partitions.json of the AWS SDKs. */
const commercial: Partition = { regions: /^/, suffix: 'amazonaws.com', dualStackSuffix: 'api.aws' }
const partitions: readonly Partition[] = [
  { regions: /^cn-/, suffix: 'amazonaws.com.cn', dualStackSuffix: 'api.amazonwebservices.com.cn' },
  { regions: /^us-gov-/, suffix: 'amazonaws.com', dualStackSuffix: 'api.aws' },
  { regions: /^eusc-/, suffix: 'amazonaws.eu', dualStackSuffix: 'api.amazonwebservices.eu' },
  { regions: /^us-iso-/, suffix: 'c2s.ic.gov', dualStackSuffix: 'api.aws.ic.gov' },
  { regions: /^us-isob-/, suffix: 'sc2s.sgov.gov', dualStackSuffix: 'api.aws.scloud' },
  { regions: /^eu-isoe-/, suffix: 'cloud.adc-e.uk', dualStackSuffix: 'api.cloud-aws.adc-e.uk' },
  { regions: /^us-isof-/, suffix: 'csp.hci.ic.gov', dualStackSuffix: 'api.aws.hci.ic.gov' },
  commercial,
]

const hosts: Readonly<Record<AwsService, string>> = { sso: 'portal.sso', sso_oidc: 'oidc', sts: 'sts' }

/**
 * The URL of a service in a region, without a slash at its end. An endpoint that is set goes first, in the order of
 * the SDKs ("Service-specific endpoints" of the SDK reference): AWS_ENDPOINT_URL_SERVICE, AWS_ENDPOINT_URL, the
 * `services` section, `endpoint_url` of the profile; unless the ignore switch is on.
 * Throws AssumeError `invalid-endpoint` for an endpoint that is no URL, or one together with FIPS or dual-stack.
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
      `the endpoint ${configured} cannot go together with ${fips ? 'FIPS' : 'dual-stack'}`,
    )
  }
  if (!URL.canParse(configured) || !/^https?:$/.test(new URL(configured).protocol)) {
    throw new AssumeError('invalid-endpoint', `the endpoint of ${service} is no URL: ${configured}`)
  }
  return configured.replace(/\/+$/, '')
}

function buildEndpoint(service: AwsService, region: string, dualStack: boolean, fips: boolean): string {
  const partition = partitions.find(({ regions }) => regions.test(region)) ?? commercial
  // The Identity Center hosts of GovCloud are FIPS hosts under their plain names.
  const marked = fips && !(region.startsWith('us-gov-') && service !== 'sts')
  const suffix = dualStack ? partition.dualStackSuffix : partition.suffix
  return `https://${hosts[service]}${marked ? '-fips' : ''}.${region}.${suffix}`
}

function findConfigured(
  service: AwsService,
  { env, properties, services }: EndpointSettings,
): string | undefined {
  const section = services?.get(service)
  const ofSection = section === undefined ? undefined : /^\s*endpoint_url\s*=\s*(\S+)/m.exec(section)?.[1]
  const candidates = [
    env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`],
    env['AWS_ENDPOINT_URL'],
    ofSection,
    properties.get('endpoint_url'),
  ]
  return candidates.find((candidate) => candidate !== undefined && candidate !== '')
}

function isOn({ env, properties }: EndpointSettings, key: string): boolean {
  return (env[`AWS_${key.toUpperCase()}`] ?? properties.get(key))?.toLowerCase() === 'true'
}
