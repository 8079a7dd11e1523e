import { describe, expect, it } from 'vitest'
import {
  describeUnknownRegion,
  listRegions,
  parseKnownRegion,
  parseTypedRegion,
  Region,
} from '../../src/aws/region.ts'
import { listShorthands } from '../../src/aws/region-shorthand.ts'

describe('the form of a region', () => {
  it.each(['eu-west-2', 'auto', 'minio', 'us-east-9', 'EU-WEST-2', 'a', '1a', 'x'.repeat(63), 'aws-global'])(
    'is that of %j',
    (text) => expect(Region.parse(text)).toMatchObject({ name: text, plainName: text, isFips: false }),
  )

  it.each([
    ['fips-us-east-1', 'us-east-1'],
    ['us-east-1-fips', 'us-east-1'],
    ['us-fips-east-1', 'us-east-1'],
    ['fips-aws-global', 'aws-global'],
  ])('is that of %s, which stands for %s with FIPS', (text, plainName) => {
    expect(Region.parse(text)).toMatchObject({ name: text, plainName, isFips: true })
  })

  it.each([
    undefined,
    '',
    '"eu-west-2"',
    'eu-west-2#c',
    'eu-west-2 # c',
    'eu_west_1',
    'eu-west-2\nus-east-1',
    'eu-west-2\n',
    ' eu-west-2',
    'x@127.0.0.1:1234/#',
    'evil.example.com/',
    'eu-west-2.evil',
    'eu-west-2:443',
    '127',
    '-eu-west-2',
    'eu-west-2-',
    'fips-',
    '-fips',
    'fips-1',
    'fips--a',
    'x'.repeat(64),
    '\u00e9u-west-2',
    'eu-west-\uff12',
    'eu-west-2\u0000',
    '*',
  ])('is not that of %j', (text) => expect(Region.parse(text)).toBeUndefined())
})

describe('a region that is typed', () => {
  it.each([
    ...listRegions(),
    'us-east-9',
    'mx-north-2',
    'us-gov-south-1',
    'cn-south-3',
    'eusc-de-west-1',
    'us-iso-east-1',
    'us-isob-east-1',
    'eu-isoe-west-1',
    'us-isof-south-1',
    'aws-global',
    'aws-cn-global',
    'fips-us-east-1',
    'us-gov-west-1-fips',
  ])('can be %s', (text) => expect(parseKnownRegion(text)?.name).toBe(text))

  it.each([
    '',
    'none',
    'us-east',
    'us-east-',
    'us-east-1a',
    'auto',
    'minio',
    'EU-WEST-1',
    'xx-west-1',
    'eusc-fr-west-1',
  ])('cannot be %j', (text) => expect(parseKnownRegion(text)).toBeUndefined())

  it.each(['aws-global', 'fips-aws-global', 'aws-cn-global'])('is not typed as %s', (text) => {
    expect(parseKnownRegion(text)?.name).toBe(text)
    expect(parseTypedRegion(text)).toBeUndefined()
  })

  it('is told from the nearest that there are', () => {
    expect(describeUnknownRegion('us-east')).toBe(
      'there is no AWS region us-east; did you mean us-east-1 or us-east-2?',
    )
    expect(describeUnknownRegion('EU-WEST-1')).toContain('; did you mean eu-west-1, ')
    expect(describeUnknownRegion('Frankfurt')).toBe(
      'there is no AWS region Frankfurt: a region is written like eu-west-1',
    )
    expect(describeUnknownRegion('')).toContain('there is no AWS region "": ')
    expect(describeUnknownRegion('a\u001b[31m')).toContain('there is no AWS region a?[31m: ')
  })
})

describe('the shorthand of a region', () => {
  it.each([
    ['use1', 'us-east-1'],
    ['ue1', 'us-east-1'],
    ['ue', 'us-east-1'],
    ['USW2', 'us-west-2'],
    ['euw1', 'eu-west-1'],
    ['ew1', 'eu-west-1'],
    ['apse2', 'ap-southeast-2'],
    ['cac1', 'ca-central-1'],
    ['se1', 'sa-east-1'],
    ['ilc1', 'il-central-1'],
    ['ugw1', 'us-gov-west-1'],
    ['usgovw1', 'us-gov-west-1'],
    ['cnnw1', 'cn-northwest-1'],
    ['eusce1', 'eusc-de-east-1'],
    ['usisobe1', 'us-isob-east-1'],
  ])('%s stands for %s', (text, name) => expect(parseTypedRegion(text)).toMatchObject({ name }))

  it.each(['ue9', 'us-east', 'e', 'us', '1', 'xe1', 'use01', ''])('is not %j, which no region has', (text) =>
    expect(parseTypedRegion(text)).toBeUndefined(),
  )

  it('means one region, for each region of the table, whatever the table says one day', () => {
    const shorthands = [...listShorthands()]
    expect(shorthands).toHaveLength(130)
    expect(shorthands.filter(([, region]) => region === undefined)).toEqual([])
    expect(new Set(shorthands.map(([, region]) => region)).size).toBe(46)
    for (const [text, region = ''] of shorthands) {
      expect(parseKnownRegion(text)).toBeUndefined()
      expect(parseKnownRegion(region)?.name).toBe(region)
    }
  })
})
