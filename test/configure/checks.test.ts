import { describe, expect, it } from 'vitest'
import {
  type Check,
  checkAccountId,
  checkName,
  checkOutput,
  checkRegion,
  checkRoleName,
  checkScopes,
  checkSsoRegion,
  checkStartUrl,
  exceptFor,
  type GivenAnswers,
  listMissing,
} from '../../src/configure/checks.ts'

const table: readonly [Check, readonly string[], readonly string[]][] = [
  [checkName, ['my-sso', 'dev.eu/a@b:c+%_1'], ['', 'my sso', 'ü', "it's", 'a]', 'a\u001b[31m', 'a,b', 'a#b']],
  [
    checkStartUrl,
    [
      'https://d-9067c5bbc5.awsapps.com/start',
      'https://d-9067c5bbc5.awsapps.com/start/#',
      'https://d-9067c5bbc5.awsapps.com/start#/',
      'https://ssoins-1.portal.eu-west-1.app.aws',
      'https://sso.example.com',
    ],
    [
      '',
      'd-9067c5bbc5',
      'awsapps.com/start',
      'http://x.awsapps.com/start',
      'https://',
      'https://x y',
      'ftp://x',
    ],
  ],
  [
    checkRegion,
    ['eu-west-1', 'us-gov-east-1', 'us-east-9', 'none'],
    ['', 'EU', 'eu-west', 'minio', 'eu-west-1.evil.com', 'eu west'],
  ],
  [checkSsoRegion, ['eu-west-1', 'fips-us-east-1'], ['', 'none', 'auto']],
  [exceptFor('minio', checkRegion), ['minio', 'eu-west-1'], ['minio2']],
  [checkScopes, ['sso:account:access', 'a,b', 'a, b'], ['', ',', 'a b', 'a,,b']],
  [checkAccountId, ['123456789012', '000000000001'], ['', '12345678901', '1234567890123', '12345678901x']],
  [checkRoleName, ['Admin', 'a+=,.@-_9'], ['', 'a b', 'a/b', 'x'.repeat(65)]],
  [checkOutput, ['json', 'yaml-stream', 'none'], ['', 'xml', 'JSON']],
]

describe.each(table)('%o', (check, good, bad) => {
  it.each(good)('takes %j', (answer) => expect(check(answer)).toBeUndefined())
  it.each(bad)('does not take %j', (answer) => expect(check(answer)).toMatch(/\w/))
})

describe('listMissing', () => {
  const all: GivenAnswers = {
    session: 'new',
    'start-url': 'x',
    'sso-region': 'x',
    scopes: 'x',
    region: 'x',
    output: 'x',
    profile: 'x',
  }
  it.each<[string, GivenAnswers, readonly string[]]>([
    ['nothing, whatever the account', all, []],
    ['all that is known to be needed', {}, ['session', 'region', 'output', 'profile']],
    [
      'what a new session needs',
      { session: 'new' },
      ['start-url', 'sso-region', 'scopes', 'region', 'output', 'profile'],
    ],
    ['nothing of a session that is there', { session: 'old' }, ['region', 'output', 'profile']],
  ])('%s', (_name, given, missing) => {
    expect(listMissing(given, (name) => name === 'old', false)).toEqual(missing)
  })

  it('the portal itself in the legacy form', () => {
    const missing = listMissing({ region: 'x', output: 'x' }, () => false, true)
    expect(missing).toEqual(['start-url', 'sso-region', 'profile'])
  })
})
