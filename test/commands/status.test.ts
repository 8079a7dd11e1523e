import { execFileSync } from 'node:child_process'
import { chmodSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run as runStatus } from '../../src/commands/status.ts'
import { quoteAnywhere } from '../../src/text/words.ts'
import { callCommand } from '../support/command.ts'
import { createContext, endCommand } from '../support/context.ts'
import { runCore } from '../support/core.ts'
import { createHome, fixtures, type Home } from '../support/home.ts'

function start() {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  return home
}
const statusOf = async (env: Record<string, string>) =>
  JSON.parse((await callCommand(start(), ['status', '--json'], { env })).stdout)

describe('assume status', () => {
  it('shows the active profile and where it comes from', async () => {
    const env = {
      AWS_PROFILE: 'dev-profile',
      ASSUME_PROFILE: 'dev-profile',
      ASSUME_VARS: 'AWS_PROFILE ASSUME_PROFILE',
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
    }
    const { stdout, stderr } = runCore(start(), ['status'], { env })
    expect(stderr).toBe('')
    expect(stdout.replace(/valid .*/, 'valid')).toBe(
      [
        'profile  dev-profile',
        'set by   assume',
        'account  123456789011 FullAccess',
        'region   us-east-1',
        'session  devto-article: valid',
        'config   ~/.aws/config',
        'tools    profile dev-profile, Identity Center: AWS_PROFILE names it',
        '',
      ].join('\n'),
    )
    expect(await statusOf(env)).toMatchObject({
      name: 'dev-profile',
      source: 'assume',
      exists: true,
      region: 'us-east-1',
      session: 'valid',
      conflicts: [],
    })
  })

  it('tells a profile set by hand, keys from elsewhere, and nothing', async () => {
    expect(await statusOf({ AWS_PROFILE: 'other', ASSUME_PROFILE: 'dev-profile' })).toMatchObject({
      name: 'other',
      source: 'elsewhere',
      overridden: 'dev-profile',
      exists: false,
    })
    // As in the prompt: who has inherited both by hand has made no switch.
    expect(await statusOf({ AWS_PROFILE: 'dev-profile', ASSUME_PROFILE: 'dev-profile' })).toMatchObject({
      source: 'elsewhere',
    })
    expect(await statusOf({ AWS_ACCESS_KEY_ID: 'AKIA' })).toMatchObject({ source: 'keys' })
    expect(await statusOf({})).toMatchObject({ source: 'none' })
    expect((await callCommand(start(), ['status'])).stdout).toMatch(/^profile {2}none$/m)
  })

  it.each([
    [
      { AWS_PROFILE: 'dev-profile', AWS_ACCESS_KEY_ID: 'AKIASECRET', AWS_SECRET_ACCESS_KEY: 'hidden' },
      /AWS CLI the keys in the environment; boto3 the keys in the environment; JS SDK profile dev-profile/,
    ],
    [{ AWS_PROFILE: '', AWS_DEFAULT_PROFILE: 'dev-profile' }, /AWS CLI nothing; boto3 profile dev-profile/],
    [
      { AWS_PROFILE: 'dev-profile', AWS_DEFAULT_PROFILE: 'test-profile' },
      /AWS CLI profile dev-profile, Identity Center; boto3 profile test-profile/,
    ],
    [
      { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'us-east-1' },
      /same region: AWS CLI eu-west-1; boto3 us-east-1; JS SDK eu-west-1$/m,
    ],
    [
      { AWS_PROFILE: 'dev-profile', AWS_REGION: 'us-west-2' },
      /same region: AWS CLI us-west-2; boto3 eu-west-1; JS SDK us-west-2$/m,
    ],
    [
      { AWS_PROFILE: 'dev-profile', AWS_DEFAULT_REGION: 'us-west-2' },
      /same region: AWS CLI us-west-2; boto3 us-west-2; JS SDK eu-west-1$/m,
    ],
    [
      { AWS_PROFILE: 'dev-profile', AWS_REGION: '' },
      /same region: AWS CLI none; boto3 eu-west-1; JS SDK none$/m,
    ],
    [
      { AWS_PROFILE: 'dev-profile', AWS_WEB_IDENTITY_TOKEN_FILE: '/t', AWS_ROLE_ARN: 'arn' },
      /AWS CLI the web identity in the environment/,
    ],
  ])('warns of %j', async (env, warning) => {
    const home = start()
    const { status, stdout, stderr } = await callCommand(home, ['status'], { env })
    expect(status).toBe(0)
    expect(stderr).toMatch(warning)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stdout + stderr).not.toMatch(/AKIASECRET|hidden/)
    expect(JSON.parse((await callCommand(home, ['status', '--json'], { env })).stdout).conflicts).toEqual([
      expect.stringMatching(warning),
    ])
  })

  it('shows whose region it is, warns of one that AWS has not, and of an empty variable', async () => {
    const home = start()
    const show = async (env: Record<string, string>) => {
      const { stdout, stderr } = await callCommand(home, ['status'], { env })
      return [/^region +(.*)$/m.exec(stdout)?.[1], stderr]
    }
    const both = (region: string) => ({ AWS_REGION: region, AWS_DEFAULT_REGION: region })
    const warning =
      'assume: warning: AWS_REGION: there is no AWS region us-east; did you mean us-east-1 or us-east-2?\n'
    const own = { AWS_PROFILE: 'dev-profile' }
    expect(await show(own)).toEqual(['eu-west-1  (of the profile; AWS_REGION is not set)', ''])
    expect(await show({ ...own, ...both('') })).toEqual(['none  (AWS_REGION is set but empty)', ''])
    expect(await show({ ...own, ...both('us-east') })).toEqual(['us-east', warning])
    expect(await show({ ...both('minio'), AWS_ENDPOINT_URL: 'http://localhost:1' })).toEqual(['minio', ''])
  })

  it('shows what each tool uses, and the line that makes each source win', async () => {
    const env = {
      AWS_PROFILE: 'dev-profile',
      AWS_ACCESS_KEY_ID: 'AKIASECRET',
      AWS_SECRET_ACCESS_KEY: 'hidden',
    }
    const home = start()
    const { stdout } = await callCommand(home, ['status'], { env })
    expect(stdout.split('\n').slice(-12)).toEqual([
      'AWS CLI  the keys in the environment: AWS_ACCESS_KEY_ID goes before AWS_PROFILE',
      'boto3    the keys in the environment: AWS_ACCESS_KEY_ID goes before AWS_PROFILE',
      'JS SDK   profile dev-profile, Identity Center: AWS_PROFILE goes before AWS_ACCESS_KEY_ID',
      'Java SDK the keys in the environment: AWS_ACCESS_KEY_ID goes before AWS_PROFILE',
      'Rust SDK the keys in the environment: AWS_ACCESS_KEY_ID goes before AWS_PROFILE',
      '',
      'for all tools to use profile dev-profile, Identity Center:',
      '  unset AWS_ACCESS_KEY_ID; unset AWS_SECRET_ACCESS_KEY',
      '',
      'for all tools to use the keys in the environment:',
      '  unset AWS_PROFILE',
      '',
    ])
    const { tools, remedies } = JSON.parse((await callCommand(home, ['status', '--json'], { env })).stdout)
    expect(tools[2]).toEqual({
      name: 'js-sdk',
      source: 'profile',
      profile: 'dev-profile',
      method: 'sso',
      reason: 'AWS_PROFILE goes before AWS_ACCESS_KEY_ID',
    })
    expect(remedies).toEqual([
      {
        source: 'profile',
        profile: 'dev-profile',
        method: 'sso',
        set: {},
        unset: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
        command: 'unset AWS_ACCESS_KEY_ID; unset AWS_SECRET_ACCESS_KEY',
      },
      { source: 'environment', set: {}, unset: ['AWS_PROFILE'], command: 'unset AWS_PROFILE' },
    ])
  })

  it('gives a line that does what it says', async () => {
    const home = start()
    const name = 'plain'
    home.writeAws('', `[${name}]\naws_access_key_id = AKIA\naws_secret_access_key = x\n`)
    const env = { AWS_DEFAULT_PROFILE: name, AWS_REGION: 'eu-west-1' }
    const { remedies } = JSON.parse((await callCommand(home, ['status', '--json'], { env })).stdout)
    expect(remedies).toHaveLength(1)
    const line = `${remedies[0].command}; printf '%s,%s' "$AWS_PROFILE" "$AWS_DEFAULT_PROFILE"`
    expect(execFileSync('sh', ['-c', line], { env, encoding: 'utf8' })).toBe(`${name},`)
  })

  it('knows the keys of a switch, with the time they have left', async () => {
    const seconds = Math.floor(Date.now() / 1000) + 3599
    const env = {
      AWS_ACCESS_KEY_ID: 'ASIA',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_SESSION_TOKEN: 't',
      ASSUME_EXPIRES_AT: String(seconds),
      ASSUME_PROFILE: 'Admin@111122223333',
      ASSUME_ACCOUNT_ID: '111122223333',
      ASSUME_ROLE_NAME: 'Admin',
      ASSUME_VARS:
        'AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN ASSUME_EXPIRES_AT ASSUME_PROFILE',
    }
    expect((await callCommand(start(), ['status'], { env })).stdout).toBe(
      [
        'profile  Admin@111122223333',
        'set by   assume, as keys',
        'account  111122223333 Admin',
        'keys     environment: 59m left',
        'config   ~/.aws/config',
        'tools    the keys in the environment: AWS_ACCESS_KEY_ID is set',
        '',
      ].join('\n'),
    )
    expect(await statusOf(env)).toMatchObject({
      name: 'Admin@111122223333',
      source: 'assume',
      mode: 'export',
      accountId: '111122223333',
      links: [
        {
          kind: 'keys',
          name: 'environment',
          expiresAt: new Date(seconds * 1000).toISOString(),
          renews: false,
        },
      ],
    })
  })

  it('goes by the key that the function has kept, and shows the account of keys beside a profile', () => {
    const env = {
      AWS_ACCESS_KEY_ID: 'ASIA',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_SESSION_TOKEN: 't',
      ASSUME_EXPIRES_AT: String(Math.floor(Date.now() / 1000) + 3599),
      ASSUME_PROFILE: 'test-profile',
      ASSUME_ACCOUNT_ID: '111122223333',
      ASSUME_VARS:
        'AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN ASSUME_EXPIRES_AT ASSUME_PROFILE',
    }
    const home = start()
    const show = (more: Record<string, string>) =>
      runCore(home, ['status'], { env: { ...env, ...more } }).stdout.split('\nconfig')[0]
    const foreign = { ASSUME_KEY_ID: 'ASIAOTHER' }
    expect(show(foreign)).toBe(
      'profile  none\nset by   AWS_ACCESS_KEY_ID, not assume, after a switch to test-profile\nkeys     environment: end unknown',
    )
    const expired = runCore(home, ['status'], {
      env: { ...env, ...foreign, AWS_CREDENTIAL_EXPIRATION: '2020-01-01T00:00:00Z' },
    })
    expect(expired.stdout).not.toContain('assume --export')
    const beside = show({ ASSUME_KEY_ID: 'ASIA', AWS_PROFILE: 'dev-profile' })
    expect(beside).toMatch(/^profile {2}dev-profile, but keys of test-profile$/m)
    expect(beside).toMatch(/^account {2}111122223333 {2}\(of the keys\)$/m)
    expect(beside).toMatch(/^keys {5}environment: 59m left$/m)
    const unknown = show({ ...foreign, AWS_PROFILE: 'dev-profile' })
    expect(unknown).toMatch(/^profile {2}dev-profile, but keys from elsewhere$/m)
    expect(unknown).not.toMatch(/^account/m)
  })

  it.each([
    [{ AWS_SESSION_TOKEN: 't', AWS_CREDENTIAL_EXPIRATION: '2020-01-01T00:00:00Z' }, 'expired'],
    [{ AWS_SESSION_TOKEN: 't' }, 'end unknown'],
    [{ AWS_CREDENTIAL_EXPIRATION: 'soon' }, 'end unknown'],
    [{ AWS_CREDENTIAL_EXPIRATION: '2020-01-01' }, 'end unknown'],
    [{ AWS_CREDENTIAL_EXPIRATION: 'Jan 1 2020 10:00 UTC' }, 'expired'],
    [{}, 'no end'],
  ])('says of keys with %j: %s', async (more, label) => {
    const env = { AWS_ACCESS_KEY_ID: 'ASIA', AWS_SECRET_ACCESS_KEY: 'x', ...more }
    expect((await callCommand(start(), ['status'], { env })).stdout).toContain(
      `keys     environment: ${label}\n`,
    )
  })

  it('proposes new keys for those of a switch that have expired, and no instance', async () => {
    const env = {
      AWS_ACCESS_KEY_ID: 'ASIA',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_SESSION_TOKEN: 't',
      AWS_CREDENTIAL_EXPIRATION: '2020-01-01T00:00:00Z',
      AWS_EC2_METADATA_DISABLED: 'false',
      ASSUME_PROFILE: 'dev-profile',
      ASSUME_VARS: 'AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY',
    }
    const home = start()
    const { stdout } = await callCommand(home, ['status'], { env })
    expect(stdout).toContain('keys     environment: expired\n')
    expect(stdout).toMatch(/\n\nfor new keys:\n {2}assume --export dev-profile\n$/)
    expect(await statusOf(env)).toMatchObject({ renewal: 'assume --export dev-profile', remedies: [] })
    const { status, stderr } = await callCommand(home, ['whoami', '--no-login'], { env })
    expect([status, stderr]).toEqual([1, expect.stringMatching(/have expired.*assume --export dev-profile/s)])
  })

  it('proposes to remove keys that have expired where nothing brings new ones', () => {
    const keys = {
      AWS_ACCESS_KEY_ID: 'ASIA',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_CREDENTIAL_EXPIRATION: '2020-01-01T00:00:00Z',
    }
    const ofAccount = { ASSUME_PROFILE: 'Admin@111122223333', ASSUME_VARS: 'AWS_ACCESS_KEY_ID' }
    const ofOption = { ASSUME_PROFILE: '-x', ASSUME_VARS: 'AWS_ACCESS_KEY_ID' }
    const home = start()
    home.writeAws('[profile -x]\nregion = eu-west-1\n[profile dev]\nregion = eu-west-1\n')
    const all = 'unset AWS_ACCESS_KEY_ID; unset AWS_SECRET_ACCESS_KEY; unset AWS_CREDENTIAL_EXPIRATION'
    for (const [more, remedy, command] of [
      [{}, 'removal', all],
      [ofAccount, 'removal', 'assume --unset'],
      [ofOption, 'renewal', 'assume --export --profile=-x'],
    ] as const) {
      const env = { ...keys, ...more }
      expect(JSON.parse(runCore(home, ['status', '--json'], { env }).stdout)[remedy]).toBe(command)
      const title = remedy === 'renewal' ? 'for new keys' : 'to remove the keys that have expired'
      expect(runCore(home, ['status'], { env }).stdout).toContain(`\n\n${title}:\n  ${command}\n`)
      const { status, stderr } = runCore(home, ['whoami'], { env })
      expect([status, stderr]).toEqual([1, expect.stringMatching(/have expired.*\n {2}(.*)\n$/)])
      expect(stderr.split('\n')[1]).toBe(`  ${command}`)
    }
    const fish = runCore(home, ['status', '--json'], { env: { ...keys, ASSUME_CALLER: 'fish' } })
    expect(JSON.parse(fish.stdout).removal).toMatch(/^set -e AWS_ACCESS_KEY_ID; set -e /)
    const fresh = { ...keys, AWS_CREDENTIAL_EXPIRATION: '2999-01-01T00:00:00Z' }
    expect(JSON.parse(runCore(home, ['status', '--json'], { env: fresh }).stdout)).not.toHaveProperty(
      'removal',
    )
    const beside = runCore(home, ['status', '--json'], { env: { ...keys, AWS_PROFILE: 'dev' } })
    expect(beside.stdout).toMatch(/unset AWS_ACCESS_KEY_ID/)
  })

  it('says who does not read what it reads', async () => {
    const home = start()
    const keys = 'aws_access_key_id = A\n  aws_secret_access_key = x\n'
    home.writeAws(`[profile caf\u00e9]\n  ${keys}[ profile padded ]\n  ${keys}`)
    const indented = await callCommand(home, ['status'], { env: { AWS_PROFILE: 'caf\u00e9' } })
    expect(indented.stdout).toContain('AWS CLI  profile caf\u00e9, its keys: AWS_PROFILE names it\n')
    expect(indented.stdout).toContain(
      'JS SDK   the EC2 instance, if it is one: AWS_PROFILE is caf\u00e9, and it does not find that profile\n',
    )
    expect(indented.stdout).toContain(
      'Java SDK nothing: the whole config file is rejected: line 2, an indented key\n',
    )
    const padded = await callCommand(home, ['status', '--json'], { env: { AWS_PROFILE: 'padded' } })
    const { warning } = JSON.parse(padded.stdout)
    expect(warning).toContain('do not find profile padded')
    expect(padded.stderr).toContain(`warning: ${warning}`)
    expect((await callCommand(home, ['list'])).stderr).toBe(`assume: warning: ${warning}\n`)
  })

  it('says that the AWS CLI rejects a whole file, as list and a switch do', async () => {
    const home = start()
    home.writeAws('[plugins]\na = 1\na = 2\n[profile p]\naws_access_key_id = A\naws_secret_access_key = x\n')
    const warning =
      'warning: the AWS CLI and boto3 reject the whole config file: line 3, a key twice in a section'
    const env = { AWS_PROFILE: 'p' }
    for (const words of [
      ['list'],
      ['status'],
      ['env', 'p', '--shell', 'bash'],
      ['env', 'p', '-e', '--shell', 'bash'],
    ])
      expect((await callCommand(home, words, { env })).stderr, words.join(' ')).toContain(warning)
    expect((await callCommand(home, ['credential-process', 'p'])).stderr).toBe('')
    expect((await callCommand(home, ['status'], { env })).stdout).toContain(
      'AWS CLI  nothing: the whole config file is rejected',
    )
  })

  it('says of a session whether it renews itself, and shows the one at the root of a role', async () => {
    const home = start()
    const inAnHour = (hours: number) =>
      new Date(Date.now() + hours * 3_600_000 - 1000).toISOString().replace(/\.\d+Z$/, 'Z')
    const token = {
      accessToken: 'a',
      expiresAt: inAnHour(1),
      refreshToken: 'r',
      clientId: 'c',
      clientSecret: 's',
      registrationExpiresAt: inAnHour(100),
    }
    home.writeAws(
      `${readFileSync(join(fixtures, 'examples/sso-session'), 'utf8')}\n[profile deploy]\nrole_arn = arn:aws:iam::999988887777:role/Deploy\nsource_profile = dev-profile\n`,
    )
    home.logInRaw('devto-article', JSON.stringify(token))
    const { stdout } = await callCommand(home, ['status'], { env: { AWS_PROFILE: 'deploy' } })
    expect(stdout).toContain('session  devto-article: valid 59m, then renews itself\n')
    home.logInRaw('devto-article', JSON.stringify({ ...token, expiresAt: inAnHour(-1) }))
    const json = await callCommand(home, ['status', '--json'], { env: { AWS_PROFILE: 'deploy' } })
    expect(JSON.parse(json.stdout).links).toEqual([
      { kind: 'session', name: 'devto-article', expiresAt: expect.any(String), renews: true },
    ])
  })

  it('names an sso-session that is missing', async () => {
    const home = start()
    home.writeAws('[profile p]\nsso_session = gone\nsso_account_id = 1\nsso_role_name = r\n')
    const { stdout } = await callCommand(home, ['status'], { env: { AWS_PROFILE: 'p' } })
    expect(stdout).toContain('session  no [sso-session gone]\n')
    expect(stdout).toContain('tools    nothing: the sso settings of profile p are incomplete\n')
  })
})

describe('assume status --verbose', () => {
  const say = async (home: Home, env: Record<string, string> = {}) => {
    const { stderr } = await callCommand(home, ['status', '--verbose'], { env })
    return stderr.split('\n').filter((line) => line.startsWith('assume: shells '))
  }
  const leaves = 'assume: shells leave every switch to the core:'

  it('says that shells switch by themselves', async () => {
    expect(await say(start())).toEqual([
      'assume: shells switch by the profile index where nothing else needs the core',
    ])
  })

  it('says which file they cannot tell from a changed one', async () => {
    const home = start()
    utimesSync(join(home.path, '.aws/config'), 1, 1)
    expect(await say(home)).toEqual([
      `${leaves} ~/.aws/config has modification time 1, which a shell cannot tell from a changed file`,
    ])
    home.write('.config/assume/config', '')
    utimesSync(join(home.path, '.config/assume/config'), 0, 0)
    expect(await say(home)).toHaveLength(2)
  })

  it('says so of one behind a link only if it can be written to', async () => {
    const home = start()
    const path = home.store('store/config', readFileSync(join(home.path, '.aws/config')))
    rmSync(join(home.path, '.aws/config'))
    symlinkSync('../store/config', join(home.path, '.aws/config'))
    expect(await say(home)).toEqual([expect.stringContaining('shells switch by')])
    chmodSync(path, 0o644)
    expect(await say(home)).toEqual([
      `${leaves} ~/.aws/config has modification time 1, which a shell cannot tell from a changed file while what its link leads to can be written to`,
    ])
  })

  it.each([
    [0, 'was changed so lately that another change could not be told'],
    [60, 'has a modification time that is still to come, which ends with: touch PATH'],
  ])('says which file was changed only now, or later: %s s', async (later, reason) => {
    const home = start()
    const path = join(home.path, '.aws/config')
    const now = Date.parse('2100-01-01T00:00:00Z')
    utimesSync(path, now / 1000 + later, now / 1000 + later)
    const screen: string[] = []
    const context = createContext(home, { screen, now: () => now, isVerbose: true })
    runStatus({ positionals: [], flags: { verbose: true } }, context)
    await endCommand(context)
    expect(screen.map((line) => `assume: ${line}`)).toContain(
      `${leaves} ~/.aws/config ${reason.replace('PATH', quoteAnywhere(path))}\n`,
    )
  })

  it('says why there is no index', async () => {
    const home = start()
    home.write('.cache/assume', 'no folder')
    expect(await say(home)).toEqual([
      expect.stringMatching(`^${leaves} cannot write .*: a part of its path is no`),
    ])
    const odd = home.write('odd\nname', '')
    expect(await say(start(), { AWS_CONFIG_FILE: odd })).toEqual([
      expect.stringMatching(`^${leaves} .*/odd\\?name has a control character in its name$`),
    ])
  })

  it('says that the disk has no links, where none could be made, and that a HOME is no place', async () => {
    const home = start()
    renameSync(join(home.path, '.aws/config'), join(home.path, 'config'))
    symlinkSync('../config', join(home.path, '.aws/config'))
    expect(await say(home)).toEqual([expect.stringContaining('shells switch by')])
    const cache = join(home.path, '.cache/assume')
    const generation = () => readdirSync(cache).find((name) => name.startsWith('index-')) as string
    rmSync(join(cache, generation(), '0-target'))
    expect(await say(home)).toEqual([expect.stringContaining('shells switch by')])
    // As where no link can be made.
    rmSync(join(cache, generation(), '0-target'))
    home.write(`.cache/assume/${generation()}/unguarded`, '')
    expect(await say(home)).toEqual([expect.stringMatching(`^${leaves} ~/.cache/assume is on a disk that`)])
    const own = { XDG_CACHE_HOME: cache, XDG_CONFIG_HOME: cache, AWS_CONFIG_FILE: join(home.path, 'config') }
    expect(await say(home, { ...own, HOME: '.' })).toEqual([
      `${leaves} HOME names no folder for them to look into`,
    ])
  })
})
