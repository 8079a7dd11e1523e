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
