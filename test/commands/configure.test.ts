import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { sandboxEnvironment } from '../../src/sandbox/config.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { callCommand } from '../support/command.ts'
import { startCore } from '../support/core-process.ts'
import { createHome, type Home } from '../support/home.ts'

let home: Home
let sandbox: Sandbox
beforeEach(async () => {
  home = createHome()
  sandbox = await startSandbox({ answer: 'allow' })
  onTestFinished(() => sandbox.close())
})

const configPath = () => join(home.path, '.aws/config')
const readConfig = () => (existsSync(configPath()) ? readFileSync(configPath(), 'utf8') : undefined)
const call = (words: readonly string[], env: Record<string, string> = {}) =>
  callCommand(home, words, { env: { ...sandboxEnvironment(sandbox.url), ...env } })
const configure = (args: readonly string[], env: Record<string, string> = {}) =>
  call(['configure', ...args], env)

const answers: Readonly<Record<string, string>> = {
  session: 'devto-article',
  'start-url': 'https://sso-portal.awsapps.com/start',
  'sso-region': 'eu-west-2',
  scopes: 'sso:account:access',
  account: '123456789011',
  'role-name': 'FullAccess',
  region: 'eu-west-1',
  output: 'json',
  profile: 'dev-profile',
}
/** The flags for these answers; undefined leaves a flag out. */
const flagsFor = (changes: Record<string, string | undefined> = {}) =>
  Object.entries({ ...answers, ...changes }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  )
const ofKnownSession = { 'start-url': undefined, 'sso-region': undefined, scopes: undefined }
const written = `[profile dev-profile]
sso_session = devto-article
sso_account_id = 123456789011
sso_role_name = FullAccess
region = eu-west-1
output = json

[sso-session devto-article]
sso_start_url = https://sso-portal.awsapps.com/start
sso_region = eu-west-2
sso_registration_scopes = sso:account:access
`

describe('without a terminal', () => {
  it('all flags make a profile, without a login', async () => {
    const env = sandboxEnvironment(sandbox.url)
    expect(await startCore(home, ['configure', ...flagsFor()], { env })).toEqual({
      status: 0,
      stdout: 'created ~/.aws/config\nnext: assume dev-profile\n',
      stderr: '',
    })
    expect(readConfig()).toBe(written)
    expect(statSync(configPath()).mode & 0o777).toBe(0o600)
    expect(statSync(join(home.path, '.aws')).mode & 0o777).toBe(0o700)
    expect(sandbox.requests.all).toEqual([])
  })

  it.each(Object.keys(answers).filter((name) => name !== 'account' && name !== 'role-name'))(
    '--%s is asked for by its name when it is missing',
    async (name) => {
      const result = await configure(flagsFor({ [name]: undefined }))
      expect(result).toMatchObject({ status: 2, stdout: '' })
      expect(result.stderr).toContain(`assume configure --${name} …\n`)
      expect(readConfig()).toBeUndefined()
    },
  )

  it('all missing flags are named at once', async () => {
    const { status, stderr } = await configure([])
    expect(status).toBe(2)
    expect(stderr).toContain('assume configure --session … --region … --output … --profile …\n')
    expect(sandbox.requests.all).toEqual([])
  })

  it('account and role are looked up in a session that is logged in', async () => {
    home.useExample('sso-session')
    home.write('.config/assume/config', 'assume_login = device-code\n')
    const wanted = flagsFor({ ...ofKnownSession, account: undefined, 'role-name': undefined, profile: 'x' })
    const tooEarly = await configure(wanted)
    expect(tooEarly).toMatchObject({ status: 3, stdout: '' })
    expect(tooEarly.stderr).toContain('assume login devto-article')

    expect((await call(['login'])).status).toBe(0)
    const many = await configure(wanted)
    expect(many).toMatchObject({ status: 2, stdout: '' })
    expect(many.stderr).toContain('  Production  999988887777  aws-production@example.com\n')
    expect(many.stderr).toContain('assume configure --account ID')
    const manyRoles = await configure([...wanted, '--account', '999988887777'])
    expect(manyRoles.stderr).toMatch(
      /Role is needed: .*\n {2}Admin\n {2}ReadOnly\n {2}assume configure --role-name NAME/,
    )

    const { status } = await configure([...wanted, '--account', '123456789012'])
    expect(status).toBe(0)
    expect(readConfig()).toContain(
      '[profile x]\nsso_session = devto-article\nsso_account_id = 123456789012\nsso_role_name = ReadOnly\n',
    )
    for (const { value } of sandbox.secrets()) expect(JSON.stringify([many, manyRoles])).not.toContain(value)
  })

  it('a role that is given is looked for in the account that is picked', async () => {
    home.useExample('sso-session')
    sandbox.directory.removeAccount('123456789012')
    sandbox.directory.removeAccount('999988887777')
    await call(['login', '--device-code'])
    const wanted = flagsFor({ ...ofKnownSession, account: undefined, 'role-name': 'Adnim' })
    const result = await configure(wanted)
    expect(result).toMatchObject({ status: 1, stdout: '' })
    expect(result.stderr).toContain(
      'role Adnim is not assigned to you in account 123456789011; there are: FullAccess',
    )
    sandbox.directory.removeAccount('123456789011')
    expect((await configure(wanted)).stderr).toContain('no account is assigned to you')
  })

  it('a new session cannot be logged in to; account and role make that unnecessary', async () => {
    const result = await configure(flagsFor({ account: undefined }))
    expect(result).toMatchObject({ status: 3, stdout: '' })
    expect(result.stderr).toContain('assume configure --account ID --role-name NAME')
    expect([readConfig(), sandbox.requests.all]).toEqual([undefined, []])
  })

  it('an existing profile is changed with --yes only', async () => {
    home.writeAws(`# mine\n${written}`)
    const changed = flagsFor({ account: '123456789012', 'role-name': 'ReadOnly' })
    const refused = await configure(changed)
    expect(refused).toMatchObject({ status: 3, stdout: '' })
    expect(refused.stderr).toContain(
      'there is a profile dev-profile already (123456789011 FullAccess eu-west-1)',
    )
    expect(readConfig()).toBe(`# mine\n${written}`)
    expect(await configure([...changed, '--yes'])).toMatchObject({
      status: 0,
      stdout: 'changed ~/.aws/config\nnext: assume dev-profile\n',
    })
    expect(readConfig()).toBe(
      `# mine\n${written.replace('123456789011', '123456789012').replace('FullAccess', 'ReadOnly')}`,
    )
  })

  it('nothing is done, and nothing asked, where the file says so already', async () => {
    home.writeAws(written)
    const { mtimeMs } = statSync(configPath())
    expect(await configure(flagsFor())).toEqual({
      status: 0,
      stdout: 'nothing to do: the profile says so already\nnext: assume dev-profile\n',
      stderr: '',
    })
    expect(statSync(configPath()).mtimeMs).toBe(mtimeMs)
    expect(readdirSync(join(home.path, '.aws'))).toEqual(['config'])
  })
})

describe('--yes', () => {
  it('takes the defaults', async () => {
    home.writeAws(`[default]\nregion = eu-west-3\n\n${written}`)
    const result = await configure(['--account', '123456789012', '--role-name', 'ReadOnly', '--yes'])
    expect(result).toEqual({
      status: 0,
      stdout: 'changed ~/.aws/config\nnext: assume 123456789012-ReadOnly\n',
      stderr: '',
    })
    expect(readConfig()).toBe(
      `[default]\nregion = eu-west-3\n\n${written}\n[profile 123456789012-ReadOnly]\nsso_session = devto-article\nsso_account_id = 123456789012\nsso_role_name = ReadOnly\nregion = eu-west-3\noutput = json\n`,
    )
  })

  it('is not enough where there is no default', async () => {
    const result = await configure(['--account', '123456789012', '--role-name', 'ReadOnly', '--yes'])
    expect(result).toMatchObject({ status: 2, stdout: '' })
    expect(result.stderr).toContain(
      'Start URL is needed: there is no default for it\n  assume configure --start-url URL',
    )
    expect(readConfig()).toBeUndefined()
  })
})

describe('--dry-run', () => {
  it('shows the diff and writes nothing', async () => {
    home.writeAws(written)
    const before = readConfig()
    const { status, stdout } = await configure([
      ...flagsFor({ ...ofKnownSession, region: 'us-east-1' }),
      '--dry-run',
    ])
    expect(status).toBe(0)
    expect(stdout).toMatch(/\n-region = eu-west-1\n\+region = us-east-1\n output = json\n/)
    expect(readConfig()).toBe(before)
    expect(readdirSync(join(home.path, '.aws'))).toEqual(['config'])
  })
})

describe('a flag', () => {
  it.each([
    ['start-url', 'http://a.awsapps.com/start'],
    ['sso-region', 'Ireland'],
    ['scopes', 'a b'],
    ['account', '1234'],
    ['role-name', 'a b'],
    ['region', 'x y'],
    ['output', 'xml'],
    ['session', 'a b'],
    ['profile', 'a\u001b[31mb'],
  ])('--%s %j is exit 2, nothing written', async (name, value) => {
    const result = await configure(flagsFor({ [name]: value }))
    expect(result).toMatchObject({ status: 2, stdout: '' })
    expect(result.stderr).toContain(`--${name} ${value.replace('\u001b', '?')}: `)
    expect(readConfig()).toBeUndefined()
  })

  it.each([
    ['start-url', 'https://other.awsapps.com/start'],
    ['sso-region', 'us-east-1'],
    ['scopes', 'sso:account:access,codewhisperer:analysis'],
  ])('--%s does not change a session that is there', async (name, value) => {
    home.writeAws(written)
    const result = await configure(flagsFor({ [name]: value, profile: 'x' }))
    expect(result).toMatchObject({ status: 2, stdout: '' })
    expect(result.stderr).toContain(`sso-session devto-article has another`)
    expect(readConfig()).toBe(written)
  })

  it('--profile does not name a profile that gets its keys otherwise', async () => {
    home.useExample('mixed')
    const before = readConfig()
    const result = await configure([...flagsFor({ profile: 'vault' }), '--yes'])
    expect(result).toMatchObject({ status: 2, stdout: '' })
    expect(result.stderr).toContain('runs a credential_process: choose another name')
    expect(readConfig()).toBe(before)
  })

  it('--region none and --output none leave the keys out', async () => {
    await configure(flagsFor({ region: 'none', output: 'none' }))
    expect(readConfig()).toBe(written.replace('region = eu-west-1\noutput = json\n', ''))
  })
})

describe('the config file', () => {
  it('keeps comments, other sections, line endings and what is no UTF-8, to the byte', async () => {
    const mixed = Buffer.concat([Buffer.from('# M\xfcller\r\n', 'latin1'), readExample('mixed')])
    home.writeAws(mixed)
    const flags = flagsFor({ ...ofKnownSession, session: 'work', profile: 'new' })
    expect((await configure(flags)).status).toBe(0)
    const added =
      '\r\n[profile new]\r\nsso_session = work\r\nsso_account_id = 123456789011\r\nsso_role_name = FullAccess\r\nregion = eu-west-1\r\noutput = json\r\n'
    expect(readFileSync(configPath()).equals(Buffer.concat([mixed, Buffer.from(added)]))).toBe(true)
  })

  it('is the one of AWS_CONFIG_FILE, links followed, with a backup of the first edit', async () => {
    home.write('dotfiles/aws', '# mine\n')
    mkdirSync(join(home.path, 'links'))
    const link = join(home.path, 'links/aws')
    symlinkSync(join(home.path, 'dotfiles/aws'), link)
    expect((await configure(flagsFor(), { AWS_CONFIG_FILE: link })).stdout).toContain('changed ~/links/aws\n')
    expect(readFileSync(join(home.path, 'dotfiles/aws'), 'utf8')).toBe(`# mine\n\n${written}`)
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect(readFileSync(`${link}.assume-backup`, 'utf8')).toBe('# mine\n')
    expect(readConfig()).toBeUndefined()
  })

  it('makes a profile that can be switched to, whatever it is called', async () => {
    expect((await configure(flagsFor({ profile: 'list' }))).stdout).toContain('next: assume --profile list\n')
    home.logIn('devto-article')
    const { stdout } = await call(['--profile=list', '--dry-run'])
    expect(stdout).toContain('list · 123456789011 FullAccess · eu-west-1')
  })
})

function readExample(name: string): Buffer {
  return readFileSync(join(import.meta.dirname, '../fixtures/examples', name))
}

describe('the legacy form', () => {
  const legacy = ['configure', '--legacy']
  const ofPortal = { session: undefined, scopes: undefined }

  it('has its session in the profile, and is made without a login by flags', async () => {
    const result = await configure(['--legacy', ...flagsFor(ofPortal)])
    expect(result).toMatchObject({ status: 0, stderr: '' })
    expect(readConfig()).toBe(`[profile dev-profile]
sso_start_url = https://sso-portal.awsapps.com/start
sso_region = eu-west-2
sso_account_id = 123456789011
sso_role_name = FullAccess
region = eu-west-1
output = json
`)
    const again = await configure([
      '--legacy',
      '--yes',
      '--profile',
      'dev-profile',
      '--account',
      '123456789011',
      '--role-name',
      'FullAccess',
    ])
    expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining('nothing to do') })
    expect(sandbox.requests.all).toEqual([])
  })

  it('has no sso-session, and names what is missing', async () => {
    for (const name of ['session', 'scopes']) {
      const { status, stderr } = await configure([
        '--legacy',
        ...flagsFor({ ...ofPortal, [name]: answers[name] }),
      ])
      expect([status, stderr]).toEqual([2, expect.stringContaining(`no sso-session for --${name}`)])
    }
    const { status, stderr } = await call(legacy)
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining(
        'assume configure --legacy --start-url … --sso-region … --region … --output … --profile …',
      ),
    ])
  })
})
