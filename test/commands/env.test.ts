import { describe, expect, it } from 'vitest'
import { callCommand } from '../support/command.ts'
import { runCore } from '../support/core.ts'
import { createHome } from '../support/home.ts'

function start() {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  return home
}

describe('assume env', () => {
  it('prints JSON with what is set and what is removed', () => {
    const { status, stdout, stderr } = runCore(start(), ['env', 'dev-profile', '--format', 'json'])
    expect([status, stderr]).toEqual([0, ''])
    const { set, unset } = JSON.parse(stdout)
    expect(set).toMatchObject({
      AWS_PROFILE: 'dev-profile',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      ASSUME_PROFILE: 'dev-profile',
    })
    expect(unset).toEqual(
      expect.arrayContaining([
        'AWS_ACCESS_KEY_ID',
        'AWS_SECRET_ACCESS_KEY',
        'AWS_SESSION_TOKEN',
        'AWS_SECURITY_TOKEN',
        'AWS_DEFAULT_PROFILE',
        'AWS_VAULT',
      ]),
    )
    expect(unset.filter((name: string) => name in set)).toEqual([])
  })

  it('prints a dotenv file', async () => {
    const home = createHome()
    home.writeAws('[profile "two words"]\nregion = eu-west-1\n')
    expect((await callCommand(home, ['env', 'two words', '--format', 'dotenv'])).stdout).toMatch(
      /^AWS_PROFILE='two words'\nAWS_REGION=eu-west-1\n/,
    )
  })

  const role = 'role_arn = arn:aws:iam::111122223333:role/R\n'
  it('refuses to export keys of an account that none can be, before a login', async () => {
    const home = createHome()
    home.writeAws(
      '[sso-session s]\nsso_start_url = https://x.awsapps.com/start\nsso_region = eu-west-1\n[profile p]\nsso_session = s\nsso_account_id = 12345678\nsso_role_name = R\n',
    )
    expect(await callCommand(home, ['env', '-e', 'p', '--format', 'json'])).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'assume: profile p: sso_account_id is 12345678, and an account id has 12 digits\n  aws configure set sso_account_id ID --profile p\n',
    })
  })

  it('without a name says what is the matter with foreign keys', async () => {
    const keys = { AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'x' }
    for (const [env, reason] of [
      [keys, 'no profile is named'],
      [{ ...keys, AWS_PROFILE: 'p' }, 'tools disagree on whether AWS_PROFILE wins: name one'],
    ] as const) {
      expect(await callCommand(createHome(), ['env', '--format', 'json'], { env })).toMatchObject({
        status: 2,
        stderr: expect.stringContaining(`that no switch has set, and ${reason}\n`),
      })
    }
  })

  it.each([
    [
      `${role}source_profile = gone\n`,
      'profile p names gone in source_profile, and there is no such profile; aws configure set source_profile NAME --profile p',
    ],
    [
      `${role}source_profile = q\n[profile q]\n${role}source_profile = p\n`,
      'profiles get their credentials from each other by source_profile: p -> q -> p; aws configure set source_profile NAME --profile q',
    ],
    [
      `${role}source_profile = p\n`,
      'profiles get their credentials from each other by source_profile: p -> p; aws configure set source_profile NAME --profile p',
    ],
    [
      role,
      'profile p has no source_profile or credential_source for its role_arn; aws configure set source_profile NAME --profile p',
    ],
    [
      `${role}source_profile = q\n[profile q]\nregion = eu-west-1\n`,
      'profile q has nothing to get credentials from; assume configure --profile q',
    ],
    [
      'sso_session = devto-article\nsso_account_id = 12345678901\nsso_role_name = R\n',
      'profile p: sso_account_id is 12345678901, and an account id has 12 digits; aws configure set sso_account_id ID --profile p',
    ],
    [
      'role_arn = arn:aws:iam::1234:role/R\ncredential_source = EcsContainer\n',
      'profile p: the account of role_arn is 1234, and an account id has 12 digits; aws configure set role_arn ARN --profile p',
    ],
    [
      'region = eu-west-1\n',
      'profile p has no credentials of its own: tools will use those of this machine, if it has any; assume configure --profile p',
    ],
    [
      'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\n',
      'profile p has no aws_secret_access_key; aws configure --profile p',
    ],
    [
      'sso_session = nope\naws_access_key_id = A\naws_secret_access_key = x\n',
      'profile p names the sso-session nope, which does not exist, and the AWS CLI and boto3 fail with it: remove the line sso_session',
    ],
    [
      'credential_process = true\nsso_account_id =\n',
      'profile p has an empty sso_account_id, with which the AWS CLI and boto3 fail: remove the line',
    ],
    [
      'sso_session = devto-article\nsso_account_id = 123456789012\n',
      'profile p has no sso_role_name; assume configure --profile p',
    ],
  ])('warns, as exec does, of %j', async (keys, warning) => {
    const home = createHome()
    home.writeAws(
      `[sso-session devto-article]\nsso_start_url = https://x.awsapps.com/start\nsso_region = eu-west-1\n[profile p]\n${keys}`,
    )
    home.logIn('devto-article')
    const stderr = `assume: warning: ${warning}\n`
    const read = async (words: string[]) => await callCommand(home, words)
    const first = await read(['env', 'p', '--format', 'json'])
    expect([first.status, first.stderr]).toEqual([0, stderr])
    expect(JSON.parse(first.stdout).set).toMatchObject({ AWS_PROFILE: 'p' })
    // By the row of the index, and by the files.
    for (const words of [['p'], ['--no-login', 'p']])
      expect(await read(['exec', ...words, '--', 'true'])).toEqual({ status: 0, stdout: '', stderr })
    const slow = await read(['env', '--no-login', 'p', '--format', 'json'])
    expect(slow).toEqual(first)
    // What is as it should be on an instance is a matter of the switch.
    if (warning.includes('of its own')) return
    expect((await read(['list', 'p'])).stderr).toBe(stderr)
    expect((await callCommand(home, ['status'], { env: { AWS_PROFILE: 'p' } })).stderr).toContain(stderr)
  })

  it('writes nothing on stdout when it fails', async () => {
    expect(await callCommand(start(), ['env', 'nope', '--shell', 'bash'])).toMatchObject({
      status: 2,
      stdout: '',
    })
  })

  it.each([
    [['env', 'dev-profile'], '--shell bash, zsh, fish or powershell'],
    [['env', '--shell', 'bash'], 'no profile is active, and none is named'],
    [['env', 'dev-profile', '--shell', 'tcsh'], 'there is no shell tcsh; did you mean'],
    [['env', 'dev-profile', '--format', 'xml'], 'there is no format xml'],
    [['env', 'dev-profile', '--format', 'json', '--shell', 'bash'], '--shell goes with --format shell only'],
    [['env', 'dev-profile', '--shell', 'bash', '-r', 'Mars 1'], 'there is no AWS region Mars 1'],
    [['env', 'a', '-p', 'b', '--shell', 'bash'], 'named twice'],
  ])('%j is a usage error', async (words, message) => {
    const { status, stdout, stderr } = await callCommand(start(), words)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })
})

describe('the bare executable', () => {
  it('cannot switch, and names the three ways', () => {
    const { status, stdout, stderr } = runCore(start(), ['dev-profile'])
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain('assume setup')
    expect(stderr).toContain('eval "$(assume env dev-profile')
    expect(stderr).toContain('assume exec dev-profile')
  })

  it.each([
    ['/bin/zsh', `eval "$(assume env 'dev; x' --shell zsh)"     changes`],
    ['/usr/bin/fish', "assume env 'dev; x' --shell fish | source     changes"],
    ['/usr/bin/pwsh', "assume env 'dev; x' --shell powershell | Out-String | Invoke-Expression     changes"],
  ])('names them as SHELL, %s, takes them', (SHELL, line) => {
    const home = createHome()
    home.writeAws("[profile 'dev; x']\nregion = eu-west-1\n")
    expect(runCore(home, ['dev; x'], { env: { SHELL } }).stderr).toContain(line)
  })

  it('needs a name without a terminal', () => {
    const { status, stderr } = runCore(start(), [])
    expect(status).toBe(2)
    expect(stderr).toContain('assume PROFILE')
  })

  it('shows a plan with --dry-run', () => {
    const env = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' }
    const { status, stdout } = runCore(start(), ['dev-profile', '--dry-run'], { env })
    expect(status).toBe(0)
    expect(stdout).toContain('set    AWS_PROFILE=dev-profile')
    expect(stdout).toContain('remove AWS_ACCESS_KEY_ID')
  })

  it('shows help and version', () => {
    expect(runCore(start(), ['--version']).stdout).toMatch(/^assume \d+\.\d+\.\d+\n$/)
    expect(runCore(start(), ['--help']).stdout).toContain('assume list')
    expect(runCore(start(), ['list', '-h']).stdout).toContain('assume list [pattern]')
  })

  it('refuses shell files of another version', () => {
    const { status, stderr } = runCore(start(), ['dev-profile'], {
      env: { ASSUME_SHELL: 'bash', ASSUME_CONTRACT: '99' },
    })
    expect(status).toBe(1)
    expect(stderr).toContain('open a new shell')
  })

  it('writes a switch only to the pipe of the function', () => {
    const { status, stderr } = runCore(start(), ['dev-profile'], {
      env: { ASSUME_SHELL: 'bash', ASSUME_CONTRACT: '4' },
    })
    expect(status).toBe(1)
    expect(stderr).toContain('descriptor 3')
  })
})
