import { describe, expect, it } from 'vitest'
import { editConfigText } from '../../src/import/draft.ts'
import { type ImportFacts, readConfigFacts, readCredentialsFacts } from '../../src/import/facts.ts'
import { translateTemplate } from '../../src/import/go-template.ts'
import type { ImportTool, ToolPlan } from '../../src/import/plan.ts'
import { awsSsoCli } from '../../src/import/tools/aws-sso-cli.ts'
import { awsSsoUtil } from '../../src/import/tools/aws-sso-util.ts'
import { awsVault } from '../../src/import/tools/aws-vault.ts'
import { awsume } from '../../src/import/tools/awsume.ts'
import { granted } from '../../src/import/tools/granted.ts'

interface Given {
  readonly config?: string
  readonly credentials?: string
  readonly own?: Readonly<Record<string, string>>
  readonly keys?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

function planOf(tool: ImportTool, { config, credentials, own = {}, keys, env = {} }: Given): ToolPlan {
  const facts: ImportFacts = {
    ...readConfigFacts(config),
    credentials: readCredentialsFacts(credentials),
    settings: new Map(),
    sections: new Map(),
    startUp: [],
    own: new Map(
      Object.entries(own).map(([role, text]) => [role, { path: `/${role}`, shown: `~/${role}`, text }]),
    ),
    listings: new Map(keys ? [['keys', keys]] : []),
    machineIds: [],
    env,
    platform: 'linux',
  }
  return tool.plan(facts)
}

/** The lines that a plan adds to the config file, and with a dash those that it takes away. */
function changes(tool: ImportTool, given: Given): string[] {
  const before = (given.config ?? '').split('\n')
  const after = (editConfigText(given.config ?? '', planOf(tool, given).change) ?? '').split('\n')
  const added = after.filter((line) => line !== '' && !before.includes(line))
  return [
    ...added,
    ...before.filter((line) => line !== '' && !after.includes(line)).map((line) => `-${line}`),
  ]
}

const notesOf = (tool: ImportTool, given: Given) =>
  planOf(tool, given).notes.map(({ kind, text }) => `${kind} ${text}`)

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

describe('aws-vault', () => {
  const role = 'role_arn = arn:aws:iam::111122223333:role/r\n'

  it('copies what is included, from one to the next and never in a circle', () => {
    const config = `[profile a]\ninclude_profile = b\n[profile b]\ninclude_profile = c\nregion = eu-west-1\n[profile c]\ninclude_profile = a\nregion = us-east-1\nsso_start_url = https://a\nsso_region = x\n`
    expect(changes(awsVault, { config: `${config}` }).filter((line) => line.startsWith('-'))).toEqual([])
    const after = editConfigText(config, planOf(awsVault, { config }).change) ?? ''
    expect(after).toContain(
      '[profile a]\ninclude_profile = b\nregion = eu-west-1\nsso_start_url = https://a\nsso_region = x\n',
    )
  })

  it('writes out what every role has from [default], and what nothing else needs is left out', () => {
    const config = `[default]\nmfa_serial = arn:aws:iam::111122223333:mfa/me\nregion = eu-west-1\noutput = json\n[profile r]\n${role}source_profile = k\n[profile k]\nregion = x\n[profile s]\nsso_session = z\n`
    const after = editConfigText(config, planOf(awsVault, { config, keys: ['k'] }).change)
    expect(after).toContain(
      `[profile r]\n${role}source_profile = k\nmfa_serial = arn:aws:iam::111122223333:mfa/me\nregion = eu-west-1\n[profile k]\nregion = x\ncredential_process = aws-vault export --format=json k\n[profile s]\nsso_session = z\n`,
    )
  })

  it('writes how long roles are good, but for what AWS tools take anyway and for roles on roles', () => {
    const config = `[profile r]\n${role}source_profile = k\nregion = x\n[profile rr]\n${role}source_profile = r\nregion = x\n[profile k]\ncredential_process = x\nregion = x\n`
    const durations = (ttl: string) => changes(awsVault, { config, env: { AWS_ASSUME_ROLE_TTL: ttl } })
    expect(durations('4h')).toEqual(['duration_seconds = 14400'])
    expect(durations('1h')).toEqual([])
    expect(durations('99h')).toEqual([])
  })

  it('drops a source that is the profile itself, where nothing is assumed with it', () => {
    const config =
      '[profile k]\nsource_profile = k\nregion = x\n[profile r]\nsource_profile = r\nregion = x\n'
    expect(changes(awsVault, { config: config + role })).toEqual(['-source_profile = k'])
    expect(notesOf(awsVault, { config: config + role })).toContainEqual(
      expect.stringContaining('needs r: its role is assumed with keys that it has itself'),
    )
  })

  it('leaves a role on keys that it has itself in the store to aws-vault', () => {
    const given = { config: `[default]\nmfa_serial = m\n[profile r]\n${role}`, keys: ['r'] }
    expect(changes(awsVault, given)).toEqual([])
    expect(notesOf(awsVault, given)).toContainEqual(expect.stringMatching(/^needs r: its role is assumed/))
  })

  it('neither shows nor copies the secret of an MFA device', () => {
    const config =
      '[profile k]\nregion = x\ncredential_process = x\nmfa_serial = arn:aws:iam::111122223333:mfa/me\nmfa_process = oathtool -b --totp JBSWY3DPEHPK3PXP\n'
    const plan = planOf(awsVault, { config })
    expect(JSON.stringify(plan)).not.toContain('JBSWY3DPEHPK3PXP')
    expect(plan.notes).toEqual([expect.objectContaining({ kind: 'cannot' })])
  })
})

describe('aws-sso-cli', () => {
  const settings = (roles: string) =>
    `SSOConfig:\n  Default:\n    StartUrl: https://a.awsapps.com/start\n    SSORegion: eu-west-1\n    DefaultRegion: us-east-1\n    Accounts:\n      012345678901:\n        Roles:\n${roles}`
  const written = (role: string) =>
    `[profile ${role}]\ncredential_process = aws-sso -S Default process --arn arn:aws:iam::012345678901:role/${role}\n`

  it('keeps the zero of an account, and makes a role on a role of Via', () => {
    const own = { settings: settings('          Deploy: { Via: "arn:aws:iam::012345678901:role/Base" }\n') }
    expect(changes(awsSsoCli, { config: written('Deploy') + written('Base'), own })).toEqual([
      'role_arn = arn:aws:iam::012345678901:role/Deploy',
      'source_profile = Base',
      'sso_session = a',
      'sso_account_id = 012345678901',
      'sso_role_name = Base',
      '[sso-session a]',
      'sso_start_url = https://a.awsapps.com/start',
      'sso_region = eu-west-1',
      'sso_registration_scopes = sso:account:access',
      ...['Deploy', 'Base'].map((role) => `-${written(role).split('\n')[1]}`),
    ])
  })

  it('makes a profile of a role that has a name and none yet', () => {
    const own = { settings: settings('          R: { Profile: mine }\n') }
    expect(changes(awsSsoCli, { own }).slice(0, 5)).toEqual([
      '[profile mine]',
      'sso_session = a',
      'sso_account_id = 012345678901',
      'sso_role_name = R',
      'region = us-east-1',
    ])
  })

  it('leaves what needs a source identity, or a portal that nobody knows', () => {
    const own = { settings: settings('          Base: { SourceIdentity: me }\n') }
    expect(notesOf(awsSsoCli, { config: written('Base'), own })).toContainEqual(
      expect.stringMatching(/^needs Base: for its SourceIdentity/),
    )
    expect(changes(awsSsoCli, { config: written('Base') })).toEqual([])
    expect(notesOf(awsSsoCli, { config: written('Base') })).toContainEqual(
      expect.stringMatching(/^cannot Base: its settings have no Default/),
    )
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
