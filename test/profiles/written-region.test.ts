import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../src/profiles/config/document.ts'
import { findFile, mergeDocuments } from '../../src/profiles/config/merge.ts'
import { describeProfile, type Profile } from '../../src/profiles/profile.ts'
import {
  findConfiguredRegion,
  guessRegion,
  readSessionRegion,
  readSwitchRegion,
  warnOfRegion,
} from '../../src/profiles/written-region.ts'

function read(config: string, credentials = '') {
  return mergeDocuments(parseDocument(config, 'config'), parseDocument(credentials, 'credentials'))
}

function describeOne(config: string, name = 'p'): Profile {
  return describeProfile(read(config), name) ?? expect.fail()
}

describe('the region that holds', () => {
  const profile = describeOne('[profile p]\nregion = of the profile\n')
  it.each<[string, Record<string, string>, object | undefined]>([
    [
      'AWS_REGION',
      { AWS_REGION: 'a', AWS_DEFAULT_REGION: 'b' },
      { text: 'a', place: { variable: 'AWS_REGION' } },
    ],
    [
      'AWS_DEFAULT_REGION',
      { AWS_REGION: '', AWS_DEFAULT_REGION: 'b' },
      { text: 'b', place: { variable: 'AWS_DEFAULT_REGION' } },
    ],
    [
      'the profile',
      { AWS_REGION: '' },
      { text: 'of the profile', place: { section: { type: 'profile', name: 'p' }, key: 'region' } },
    ],
  ])('is that of %s', (_title, env, expected) => {
    expect(findConfiguredRegion(env, profile)).toEqual(expected)
  })

  it('is none where nobody names one', () => {
    expect(findConfiguredRegion({}, undefined)).toBeUndefined()
    expect(findConfiguredRegion({}, describeOne('[profile p]\nregion =\n'))).toBeUndefined()
  })

  it('is set by no switch to a profile that leaves regions alone', () => {
    expect(readSwitchRegion(profile, new Map())?.text).toBe('of the profile')
    expect(readSwitchRegion(profile, new Map([['assume_region', 'off']]))).toBeUndefined()
    const off = describeOne('[profile p]\nregion = x\nassume_region = off\n')
    expect(readSwitchRegion(off, new Map())).toBeUndefined()
  })
})

describe('the region of a session', () => {
  const legacy = 'sso_start_url = https://x\nsso_region = r\nsso_account_id = 1\nsso_role_name = R\n'
  it.each<[string, string, object, string]>([
    [
      'a section',
      `[sso-session s]\n${legacy}[profile p]\nsso_session = s\nsso_account_id = 1\nsso_role_name = R\n`,
      { type: 'sso-session', name: 's' },
      'sso_region',
    ],
    ['a profile', `[profile p]\n${legacy}`, { type: 'profile', name: 'p' }, 'sso_region'],
    [
      "Granted's keys",
      `[profile p]\n${legacy.replaceAll('sso_', 'granted_sso_')}`,
      { type: 'profile', name: 'p' },
      'granted_sso_region',
    ],
  ])('stands in %s', (_title, config, section, key) => {
    const profile = describeOne(config)
    const { session = expect.fail() } = profile
    expect(readSessionRegion(read(config), { session, profile })).toEqual({
      text: 'r',
      place: { section, key },
    })
  })

  it('stands in a profile of the files where the one that uses it does not', () => {
    const config = read(`[profile q]\n${legacy}`)
    const profile = { ...describeOne(`[profile R@1]\n${legacy}`, 'R@1'), files: [] }
    const { session = expect.fail() } = profile
    expect(readSessionRegion(config, { session, profile }).place).toMatchObject({ section: { name: 'q' } })
  })
})

describe('the file that a key is from', () => {
  const { profiles } = read(
    '[profile p]\nregion = a\noutput = json\n[profile q]\nx = 1\n',
    '[p]\nregion = b\n',
  )
  it.each([
    ['p', 'region', 'credentials'],
    ['p', 'output', 'config'],
    ['q', 'x', 'config'],
    ['q', 'region', undefined],
  ])('of %s, %s, is %s', (name, key, file) => {
    expect(findFile(profiles.get(name) ?? expect.fail(), key)).toBe(file)
  })

  it('is none for a profile that is in none', () => {
    expect(findFile({ values: new Map([['region', 'x']]), files: [] }, 'region')).toBeUndefined()
  })
})

describe('what was meant', () => {
  it.each([
    ['"eu-west-2"', 'eu-west-2'],
    ["'eu-west-2'", 'eu-west-2'],
    ['eu-west-2#c', 'eu-west-2'],
    ['"eu-west-2"  # c', 'eu-west-2'],
    ['eu-west-2, us-east-1', 'eu-west-2'],
    ['eu_west_1', 'eu-west-1'],
    ['eu-west-2\nus-east-1', 'eu-west-2'],
    ['EU-West-2 ', 'eu-west-2'],
    ['x@127.0.0.1:1234/#', undefined],
    ['eu-west-2.amazonaws.com', undefined],
    ['hello there', undefined],
    ['', undefined],
  ])('by %j is %s', (text, name) => expect(guessRegion(text)?.name).toBe(name))
})

describe('a region that AWS has not', () => {
  it('is warned of, with its profile and the nearest', () => {
    expect(warnOfRegion(describeOne('[profile p]\nregion = us-east\n'))).toBe(
      'region of profile p: there is no AWS region us-east; did you mean us-east-1 or us-east-2?',
    )
  })

  it.each([
    'region = us-east-1',
    'region = us-east-9',
    'region = fips-us-east-1',
    'region = aws-global',
    'region = minio\nendpoint_url = http://127.0.0.1:9000',
    'region = auto\nservices = mine',
    'output = json',
  ])('is nothing to warn of: %j', (keys) => {
    expect(warnOfRegion(describeOne(`[profile p]\n${keys}\n`))).toBeUndefined()
  })
})
