import { describe, expect, it } from 'vitest'
import type { ImportTool } from '../../src/import/plan.ts'
import { awsVault } from '../../src/import/tools/aws-vault.ts'
import { granted } from '../../src/import/tools/granted.ts'
import { leapp } from '../../src/import/tools/leapp.ts'
import { changes, type Given, notesOf, planOf } from './plans.ts'
import { lockWorkspace, passphrase } from './world.ts'

/** The moves of a plan, each as the profile and those that share its key: `jo < for-sdk>jo`. */
const movesOf = (tool: ImportTool, given: Given) =>
  planOf(tool, given).change.moves.map(({ profileName, sharers }) =>
    [profileName, ...sharers.map(({ name, target }) => `${name}>${target}`)].join(' < '),
  )

const vault = (name: string, target: string) =>
  `[profile ${name}]\nregion = x\ncredential_process = aws-vault exec ${target} --json\n`
const role = (name: string, source: string) =>
  `[profile ${name}]\nregion = x\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = ${source}\n`

describe('aws-vault', () => {
  it.each([
    ['one of its own', vault('a', 'a'), ['a']],
    [
      'those of another one, which has no process',
      `[profile k]\nregion = x\n${vault('a', 'k')}`,
      ['k < a>k'],
    ],
    ['those of a name without a profile', vault('a', 'k'), ['k < a>k']],
    ['several with one key', vault('a', 'a') + vault('b', 'a') + vault('c', 'a'), ['a < b>a < c>a']],
    ['one after the other', vault('a', 'b') + vault('b', 'c') + vault('c', 'c'), ['c < a>b < b>c']],
    ['those of a role', vault('k', 'k') + role('r', 'k') + vault('a', 'r'), ['k < a>r']],
    [
      'those of a role with tags',
      `${vault('k', 'k') + role('r', 'k')}session_tags = a=b\n${vault('a', 'r')}`,
      ['k'],
    ],
    ['a circle', vault('a', 'b') + vault('b', 'a'), []],
    [
      'those of a profile of Identity Center',
      `${vault('a', 's')}[profile s]\nregion = x\nsso_session = c\n`,
      [],
    ],
    ['those that another program gives', `${vault('a', 's')}[profile s]\ncredential_process = op\n`, []],
  ])('moves the key of %s', (_, config, moves) => {
    expect(movesOf(awsVault, { config })).toEqual(moves)
  })

  it('names who stays', () => {
    expect(notesOf(awsVault, { config: vault('a', 'b') + vault('b', 'a') })).toEqual([
      "needs a: it has the keys of b, which lie in aws-vault's store",
      "needs b: it has the keys of a, which lie in aws-vault's store",
    ])
  })

  it('moves keys that lie in its files, those without a profile too, but no sessions', () => {
    const keys = ['a', 'b c', 'd%2Fe%25', 'sts.GetSessionToken,am8,YXJu,1795000000', 'oidc:https:%2F%2Fx']
    const sessions = [
      'session,dev,,1580000000',
      'dev session (1525456570)',
      'sso.GetRoleCredentials,c3Nv,aHR0,17',
    ]
    const given = { config: '[profile a]\nregion = x\n', keys: [...keys, ...sessions] }
    expect(movesOf(awsVault, given)).toEqual(['a', 'b c', 'd/e%'])
    expect(notesOf(awsVault, given)).toEqual([
      'hint the key b c has no profile yet, and gets one of that name',
      'hint the key d/e% has no profile yet, and gets one of that name',
    ])
  })

  it('leaves a key with a name that has another profile in the credentials file', () => {
    const credentials = '[k]\naws_access_key_id = A\naws_secret_access_key = B\n'
    expect(movesOf(awsVault, { config: '', credentials, keys: ['k'] })).toEqual([])
  })

  it('knows the keyring by variables and options, and the MFA device by [default]', () => {
    const device = 'mfa_serial = arn:aws:iam::111122223333:mfa/jo\n'
    const config = `[default]\n${device}[profile a]\nregion = x\ncredential_process = env X=1 aws-vault --backend=pass --prompt=osascript --pass-dir=/p export --format=json a\n[profile b]\nregion = x\n${device.replace('jo', 'jill')}credential_process = aws-vault exec b --json\n`
    const env = { AWS_VAULT_BACKEND: 'file', AWS_VAULT_FILE_DIR: '/f' }
    expect(planOf(awsVault, { config, env }).change.moves).toEqual([
      {
        profileName: 'a',
        origin: {
          tool: 'aws-vault',
          name: 'a',
          keyring: { backend: 'file', fileFolder: '/f', passFolder: undefined },
          options: ['--backend=pass', '--pass-dir=/p'],
        },
        told: [['mfa_serial', 'arn:aws:iam::111122223333:mfa/jo']],
        sharers: [],
      },
      expect.objectContaining({ profileName: 'b', told: [] }),
    ])
  })

  it('asks for a key that it may have, and moves that after the yes', () => {
    const [question] = planOf(awsVault, {
      config: '[profile f]\nregion = x\ninclude_profile = g\n',
    }).questions
    expect(question).toMatchObject({
      text: expect.stringContaining('Has aws-vault keys of f?'),
      yes: { moves: [{ profileName: 'f', origin: { tool: 'aws-vault', name: 'f' } }] },
    })
  })

  it('only lets others follow when the key has moved', () => {
    const config = `[profile k]\nassume_keys = os\ncredential_process = assume credential-process k\n${role('r', 'k')}${vault('a', 'k')}${vault('b', 'r')}`
    expect(movesOf(awsVault, { config })).toEqual([])
    expect(changes(awsVault, { config })).toEqual([
      'credential_process = assume credential-process r',
      '-credential_process = aws-vault exec k --json',
      '-credential_process = aws-vault exec r --json',
    ])
  })
})

describe('Granted', () => {
  const process = (name: string, target = name) =>
    `[profile ${name}]\ncredential_process = granted credential-process --profile=${target}\n`

  it.each([
    ['one of its own', process('a'), ['a']],
    ['several with one key', process('a') + process('b', 'a'), ['a < b>a']],
    ['those of a name without a profile', process('a', 'k'), ['k < a>k']],
    ['a role besides', `${process('a')}role_arn = arn:aws:iam::111122223333:role/r\n`, []],
    ['those of a profile of another kind', `${process('a', 'k')}[profile k]\nregion = x\n`, []],
  ])('moves the key of %s', (_, config, moves) => {
    expect(movesOf(granted, { config })).toEqual(moves)
  })

  it('has the item read where there is an MFA device, in the keyring of its settings', () => {
    const settings = '[Keyring]\nBackend = "file"\nFileDir = "/f"\nPassDir = ""\n'
    const { moves } = planOf(granted, { config: `${process('a')}mfa_serial = m\n`, own: { settings } }).change
    expect(moves).toEqual([
      {
        profileName: 'a',
        origin: {
          tool: 'Granted',
          name: 'a',
          keyring: { backend: 'file', fileFolder: '/f', passFolder: undefined },
          hasMfa: true,
        },
        told: [],
        sharers: [],
      },
    ])
  })

  it('only lets others follow when the key has moved', () => {
    const config = `[profile a]\nassume_keys = file\ncredential_process = assume credential-process a\n${process('b', 'a')}`
    expect(movesOf(granted, { config })).toEqual([])
    expect(changes(granted, { config })).toEqual([
      '-credential_process = granted credential-process --profile=a',
    ])
  })
})

describe('Leapp', () => {
  const session = (more = {}) => ({ sessionId: 's-1', sessionName: 'keys', type: 'awsIamUser', ...more })
  const workspace = (config: string, ...sessions: object[]): Given => ({
    config,
    own: { workspace: lockWorkspace(JSON.stringify({ _sessions: sessions })) },
    machineIds: [passphrase],
  })
  const started = (name: string) => `[profile ${name}]\ncredential_process = leapp session generate s-1\n`
  const moved = (name: string) =>
    `[profile ${name}]\nleapp_session_id = s-1\nassume_keys = os\ncredential_process = assume credential-process ${name}\n`

  it('moves the key of a session to the first profile that starts it, with its MFA device', () => {
    const device = 'arn:aws:iam::111122223333:mfa/jo'
    const given = workspace(started('a') + started('b'), session({ mfaDevice: device }))
    expect(planOf(leapp, given).change.moves).toEqual([
      {
        profileName: 'a',
        origin: { tool: 'Leapp', name: 'keys', sessionId: 's-1' },
        told: [
          ['mfa_serial', device],
          ['leapp_session_id', 's-1'],
        ],
        sharers: [{ name: 'b', target: 'a' }],
      },
    ])
  })

  it('moves that of a session without a profile to the one that it gets', () => {
    const given = workspace('', session())
    expect(movesOf(leapp, given)).toEqual(['keys'])
    expect(changes(leapp, given)).toEqual([
      '[profile keys]',
      'credential_process = leapp session generate s-1',
    ])
  })

  it('to one of another name where its own is taken', () => {
    const [question] = planOf(leapp, workspace('[profile keys]\nregion = x\n', session())).questions
    const given = question?.kind === 'name' ? question.give('other') : {}
    expect(given.moves).toEqual([expect.objectContaining({ profileName: 'other' })])
  })

  it('makes no second profile of a session that has moved, and lets others follow', () => {
    const chained = { sessionId: 'c', sessionName: 'c', type: 'awsIamRoleChained', parentSessionId: 's-1' }
    const roleArn = 'arn:aws:iam::111122223333:role/r'
    const given = workspace(moved('a') + started('b'), session(), { ...chained, roleArn })
    expect(movesOf(leapp, given)).toEqual([])
    expect(planOf(leapp, given).questions).toEqual([])
    expect(changes(leapp, given)).toEqual([
      '[profile c]',
      `role_arn = ${roleArn}`,
      'source_profile = a',
      '-credential_process = leapp session generate s-1',
    ])
  })

  it('moves none of a session whose id is no word', () => {
    const given = workspace('', session({ sessionId: '$(id)' }))
    expect([movesOf(leapp, given), changes(leapp, given)]).toEqual([[], []])
  })
})
