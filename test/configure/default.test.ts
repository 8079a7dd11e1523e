import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  findObstacle,
  findTarget,
  listPortals,
  listSessionNames,
  suggestOutput,
  suggestProfileName,
  suggestRegion,
  suggestSessionName,
  suggestSsoRegion,
  suggestStartUrl,
} from '../../src/configure/default.ts'
import { parseDocument } from '../../src/profiles/config/document.ts'
import { mergeDocuments } from '../../src/profiles/config/merge.ts'
import { fixtures } from '../support/home.ts'

const read = (config: string, credentials = '') =>
  mergeDocuments(parseDocument(config, 'config'), parseDocument(credentials, 'credentials'))
const example = (name: string) => {
  const text = (file: string) => readFileSync(join(fixtures, 'examples', file), 'utf8')
  return read(text(name), name === 'mixed' ? text('mixed.credentials') : '')
}
const twoSessions = `
[sso-session a]
sso_start_url = https://a.awsapps.com/start
sso_region = eu-west-1
[sso-session b]
sso_start_url = https://b.awsapps.com/start
sso_region = eu-west-2
[profile of-b]
sso_session = b
region = ap-south-1
`

describe('the session', () => {
  it('is the first of the file, or that of the profile to update', () => {
    expect(listSessionNames(read(twoSessions), undefined)).toEqual(['a', 'b'])
    expect(listSessionNames(read(twoSessions), 'of-b')).toEqual(['b', 'a'])
    expect(listSessionNames(read(twoSessions), 'unknown')).toEqual(['a', 'b'])
    expect(listSessionNames(example('legacy'), undefined)).toEqual([])
  })

  it('is called my-sso if that is free', () => {
    expect(suggestSessionName(read(''))).toBe('my-sso')
    expect(suggestSessionName(read('[sso-session my-sso]\n'))).toBeUndefined()
  })

  it('is logged in to with the network settings of a profile that uses it', () => {
    const session = { name: 'b', startUrl: 'x', region: 'y' }
    expect(findTarget(read(twoSessions), session)).toMatchObject({ session, profile: { name: 'of-b' } })
    const { profile } = findTarget(read(twoSessions), { ...session, name: 'new' })
    expect([profile.name, profile.properties.size]).toEqual(['', 0])
  })
})

describe('the portals', () => {
  it('are those of the files, each once, that of the profile to update first', () => {
    const both = read(
      `${twoSessions}[profile old]\nsso_account_id = 1\nsso_role_name = R\nsso_start_url = https://c.awsapps.com/start\nsso_region = x\n`,
    )
    const urls = (profile?: string) => listPortals(both, profile).map(({ startUrl }) => startUrl[8])
    expect([urls().toSorted(), urls('old')[0]]).toEqual([['a', 'b', 'c'], 'c'])
  })
})

describe('the output format', () => {
  it('is that of the profile, of the default profile, or of another one of the session', () => {
    const config = `${twoSessions}output = table\n[profile p]\noutput = text\n`
    const session = { name: 'b', startUrl: 'https://b.awsapps.com/start', region: 'eu-west-2' }
    const suggest = (text: string, profile?: string) => suggestOutput(read(text), session, profile)
    expect(suggest(config, 'p')).toBe('text')
    expect(suggest(config)).toBe('table')
    expect(suggest(`${config}[default]\noutput = yaml\n`)).toBe('yaml')
    expect(suggest(twoSessions)).toBeUndefined()
  })
})

describe('the start URL', () => {
  it('is that of a legacy profile', () => {
    expect(suggestStartUrl(example('legacy'))).toBe('https://my-sso-portal.awsapps.com/start')
  })
  it('is not that of a session: a new one is for another portal', () => {
    expect(suggestStartUrl(read(twoSessions))).toBeUndefined()
    expect(
      suggestStartUrl(
        read(
          `${twoSessions}[profile old]\nsso_account_id = 1\nsso_start_url = https://a.awsapps.com/start\nsso_region = x\n`,
        ),
      ),
    ).toBeUndefined()
  })
})

describe('the SSO region', () => {
  it.each([
    ['in the start URL', twoSessions, 'https://ssoins-1.portal.us-east-2.app.aws', 'us-east-2'],
    ['in an older form of it', twoSessions, 'https://ssoins-1.us-west-1.portal.amazonaws.com/x', 'us-west-1'],
    ['of a profile with that start URL', twoSessions, 'https://b.awsapps.com/start', 'eu-west-2'],
    ['of the first session', twoSessions, 'https://c.awsapps.com/start', 'eu-west-1'],
    ['not in a start URL that has none there', '', 'https://x.portal.eu_west_2.app.aws', 'us-east-1'],
    [
      'of no session whose region is none',
      '[sso-session a]\nsso_region = "x"\n',
      'https://c.awsapps.com/start',
      'us-east-1',
    ],
    ['us-east-1 when nothing is known', '', 'https://c.awsapps.com/start', 'us-east-1'],
  ])('is the one %s', (_name, config, startUrl, region) => {
    expect(suggestSsoRegion(read(config), startUrl)).toBe(region)
  })
})

describe('the region', () => {
  it.each([
    ['of another profile of the session', twoSessions, 'b', undefined, 'ap-south-1'],
    [
      'of the default profile first',
      `[default]\nregion = sa-east-1\n${twoSessions}`,
      'b',
      undefined,
      'sa-east-1',
    ],
    [
      'of the profile to update before all',
      `[default]\nregion = sa-east-1\n${twoSessions}`,
      'a',
      'of-b',
      'ap-south-1',
    ],
    ['of the session itself, as sync does', twoSessions, 'a', undefined, 'us-east-2'],
    ['not what is no region', '[default]\nregion = Frankfurt\n', 'a', undefined, 'us-east-2'],
    ['not what AWS does not have', '[default]\nregion = minio\n', 'a', undefined, 'us-east-2'],
    ['of the profile to update, whatever it is', '[profile p]\nregion = minio\n', 'a', 'p', 'minio'],
    ['not of the profile to update where it is none', '[profile p]\nregion = "x"\n', 'a', 'p', 'us-east-2'],
  ])('is the one %s', (_name, config, session, profile, region) => {
    const of = { name: session, startUrl: `https://${session}.awsapps.com/start`, region: 'us-east-2' }
    expect(suggestRegion(read(config), of, profile)).toBe(region)
  })
})

it.each([
  ['an sso-session', '[profile p]\nsso_session = b\nregion = sa-east-1\noutput = table\n'],
  [
    'no sso-session',
    '[profile p]\nsso_start_url = https://b.awsapps.com/start\nregion = sa-east-1\noutput = table\n',
  ],
])(
  'region and output are the same for a profile in either form where those of the portal have %s',
  (_name, text) => {
    const config = read(twoSessions.replace(/\[profile of-b][\s\S]*/, text))
    const portal = { startUrl: 'https://b.awsapps.com/start', region: 'eu-west-2' }
    for (const session of [portal, { ...portal, name: 'b' }]) {
      expect(suggestRegion(config, session, undefined)).toBe('sa-east-1')
      expect(suggestOutput(config, session, undefined)).toBe('table')
    }
  },
)

describe('the profile name', () => {
  const role = { accountId: '123456789011', accountName: 'Team A', roleName: 'Full=Access' }

  it('is account and role, as sync writes it, in characters that all tools take', () => {
    expect(suggestProfileName(read(''), 'a', role)).toBe('Team-A-Full-Access')
    const { accountName: _, ...unnamed } = role
    expect(suggestProfileName(read(''), 'a', unnamed)).toBe('123456789011-Full-Access')
  })

  it('is free, or that of a profile for this very role', () => {
    const named = (accountId: string) =>
      read(`[profile Team-A-Full-Access]\nsso_account_id = ${accountId}\nsso_role_name = Full=Access\n`)
    expect(suggestProfileName(named('123456789011'), 'a', role)).toBe('Team-A-Full-Access')
    expect(suggestProfileName(named('999988887777'), 'a', role)).toBe('Team-A-Full-Access-123456789011')
  })

  it.each([
    ['Team A prod', undefined],
    ['default', undefined],
    ['no such', undefined],
    ['audit', 'assumes a role'],
    ['mfa', 'assumes a role'],
    ['vault', 'credential_process'],
    ['base', 'access keys'],
  ])('%j of the mixed example: %s', (name, obstacle) => {
    const found = findObstacle(example('mixed'), name)
    if (obstacle === undefined) expect(found).toBeUndefined()
    else expect(found).toContain(obstacle)
  })
  it('of a stored key is that key', () => {
    expect(findObstacle(read('[profile ci]\nassume_keys = os\n'), 'ci')).toBe(
      'there is a profile of that name, which has a stored key: choose another name',
    )
  })
})
