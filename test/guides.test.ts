import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SandboxAccount } from '../src/sandbox/directory.ts'
import { findAwsCli, World } from './interop/world.ts'
import { fixtures } from './support/home.ts'
import { type ShellSession, startSession } from './support/session.ts'
import { describeShells } from './support/shell.ts'
import { shells } from './support/shells/index.ts'

/**
 * What public guides for Identity Center have newcomers do, step by step in the words of assume, typed in a shell on a
 * terminal, with the AWS CLI as the second client where it is installed.
 */
const aws = findAwsCli()
const example = (name: string) => readFileSync(join(fixtures, 'examples', name), 'utf8')

/** Walks in bash: other files prove that the shells are alike. */
const bash = shells.filter(({ name }) => name === 'bash')

async function start(world: World, env: Record<string, string> = {}): Promise<ShellSession> {
  const shell = bash[0]
  if (!shell) throw new Error('there is no bash among the shells')
  const remote = { SSH_TTY: '/dev/pts/0', ...(aws && { aws }) }
  return startSession(shell, world.home, { env: { ...world.env, ...remote, ...env }, rows: 50, cols: 160 })
}

/** Who the AWS CLI is in this shell, without `--profile`; nothing is asked where there is none. */
async function expectCli(session: ShellSession, segment: string, arn: RegExp): Promise<void> {
  if (!aws) return
  session.terminal.type('"$aws" sts get-caller-identity --query Arn --output text\r')
  await session.terminal.waitFor(arn)
  await session.prompt(segment)
}

/** Answers what a command asks, one question after the other, each when the cursor is behind it. */
async function answer(
  { terminal }: ShellSession,
  steps: readonly (readonly [asked: string, typed: string])[],
) {
  for (const [asked, typed] of steps) {
    await terminal.waitFor(() => terminal.screen()[terminal.cursor.row]?.includes(asked) === true)
    terminal.type(typed)
  }
}

const assumedRole = (account: string, role: string) =>
  new RegExp(`arn:aws:sts::${account}:assumed-role/AWSReservedSSO_${role}_`)

const account = (id: string, ...roles: string[]): SandboxAccount => ({ id, name: `Account ${id}`, roles })

describeShells('W1: two roles of one account in the legacy form,', bash, () => {
  it('are written by configure --legacy, the second time on the portal that is there', async () => {
    const roles = ['AWSAdministratorAccess', 'PowerUserAccess']
    const world = await World.open({ region: 'us-east-1', accounts: [account('123456789011', ...roles)] })
    world.home.writeAws('')
    const session = await start(world)
    session.terminal.type('assume configure --legacy\r')
    await answer(session, [
      ['Start URL:', 'https://my-sso-portal.awsapps.com/start\r'],
      ['SSO region', '\r'],
      ['Role 2/2 >', 'admin\r'],
      ['Default region [us-east-1]', 'none\r'],
      ['Output format', '\r'],
      ['Profile name [Account-123456789011-AWSAdministratorAccess]', 'my-sso-admin-profile\r'],
      ['Write this?', '\r'],
    ])
    await session.prompt('', 'assume my-sso-admin-profile')
    session.terminal.type('assume configure --legacy --profile my-sso-poweruser-profile\r')
    await answer(session, [
      ['Start URL 2/2 >', '\r'],
      ['Role 2/2 >', 'power\r'],
      ['Default region', 'none\r'],
      ['Output format', '\r'],
      ['Write this?', '\r'],
    ])
    await session.prompt('', 'assume my-sso-poweruser-profile')
    const text = readFileSync(join(world.home.path, '.aws/config'), 'utf8')
    expect(text).toBe(`${example('legacy').split('\n\n').slice(0, 2).join('\n\n')}\n`)
    const logins = world.takeRequests().filter((operation) => operation === 'StartDeviceAuthorization')
    expect(logins).toHaveLength(1)
    await session.run('assume my-sso-admin-profile', '(my-sso-admin-profile) ')
    await expectCli(session, '(my-sso-admin-profile) ', assumedRole('123456789011', 'AWSAdministratorAccess'))
  })

  it('switches between them by one login, and back', async () => {
    const roles = ['AWSAdministratorAccess', 'PowerUserAccess']
    const world = await World.open({ region: 'us-east-1', accounts: [account('123456789011', ...roles)] })
    world.home.writeAws(example('legacy'))
    const session = await start(world)
    await session.run('assume list --names', '')
    expect(session.terminal.text()).toMatch(/--names\nmy-sso-admin-profile\nmy-sso-poweruser-profile\n/)
    await session.run('assume my-sso-admin-profile', '(my-sso-admin-profile) ')
    await expectCli(session, '(my-sso-admin-profile) ', assumedRole('123456789011', 'AWSAdministratorAccess'))
    await session.run('assume my-sso-poweruser-profile', '(my-sso-poweruser-profile) ')
    await expectCli(session, '(my-sso-poweruser-profile) ', assumedRole('123456789011', 'PowerUserAccess'))
    await session.run('assume -', '(my-sso-admin-profile) ')
    const logins = world.takeRequests().filter((operation) => operation === 'StartDeviceAuthorization')
    expect(logins).toHaveLength(1)
    await session.run('assume logout', '(my-sso-admin-profile) ')
    await session.run('assume my-sso-poweruser-profile', '(my-sso-poweruser-profile) ')
    expect(world.takeRequests()).toContain('StartDeviceAuthorization')
  })
})

describeShells('W2: from the legacy form to sessions,', bash, () => {
  it('uses the legacy file as it is, and adds a profile of a session whose account is found by itself', async () => {
    const world = await World.open({ accounts: [account('123456789011', 'FullAccess', 'ReadOnly')] })
    world.home.writeAws(example('legacy'))
    const session = await start(world)
    await session.run('assume list dev', '')
    expect(session.terminal.text()).toMatch(/dev .*123456789011.*FullAccess.*sso/)
    session.terminal.type('assume configure\r')
    await answer(session, [
      ['Session name', 'work\r'],
      ['Start URL', 'https://sso-portal.awsapps.com/start\r'],
      ['SSO region', 'eu-west-2\r'],
      ['Registration scopes', '\r'],
      ['Role 2/2 >', 'readonly\r'],
      ['Default region', '\r'],
      ['Output format', '\r'],
      ['Profile name', 'reader\r'],
      ['Write this?', '\r'],
    ])
    await session.prompt('', 'assume reader')
    expect(session.terminal.text()).toContain('(the only one)')
    session.terminal.type('assume configure --profile second\r')
    await answer(session, [
      ['Session 2/2 >', '\r'],
      ['Role 2/2 >', 'full\r'],
      ['Default region', '\r'],
      ['Output format', '\r'],
      ['Write this?', '\r'],
    ])
    await session.prompt('', 'assume second')
    await session.run('assume reader', '(reader) ')
    await expectCli(session, '(reader) ', assumedRole('123456789011', 'ReadOnly'))
    await session.run('assume login --profile second', '(reader) ')
    await session.run('assume login reader', '(reader) ')
    await session.run('assume logout', '(reader) ')
    if (aws) {
      await session.run('rm -rf ~/.aws/cli/cache; "$aws" sts get-caller-identity', '(reader) ')
      expect(session.terminal.text()).toMatch(/[Ee]rror/)
    }
  })

  it('has status warn of a region that AWS has not, which the switch uses all the same', async () => {
    const world = await World.open()
    world.home.writeAws(example('sso-session').replace('region = eu-west-1', 'region = west-1'))
    const session = await start(world)
    await session.run('assume dev-profile', '(dev-profile) ')
    expect(session.terminal.text()).not.toContain('no AWS region')
    await session.run('assume status', '(dev-profile) ')
    expect(session.terminal.text()).toContain(
      'assume: warning: region of profile dev-profile: there is no AWS region west-1',
    )
  })
})

describeShells('W3: one session, several accounts, names with a dot,', bash, () => {
  it('logs in with a code, completes the names, and tells of keys that win', async () => {
    const world = await World.open({
      region: 'eu-west-1',
      accounts: [account('123412341234', 'developer')],
    })
    world.home.writeAws(example('dotted-names'))
    const session = await start(world)
    await session.run('assume login --use-device-code', '')
    expect(session.terminal.text()).toMatch(/with the code [A-Z]{4}-[A-Z]{4}/)
    session.terminal.type('assume dev-acc\t')
    await session.terminal.waitFor(/assume dev-account\.developer/)
    session.terminal.type('\r')
    await session.prompt('(dev-account.developer) ', 'developer')
    await session.run('assume test-account.tester', '(test-account.tester) ')
    expect(session.terminal.text()).toContain('an account id has 12 digits')
    await session.run('assume dev-account.developer', '(dev-account.developer) ')
    const both = '(dev-account.developer, but keys from elsewhere) '
    await session.run('export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE AWS_SECRET_ACCESS_KEY=x', both)
    await session.run('assume status', both)
    expect(session.terminal.text()).toContain('the tools do not use the same')
    await session.run('assume dev-account.developer', '(dev-account.developer) ')
    await expectCli(session, '(dev-account.developer) ', assumedRole('123412341234', 'developer'))
    await session.run('assume --unset', '')
  })
})

describeShells('W4: default beside a named profile, over SSH,', bash, () => {
  it('keeps the URL as typed, and never mixes up a session and a profile', async () => {
    const world = await World.open()
    world.home.writeAws('[default]\nregion = eu-west-1\n')
    const url = 'https://sso-portal.awsapps.com/start/#'
    const session = await start(world)
    session.terminal.type('assume configure\r')
    await answer(session, [
      ['Session name', 'corp\r'],
      ['Start URL', `${url}\r`],
      ['SSO region', 'eu-west-2\r'],
      ['Registration scopes', '\r'],
      ['Account 3/3 >', 'devel\r'],
      ['Default region', '\r'],
      ['Output format', 'json\r'],
      ['Profile name', 'corp\r'],
      ['Write this?', '\r'],
    ])
    await session.prompt('', 'assume corp')
    const config = () => readFileSync(join(world.home.path, '.aws/config'), 'utf8')
    expect(config()).toContain(`sso_start_url = ${url}\n`)
    expect(config()).toContain('[default]\nregion = eu-west-1\n')
    world.takeRequests()
    await session.run('assume login --profile corp --use-device-code', '')
    expect(world.takeRequests()).toContain('StartDeviceAuthorization')
    await session.run('assume corp', '(corp) ')
    await session.run('assume logout corp', '(corp) ')
    await session.run('assume login corp', '(corp) ')
    await session.run('assume sync --yes', '(corp) ')
    expect(config()).toContain('sso_account_id = 999988887777')
    await session.run('assume list', '(corp) ')
    expect(session.terminal.text()).toMatch(/999988887777.*Admin/)
    await session.run('assume --unset; export AWS_PROFILE=corp', '(corp, by hand) ')
    await session.run('assume status', '(corp, by hand) ')
    expect(session.terminal.text()).toContain('AWS_PROFILE, not assume')
  })

  it('says that exported keys are over, and how to get new ones', async () => {
    const world = await World.open()
    const past = new Date(Date.now() - 3600_000).toISOString()
    const session = await start(world)
    await session.run('assume login', '')
    session.terminal.type('assume --export dev-profile\r')
    await session.terminal.waitFor(/\(dev-profile (1h0m|59m)\) READY>\s*$/)
    const over = `ASSUME_EXPIRES_AT=1 AWS_CREDENTIAL_EXPIRATION=${past}`
    await session.run(`export ${over}`, '(dev-profile expired) ')
    await session.run('assume status', '(dev-profile expired) ')
    expect(session.terminal.text()).toContain('expired')
    expect(session.terminal.text()).toContain('assume --export dev-profile')
  })

  it('has doctor name plain keys, which keys add takes out of the credentials file', async () => {
    const world = await World.open()
    const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
    const keys = `aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${secret}\n`
    world.home.write('.aws/credentials', `# mine\n[old]\nregion = eu-west-1\n\n[default]\n${keys}`)
    const session = await start(world)
    await session.run('assume doctor keys', '')
    expect(session.terminal.text()).toContain('assume keys add default --from-credentials')
    session.terminal.type('assume keys add --from-credentials\r')
    await answer(session, [
      ['Key to move 1/1 >', '\r'],
      ['Store for keys 2/2 >', 'file\r'],
      ['New passphrase', 'a long passphrase\r'],
      ['The same again', 'a long passphrase\r'],
    ])
    await session.prompt('', 'assume keys add')
    expect(session.terminal.text()).toContain('~/.aws/credentials has it no more')
    const read = (name: string) => readFileSync(join(world.home.path, name), 'utf8')
    expect(read('.aws/credentials')).toBe('# mine\n[old]\nregion = eu-west-1\n')
    expect(read('.aws/config')).toContain(
      '[default]\nassume_keys = file\ncredential_process = assume credential-process default\n',
    )
    expect(session.terminal.output.toString()).not.toContain(secret)
  })
})

describeShells('W5: a custom profile beside [default],', bash, () => {
  it('leaves the default alone, and renews the session by itself', async () => {
    const roles = ['USS_AI_DEV_Bedrock_Access']
    const world = await World.open({
      region: 'us-east-1',
      accounts: [account('905418058350', ...roles)],
      accessTokenLifetime: 60,
    })
    world.home.writeAws(example('default-and-session'))
    const before = example('default-and-session').split('[profile')[0] ?? ''
    const session = await start(world, { AWS_PROFILE: 'default' })
    await session.run('assume login', '(default, by hand) ')
    expect(world.takeRequests()).toContain('StartDeviceAuthorization')
    const flags = '--session my-sso-session --account 905418058350 --role-name USS_AI_DEV_Bedrock_Access'
    await session.run(`assume configure ${flags} --profile second --yes`, '(default, by hand) ')
    const config = readFileSync(join(world.home.path, '.aws/config'), 'utf8')
    expect(config.startsWith(before)).toBe(true)
    expect(config).toContain('[profile second]')
    await session.run('assume ai-dev', '(ai-dev) ')
    await session.run('assume whoami', '(ai-dev) ')
    expect(session.terminal.text()).toMatch(assumedRole('905418058350', 'USS_AI_DEV_Bedrock_Access'))
    const requests = world.takeRequests()
    expect(requests).toContain('CreateToken')
    expect(requests).not.toContain('StartDeviceAuthorization')
  })
})

describe('the walks', () => {
  it('find the examples that the guides start from', () => {
    for (const name of ['legacy', 'dotted-names', 'default-and-session'])
      expect(existsSync(join(fixtures, 'examples', name))).toBe(true)
  })
})
