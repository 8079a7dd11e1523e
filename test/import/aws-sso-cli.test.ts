import { describe, expect, it } from 'vitest'
import { awsSsoCli } from '../../src/import/tools/aws-sso-cli.ts'
import { changes, notesOf } from './plans.ts'

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
