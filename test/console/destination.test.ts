import { describe, expect, it } from 'vitest'
import { resolveEndpoint } from '../../src/aws/endpoint.ts'
import { partitions } from '../../src/aws/partition.ts'
import { Region } from '../../src/aws/region.ts'
import { findConsoleRegion, nameConsoleHost, nameFederationHost } from '../../src/console/console-host.ts'
import { findDestination, type PlacedConsole } from '../../src/console/destination.ts'
import { isOnOwnHost, services } from '../../src/console/service.ts'
import { AssumeError } from '../../src/errors.ts'

function at(region: string | undefined, isAsked = false): PlacedConsole {
  const place = region === undefined ? { partition: partitions[0] } : findConsoleRegion(region)
  if (!place?.partition) throw new Error(`no region ${region}`)
  return { ...place, partition: place.partition, isAsked }
}
const urlOf = (word: string | undefined, region = 'eu-west-1', isAsked = false) =>
  findDestination(word, at(region, isAsked)).url
const refusalOf = (word: string, region = 'eu-west-1') => {
  try {
    return findDestination(word, at(region)).url
  } catch (error) {
    if (error instanceof AssumeError) return `${error.code}: ${error.message}`
    throw error
  }
}

describe('the hosts of a console', () => {
  it.each([
    ['us-east-1', 'us-east-1.console.aws.amazon.com', 'us-east-1.signin.aws.amazon.com'],
    ['eu-west-1', 'eu-west-1.console.aws.amazon.com', 'eu-west-1.signin.aws.amazon.com'],
    [undefined, 'console.aws.amazon.com', 'us-east-1.signin.aws.amazon.com'],
    ['aws-global', 'console.aws.amazon.com', 'us-east-1.signin.aws.amazon.com'],
    ['us-gov-west-1', 'us-gov-west-1.console.amazonaws-us-gov.com', 'signin.amazonaws-us-gov.com'],
    [
      'us-gov-east-1',
      'us-gov-east-1.console.amazonaws-us-gov.com',
      'us-gov-east-1.signin.amazonaws-us-gov.com',
    ],
    ['cn-north-1', 'cn-north-1.console.amazonaws.cn', 'cn-north-1.signin.amazonaws.cn'],
    ['cn-northwest-1', 'cn-northwest-1.console.amazonaws.cn', 'cn-northwest-1.signin.amazonaws.cn'],
    ['eusc-de-east-1', 'eusc-de-east-1.console.amazonaws-eusc.eu', 'eusc-de-east-1.signin.amazonaws-eusc.eu'],
    ['us-iso-east-1', 'us-iso-east-1.console.c2shome.ic.gov', 'us-iso-east-1.signin.c2shome.ic.gov'],
    ['us-isob-east-1', 'us-isob-east-1.console.sc2shome.sgov.gov', 'us-isob-east-1.signin.sc2shome.sgov.gov'],
    [
      'us-isof-south-1',
      'us-isof-south-1.console.csphome.hci.ic.gov',
      'us-isof-south-1.signin.csphome.hci.ic.gov',
    ],
  ])('of %s', (region, console, signin) => {
    expect(nameConsoleHost(at(region))).toBe(console)
    expect(nameFederationHost(at(region))).toBe(signin)
  })

  // Those rules are held against the AWS SDK's, which are botocore's.
  it.each(
    partitions.flatMap(({ areas }) =>
      areas.flatMap(({ name, places }) => places.map((place) => `${name}-${place}`)),
    ),
  )('of %s is where the endpoint rules of Sign-In have it', (name) => {
    const settings = { env: {}, properties: new Map(), services: undefined }
    const { url } = resolveEndpoint('signin', Region.parse(name) as Region, settings)
    const isBare = name === 'us-gov-west-1'
    expect(`https://${isBare ? `${name}.` : ''}${nameFederationHost(at(name))}`).toBe(url)
  })

  it('of GovCloud with FIPS', () => {
    const name = (region: string) => nameFederationHost(at(region), { isFips: true })
    expect(name('us-gov-west-1')).toBe('signin-fips.amazonaws-us-gov.com')
    expect(name('us-gov-east-1')).toBe('us-gov-east-1.signin-fips.amazonaws-us-gov.com')
  })
})

describe('a page is found', () => {
  const host = 'https://eu-west-1.console.aws.amazon.com'

  it.each([
    [undefined, `${host}/console/home?region=eu-west-1`],
    ['s3', `${host}/s3/home?region=eu-west-1`],
    ['S3', `${host}/s3/home?region=eu-west-1`],
    ['certs', `${host}/acm/home?region=eu-west-1`],
    ['amis', `${host}/ec2/home?region=eu-west-1#Images:`],
    ['ec2/home#Instances:', `${host}/ec2/home?region=eu-west-1#Instances:`],
    ['/ec2/home?x=1#A:b=c', `${host}/ec2/home?x=1&region=eu-west-1#A:b=c`],
    ['ec2/home?region=us-east-2', `${host}/ec2/home?region=us-east-2`],
    ['//evil.example/x', `${host}/evil.example/x?region=eu-west-1`],
    ['\\\\evil.example/x', `${host}/evil.example/x?region=eu-west-1`],
    ['../../x/y', `${host}/x/y?region=eu-west-1`],
    [
      'arn:aws:sqs:us-west-2:123456789012:a&b#c',
      'https://us-west-2.console.aws.amazon.com/go/view?arn=arn%3Aaws%3Asqs%3Aus-west-2%3A123456789012%3Aa%26b%23c&region=us-west-2',
    ],
    ['arn:aws:s3:::bucket', `${host}/go/view?arn=arn%3Aaws%3As3%3A%3A%3Abucket&region=eu-west-1`],
    ['lightsail', 'https://lightsail.aws.amazon.com/ls/webapp/home?region=eu-west-1'],
    [
      'https://console.aws.amazon.com/ec2/home?region=us-east-2#I:',
      'https://console.aws.amazon.com/ec2/home?region=us-east-2#I:',
    ],
    [
      'https://123456789012-ab12cd34.us-east-2.console.aws.amazon.com/s3/buckets/x?tab=y',
      'https://us-east-2.console.aws.amazon.com/s3/buckets/x?tab=y',
    ],
    ['https://s3.console.aws.amazon.com/s3/home', 'https://s3.console.aws.amazon.com/s3/home'],
    ['https://health.aws.amazon.com/health/home#x', 'https://health.aws.amazon.com/health/home#x'],
    ['console.aws.amazon.com/s3/home', 'https://console.aws.amazon.com/s3/home'],
    [
      'https://us-east-1.quicksight.aws.amazon.com/sn/start',
      'https://us-east-1.quicksight.aws.amazon.com/sn/start',
    ],
    [
      'arn:aws:s3:eu-x_y-1:123456789012:x',
      `${host}/go/view?arn=arn%3Aaws%3As3%3Aeu-x_y-1%3A123456789012%3Ax&region=eu-west-1`,
    ],
  ])('by %s', (word, url) => {
    expect(urlOf(word)).toBe(url)
  })

  it('in the region that was asked for, also of a resource of another', () => {
    expect(urlOf('arn:aws:sqs:us-west-2:123456789012:q', 'eu-west-1', true)).toContain(
      'https://eu-west-1.console',
    )
  })

  it('without a region', () => {
    expect(findDestination('ec2/home#A', at(undefined)).url).toBe('https://console.aws.amazon.com/ec2/home#A')
  })

  it('in other partitions', () => {
    expect(urlOf('s3', 'cn-north-1')).toBe(
      'https://cn-north-1.console.amazonaws.cn/s3/home?region=cn-north-1',
    )
    expect(urlOf('arn:aws-us-gov:s3:::b', 'us-gov-west-1')).toMatch(
      /^https:\/\/us-gov-west-1\.console\.amazonaws-us-gov\.com\/go\/view/,
    )
  })

  it('by an unknown word, with a warning that names the nearest', () => {
    expect(findDestination('dynamodbb', at('eu-west-1'))).toMatchObject({
      url: `${host}/dynamodbb/home?region=eu-west-1`,
      warning:
        'the page dynamodbb/home is opened: there is no service dynamodbb in the table; did you mean dynamodb?',
    })
  })
})

describe('refused is', () => {
  it.each([
    ['http://console.aws.amazon.com/x'],
    ['https://console.aws.amazon.com.evil.example/x'],
    ['https://evilconsole.aws.amazon.com/x'],
    ['https://user@console.aws.amazon.com/x'],
    ['https://console.aws.amazon.com:444/x'],
    ['https://signin.aws.amazon.com/federation'],
    ['javascript://console.aws.amazon.com/%0aalert(1)'],
    ['file:///etc/passwd'],
  ])('the URL %s', (word) => {
    expect(refusalOf(word)).toMatch(/^usage: this is no address of the AWS console: /)
  })

  it.each([['javascript:alert(1)'], ['-s-s!'], [''], ['a b'], ['a\nb']])('the word %j', (word) => {
    expect(refusalOf(word)).toMatch(/^usage: there is no service /)
  })

  it('what is of another partition, by its name', () => {
    expect(refusalOf('https://cn-north-1.console.amazonaws.cn/s3/home')).toMatch(
      /is of partition aws-cn, and the console of aws$/,
    )
    expect(refusalOf('arn:aws-cn:s3:::b')).toMatch(/is of partition aws-cn, and the console of aws$/)
    expect(refusalOf('arn:nonsense:s3:::b')).toMatch(
      /is of no partition that is known, and the console of aws$/,
    )
    expect(refusalOf('lightsail', 'cn-north-1')).toBe('usage: lightsail has no console in partition aws-cn')
    expect(refusalOf('https://lightsail.aws.amazon.com/x', 'us-gov-west-1')).toMatch(
      /is of partition aws, and/,
    )
  })
})

describe('the table of services', () => {
  it('has 242 services, and no name or other name twice', () => {
    const names = services.flatMap(({ name, aliases }) => [name, ...aliases])
    expect(services).toHaveLength(242)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it.each(services.map((service) => [service.name, service] as const))(
    'has a page for %s',
    (name, service) => {
      const { url } = findDestination(name, at('eu-west-1'))
      expect(URL.canParse(url)).toBe(true)
      expect(new URL(url).protocol).toBe('https:')
      if (!isOnOwnHost(service)) {
        expect(new URL(url).host).toBe('eu-west-1.console.aws.amazon.com')
        const [page = '', fragment] = service.page.split('#')
        expect(url).toContain(`/${page}${page.includes('?') ? '&' : '?'}region=eu-west-1`)
        if (fragment !== undefined) expect(url.endsWith(`#${fragment}`)).toBe(true)
      }
    },
  )
})
