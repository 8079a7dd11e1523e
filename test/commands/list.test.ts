import { spawnSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { callCommand } from '../support/command.ts'
import { runCore } from '../support/core.ts'
import { createHome, repository } from '../support/home.ts'
import { baseEnvironment } from '../support/shell.ts'
import { TerminalScreen } from '../support/terminal-screen.ts'

describe('assume list', () => {
  it('shows every profile with what is known of it', () => {
    const home = createHome()
    home.useExample('mixed')
    home.logIn('work')
    const { status, stdout } = runCore(home, ['list'])
    expect(status).toBe(0)
    expect(stdout.split('\n').map((line) => line.replace(/valid .*/, 'valid'))).toEqual([
      'PROFILE      ACCOUNT       ROLE   REGION        KIND     SESSION',
      'default                           eu-central-1  none',
      'Team A prod  444455556666  Admin                sso      valid',
      'audit        777788889999  Audit                role     valid',
      'mfa          777788889999  Admin                role',
      'vault                                           process',
      'base                                            static',
      'legacy-user                                     static',
      '',
    ])
  })

  it('marks the active profile, and nothing else where none is', async () => {
    const home = createHome()
    home.writeAws('[profile a]\nregion = eu-west-1\n[profile b]\n')
    expect((await callCommand(home, ['list'], { env: { AWS_PROFILE: 'b' } })).stdout).toBe(
      '   PROFILE  REGION     KIND\n   a        eu-west-1  none\n*  b                   none\n',
    )
    expect((await callCommand(home, ['list'])).stdout).toMatch(/^PROFILE {2}REGION {5}KIND\na /)
  })

  it('prints the names only', async () => {
    const home = createHome()
    home.writeAws('[profile dev-a]\nregion = eu-west-1\n[profile "dev \u009bb"]\n[profile prod]\n')
    const env = { AWS_PROFILE: 'dev-a' }
    expect((await callCommand(home, ['list', '--names'], { env })).stdout).toBe('dev-a\ndev ?b\nprod\n')
    expect((await callCommand(home, ['list', '--names', 'PR'])).stdout).toBe('prod\n')
    expect(await callCommand(home, ['list', '--names', 'nothing'])).toMatchObject({ status: 0, stdout: '' })
    expect(await callCommand(home, ['list', '--names', '--json'])).toMatchObject({ status: 2, stdout: '' })
  })

  it.each([
    [
      60,
      [
        '   PROFILE                   ACCOUNT       ROLE',
        '   my-company-p…break-glass  333344445555  AWSAdministrato…',
        '*  dev                       111122223333  Admin',
        '   日本語プロフ…ル本番環境   222233334444  ReadOnly',
      ],
    ],
    [
      80,
      [
        '   PROFILE                                 ACCOUNT       ROLE',
        '   my-company-producti…Access-break-glass  333344445555  AWSAdministratorAccess',
        '*  dev                                     111122223333  Admin',
        '   日本語プロファイル本番環境              222233334444  ReadOnly',
      ],
    ],
    [
      160,
      [
        '   PROFILE                                                                ACCOUNT       ROLE                    REGION          KIND  SESSION',
        '   my-company-production-eu-central-1-AWSAdministratorAccess-break-glass  333344445555  AWSAdministratorAccess  ap-southeast-2  sso   logged out',
        '*  dev                                                                    111122223333  Admin                   eu-west-1       sso   logged out',
        '   日本語プロファイル本番環境                                             222233334444  ReadOnly                eu-west-1       sso   logged out',
      ],
    ],
  ])('fits a terminal of %i columns: what does not, gives way from the right', async (cols, expected) => {
    const home = createHome()
    const write = (name: string, account: string, role: string, region = 'eu-west-1') =>
      `[profile '${name}']\nsso_session = s\nsso_account_id = ${account}\nsso_role_name = ${role}\nregion = ${region}\n`
    home.writeAws(
      [
        '[sso-session s]\nsso_region = eu-west-1\nsso_start_url = https://x/start\n',
        write(
          'my-company-production-eu-central-1-AWSAdministratorAccess-break-glass',
          '333344445555',
          'AWSAdministratorAccess',
          'ap-southeast-2',
        ),
        write('dev', '111122223333', 'Admin'),
        write('日本語プロファイル本番環境', '222233334444', 'ReadOnly'),
      ].join(''),
    )
    const env = { ...baseEnvironment(home), AWS_PROFILE: 'dev', NO_COLOR: '1' }
    const terminal = TerminalScreen.spawn(join(repository, 'bin/assume'), ['list'], { env, cols })
    await terminal.exit
    expect(terminal.text().split('\n')).toEqual(expected)
  })

  it('marks a profile whose sso-session is missing', async () => {
    const home = createHome()
    home.useExample('hash-url')
    expect((await callCommand(home, ['list', 'prod'])).stdout).toContain('no [sso-session mycompany]')
    const [profile] = JSON.parse((await callCommand(home, ['list', 'prod', '--json'])).stdout)
    expect(profile).toMatchObject({
      name: 'prod-admin',
      ssoSession: 'mycompany',
      problem: 'no [sso-session mycompany]',
    })
  })

  it('gives a terminal nothing to obey, and in JSON the values as they are', async () => {
    const home = createHome()
    const [name, region] = ['p\u009b31m\u202e', 'x\u0085\u200f\u007f']
    home.writeAws(`[profile "${name}"]\nregion = ${region}\n`)
    for (const words of [
      ['list'],
      ['list', '--json'],
      ['status', '--json'],
      ['env', name, '--format', 'json'],
    ]) {
      const { stdout, stderr } = await callCommand(home, words, { env: { AWS_PROFILE: name } })
      expect(stdout + stderr, words.join(' ')).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f]|\p{Bidi_Control}/u)
    }
    expect(JSON.parse((await callCommand(home, ['list', '--json'])).stdout)).toMatchObject([{ name, region }])
  })

  it('takes a part of a name, or a pattern', async () => {
    const home = createHome()
    home.writeAws('[profile dev-a]\n[profile dev-b]\n[profile prod]\n')
    const names = async (...args: string[]) =>
      JSON.parse((await callCommand(home, ['list', '--json', ...args])).stdout).map(
        (each: { name: string }) => each.name,
      )
    expect(await names()).toEqual(['dev-a', 'dev-b', 'prod'])
    expect(await names('DEV')).toEqual(['dev-a', 'dev-b'])
    expect(await names('*-b')).toEqual(['dev-b'])
    expect(await names('d?v-a')).toEqual(['dev-a'])
    expect(await names('nothing')).toEqual([])
    expect(await callCommand(home, ['list', 'nothing'])).toMatchObject({
      status: 0,
      stdout: '',
      stderr: 'assume: no profile matches nothing\n',
    })
  })

  it.each([
    ['2099-01-01T00:00:00Z', {}, 'valid'],
    ['2099-01-01T00:00:00UTC', {}, 'valid'],
    ['2099-01-01T00:00:00.000+00:00', {}, 'valid'],
    ['2001-01-01T00:00:00Z', {}, 'expired'],
    [
      '2001-01-01T00:00:00Z',
      { refreshToken: 'r', clientId: 'c', clientSecret: 's', registrationExpiresAt: '2099-01-01T00:00:00Z' },
      'refreshable',
    ],
    [
      '2001-01-01T00:00:00Z',
      { refreshToken: 'r', clientId: 'c', clientSecret: 's', registrationExpiresAt: '2001-01-01T00:00:00Z' },
      'expired',
    ],
    ['nonsense', {}, 'none'],
  ])('reads a token that ends %s, with %j, as %s', async (expiresAt, extra, state) => {
    const home = createHome()
    home.useExample('sso-session')
    home.logIn('devto-article')
    home.write('.aws/sso/cache/fa254a4df2a9b5d4fb6c2e1e5e6f1a5a7ad1ab33.json', '{"half":')
    const name = await callCommand(home, ['list', '--json'])
    expect(JSON.parse(name.stdout)[0].session).toBe('valid')
    home.logInRaw('devto-article', JSON.stringify({ accessToken: 'x', expiresAt, ...extra }))
    expect(JSON.parse((await callCommand(home, ['list', '--json'])).stdout)[0].session).toBe(state)
  })

  it('is no trace of a token that is broken', async () => {
    const home = createHome()
    home.useExample('sso-session')
    home.logInRaw('devto-article', '{"accessToken": "se')
    const { status, stdout, stderr } = await callCommand(home, ['list', '--json'])
    expect([status, stderr, JSON.parse(stdout)[0].session]).toEqual([0, '', 'none'])
  })

  it('is quiet when its reader stops early', () => {
    const home = createHome()
    home.writeAws(
      Array.from({ length: 5000 }, (_, index) => `[profile p${index}]\nregion = eu-west-1\n`).join(''),
    )
    const command = `'${join(repository, 'bin/assume')}' list | head -1`
    const result = spawnSync('bash', ['-o', 'pipefail', '-c', command], {
      env: baseEnvironment(home),
      encoding: 'utf8',
    })
    expect(result).toMatchObject({ status: 0, stderr: '' })
    expect(result.stdout).toMatch(/^PROFILE/)
  })

  it('warns of a line that is not understood, and goes on', async () => {
    const home = createHome()
    home.writeAws(
      Buffer.from('[profile a]\nregion = eu-west-1\nnonsense\n[profile j\xfcrgen]\n[profile b]\n', 'latin1'),
    )
    const { status, stdout, stderr } = await callCommand(home, ['list'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^a[\s\S]*\nb/m)
    expect(stderr).toContain('reject the whole config file: line 3, no `=` in the line\n')
    expect(stderr).toContain(
      'assume: warning: ~/.aws/config: 1 line is not understood; assume doctor config\n',
    )
  })

  it('says so when there are no profiles', async () => {
    const home = createHome()
    expect(await callCommand(home, ['list'])).toMatchObject({
      status: 0,
      stdout: '',
      stderr: 'assume: ~/.aws/config has no profiles yet\n',
    })
    expect((await callCommand(home, ['list', '--json'])).stdout).toBe('[]\n')
  })

  it('names a file that it cannot read, with exit 1', async () => {
    const home = createHome()
    const path = home.write('.aws/config/folder', '')
    chmodSync(path, 0o600)
    const { status, stderr } = await callCommand(home, ['list'])
    expect([status, stderr]).toEqual([1, `assume: cannot read ${home.path}/.aws/config: it is a directory\n`])
  })

  it('takes a chain of thousands for what it is, and nothing gets credentials from it', () => {
    const home = createHome()
    const role = 'role_arn = arn:aws:iam::111122223333:role/R'
    const links = Array.from(
      { length: 10_000 },
      (_, index) => `[profile p${index}]\n${role}\nsource_profile = p${index + 1}\n`,
    )
    const keys = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n'
    home.writeAws(`${links.join('')}[profile p10000]\n${keys}`)
    const { status, stdout } = runCore(home, ['list', '--json', 'p99*'])
    expect(status).toBe(0)
    const profiles = JSON.parse(stdout) as { name: string; problem?: string }[]
    expect(profiles.filter(({ problem }) => problem === undefined)).toHaveLength(100)
    expect(profiles[0]).toMatchObject({ name: 'p99', problem: 'more than 100 source profiles' })
    for (const words of [
      ['exec', 'p0', '--', 'true'],
      ['env', 'p0', '--shell', 'bash'],
      ['credential-process', 'p0'],
      ['login', 'p0'],
    ]) {
      const result = runCore(home, words)
      expect([words, result.status, result.stdout]).toEqual([words, words[0] === 'exec' ? 125 : 1, ''])
      expect(result.stderr).toBe(
        'assume: profile p0 has more than 100 profiles behind it, each the source of the one before\n' +
          '  aws configure set source_profile NAME --profile p0\n',
      )
    }
  })

  it('works with a cache folder that cannot be written', async () => {
    const home = createHome()
    home.useExample('sso-session')
    home.write('.cache', 'a file where the folder should be')
    expect(await callCommand(home, ['list'])).toMatchObject({ status: 0, stderr: '' })
  })
})
