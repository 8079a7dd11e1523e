import { describe, expect, it } from 'vitest'
import { editConfigText } from '../../src/import/draft.ts'
import { awsVault } from '../../src/import/tools/aws-vault.ts'
import { changes, notesOf, planOf } from './plans.ts'

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

describe('aws-vault: whose source it is', () => {
  const arn = (name: string) => `role_arn = arn:aws:iam::111122223333:role/${name}\n`
  const head = '[default]\nmfa_serial = arn:aws:iam::111122223333:mfa/me\n'
  const sso = '[profile src]\nsso_session = z\nsso_account_id = 111122223333\nsso_role_name = R\n'
  const role = (name: string, source: string) => `[profile ${name}]\n${arn(name)}source_profile = ${source}\n`
  const keys = '[src]\naws_access_key_id = A\naws_secret_access_key = B\n'

  it.each([
    ['SSO', `${head}${sso}${role('r', 'src')}`, ''],
    [
      'a role',
      `${head}[profile src]\nsource_profile = k\nmfa_serial = m\n${arn('src')}${role('r', 'src')}`,
      '',
    ],
    ['a login', `${head}[profile src]\nlogin_session = x\n${role('r', 'src')}`, ''],
    [
      'a role of its store',
      `${head}[profile src]\ncredential_process = aws-vault export x\n${role('x', 'k')}mfa_serial = m\n${role('r', 'src')}`,
      '',
    ],
    ['temporary keys', `${head}[profile src]\n${role('r', 'src')}`, `${keys}aws_session_token = C\n`],
    [
      'an included SSO',
      `${head}[profile src]\ninclude_profile = s\n${sso.replace('src', 's')}${role('r', 'src')}`,
      '',
    ],
  ])('a role on %s gets no MFA device of [default]', (_, config, credentials) => {
    expect(planOf(awsVault, { config, credentials, keys: ['k'] }).change.config).not.toContainEqual(
      expect.objectContaining({ section: { type: 'profile', name: 'r' }, key: 'mfa_serial' }),
    )
  })

  it('a role that includes a device gets none either where its source is no user', () => {
    const config = `[profile c]\nmfa_serial = m\n${sso}${role('r', 'src')}include_profile = c\n`
    expect(planOf(awsVault, { config }).change.config).toEqual([])
  })

  it('a role on what another program hands out is named', () => {
    const config = `${head}[profile src]\ncredential_process = op\n${role('r', 'src')}`
    expect(planOf(awsVault, { config }).change.config).toEqual([])
    expect(notesOf(awsVault, { config })).toEqual([
      'cannot r: its MFA device, arn:aws:iam::111122223333:mfa/me, which is right where src has the long-lived keys of its user alone',
    ])
  })

  it.each([
    ['the credentials file', '[profile src]\n', keys],
    ['its store', '[profile src]\ncredential_process = aws-vault export --format=json src\n', ''],
  ])('a role on long-lived keys of %s gets it', (_, source, credentials) => {
    const after = editConfigText(
      head + source + role('r', 'src'),
      planOf(awsVault, { config: head + source + role('r', 'src'), credentials }).change,
    )
    expect(after).toContain('source_profile = src\nmfa_serial = arn')
  })

  it('asks nobody for keys of a profile with a source, and Enter is a no', () => {
    const config =
      '[profile a]\ninclude_profile = b\n[profile b]\ncredential_process = op\n[profile c]\n[profile d]\nlogin_session = x\n[profile e]\nsource_profile = b\n[profile f]\nregion = x\n'
    const plan = planOf(awsVault, { config, credentials: '[c]\ncredential_process = op\n' })
    expect(plan.questions).toEqual([
      expect.objectContaining({
        kind: 'confirm',
        fallback: false,
        text: expect.stringContaining('keys of f?'),
      }),
    ])
    expect(plan.notes.map(({ text }) => text)).toEqual([
      'a: it includes a credential_process, which AWS tools take from the profile itself alone',
      'e: it has the keys of b by its source_profile, which AWS tools take for roles alone',
    ])
  })

  it('takes what [default] includes for a part of it, all at once', () => {
    const config =
      '[default]\ninclude_profile = common\n[profile common]\nregion = eu-west-2\n[profile a]\ncredential_process = x\n'
    const after = editConfigText(config, planOf(awsVault, { config }).change) ?? ''
    expect(after.match(/region/g)).toHaveLength(3)
    expect(planOf(awsVault, { config: after }).change.config).toEqual([])
  })

  it('asks for the command of a device that [default] names', () => {
    const config = `${head}[profile a]\ncredential_process = x\nmfa_process = pass otp\n`
    const { questions, notes } = planOf(awsVault, { config })
    expect([questions, notes]).toEqual([
      [
        expect.objectContaining({
          text: expect.stringContaining('for the codes of arn:aws:iam::111122223333:mfa/me (a)'),
        }),
      ],
      [],
    ])
  })

  it.each(['x', 'p0'])('goes through an endless chain that ends in %s', (end) => {
    const config = Array.from(
      { length: 10_000 },
      (_, number) => `[profile p${number}]\ninclude_profile = ${number === 9999 ? end : `p${number + 1}`}\n`,
    ).join('')
    const { change } = planOf(awsVault, { config: `${config}[profile x]\nregion = eu-west-1\n` })
    expect(change.config).toHaveLength(end === 'x' ? 10_000 : 0)
  })
})
