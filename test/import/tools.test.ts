import { describe, expect, it } from 'vitest'
import { editConfigText } from '../../src/import/draft.ts'
import { awsSsoUtil } from '../../src/import/tools/aws-sso-util.ts'
import { awsume } from '../../src/import/tools/awsume.ts'
import { granted } from '../../src/import/tools/granted.ts'
import { translateTemplate } from '../../src/tool-files/go-template.ts'
import { changes, type Given, notesOf, planOf } from './plans.ts'

describe('a Go template', () => {
  it.each([
    ['{{ .AccountName }}/{{ .RoleName }}', '{account_name}/{role}'],
    ['acme-{{ .AccountName }}.{{ .RoleName | lower }}', 'acme-{account_name}.{role|lower}'],
    ['{{ .AccountIdPad }}:{{ upper .RoleName }}', '{account_id}:{role|upper}'],
    ['{{.AccountName | replace " " "-" | lower}}', '{account_name|lower}'],
    ['{{ FirstItem .AccountName .AccountAlias | nospace }}', undefined],
    ['{{ env "HOME" }}', undefined],
    ['{{ .constructor }}', undefined],
    ['{a}', undefined],
    ['$(id){{ .RoleName }}', undefined],
    ['', undefined],
  ])('%j is %j', (template, translated) => {
    expect(translateTemplate(template)).toBe(translated)
  })
})

describe('Granted', () => {
  const keys = (more = '') =>
    `[profile p]\ngranted_sso_start_url = https://acme.awsapps.com/start\ngranted_sso_region = eu-west-1\ngranted_sso_account_id = 111122223333\ngranted_sso_role_name = A\n${more}`
  const own = 'credential_process = granted credential-process --profile p\n'

  it('names a new session as its settings do, as the host, or apart from one of that name', () => {
    const session = (given: Given) => changes(granted, given).find((line) => line.startsWith('sso_session'))
    expect(session({ config: keys() })).toBe('sso_session = acme')
    const settings = '[SSO.corp]\nStartURL = "https://acme.awsapps.com/start"\nSSORegion = "eu-west-1"\n'
    expect(session({ config: keys(), own: { settings } })).toBe('sso_session = corp')
    expect(
      session({
        config: `${keys()}[sso-session acme]\nsso_start_url = https://other\nsso_region = eu-west-1\n`,
      }),
    ).toBe('sso_session = acme-eu-west-1')
    expect(
      session({
        config: `${keys()}[sso-session s]\nsso_start_url = https://acme.awsapps.com/start/#/\nsso_region = eu-west-1\n`,
      }),
    ).toBe('sso_session = s')
    const fed =
      '[granted_registry_start t]\n[sso-session s]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = eu-west-1\n[granted_registry_end t]\n'
    expect(session({ config: keys() + fed })).toBe('sso_session = acme')
  })

  it('has a form in which the session is there already', () => {
    const config =
      '[profile p]\nsso_session = s\ngranted_sso_account_id = 111122223333\ngranted_sso_role_name = A\n[sso-session s]\nsso_start_url = https://a\nsso_region = x\n'
    expect(changes(granted, { config })).toEqual([
      'sso_account_id = 111122223333',
      'sso_role_name = A',
      '-granted_sso_account_id = 111122223333',
      '-granted_sso_role_name = A',
    ])
  })

  it.each([
    [
      'a role besides',
      keys('role_arn = x\nsource_profile = y\n'),
      undefined,
      'cannot p: it assumes a role besides',
    ],
    [
      'another program',
      keys('credential_process = cat keys\n'),
      undefined,
      'cannot p: it has a credential_process besides',
    ],
    [
      'long-lived keys',
      keys(own),
      '[p]\naws_access_key_id = A\naws_secret_access_key = B\n',
      'cannot p: it has long-lived keys',
    ],
    [
      "another one's keys",
      keys(own.replace('profile p', 'profile q')),
      undefined,
      'needs p: it has the keys of q',
    ],
    [
      'another role in sso keys',
      keys('sso_account_id = 444455556666\nsso_role_name = A\n'),
      undefined,
      'cannot p: its sso keys name another role',
    ],
    ['no account', keys().replace('111122223333', '1111'), undefined, 'cannot p: its account id'],
    ['a start URL that runs', keys().replace('https:', 'javascript:'), undefined, 'cannot p: its start URL'],
  ])('a profile with %s stays as it is, and is named', (_, config, credentials, note) => {
    const given = { config, ...(credentials !== undefined && { credentials }) }
    expect(changes(granted, given)).toEqual([])
    expect(notesOf(granted, given)).toEqual(expect.arrayContaining([expect.stringContaining(note)]))
  })

  it('what a registry feeds stays to the byte', () => {
    const config = `[granted_registry_start t]\n${keys(own)}[granted_registry_end t]\n[profile q]\nregion = x\n`
    expect(changes(granted, { config })).toEqual([])
  })
})

describe('awsume', () => {
  it('writes the source, the MFA and the region that it takes by itself', () => {
    const config = '[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\n[default]\nmfa_serial = m\n'
    const credentials = '[default]\naws_access_key_id = A\naws_secret_access_key = B\n'
    const own = { settings: 'region: eu-west-1\nrole-duration: 3600\n' }
    const after = editConfigText(config, planOf(awsume, { config, credentials, own }).change)
    expect(after).toBe(
      '[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = default\nmfa_serial = m\nregion = eu-west-1\n[default]\nmfa_serial = m\nregion = eu-west-1\n',
    )
  })

  it('sets no browser that would run a line of code', () => {
    const settings = (command: string) => ({
      own: { settings: `console:\n  browser_command: '${command}'\n` },
    })
    expect(planOf(awsume, settings('firefox --new "{url}"')).change.settings).toEqual([
      { name: 'assume_browser', value: 'firefox --new "%s"', program: 'firefox' },
    ])
    for (const command of ['firefox "{url}"; id', '/bin/sh -c "x {url}"', 'firefox $(id) {url}', 'firefox'])
      expect(planOf(awsume, settings(command)).change.settings).toEqual([])
  })
})

it('aws-sso-util: a profile with nothing but its process is who that says', () => {
  const process =
    'aws-sso-util credential-process --start-url https://a.awsapps.com/start --region eu-west-1 --account-id 111122223333 --role-name A'
  expect(
    changes(awsSsoUtil, { config: `[profile p]\ncredential_process = ${process}\n` }).slice(0, 3),
  ).toEqual(['sso_session = a', 'sso_account_id = 111122223333', 'sso_role_name = A'])
})
