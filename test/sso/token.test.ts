import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { formatRegistration, isReusable, parseRegistration } from '../../src/sso/registration.ts'
import { readSessionState } from '../../src/sso/session-state.ts'
import {
  formatToken,
  isRefreshable,
  issueToken,
  needsRefresh,
  parseToken,
  renewToken,
  type Token,
} from '../../src/sso/token.ts'
import { parseJsonObject } from '../../src/text/json-object.ts'
import { fixtures } from '../support/home.ts'

const golden = ['pkce-login', 'device-login'].flatMap((folder) =>
  readdirSync(join(fixtures, 'awscli', folder)).map(
    (name) => [`${folder}/${name}`, readFileSync(join(fixtures, 'awscli', folder, name), 'utf8')] as const,
  ),
)
const goldenTokens = golden.filter(([, text]) => text.includes('accessToken'))
const goldenRegistrations = golden.filter(([, text]) => !text.includes('accessToken'))

const time = Date.UTC(2026, 10, 21, 5, 37, 12)
const minute = 60_000
const token: Token = {
  startUrl: 'https://d-abc123.awsapps.com/start',
  region: 'us-west-2',
  accessToken: 'fake-access',
  expiresAt: time,
  clientId: 'fake-client',
  clientSecret: 'fake-secret',
  registrationExpiresAt: time + 90 * 24 * 60 * minute,
  refreshToken: 'fake-refresh',
}
const session = { name: 'my-sso', startUrl: 'https://d-abc123.awsapps.com/start' }
const source = { startUrl: 'https://configured/start/#/', region: 'eu-west-1' }

describe('a token of the AWS CLI', () => {
  it.each(goldenTokens)('%s is written again to the byte', (_name, text) => {
    const parsed = parseToken(parseJsonObject(text))
    expect(parsed?.refreshToken).toMatch(/^rtok-/)
    expect(formatToken(parsed as Token)).toBe(text)
  })

  it('there are three of them', () => expect(goldenTokens).toHaveLength(3))
})

describe('reading a token', () => {
  it.each([
    ['2026-11-21T05:37:12Z', 0],
    ['2026-11-21T05:37:12.250Z', 250],
    ['2026-11-21T05:37:12.123456789Z', 123],
    ['2026-11-21T05:37:12+00:00', 0],
    ['2026-11-21T07:37:12+02:00', 0],
    ['2026-11-21T05:37:12UTC', 0],
    ['2026-11-21T05:37:12', 0],
  ])('takes %s, and writes the form that all SDKs read', (text, milliseconds) => {
    const json = JSON.stringify({ accessToken: 'x', expiresAt: text, registrationExpiresAt: text }, null, 2)
    const parsed = parseToken(parseJsonObject(json)) as Token
    expect([parsed.expiresAt, parsed.registrationExpiresAt]).toEqual([
      time + milliseconds,
      time + milliseconds,
    ])
    expect(formatToken(parsed)).toBe(
      '{"accessToken": "x", "expiresAt": "2026-11-21T05:37:12Z", "registrationExpiresAt": "2026-11-21T05:37:12Z"}',
    )
  })

  it.each([
    ['no file', undefined],
    ['an empty file', ''],
    ['half a file', formatToken(token).slice(0, -9)],
    ['a file with the end of a longer one', `${formatToken(token)}"}`],
    ['a list', '[]'],
    ['null', 'null'],
    ['a registration', goldenRegistrations[0]?.[1]],
    ['no expiry', '{"accessToken": "x"}'],
    ['an expiry that is no time', '{"accessToken": "x", "expiresAt": "soon"}'],
    ['no access token', '{"expiresAt": "2026-11-21T05:37:12Z"}'],
    ['an access token that is no text', '{"accessToken": 1, "expiresAt": "2026-11-21T05:37:12Z"}'],
  ])('finds none in %s', (_title, text) => {
    expect(parseToken(parseJsonObject(text))).toBeUndefined()
  })

  it('drops what the AWS CLI does not know, and fields of another type', () => {
    const parsed = parseToken(
      parseJsonObject(JSON.stringify({ ...JSON.parse(formatToken(token)), extra: 1, clientId: 5 })),
    )
    expect(parsed).toEqual({ ...token, clientId: undefined })
  })
})

it('is written in ASCII', () => {
  expect(formatToken({ accessToken: 'ü', expiresAt: time })).toBe(
    String.raw`{"accessToken": "\u00fc", "expiresAt": "2026-11-21T05:37:12Z"}`,
  )
})

describe('the end of a token', () => {
  it.each([
    [-minute, true],
    [0, true],
    [15 * minute, true],
    [15 * minute + 1, false],
  ])('%i ms ahead: refresh %s', (left, expected) => {
    expect(needsRefresh(token, time - left)).toBe(expected)
  })

  it.each<[string, Token, { name?: string }, boolean]>([
    ['a complete one', token, session, true],
    ['of a legacy profile', token, {}, false],
    ['without a refresh token', { ...token, refreshToken: undefined }, session, false],
    ['with an empty refresh token', { ...token, refreshToken: '' }, session, false],
    ['without a client', { ...token, clientId: undefined }, session, false],
    ['without a secret', { ...token, clientSecret: undefined }, session, false],
    ['without the end of its registration', { ...token, registrationExpiresAt: undefined }, session, false],
    ['with a registration that is over', { ...token, registrationExpiresAt: time }, session, false],
  ])('%s can be refreshed or not', (_title, one, key, expected) => {
    expect(isRefreshable(one, time, key)).toBe(expected)
    const state = readSessionState({ startUrl: 'x', ...key }, one, time)
    expect(state).toEqual({ state: expected ? 'refreshable' : 'expired', expiresAt: time })
  })
})

it.each(['', 'a\r\nx-y: z', 'a\u001b[2J', 'é', 5])(
  'a token that no header can hold is none: %j',
  (accessToken) => {
    expect(
      parseToken(parseJsonObject(JSON.stringify({ accessToken, expiresAt: '2026-11-21T05:37:12Z' }))),
    ).toBeUndefined()
  },
)

it('a zone that leads out of the years of four digits makes no time', () => {
  const text = (expiresAt: string) => JSON.stringify({ accessToken: 'x', expiresAt })
  expect(parseToken(parseJsonObject(text('9999-12-31T23:59:59-14:00')))).toBeUndefined()
  expect(formatToken(parseToken(parseJsonObject(text('9999-12-31T23:59:59Z'))) as Token)).toContain(
    '9999-12-31T23:59:59Z',
  )
  expect(parseToken(parseJsonObject(text('0001-01-01T00:00:00Z')))?.expiresAt).toBe(-62_135_596_800_000)
})

describe('an answer of the service', () => {
  const grant = { accessToken: 'fake-new', expiresIn: 3600 }

  it('becomes a token after a login', () => {
    const registration = { clientId: 'c', clientSecret: 's', expiresAt: time + minute }
    expect(issueToken(source, registration, { ...grant, refreshToken: 'r' }, time)).toEqual({
      ...source,
      accessToken: 'fake-new',
      expiresAt: time + 60 * minute,
      clientId: 'c',
      clientSecret: 's',
      registrationExpiresAt: time + minute,
      refreshToken: 'r',
    })
    expect(formatToken(issueToken(source, registration, grant, time))).not.toContain('refreshToken')
  })

  it.each([
    [undefined, 'fake-refresh'],
    ['', 'fake-refresh'],
    ['fake-rotated', 'fake-rotated'],
  ])('with the refresh token %j leaves %s', (refreshToken, kept) => {
    expect(renewToken(token, source, { ...grant, refreshToken }, time)).toEqual({
      ...token,
      ...source,
      accessToken: 'fake-new',
      expiresAt: time + 60 * minute,
      refreshToken: kept,
    })
  })
})

describe('a client registration', () => {
  it('is written like that of the AWS CLI for the device flow', () => {
    const [, text] = goldenRegistrations.find(([name]) => name.includes('d75f79f')) ?? []
    const parsed = parseRegistration(text)
    expect(parsed).toMatchObject({ clientId: 'cid-1795235870', expiresAt: Date.UTC(2027, 1, 19, 4, 37, 50) })
    expect(parsed && formatRegistration(parsed)).toBe(text)
  })

  it.each(['', '{', '{"clientId": "c"}', '{"clientId": "c", "clientSecret": "s", "expiresAt": 5}'])(
    '%j is none',
    (text) => {
      expect(parseRegistration(text)).toBeUndefined()
    },
  )

  it.each([
    [15 * minute, false],
    [15 * minute + 1, true],
  ])('with %i ms left is reusable: %s', (left, expected) => {
    expect(isReusable({ clientId: 'c', clientSecret: 's', expiresAt: time }, time - left)).toBe(expected)
  })
})
