import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../src/profiles/config/document.ts'
import { type AwsConfig, mergeDocuments, type ProfileProperties } from '../../src/profiles/config/merge.ts'
import {
  describeProfile,
  findRootProfile,
  followChain,
  isTooLong,
  longestChain,
  needsMfa,
} from '../../src/profiles/profile.ts'

const examples = join(import.meta.dirname, '../fixtures/examples')
const read = (file: string) => readFileSync(join(examples, file), 'utf8')

function configOf(config: string, credentials = '') {
  return mergeDocuments(parseDocument(config, 'config'), parseDocument(credentials, 'credentials'))
}

/** The facts of `[profile p]`, without what every profile has. */
function factsOf(lines: string, rest = '') {
  const profile = describeProfile(configOf(`[profile p]\n${lines}\n${rest}`), 'p')
  if (profile === undefined) throw new Error('no profile p')
  const { name: _name, properties: _properties, files: _files, ...facts } = profile
  return facts
}

/** Whether a role on the way from the profile to its source is assumed with an MFA code. */
const usesMfa = (config: AwsConfig, name: string) => needsMfa(followChain(config, name))

const sso = 'sso_session = s\nsso_account_id = 111122223333\nsso_role_name = Admin\n'
const role = 'role_arn = arn:aws:iam::777788889999:role/Audit\nsource_profile = base\n'
const keys = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n'
const granted =
  'granted_sso_start_url = https://g\ngranted_sso_region = eu-west-1\ngranted_sso_account_id = 444455556666\ngranted_sso_role_name = Dev\n'
const session =
  '[sso-session s]\nsso_start_url = https://x/start/#\nsso_region = eu-west-2\nsso_registration_scopes = a:b , c,\n'

describe('the kind of a profile', () => {
  it.each([
    ['role', role + sso + keys],
    ['role', `role_arn = arn:aws:iam::1:role/x\ncredential_source = Environment\n${keys}`],
    ['web-identity', `${role}web_identity_token_file = /t\n${sso}`],
    ['web-identity', `role_arn = x\nweb_identity_token_file = /t\n`],
    ['sso', `${sso}${keys}login_session = x\ncredential_process = y`],
    ['sso', 'sso_session = s\nsso_role_name = Admin'],
    ['sso', `role_arn = arn:aws:iam::1:role/x\n${sso}`],
    ['sso', 'sso_session = s'],
    ['sso', `sso_session = s\n${granted}`],
    ['static', `sso_session = s\n${keys}`],
    ['process', 'sso_session = s\ncredential_process = x'],
    ['sso-legacy', 'sso_start_url = https://x\nsso_region = r\nsso_account_id = 1\nsso_role_name = r'],
    ['sso-legacy', `sso_account_id = 1\n${keys}`],
    ['sso-legacy', 'sso_start_url = https://x\nsso_region = r'],
    ['sso-legacy', 'sso_session =\nsso_account_id = 1'],
    ['login', `${keys}login_session = x\ncredential_process = y\n${granted}`],
    ['process', `${keys}credential_process = y\n${granted}`],
    ['static', `${keys}${granted}`],
    ['login', `login_session = x\ncredential_process = y\n${granted}`],
    ['process', `credential_process = y\n${granted}`],
    ['keys', 'assume_keys = os\ncredential_process = assume credential-process p'],
    ['keys', 'assume_keys = paper'],
    ['login', 'assume_keys = os\nlogin_session = x'],
    ['static', `assume_keys = os\n${keys}`],
    ['process', `assume_keys = os\n${keys}credential_process = assume credential-process p`],
    ['role', `assume_keys = os\n${role}`],
    ['none', 'assume_keys =\n'],
    ['granted', granted],
    ['granted', `${granted}credential_process =\n`],
    ['role', 'role_arn = arn:aws:iam::1:role/x'],
    ['none', 'region = x'],
    ['none', 'aws_access_key_id =\nrole_arn =\n'],
    ['none', ''],
  ])('%s: %j', (kind, lines) => {
    expect(factsOf(lines).kind).toBe(kind)
  })

  it('static, where the keys are in the credentials file: there they go before login and process', () => {
    const config = configOf('[profile p]\nlogin_session = x\ncredential_process = y\n', `[p]\n${keys}`)
    expect(describeProfile(config, 'p')?.kind).toBe('static')
  })

  it('process, where the credentials file has the profile, but not its keys', () => {
    const config = configOf(`[profile p]\n${keys}credential_process = y\n`, '[p]\nregion = eu-west-1\n')
    expect(describeProfile(config, 'p')?.kind).toBe('process')
  })
})

describe('the facts of a profile', () => {
  it('SSO with a session', () => {
    expect(factsOf(`${sso}region = eu-central-1`, session)).toEqual({
      kind: 'sso',
      accountId: '111122223333',
      roleName: 'Admin',
      region: 'eu-central-1',
      session: { name: 's', startUrl: 'https://x/start/#', region: 'eu-west-2', scopes: ['a:b', 'c'] },
    })
  })

  it('SSO without the section that it names', () => {
    expect(factsOf(sso)).toEqual({
      kind: 'sso',
      accountId: '111122223333',
      roleName: 'Admin',
      missingSession: 's',
    })
    expect(factsOf('sso_session = __proto__')).toEqual({ kind: 'sso', missingSession: '__proto__' })
  })

  it.each(['', 'sso_region = x', 'sso_start_url = x\nsso_region =\n'])(
    'SSO with an incomplete section: %j',
    (lines) => {
      expect(factsOf('sso_session = s', `[sso-session s]\n${lines}`)).toEqual({ kind: 'sso' })
    },
  )

  it('SSO without a session, empty values', () => {
    expect(
      factsOf('sso_start_url = https://x\nsso_region = r\nsso_account_id = 1\nsso_role_name =\nregion ='),
    ).toEqual({
      kind: 'sso-legacy',
      accountId: '1',
      session: { startUrl: 'https://x', region: 'r' },
    })
  })

  it('a role', () => {
    const lines =
      'mfa_serial = m\nexternal_id = e#1\nrole_session_name = me\nduration_seconds = 7200\nregion = r'
    expect(factsOf(role + lines)).toEqual({
      kind: 'role',
      accountId: '777788889999',
      roleName: 'Audit',
      roleArn: 'arn:aws:iam::777788889999:role/Audit',
      sourceProfile: 'base',
      mfaSerial: 'm',
      externalId: 'e#1',
      roleSessionName: 'me',
      durationSeconds: 7200,
      region: 'r',
    })
    expect(factsOf(`${role}duration_seconds = 1h`)).not.toHaveProperty('durationSeconds')
  })

  it.each([
    ['arn:aws-cn:iam::123456789012:role/team/sub/Deploy', '123456789012', 'Deploy'],
    ['arn:aws-us-gov:iam::123456789012:role/Deploy', '123456789012', 'Deploy'],
    ['arn:aws-eusc:iam::123456789012:user/me', '123456789012', undefined],
    ['arn:aws:iam::123456789012:role/', '123456789012', undefined],
    ['arn:aws:iam::role/Deploy', undefined, undefined],
    ['Deploy', undefined, undefined],
  ])('a role by %s', (arn, accountId, roleName) => {
    const facts = factsOf(`role_arn = ${arn}\nsource_profile = p`)
    expect([facts.accountId, facts.roleName]).toEqual([accountId, roleName])
    expect('accountId' in facts).toBe(accountId !== undefined)
    expect('roleName' in facts).toBe(roleName !== undefined)
  })

  it('login, process, static', () => {
    expect(factsOf('login_session = arn:aws:sts::123456789012:assumed-role/Admin/me')).toEqual({
      kind: 'login',
      accountId: '123456789012',
      loginSession: 'arn:aws:sts::123456789012:assumed-role/Admin/me',
    })
    expect(factsOf('credential_process = /bin/x "a b"')).toEqual({
      kind: 'process',
      credentialProcess: '/bin/x "a b"',
    })
    expect(factsOf(`${keys}aws_account_id = 123456789012`)).toEqual({
      kind: 'static',
      accountId: '123456789012',
    })
  })

  it('of Granted', () => {
    const identity = { accountId: '444455556666', roleName: 'Dev' }
    expect(factsOf(`${granted}granted_sso_registration_scopes = a`)).toEqual({
      kind: 'granted',
      ...identity,
      session: { startUrl: 'https://g', region: 'eu-west-1', scopes: ['a'] },
    })
    expect(factsOf(`${granted}credential_process = granted`)).toEqual({
      kind: 'process',
      ...identity,
      credentialProcess: 'granted',
    })
  })

  it('all properties and the files', () => {
    const config = configOf('[profile p]\nAssume_Style = protected', '[p]\nx = 1')
    expect(describeProfile(config, 'p')).toEqual({
      name: 'p',
      kind: 'none',
      properties: new Map(Object.entries({ assume_style: 'protected', x: '1' })),
      files: ['config', 'credentials'],
    })
  })

  it('no profile, none', () => {
    for (const name of ['', 'q', '__proto__', 'constructor']) {
      expect(describeProfile(configOf('[profile p]'), name)).toBeUndefined()
      expect(usesMfa(configOf('[profile p]'), name)).toBe(false)
      expect(findRootProfile(configOf('[profile p]'), name)?.session).toBeUndefined()
    }
  })

  it('of the examples', () => {
    const short = describeProfile(configOf(read('dotted-names')), 'test-account.tester')
    expect(short).toMatchObject({
      kind: 'sso',
      accountId: '43214321',
      roleName: 'tester',
      region: 'eu-west-2',
    })
    expect(describeProfile(configOf(read('hash-url')), 'prod-admin')).toMatchObject({
      missingSession: 'mycompany',
    })
    expect(describeProfile(configOf(read('legacy')), 'dev')).toMatchObject({
      kind: 'sso-legacy',
      region: 'eu-west-1',
      session: { startUrl: 'https://sso-portal.awsapps.com/start', region: 'eu-west-2' },
    })
    const mixed = configOf(read('mixed'), read('mixed.credentials'))
    expect([...mixed.profiles.keys()].map((name) => [name, describeProfile(mixed, name)?.kind])).toEqual([
      ['default', 'none'],
      ['Team A prod', 'sso'],
      ['audit', 'role'],
      ['mfa', 'role'],
      ['vault', 'process'],
      ['base', 'static'],
      ['legacy-user', 'static'],
    ])
    expect(findRootProfile(mixed, 'audit')?.session?.name).toBe('work')
    expect(findRootProfile(mixed, 'Team A prod')?.session?.name).toBe('work')
    expect(findRootProfile(mixed, 'mfa')?.session).toBeUndefined()
    expect([usesMfa(mixed, 'mfa'), usesMfa(mixed, 'audit'), usesMfa(mixed, 'base')]).toEqual([
      true,
      false,
      false,
    ])
  })
})

describe('a chain', () => {
  const link = (name: string, source: string, more = '') =>
    `[profile ${name}]\nrole_arn = arn:aws:iam::1:role/${name}\nsource_profile = ${source}\n${more}\n`

  it('has the session and the MFA of what is below', () => {
    const config = configOf(
      `${link('a', 'b')}${link('b', 'c', 'mfa_serial = m')}${link('c', 'p')}[profile p]\n${sso}${session}`,
    )
    expect(['a', 'b', 'c', 'p'].map((name) => findRootProfile(config, name)?.session?.name)).toEqual([
      's',
      's',
      's',
      's',
    ])
    expect(['a', 'b', 'c', 'p'].map((name) => usesMfa(config, name))).toEqual([true, true, false, false])
  })

  it('needs no code of a device that the session in front of a stored key was made with', () => {
    const stored = '[profile k]\nassume_keys = file\nmfa_serial = m\n'
    const config = configOf(
      `${link('a', 'b', 'mfa_serial = m')}${link('b', 'k', 'mfa_serial = m')}${link('c', 'k', 'mfa_serial = n')}${stored}`,
    )
    expect(['a', 'b', 'c', 'k'].map((name) => usesMfa(config, name))).toEqual([true, false, true, false])
    const off = configOf(`${link('b', 'k', 'mfa_serial = m')}${stored}assume_session_token = off\n`)
    expect(usesMfa(off, 'b')).toBe(true)
    expect(describeProfile(off, 'k')?.handsOutKey).toBe(true)
    const settings = new Map([['assume_session_token', 'off']])
    expect(describeProfile({ ...configOf(stored), settings }, 'k')?.handsOutKey).toBe(true)
    expect(
      describeProfile({ ...configOf(`${stored}assume_session_token = on`), settings }, 'k'),
    ).not.toHaveProperty('handsOutKey')
  })

  it('ends where it is a circle', () => {
    const config = configOf(
      `${link('a', 'b')}${link('b', 'c')}${link('c', 'b', 'mfa_serial = m')}${link('self', 'self', sso)}${session}`,
    )
    expect(usesMfa(config, 'a')).toBe(true)
    for (const name of ['a', 'b', 'c', 'self']) expect(findRootProfile(config, name)?.session).toBeUndefined()
    expect(usesMfa(config, 'self')).toBe(false)
  })

  it('ends at static keys, which win in a source', () => {
    const config = configOf(
      `${link('a', 'b')}${link('b', 'p', `mfa_serial = m\n${keys}`)}[profile p]\n${sso}${session}`,
    )
    expect(findRootProfile(config, 'a')?.session).toBeUndefined()
    expect([usesMfa(config, 'a'), usesMfa(config, 'b')]).toEqual([false, true])
    expect(findRootProfile(config, 'b')?.session?.name).toBe('s')
    const self = configOf(link('self', 'self', `mfa_serial = m\n${keys}`))
    expect(usesMfa(self, 'self')).toBe(true)
    expect(findRootProfile(self, 'self')?.session).toBeUndefined()
    expect(findRootProfile(self, 'self')).toMatchObject({ name: 'self', kind: 'static' })
  })

  it('ends where a source is missing or is the environment', () => {
    const config = configOf(
      `${link('a', 'gone')}[profile b]\nrole_arn = x\ncredential_source = Environment\nsso_session = s\n${session}`,
    )
    expect(findRootProfile(config, 'a')?.session).toBeUndefined()
    expect(findRootProfile(config, 'b')?.session).toBeUndefined()
  })

  it('leaves out an MFA device that no role is assumed with', () => {
    const config = configOf(`${link('a', 'base')}[profile base]\nmfa_serial = m\n${keys}`)
    expect([usesMfa(config, 'a'), usesMfa(config, 'base')]).toEqual([false, false])
  })

  it('is looked at as far as it may go', () => {
    const count = 3000
    const text = Array.from({ length: count }, (_, index) => link(`p${index}`, `p${index + 1}`)).join('')
    const config = configOf(`${text}[profile p${count}]\nmfa_serial = m\n${keys}`)
    let steps = 0
    const profiles = new (class extends Map<string, ProfileProperties> {
      override get(name: string) {
        steps += 1
        return super.get(name)
      }
    })(config.profiles)
    const counted = { ...config, profiles }
    const isLong = (name: string) => isTooLong(followChain(counted, name))
    expect([...config.profiles.keys()].filter(isLong)).toHaveLength(count - longestChain)
    expect(steps).toBeLessThan(count * longestChain * 4)
    expect([isLong('p2899'), isLong('p2900')]).toEqual([true, false])
  })
})
