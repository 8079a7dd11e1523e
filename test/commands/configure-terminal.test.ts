import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { sandboxEnvironment } from '../../src/sandbox/config.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { createHome, type Home, repository } from '../support/home.ts'
import { baseEnvironment } from '../support/shell.ts'
import { TerminalScreen } from '../support/terminal-screen.ts'

let home: Home
let sandbox: Sandbox
beforeEach(async () => {
  home = createHome()
  sandbox = await startSandbox({ answer: 'allow' })
  onTestFinished(() => sandbox.close())
})

const configPath = () => join(home.path, '.aws/config')
const readConfig = () => (existsSync(configPath()) ? readFileSync(configPath(), 'utf8') : undefined)

function configure(args: readonly string[] = [], env: Record<string, string> = {}): TerminalScreen {
  const screen = TerminalScreen.spawn(join(repository, 'bin/assume'), ['configure', ...args], {
    cwd: home.path,
    env: { ...baseEnvironment(home), ...sandboxEnvironment(sandbox.url), ...env },
    cols: 120,
    rows: 50,
  })
  onTestFinished(() => screen.dispose())
  return screen
}

/** What is awaited from the line of the cursor down, or anywhere by a pattern, and what is typed then. */
type Step = readonly [expected: string | RegExp, typed: string]

async function converse(screen: TerminalScreen, steps: readonly Step[]) {
  for (const [expected, typed] of steps) {
    const isAsked = () => screen.screen().slice(screen.cursor.row).join('\n').includes(String(expected))
    await screen.waitFor(expected instanceof RegExp ? expected : isAsked)
    screen.type(typed)
  }
  const { status } = await screen.exit
  return { status, text: screen.text() }
}

const startUrl = 'https://sso-portal.awsapps.com/start'
const interrupt = '\u0003'

const firstProfile: readonly Step[] = [
  ['Session name [my-sso]:', 'devto-article\r'],
  ['Start URL:', `${startUrl}\r`],
  ['SSO region [us-east-1]:', 'eu-west-2\r'],
  ['Registration scopes [sso:account:access]:', '\r'],
  ['Account 3/3 >', 'produ\r'],
  ['Role 2/2 >', 'admi\r'],
  ['Default region [eu-west-2]:', 'eu-west-1\r'],
  ['Output format (json if not specified) [none]:', 'json\r'],
  ['Profile name [Production-Admin]:', 'production\r'],
  ['Write this? [Y/n]', '\r'],
]
const firstConfig = `[profile production]
sso_session = devto-article
sso_account_id = 999988887777
sso_role_name = Admin
region = eu-west-1
output = json

[sso-session devto-article]
sso_start_url = ${startUrl}
sso_region = eu-west-2
sso_registration_scopes = sso:account:access
`

describe('a first profile', () => {
  it('is asked for, logged in for with a device code, shown and written', async () => {
    const { status, text } = await converse(configure([], { SSH_TTY: '/dev/pts/0' }), firstProfile)
    expect(status).toBe(0)
    expect(readConfig()).toBe(firstConfig)
    expect(statSync(configPath()).mode & 0o777).toBe(0o600)
    expect(text).toContain('with the code')
    expect(text).toContain('Account: Production · 999988887777 · aws-production@example.com\nRole: Admin\n')
    expect(text).toContain('+[profile production]\n+sso_session = devto-article\n')
    expect(text).toMatch(/created ~\/\.aws\/config\nnext: assume production$/)
    for (const { value, kind } of sandbox.secrets()) {
      if (kind !== 'user-code') expect(text).not.toContain(value)
    }
  })

  it('is logged in for in the browser of $BROWSER', async () => {
    home.write('.config/assume/config', 'assume_login = pkce\n')
    const script = `#!/usr/bin/env node\nfetch(process.argv[2]).then((page) => page.text())\n`
    const browser = home.write('browser', script)
    chmodSync(browser, 0o755)
    const { status } = await converse(configure([], { BROWSER: browser }), firstProfile)
    expect([status, readConfig()]).toEqual([0, firstConfig])
    expect(sandbox.requests.count('Authorize')).toBe(1)
  })

  it('can be made on a terminal that only knows lines', async () => {
    const steps = firstProfile.map(([expected, typed]): Step => {
      if (expected === 'Account 3/3 >')
        return [/Production +999988887777[\s\S]*number or part of a name:\s*$/, '2\r']
      if (expected === 'Role 2/2 >') return [/ReadOnly\nnumber or part of a name:$/m, 'Admin\r']
      return [expected, typed]
    })
    const dumb = { TERM: 'dumb' }
    for (const end of [interrupt, '\u0004']) {
      expect(await converse(configure([], dumb), [['Session name', end]])).toMatchObject({ status: 130 })
    }
    const { status } = await converse(configure([], dumb), [
      ...steps.slice(0, 1),
      ['Start URL:', 'ftp://x\r'],
      [/begins with https:.*\nStart URL:\s*$/, `${startUrl}\r`],
      ...steps.slice(2),
    ])
    expect([status, readConfig()]).toEqual([0, firstConfig])
  })

  it('is not asked for twice what there is one of only', async () => {
    sandbox.directory.removeAccount('999988887777')
    sandbox.directory.removeAccount('123456789012')
    const { text } = await converse(configure(), [
      ...firstProfile.slice(0, 4),
      ...firstProfile.slice(6, 8),
      ['Profile name [Development-FullAccess]:', '\r'],
      ['Write this? [Y/n]', 'n\r'],
    ])
    expect(text).toContain(
      'Account: Development · 123456789011 (the only one)\nRole: FullAccess (the only one)\n',
    )
    expect(text).toMatch(/assume: nothing was written$/)
    expect(readConfig()).toBeUndefined()
  })

  it('leaves no trace when it is cancelled, whatever the question', async () => {
    for (const [index, [expected]] of firstProfile.entries()) {
      const end = index % 2 === 0 ? interrupt : '\u0004'
      const { status, text } = await converse(configure(), [...firstProfile.slice(0, index), [expected, end]])
      expect([expected, status]).toEqual([expected, 130])
      expect(text).toMatch(/assume: cancelled$/)
    }
    expect(existsSync(configPath())).toBe(false)
    // The one login serves the later attempts.
    expect(sandbox.requests.count('StartDeviceAuthorization') + sandbox.requests.count('Authorize')).toBe(1)
  })

  it('leaves no trace when the login is cancelled', async () => {
    sandbox.answer = 'ask'
    const { status } = await converse(configure(), [...firstProfile.slice(0, 4), [/log in to/, interrupt]])
    expect(status).toBe(130)
    expect(existsSync(join(home.path, '.aws'))).toBe(false)
  })
})

describe('an answer', () => {
  it('that is not good is explained below, and can be mended', async () => {
    const screen = configure(['--session', 'x', '--account', '123456789011', '--role-name', 'FullAccess'])
    await screen.waitFor('Start URL:')
    screen.type('http://a.awsapps.com/start\r')
    await screen.waitFor(/^Start URL: http:\/\/a\.awsapps\.com\/start\na start URL begins with https:/)
    screen.type('\u0001\u001b[C\u001b[C\u001b[C\u001b[Cs')
    await screen.waitFor((text) => text.trimEnd() === 'Start URL: https://a.awsapps.com/start')
    screen.type('\r')
    await converse(screen, [
      ['SSO region', 'Ireland\r'],
      ['a region is written like eu-west-1', '\u0015eu-west-1\r'],
      ['Registration scopes', 'a b\r'],
      ['separated by commas', '\u0015\r'],
      ['Default region', '\r'],
      ['Output format', 'xml\r'],
      ['the formats are json', '\u0015none\r'],
      ['Profile name', 'my profile\r'],
      ['a name is of letters', '\u0015my-profile\r'],
      ['Write this?', 'y\r'],
    ])
    expect(readConfig()).toBe(
      '[profile my-profile]\nsso_session = x\nsso_account_id = 123456789011\nsso_role_name = FullAccess\nregion = eu-west-1\n\n' +
        '[sso-session x]\nsso_start_url = https://a.awsapps.com/start\nsso_region = eu-west-1\nsso_registration_scopes = sso:account:access\n',
    )
  })

  it('that has no default is needed', async () => {
    const screen = configure(['--session', 'x'])
    await converse(screen, [
      ['Start URL:', ' \r'],
      ['an answer is needed', interrupt],
    ])
  })

  it('is taken as it is pasted, without white space around it and what a terminal would obey', async () => {
    const screen = configure(['--session', 'x', '--account', '123456789011', '--role-name', 'FullAccess'])
    await screen.waitFor('Start URL:')
    screen.type(`\u001b[200~ ${startUrl}/#\r\n\u001b[201~`)
    await screen.waitFor(`Start URL:  ${startUrl}/#`)
    screen.type('\u0007\u001b[2~\r')
    await converse(screen, [
      ['SSO region', '\r'],
      ['Registration scopes', '\r'],
      ['Default region', '\r'],
      ['Output format', '\r'],
      ['Profile name', '\r'],
      ['Write this?', '\r'],
    ])
    expect(readConfig()).toContain(`\nsso_start_url = ${startUrl}/#\n`)
  })
})

describe('a config file that is there', () => {
  const mine = `# work\n\n[sso-session devto-article]\nsso_region = eu-west-2\nsso_start_url = ${startUrl}\n\n[profile dev] # mine\nregion = eu-west-3\nsso_session = devto-article\nsso_account_id = 123456789011\nsso_role_name = FullAccess\ns3 =\n  max_concurrent_requests = 20\n`

  it('gives the session and the region, and keeps every byte', async () => {
    home.writeAws(mine)
    const { status } = await converse(configure(), [
      ['devto-article  https://sso-portal.awsapps.com/start  eu-west-2', '\r'],
      ['Account 3/3 >', 'test@\r'],
      ['Default region [eu-west-3]:', '\r'],
      ['Output format', '\r'],
      ['Profile name [Test-ReadOnly]:', '\r'],
      ['Write this?', '\r'],
    ])
    expect(status).toBe(0)
    expect(readConfig()).toBe(
      `${mine}\n[profile Test-ReadOnly]\nsso_session = devto-article\nsso_account_id = 123456789012\nsso_role_name = ReadOnly\nregion = eu-west-3\n`,
    )
  })

  it('can get a session beside the one that it has', async () => {
    home.writeAws(mine)
    const { status } = await converse(configure(['--account', '111122223333', '--role-name', 'Admin']), [
      ['(a new one)', 'new\r'],
      ['Session name [my-sso]:', '\r'],
      ['Start URL:', 'https://b.awsapps.com/start\r'],
      ['SSO region [eu-west-2]:', '\r'],
      ['Registration scopes', '\r'],
      ['Default region [eu-west-2]:', '\r'],
      ['Output format', '\r'],
      ['Profile name [111122223333-Admin]:', 'b\r'],
      ['Write this?', '\r'],
    ])
    expect(status).toBe(0)
    expect(readConfig()).toMatch(
      /^# work\n[\s\S]*\n\[sso-session my-sso\]\nsso_start_url = https:\/\/b\.awsapps/,
    )
  })

  it('has a profile that cannot be updated: that is said before the first question', async () => {
    home.useExample('mixed')
    const { status, text } = await converse(configure(['--profile', 'audit']), [])
    expect([status, text]).toEqual([2, expect.stringContaining('assumes a role: choose another name')])
  })

  it('keeps a profile, or has it updated, as the user says', async () => {
    home.writeAws(
      `${mine}[profile audit]\nrole_arn = arn:aws:iam::777788889999:role/Audit\nsource_profile = dev\n`,
    )
    const before = readConfig()
    const flags = ['--session', 'devto-article', '--account', '123456789012', '--role-name', 'ReadOnly']
    const start: readonly Step[] = [
      ['Default region', '\r'],
      ['Output format', '\r'],
      ['Profile name', 'dev\r'],
      ['There is a profile dev already (123456789011 FullAccess eu-west-3). Update it? [Y/n]', 'n\r'],
    ]
    await converse(configure(flags), [
      ...start,
      ['Profile name', 'audit\r'],
      ['which assumes a role: choose another name', '\u0015dev\r'],
      ['Update it? [Y/n]', interrupt],
    ])
    expect(readConfig()).toBe(before)
    const { status } = await converse(configure(flags), [
      ...start,
      ['Profile name', 'dev\r'],
      ['Update it? [Y/n]', 'y\r'],
      ['Write this?', '\r'],
    ])
    expect(status).toBe(0)
    expect(readConfig()).toBe(
      before
        ?.replace('sso_account_id = 123456789011', 'sso_account_id = 123456789012')
        .replace('FullAccess', 'ReadOnly'),
    )
  })
})

describe('a new session', () => {
  it('that is denied can be tried again with the command that is named', async () => {
    sandbox.answer = 'deny'
    const { status, text } = await converse(configure(), firstProfile.slice(0, 4))
    expect([status, text]).toEqual([1, expect.stringMatching(/denied[\s\S]*\n {2}assume configure$/)])
    expect(existsSync(configPath())).toBe(false)
  })

  it('is logged in to again when the service has ended it', async () => {
    await converse(configure(), [...firstProfile.slice(0, 4), ['Account 3/3 >', interrupt]])
    sandbox.endSessions()
    const { status } = await converse(configure(), firstProfile)
    expect([status, readConfig()]).toEqual([0, firstConfig])
  })

  it('is not taken for a former one of the same name, whose token is still good', async () => {
    await converse(configure(), [...firstProfile.slice(0, 4), ['Account 3/3 >', interrupt]])
    const cache = join(home.path, '.aws/sso/cache')
    const readToken = () => readFileSync(join(cache, readdirSync(cache)[0] ?? ''), 'utf8')
    home.logInRaw('devto-article', readToken().replace(startUrl, 'https://former.awsapps.com/start'))
    const { status } = await converse(configure(), firstProfile)
    expect([status, readConfig()]).toEqual([0, firstConfig])
    expect(readToken()).toContain(startUrl)
  })
})
