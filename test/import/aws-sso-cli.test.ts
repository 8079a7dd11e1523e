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

describe('aws-sso-cli: what its settings cannot mean', () => {
  const arn = (role: string) => `arn:aws:iam::111122223333:role/${role}`
  const portal = '    StartUrl: https://a.awsapps.com/start\n    SSORegion: eu-west-1\n'
  const settings = (roles: string, more = '') => ({
    settings: `SSOConfig:\n  Default:\n${portal}    Accounts:\n      111122223333:\n        Roles:\n${roles}${more}`,
  })
  const written = (name: string, words: string) =>
    `[profile ${name}]\ncredential_process = aws-sso process ${words}\n`

  it.each(['SSORegion: eu-west-1', 'StartUrl: a.awsapps.com/start', 'StartUrl: "https://"'])(
    'a portal of nothing but %s is named',
    (line) => {
      const own = { settings: `SSOConfig:\n  Default: { ${line} }\n` }
      expect(changes(awsSsoCli, { own })).toEqual([])
      expect(notesOf(awsSsoCli, { own })).toContain('cannot Default: its start URL is no https address')
    },
  )

  it.each([
    ['--account 111122223333 --role R', 'R'],
    ['-A 1111-2222-3333 -R R', 'R'],
    ['--arn 111122223333:R', 'R'],
  ])('a process with %s is that role', (words, role) => {
    expect(changes(awsSsoCli, { config: written('p', words), own: settings('') })).toEqual(
      expect.arrayContaining(['sso_account_id = 111122223333', `sso_role_name = ${role}`]),
    )
  })

  it('a role with a path is no permission set, and can be assumed from one', () => {
    const config = written('p', `--arn ${arn('path/X')}`)
    expect(notesOf(awsSsoCli, { config, own: settings('') })).toContain(
      'cannot p: its role has no name that there can be',
    )
    const own = settings(`          path/X: { Via: "${arn('B')}" }\n          B: { Profile: b }\n`)
    expect(changes(awsSsoCli, { config, own }).slice(0, 2)).toEqual([
      `role_arn = ${arn('path/X')}`,
      'source_profile = b',
    ])
  })

  it('a source is a profile of the same portal, and no other of that name', () => {
    const own = settings(`          A: { Profile: a, Via: "${arn('B')}" }\n          B: { Profile: b }\n`)
    const other = written('x', `-S Other --arn ${arn('B')}`)
    expect(changes(awsSsoCli, { config: other, own })).toEqual(
      expect.arrayContaining(['source_profile = b', '[profile b]']),
    )
    const taken = '[profile b]\nregion = x\n'
    expect(changes(awsSsoCli, { config: taken, own })).not.toContain('source_profile = b')
    const elsewhere = `[profile y]\nsso_session = z\nsso_account_id = 111122223333\nsso_role_name = B\n[sso-session z]\nsso_start_url = https://z\nsso_region = eu-west-1\n`
    expect(changes(awsSsoCli, { config: elsewhere, own })).toContain('source_profile = b')
  })

  it('a name of the settings for a profile that has another is told', () => {
    const given = {
      config: written('x', `--arn ${arn('B')}`),
      own: settings('          B: { Profile: b }\n'),
    }
    expect(changes(awsSsoCli, given)).not.toContain('[profile b]')
    expect(notesOf(awsSsoCli, given)).toContain(
      'cannot 111122223333 B: the name b, as its profile is called x already',
    )
  })

  it('roles that are assumed from each other in a circle are named', () => {
    const via = (name: string, other: string) =>
      `          ${name}: { Profile: ${name}, Via: "${arn(other)}" }\n`
    const own = settings(via('A', 'B') + via('B', 'A') + via('C', 'A'))
    for (const config of ['', written('A', `--arn ${arn('A')}`)]) {
      const given = { config, own }
      expect(changes(awsSsoCli, given)).not.toContainEqual(expect.stringMatching(/^source_profile/))
      expect(notesOf(awsSsoCli, given)).toContainEqual(
        expect.stringMatching(/^\w+ .*B: its Via ends in a circle$/),
      )
    }
  })
})
