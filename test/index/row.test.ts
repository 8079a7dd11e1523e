import { describe, expect, it } from 'vitest'
import {
  chooseBucket,
  countBuckets,
  findRow,
  formatBucket,
  formatRow,
  isWholeBucket,
} from '../../src/index/row.ts'
import { parseDocument } from '../../src/profiles/config/document.ts'
import { type AwsConfig, mergeDocuments } from '../../src/profiles/config/merge.ts'
import { describeProfile, type Profile } from '../../src/profiles/profile.ts'
import type { Settings } from '../../src/settings/settings.ts'
import { planRow } from '../../src/switch/row-plan.ts'

function read(text: string): AwsConfig {
  return mergeDocuments(parseDocument(text, 'config'), parseDocument('', 'credentials'))
}

function plan(text: string, name: string, settings: Settings = new Map()) {
  const config = read(text)
  const facts = { config, settings, platform: 'linux' } as const
  return planRow(facts, describeProfile(config, name) as Profile)
}

const session = '[sso-session s]\nsso_start_url = https://s.awsapps.com/start\nsso_region = eu-west-1\n'
const sso = `${session}[profile p]\nsso_session = s\nsso_account_id = 111111111111\nsso_role_name = R\nregion = eu-west-1\n`

const base = '[profile base]\naws_access_key_id = A\naws_secret_access_key = B\n'
const mfa = `${base}[profile m]\nrole_arn = arn:aws:iam::222222222222:role/M\nsource_profile = base\nmfa_serial = x\n`

describe('the row of a profile', () => {
  it('names the session at the root of the chain', () => {
    expect(plan(sso, 'p')?.session).toMatchObject({ name: 's' })
    const chain = `${sso}[profile q]\nrole_arn = arn:aws:iam::222222222222:role/Q\nsource_profile = p\n`
    expect(plan(chain, 'q')).toMatchObject({
      session: { name: 's' },
      plan: { message: 'q · 222222222222 Q' },
    })
    const login = '[profile p]\nlogin_session = arn\n[profile q]\nrole_arn = arn\nsource_profile = p\n'
    expect(plan(login, 'q')?.session).toEqual({ loginSession: 'arn' })
    expect(plan('[profile p]\nregion = eu-west-1\n', 'p')).not.toHaveProperty('session')
  })

  it('repeats with the name alone', () => {
    expect(plan(sso, 'p')?.plan.repeat).toEqual(['--profile=p'])
  })

  it('leaves the region alone as the profile or the settings say', () => {
    const settings = new Map([['assume_region', 'off']])
    expect(plan(sso, 'p', settings)?.plan.message).toBe('p · 111111111111 R')
    expect(plan(`${sso}assume_region = on\n`, 'p', settings)?.plan.message).toBe(
      'p · 111111111111 R · eu-west-1',
    )
  })

  const ambient =
    '[profile e]\nrole_arn = arn:aws:iam::222222222222:role/E\ncredential_source = Environment\n'
  const granted =
    '[profile g]\ngranted_sso_start_url = https://g\ngranted_sso_region = r\ngranted_sso_account_id = 111111111111\ngranted_sso_role_name = R\n'
  it.each([
    ['MFA', mfa, 'm'],
    [
      'MFA further down',
      `${mfa}[profile p]\nrole_arn = arn:aws:iam::333333333333:role/P\nsource_profile = m\n`,
      'p',
    ],
    [
      'the keys of the environment',
      `${ambient}[profile p]\nrole_arn = arn:aws:iam::333333333333:role/P\nsource_profile = e\n`,
      'p',
    ],
    ["Granted's keys", granted, 'g'],
    [
      "Granted's keys further down",
      `${granted}[profile p]\nrole_arn = arn:aws:iam::333333333333:role/P\nsource_profile = g\n`,
      'p',
    ],
    ['temporary keys wanted', '[profile p]\nassume_mode = export\n', 'p'],
    [
      'a control character in a value',
      '[profile p]\naws_access_key_id = A\naws_account_id = a\u001fb\n',
      'p',
    ],
    ['a line separator in a value', '[profile p]\naws_access_key_id = A\naws_account_id = a\u2028b\n', 'p'],
    ['a control character in the name', '[profile "p\u001b"]\n', 'p\u001b'],
    ['a region that is none', '[profile p]\nregion = "eu-west-2"\n', 'p'],
    ['a region of two lines', '[profile p]\nregion = eu-west-2\n  us-east-1\n', 'p'],
  ])('is none with %s', (_title, text, name) => {
    expect(plan(text, name)).toBeUndefined()
  })

  it.each([
    [
      'MFA, though profile mode is asked for',
      `${mfa}assume_mode = profile\n`,
      'm',
      'profile m needs an MFA code (mfa_serial), which not every tool asks for; assume --export m',
    ],
    [
      "Granted's keys, though profile mode is asked for",
      `${granted}assume_mode = profile\n`,
      'g',
      'profile g has only granted_sso_ keys, which the AWS tools do not read; assume --export g',
    ],
    [
      'the keys of the environment, though profile mode is asked for',
      `${ambient}assume_mode = profile\n`,
      'e',
      'profile e takes its keys from the environment (credential_source), and a switch removes them; assume --unset; assume --export e',
    ],
    [
      'another region than its sso-session',
      `${sso.replace('[profile p]\n', '[profile p]\nsso_region = eu-west-2\n')}`,
      'p',
      'profile p and its sso-session s differ in sso_region, which the AWS CLI refuses',
    ],
    [
      'no such sso-session',
      '[profile p]\nsso_session = none\nsso_account_id = 111111111111\nsso_role_name = R\n',
      'p',
      'profile p uses sso-session none, and there is no [sso-session none]; assume configure --session none',
    ],
    [
      'blanks that hide it',
      '[ profile p ]\naws_access_key_id = A\naws_secret_access_key = B\n',
      'p',
      'do not find profile p: write [profile p] without blanks',
    ],
    [
      'blanks that hide its session',
      sso.replace('[sso-session s]', '[ sso-session s ]'),
      'p',
      'do not find sso-session s',
    ],
    [
      'a comment behind a secret',
      `${base}x = 1\n`.replace('= B', '= B # mine'),
      'base',
      'aws_secret_access_key in profile base is a part of the value to the AWS CLI and boto3, and its signatures fail',
    ],
    [
      'a comment behind the region',
      `${base}region = eu-west-1 # near\n`,
      'base',
      'the comment behind region in profile base',
    ],
    [
      'a comment further down',
      `${base}region = eu-west-1 # near\n[profile p]\nrole_arn = arn:aws:iam::333333333333:role/P\nsource_profile = base\n`,
      'p',
      'the comment behind region in profile base',
    ],
    [
      'an empty credential_process beside keys',
      `${base}credential_process =\n`,
      'base',
      'has an empty credential_process',
    ],
    [
      'an empty external_id',
      `${base}[profile p]\nrole_arn = arn:aws:iam::333333333333:role/P\nsource_profile = base\nexternal_id =\n`,
      'p',
      'has an empty external_id',
    ],
    [
      'an empty sso_session',
      '[profile p]\nsso_session =\nsso_start_url = https://s.awsapps.com/start\nsso_region = eu-west-1\nsso_account_id = 111111111111\nsso_role_name = R\n',
      'p',
      'has an empty sso_session',
    ],
    ['an empty role_arn', `${sso}role_arn =\n`, 'p', 'has an empty role_arn'],
    [
      'a key twice elsewhere',
      `[plugins]\na = 1\na = 2\n${base}`,
      'base',
      'the AWS CLI and boto3 reject the whole config file: line 3, a key twice in a section',
    ],
  ])('warns of %s', (_title, text, name, warning) => {
    const row = plan(text, name)
    expect(row?.warning).toContain(warning)
    expect(row?.plan.change.set).toContainEqual(['AWS_PROFILE', name])
  })

  it('warns of nothing where tools get credentials', () => {
    expect(plan(sso, 'p')).not.toHaveProperty('warning')
    expect(plan(`${base}assume_color = red # mine\nregion = x\n`, 'base')).not.toHaveProperty('warning')
  })

  it.each(['auto', 'minio', 'us-east-9', 'fips-us-east-1', 'EU-WEST-2'])(
    'has the region %s as it is',
    (region) => {
      const row = plan(`[profile p]\nregion = ${region}\n`, 'p')
      expect(row?.plan.change.set).toContainEqual(['AWS_REGION', region])
      expect(row?.plan.change.set).toContainEqual(['AWS_DEFAULT_REGION', region])
    },
  )

  it('has no region where it sets none, whatever the profile says', () => {
    expect(plan('[profile p]\nregion = /\nassume_region = off\n', 'p')?.plan.message).toBe('p')
  })

  it('is none when the settings want temporary keys, unless the profile does not', () => {
    const settings = new Map([['assume_mode', 'export']])
    expect(plan(sso, 'p', settings)).toBeUndefined()
    expect(plan(`${sso}assume_mode = profile\n`, 'p', settings)).toBeDefined()
  })
})

describe('a bucket', () => {
  it('is chosen by the sum of code times the square of the position, or holds what is not ASCII', () => {
    expect(chooseBucket('abc', 1000)).toBe(String((97 + 4 * 98 + 9 * 99) % 1000))
    expect(chooseBucket('abc', 7)).toBe('1')
    expect(chooseBucket(' ~', 100)).toBe(String((32 + 4 * 126) % 100))
    expect(chooseBucket('\u00e9', 10)).toBe('other')
    expect(chooseBucket('a\u007f', 10)).toBe('other')
  })

  it('holds about 16 rows, and there is always one and never more than 251', () => {
    expect([0, 1, 16, 17, 64, 1000, 10_000].map(countBuckets)).toEqual([1, 1, 1, 1, 3, 61, 251])
  })

  it('gives back each row that was put in', () => {
    const text = `${sso}[profile q]\n[profile qq]\naws_access_key_id = A\naws_account_id = x=y\n[profile end]\n[profile AWS_VAULT]\n${mfa}assume_mode = profile\n`
    const rows = ['p', 'q', 'qq', 'end', 'AWS_VAULT', 'm'].map((name) => plan(text, name) ?? expect.fail())
    const bucket = formatBucket(rows.map(formatRow), (found) => (found ? 7 : 0))
    expect(isWholeBucket(bucket)).toBe(true)
    for (const { name, plan: expected, warning = '' } of rows) {
      const found = findRow(bucket, name) ?? expect.fail()
      expect(found.session).toBe(name === 'p' ? 7 : 0)
      expect(found.warning).toBe(warning)
      const { change, ...rest } = found.plan
      expect(rest).toEqual({ message: expected.message, repeat: expected.repeat })
      expect(change.set).toEqual(expected.change.set)
      expect([...change.unset].sort()).toEqual([...expected.change.unset].sort())
    }
    for (const name of ['', 'e', 'Q', 'q\u001f', 'q\u001f0', 'AWS_PROFILE'])
      expect(findRow(bucket, name)).toBeUndefined()
  })

  it('is known to be torn wherever it was cut off', () => {
    const bucket = formatBucket([formatRow(plan(sso, 'p') ?? expect.fail())], () => 1)
    for (let length = 0; length < bucket.length; length++) {
      expect(isWholeBucket(bucket.slice(0, length))).toBe(false)
    }
  })
})
