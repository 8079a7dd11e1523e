import { IAMClient } from '@aws-sdk/client-iam'
import { SSOClient } from '@aws-sdk/client-sso'
import { SSOOIDCClient } from '@aws-sdk/client-sso-oidc'
import { STSClient } from '@aws-sdk/client-sts'
import { SigninClient } from '@aws-sdk/nested-clients/signin'
import { describe, expect, it } from 'vitest'
import {
  type AwsService,
  type Endpoint,
  type EndpointSettings,
  findOwnEndpoint,
  resolveEndpoint,
} from '../../src/aws/endpoint.ts'
import { parseDocument } from '../../src/profiles/config/document.ts'
import { mergeDocuments } from '../../src/profiles/config/merge.ts'
import { createRegion } from '../support/region.ts'

const services: readonly AwsService[] = ['sso', 'sso_oidc', 'sts', 'signin']

interface Situation {
  readonly env?: Record<string, string>
  readonly config?: string
  readonly region?: string
}

/** The URL of a service for the profile `p` of a config text. */
function resolve(service: AwsService, situation: Situation = {}): string {
  return resolveWhole(service, situation).url
}

function resolveWhole(
  service: AwsService,
  { env = {}, config = '[profile p]', region = 'eu-west-2' }: Situation,
): Endpoint {
  return resolveEndpoint(service, createRegion(region), readSettings(env, config))
}

function readSettings(env: Record<string, string>, config: string): EndpointSettings {
  const { profiles, services } = mergeDocuments(
    parseDocument(config, 'config'),
    parseDocument('', 'credentials'),
  )
  const properties = profiles.get('p')?.values ?? new Map<string, string>()
  return { env, properties, services: services.get(properties.get('services') ?? '') }
}

describe('the endpoint that AWS has', () => {
  // The SDK says at its first client that Node 20 grows old.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true'
  const clients = {
    sso: new SSOClient({}),
    sso_oidc: new SSOOIDCClient({}),
    sts: new STSClient({}),
    signin: new SigninClient({}),
    iam: new IAMClient({}),
  }
  /** By the rules that the SDK carries. */
  function askSdk(service: AwsService, region: string, dualStack: boolean, fips: boolean): string {
    return findRule(service, region, dualStack, fips).url.href.replace(/\/$/, '')
  }

  function findRule(service: AwsService, region: string, dualStack: boolean, fips: boolean) {
    const { endpointProvider } = clients[service].config as unknown as {
      endpointProvider(parameters: object): {
        url: URL
        properties: { authSchemes?: { signingRegion: string }[] }
      }
    }
    const parameters = { Region: region, UseDualStack: dualStack, UseFIPS: fips, UseGlobalEndpoint: false }
    return endpointProvider(parameters)
  }

  it.each([
    ['us-east-1', 'portal.sso.us-east-1.amazonaws.com', 'oidc-fips.us-east-1.api.aws'],
    ['mx-central-1', 'portal.sso.mx-central-1.amazonaws.com', 'oidc-fips.mx-central-1.api.aws'],
    ['xx-new-1', 'portal.sso.xx-new-1.amazonaws.com', 'oidc-fips.xx-new-1.api.aws'],
    ['us-gov-west-1', 'portal.sso.us-gov-west-1.amazonaws.com', 'oidc-fips.us-gov-west-1.api.aws'],
    ['us-gov-east-1', 'portal.sso.us-gov-east-1.amazonaws.com', 'oidc-fips.us-gov-east-1.api.aws'],
    [
      'cn-north-1',
      'portal.sso.cn-north-1.amazonaws.com.cn',
      'oidc-fips.cn-north-1.api.amazonwebservices.com.cn',
    ],
    [
      'eusc-de-east-1',
      'portal.sso.eusc-de-east-1.amazonaws.eu',
      'oidc-fips.eusc-de-east-1.api.amazonwebservices.eu',
    ],
    ['us-iso-east-1', 'portal.sso.us-iso-east-1.c2s.ic.gov', 'oidc-fips.us-iso-east-1.api.aws.ic.gov'],
    ['us-isob-east-1', 'portal.sso.us-isob-east-1.sc2s.sgov.gov', 'oidc-fips.us-isob-east-1.api.aws.scloud'],
    [
      'eu-isoe-west-1',
      'portal.sso.eu-isoe-west-1.cloud.adc-e.uk',
      'oidc-fips.eu-isoe-west-1.api.cloud-aws.adc-e.uk',
    ],
    [
      'us-isof-south-1',
      'portal.sso.us-isof-south-1.csp.hci.ic.gov',
      'oidc-fips.us-isof-south-1.api.aws.hci.ic.gov',
    ],
  ])('in %s is that of the SDK’s own rules, with FIPS and dual-stack too', (region, plain, both) => {
    const switches = { AWS_USE_DUALSTACK_ENDPOINT: 'true', AWS_USE_FIPS_ENDPOINT: 'true' }
    expect(resolve('sso', { region })).toBe(`https://${plain}`)
    expect(resolve('sso_oidc', { region, env: switches })).toBe(`https://${both}`)
    for (const service of services) {
      for (const dualStack of [false, true]) {
        for (const fips of [false, true]) {
          const env = { AWS_USE_DUALSTACK_ENDPOINT: `${dualStack}`, AWS_USE_FIPS_ENDPOINT: `${fips}` }
          expect(resolve(service, { region, env })).toBe(askSdk(service, region, dualStack, fips))
        }
      }
    }
  })

  it.each([
    ['us-east-1', [false, true]],
    ['eu-west-1', [false, true]],
    ['us-gov-east-1', [false, true]],
    // There is no FIPS to speak of.
    ['cn-northwest-1', [false]],
    ['eusc-de-east-1', [false]],
    ['us-iso-east-1', [false]],
    ['us-isob-east-1', [false]],
  ])('of IAM for %s is that of the SDK’s own rules, and so is its region', (region, fipsSwitches) => {
    for (const dualStack of [false, true]) {
      for (const fips of fipsSwitches) {
        const env = { AWS_USE_DUALSTACK_ENDPOINT: `${dualStack}`, AWS_USE_FIPS_ENDPOINT: `${fips}` }
        const [scheme] = findRule('iam', region, dualStack, fips).properties.authSchemes ?? []
        expect(resolveWhole('iam', { region, env })).toEqual({
          url: askSdk('iam', region, dualStack, fips),
          signingRegion: scheme?.signingRegion ?? region,
        })
      }
    }
  })

  it.each(['aws-global', 'aws-cn-global', 'aws-us-gov-global', 'aws-iso-global'])(
    'in the pseudo region %s is that of the SDK’s own rules',
    (region) => {
      for (const service of services) {
        for (const dualStack of [false, true]) {
          for (const fips of [false, true]) {
            const env = { AWS_USE_DUALSTACK_ENDPOINT: `${dualStack}`, AWS_USE_FIPS_ENDPOINT: `${fips}` }
            expect(resolve(service, { region, env })).toBe(askSdk(service, region, dualStack, fips))
          }
        }
      }
    },
  )

  it('is signed for us-east-1 where it is the one of all regions', () => {
    const url = 'https://sts.amazonaws.com'
    expect(resolveWhole('sts', { region: 'aws-global' })).toEqual({ url, signingRegion: 'us-east-1' })
    expect(resolveWhole('iam', { region: 'aws-global' })).toEqual({
      url: 'https://iam.amazonaws.com',
      signingRegion: 'us-east-1',
    })
  })

  // As the AWS CLI makes of them, which takes the mark off: `_normalize_fips_region` of botocore.
  it.each<[AwsService, string, string, string]>([
    ['sts', 'fips-us-east-1', 'sts-fips.us-east-1.amazonaws.com', 'us-east-1'],
    ['sts', 'us-east-1-fips', 'sts-fips.us-east-1.amazonaws.com', 'us-east-1'],
    ['sts', 'us-gov-west-1-fips', 'sts.us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
    ['sso', 'fips-us-east-1', 'portal.sso-fips.us-east-1.amazonaws.com', 'us-east-1'],
    ['sso_oidc', 'fips-us-east-1', 'oidc-fips.us-east-1.amazonaws.com', 'us-east-1'],
    ['signin', 'fips-us-east-1', 'signin-fips.us-east-1.amazonaws.com', 'us-east-1'],
    ['iam', 'fips-us-east-1', 'iam-fips.amazonaws.com', 'us-east-1'],
  ])('of %s in %s is the FIPS one', (service, region, host, signingRegion) => {
    expect(resolveWhole(service, { region })).toEqual({ url: `https://${host}`, signingRegion })
    const env = { AWS_ENDPOINT_URL: 'http://localhost:4566' }
    expect(resolveWhole(service, { region, env }).url).toBe('http://localhost:4566')
  })

  it.each([
    [
      'the profile',
      {},
      'use_fips_endpoint = true\nuse_dualstack_endpoint = True',
      'sts-fips.eu-west-2.api.aws',
    ],
    ['the environment', { AWS_USE_FIPS_ENDPOINT: 'TRUE' }, '', 'sts-fips.eu-west-2.amazonaws.com'],
    [
      'the environment against the profile',
      { AWS_USE_FIPS_ENDPOINT: 'false' },
      'use_fips_endpoint = true',
      'sts.eu-west-2.amazonaws.com',
    ],
    ['neither', {}, 'use_fips_endpoint = no', 'sts.eu-west-2.amazonaws.com'],
  ])('takes FIPS and dual-stack from %s', (_title, env, lines, host) => {
    expect(resolve('sts', { env, config: `[profile p]\n${lines}` })).toBe(`https://${host}`)
  })
})

describe('an endpoint that is configured', () => {
  /** The four places, the first goes first; each can be left out. */
  const places = ['variable of the service', 'variable', 'services section', 'profile'] as const
  function configure(left: readonly string[], service: AwsService) {
    const has = (place: (typeof places)[number]) => left.includes(place)
    return {
      env: {
        ...(has('variable of the service') && {
          [`AWS_ENDPOINT_URL_${service.toUpperCase()}`]: 'http://variable-of-the-service',
        }),
        ...(has('variable') && { AWS_ENDPOINT_URL: 'http://variable' }),
      },
      config: [
        '[profile p]',
        'services = s',
        ...(has('profile') ? ['endpoint_url = http://profile'] : []),
        '[profile other]',
        'endpoint_url = http://wrong',
        '[services s]',
        's3 =',
        '  endpoint_url = http://wrong',
        ...(has('services section') ? [`${service} =`, '  endpoint_url = http://services-section'] : []),
        'dynamodb =',
        '  endpoint_url = http://wrong',
        '[services other]',
        `${service} =`,
        '  endpoint_url = http://wrong',
        '[default]',
        'endpoint_url = http://wrong',
        '',
      ].join('\n'),
    }
  }
  const combinations = Array.from({ length: 16 }, (_, bits) =>
    places.filter((_, index) => bits & (1 << index)),
  )

  it.each(
    [...services, 'iam' as const].flatMap((service) =>
      combinations.map((left) => [service, left.join(', ') || 'nowhere', left] as const),
    ),
  )('for %s is the first of: %s', (service, _title, left) => {
    const aws = {
      sso: 'portal.sso.eu-west-2.amazonaws.com',
      sso_oidc: 'oidc.eu-west-2.amazonaws.com',
      sts: 'sts.eu-west-2.amazonaws.com',
      signin: 'eu-west-2.signin.aws.amazon.com',
      iam: 'iam.amazonaws.com',
    }[service]
    const expected = left[0] ? `http://${left[0].replaceAll(' ', '-')}` : `https://${aws}`
    expect(resolve(service, configure(left, service))).toBe(expected)
  })

  it.each([
    ['the environment', { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }, ''],
    ['the profile', {}, 'ignore_configured_endpoint_urls = true'],
  ])('is ignored where %s says so, wherever it is', (_title, env, line) => {
    const all = configure(places, 'sso')
    const config = all.config.replace('services = s', `services = s\n${line}`)
    expect(resolve('sso', { env: { ...all.env, ...env }, config })).toBe(
      'https://portal.sso.eu-west-2.amazonaws.com',
    )
  })

  it('counts again where the environment overrules the profile’s switch', () => {
    const config = '[profile p]\nendpoint_url = http://profile\nignore_configured_endpoint_urls = true'
    expect(resolve('sso', { config, env: { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false' } })).toBe(
      'http://profile',
    )
  })

  it('of another service does not count', () => {
    const env = { AWS_ENDPOINT_URL_SSO: 'http://portal', AWS_ENDPOINT_URL_S3: 'http://s3' }
    expect(services.map((service) => resolve(service, { env }))).toEqual([
      'http://portal',
      'https://oidc.eu-west-2.amazonaws.com',
      'https://sts.eu-west-2.amazonaws.com',
      'https://eu-west-2.signin.aws.amazon.com',
    ])
  })

  it('keeps its path and loses the slash at its end; empty ones are none', () => {
    const env = { AWS_ENDPOINT_URL_STS: '', AWS_ENDPOINT_URL: 'http://localhost:4566/sts/' }
    expect(resolve('sts', { env })).toBe('http://localhost:4566/sts')
    const config = '[profile p]\nendpoint_url ='
    expect(resolve('sts', { env: { AWS_ENDPOINT_URL: '' }, config })).toBe(
      'https://sts.eu-west-2.amazonaws.com',
    )
  })
})

describe('a conflict', () => {
  const endpoint = { AWS_ENDPOINT_URL: 'http://localhost:4566' }
  it.each([
    ['FIPS', { ...endpoint, AWS_USE_FIPS_ENDPOINT: 'true' }, '', 'cannot go together with FIPS'],
    ['dual-stack', endpoint, 'use_dualstack_endpoint = true', 'cannot go together with dual-stack'],
    ['no URL', { AWS_ENDPOINT_URL: 'localhost' }, '', 'the endpoint of sts is no URL: localhost'],
    ['another scheme', {}, 'endpoint_url = file:///etc/passwd', 'is no URL: file:///etc/passwd'],
    ['a section that is missing', {}, 'services = typo', 'a section [services typo], which is missing'],
  ])('with %s is said', (_title, env, line, message) => {
    expect(() => resolve('sts', { env, config: `[profile p]\n${line}` })).toThrow(
      expect.objectContaining({ code: 'invalid-endpoint', message: expect.stringContaining(message) }),
    )
  })

  it('is none while configured endpoints are ignored, or the environment has one', () => {
    const ignored = {
      ...endpoint,
      AWS_USE_FIPS_ENDPOINT: 'true',
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
    }
    const config = '[profile p]\nservices = typo'
    expect(resolve('sts', { env: ignored, config })).toBe('https://sts-fips.eu-west-2.amazonaws.com')
    expect(resolve('sts', { env: endpoint, config })).toBe('http://localhost:4566')
  })
})

it.each<[string, Record<string, string>, string, string?]>([
  ['in the environment', { AWS_ENDPOINT_URL_SIGNIN: 'http://own/' }, '', 'http://own'],
  ['in a services section', {}, 'services = s', 'http://section'],
  ['for all services', { AWS_ENDPOINT_URL: 'http://all' }, 'endpoint_url = http://profile'],
  ['and ignored', { AWS_ENDPOINT_URL_SIGNIN: 'http://own' }, 'ignore_configured_endpoint_urls = true'],
  ['and ignored, in a services section', { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }, 'services = s'],
])('the own endpoint of a service that is set %s', (_where, env, line, expected) => {
  const config = `[profile p]\n${line}\n[services s]\nsignin =\n  endpoint_url = http://section\n`
  expect(findOwnEndpoint('signin', readSettings(env, config))?.url).toBe(expected)
})
