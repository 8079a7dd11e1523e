import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { sandboxConfig, sandboxEnvironment } from '../../src/sandbox/config.ts'
import type { SandboxOptions } from '../../src/sandbox/options.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { callCommand } from '../support/command.ts'
import { startCore } from '../support/core-process.ts'
import { createHome, type Home } from '../support/home.ts'

const tokenName = 'fa254a4df2a9b5d4'
let home: Home
let sandbox: Sandbox

async function start(options: SandboxOptions = {}) {
  home = createHome()
  sandbox = await startSandbox({ answer: 'allow', ...options })
  onTestFinished(() => sandbox.close())
  home.writeAws(sandboxConfig(sandbox.url))
}
beforeEach(() => start())

const assumeInCore = (...args: string[]) => startCore(home, args)
/** The same in this process. */
const assume = (...args: string[]) => callCommand(home, args)
const cache = () => join(home.path, '.aws/sso/cache')
const tokenPath = () =>
  join(cache(), readdirSync(cache()).find((name) => name.endsWith('.json')) ?? tokenName)
const token = () => JSON.parse(readFileSync(tokenPath(), 'utf8'))
const writeToken = (value: object) => writeFileSync(tokenPath(), JSON.stringify(value))
const shown = ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr

/** No output and no file but the caches holds what the server handed out. */
function expectNoSecret(text: string): void {
  for (const { value } of sandbox.secrets()) expect(text).not.toContain(value)
}

describe('assume login', () => {
  it('with a device code: shows the code, waits, writes the token as the AWS CLI does', async () => {
    const result = await assumeInCore('login', '--device-code')
    expect(result.status).toBe(0)
    expect(result.stderr).toMatch(
      /^assume: log in to devto-article at \S+\n {2}with the code [A-Z]{4}-[A-Z]{4}, or open\n {2}\S+\n {2}waiting; Ctrl-C ends the wait\n/,
    )
    expect(result.stderr).toMatch(
      /\nassume: logged in to devto-article until (\d{4}-\d\d-\d\d )?\d\d:\d\d, renewed by itself while the session lasts\n$/,
    )
    expect(readFileSync(tokenPath(), 'utf8')).toMatch(
      /^\{"startUrl": "https:\/\/sso-portal\.awsapps\.com\/start", "region": "eu-west-2", "accessToken": "[^"]+", "expiresAt": "\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "clientId": "[^"]+", "clientSecret": "[^"]+", "registrationExpiresAt": "[^"]+Z", "refreshToken": "[^"]+"\}$/,
    )
    expect(statSync(tokenPath()).mode & 0o777).toBe(0o600)
    expect(readdirSync(cache())).toHaveLength(1)
    const list = JSON.parse((await assume('list', '--json')).stdout)
    expect(list[0].session).toBe('valid')
  })

  it('reuses its registration', async () => {
    await assume('login', '--device-code')
    await assume('login', '--device-code')
    expect(sandbox.requests.count('RegisterClient')).toBe(1)
    expect(sandbox.requests.count('StartDeviceAuthorization')).toBe(2)
  })

  it('to a session that no profile uses yet, as sync advises, and out of it', async () => {
    home.writeAws(
      '[sso-session solo]\nsso_region = eu-west-2\nsso_start_url = https://sso-portal.awsapps.com/start\n',
    )
    const env = sandboxEnvironment(sandbox.url)
    const { status, stderr } = await startCore(home, ['sync'], { env })
    expect([status, stderr]).toEqual([3, expect.stringContaining('assume login solo\n')])
    const flags = ['--device-code', '--no-browser']
    for (const words of [['solo'], [], ['--all'], ['https://sso-portal.awsapps.com/start']]) {
      const result = await callCommand(home, ['login', ...words, ...flags], { env })
      expect([result.status, result.stderr]).toEqual([0, expect.stringContaining('logged in to solo')])
    }
    expect(await callCommand(home, ['sync', '--dry-run'], { env })).toMatchObject({ status: 0 })
    expect(await callCommand(home, ['logout', '--all'], { env })).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('assume: logged out of solo'),
    })
    expect(await callCommand(home, ['login', 'sloo'], { env })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('did you mean solo?'),
    })
  })

  it('names what there is when the word means nothing', async () => {
    expect(await assume('login', 'devto-articel')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('did you mean devto-article?'),
    })
  })
})

describe('a profile that is called like a session', () => {
  const twins = () => {
    home.writeAws(
      `${sandboxConfig(sandbox.url)}
[sso-session twin]
sso_start_url = https://other.awsapps.com/start
sso_region = eu-west-2
[profile twin]
services = sandbox
sso_session = devto-article
sso_account_id = 123456789011
sso_role_name = FullAccess
`,
    )
  }

  it('is meant by --profile, in login and logout', async () => {
    twins()
    expect(await assume('login', '--profile', 'twin', '--use-device-code')).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('logged in to devto-article'),
    })
    expect(await assume('logout', '-p', 'twin')).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('logged out of devto-article'),
    })
  })

  it('is not named beside a session', async () => {
    for (const command of ['login', 'logout', 'sync']) {
      expect(await assume(command, 'twin', '--profile', 'twin')).toMatchObject({
        status: 2,
        stderr: expect.stringContaining(`assume ${command}: the session is named twice`),
      })
    }
  })
})

describe.each(['sso_', 'granted_sso_'])('a profile with %s keys of the URL of an sso-session', (prefix) => {
  const url = 'https://sso-portal.awsapps.com/start'
  const keys = ['start_url', 'region', 'account_id', 'role_name']
  const values = [url, 'eu-west-2', '123456789011', 'FullAccess']

  it('is logged in to and out of by what an error proposes, and the other one is left alone', async () => {
    const lines = keys.map((key, index) => `${prefix}${key} = ${values[index]}\n`).join('')
    home.writeAws(`${sandboxConfig(sandbox.url)}[profile old]\nservices = sandbox\n${lines}`)
    home.logIn('devto-article')
    const [other] = readdirSync(cache())
    const words = ['env', 'old', '--shell', 'bash', '--export']
    const { status, stderr } = await assume(...words)
    const [, hint = ''] = /^ {2}assume (login .*)$/m.exec(stderr) ?? []
    expect([status, hint]).toEqual([3, `login ${url}`])
    expect(await assume(...hint.split(' '), '--device-code')).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(
        /\nassume: logged in to \S+\/start until (\d{4}-\d\d-\d\d )?\d\d:\d\d\n$/,
      ),
    })
    expect(await assume(...words)).toMatchObject({ status: 0 })
    expect(readdirSync(cache())).toHaveLength(2)
    expect(await assume('logout', url)).toMatchObject({ status: 0 })
    expect(readdirSync(cache())).toEqual([other])
  })
})

describe('--profile', () => {
  it('names the profile of exec, whose first word is then the command, and of credential-process', async () => {
    await assume('login', '--device-code')
    expect(await assumeInCore('exec', '--profile', 'dev-profile', 'printenv', 'AWS_PROFILE')).toMatchObject({
      status: 0,
      stdout: 'dev-profile\n',
    })
    const { stdout } = await assume('credential-process', '--profile', 'dev-profile')
    expect(JSON.parse(stdout)).toMatchObject({ Version: 1 })
    expect(await assume('credential-process', 'dev-profile', '-p', 'dev-profile')).toMatchObject({
      status: 2,
    })
  })
})

describe('assume login in the browser', () => {
  /** A browser that logs in by itself: it follows the redirects of the page, whose sandbox allows at once. */
  const browser = () => {
    const path = home.write('browser', '#!/bin/sh\ncurl -sL -o "$HOME/page" "$1" >"$HOME/browser-log" 2>&1\n')
    chmodSync(path, 0o755)
    return path
  }
  const logIn = (...args: string[]) => startCore(home, ['login', ...args], { env: { BROWSER: browser() } })

  it('waits for the redirect, shows a page, and writes the token', async () => {
    home.writeAws(
      sandboxConfig(sandbox.url).replace(
        '[sso-session devto-article]',
        '[sso-session devto-article]\nassume_login = pkce',
      ),
    )
    const result = await logIn()
    expect(result).toMatchObject({ status: 0 })
    expect(result.stderr).toMatch(
      /^assume: log in to devto-article in the browser; if none opens, go to\n {2}\S+\n {2}waiting; Ctrl-C ends the wait\n/,
    )
    expect(readFileSync(join(home.path, 'page'), 'utf8')).toContain('You are logged in')
    expect(token()).toMatchObject({ startUrl: 'https://sso-portal.awsapps.com/start', region: 'eu-west-2' })
    expect(sandbox.requests.of('RegisterClient')[0]?.parameters).toMatchObject({
      redirectUris: 'http://127.0.0.1/oauth/callback',
      grantTypes: 'authorization_code refresh_token',
      scopes: 'sso:account:access',
    })
  })

  it('fails when the user denies it, and writes nothing', async () => {
    await start({ answer: 'deny' })
    home.writeAws(
      sandboxConfig(sandbox.url).replace(
        '[sso-session devto-article]',
        '[sso-session devto-article]\nassume_login = pkce',
      ),
    )
    const result = await logIn()
    expect(result.status).toBe(1)
    expect(result.stderr).toMatch(/the login was refused: access.denied/i)
    expect(readFileSync(join(home.path, 'page'), 'utf8')).toContain('The login failed')
    expect(existsSync(cache())).toBe(false)
  })

  it('ends with 130 on Ctrl-C, and writes nothing', async () => {
    home.writeAws(
      sandboxConfig(sandbox.url).replace(
        '[sso-session devto-article]',
        '[sso-session devto-article]\nassume_login = pkce',
      ),
    )
    const interruption = new AbortController()
    const running = startCore(home, ['login', '--no-browser'], { signal: interruption.signal })
    await sandbox.requests.arrived('RegisterClient')
    await running.shows('/authorize?')
    interruption.abort()
    const result = await running
    expect(result.status).toBe(130)
    expect(existsSync(cache())).toBe(false)
  })
})

describe('assume logout', () => {
  it('ends the session, and removes its token and the cached roles of its profiles only', async () => {
    await assume('login', '--device-code')
    home.write('.aws/cli/cache/other.json', '{}')
    home.write('.aws/sso/cache/foreign.json', '{"accessToken": "x"}')
    const result = await assume('logout')
    expect(result).toMatchObject({
      status: 0,
      stderr:
        'assume: logged out of devto-article; keys of its roles that were handed out are good until they expire\n',
    })
    expect(sandbox.requests.count('Logout')).toBe(1)
    expect(readdirSync(cache())).toEqual(['foreign.json'])
    expect(existsSync(join(home.path, '.aws/cli/cache/other.json'))).toBe(true)
    expect(JSON.parse((await assume('list', '--json')).stdout)[0].session).toBe('none')
  })
})

describe('a switch', () => {
  it('without a session and a terminal: exit 3, the command to type, nothing changed', async () => {
    const result = await assume('env', 'dev-profile', '--shell', 'bash')
    expect(result).toMatchObject({ status: 3, stdout: '' })
    expect(result.stderr).toContain('assume login devto-article')
    expect(existsSync(cache())).toBe(false)
  })

  it('refreshes a token that is over, and keeps the refresh token when none comes', async () => {
    await start({ refreshTokens: 'keep', accessTokenLifetime: 600 })
    await assume('login', '--device-code')
    const before = token()
    const result = await assume('env', 'dev-profile', '--shell', 'bash', '--verbose')
    expect(result.status).toBe(0)
    expect(result.stderr).toMatch(/POST 127\.0\.0\.1:\d+\/token: 200/)
    expect(token().accessToken).not.toBe(before.accessToken)
    expect(token().refreshToken).toBe(before.refreshToken)
    expectNoSecret(shown(result))
  })

  it('does nothing while the session is good, and needs no file right after the login', async () => {
    await assume('login', '--device-code')
    const requests = sandbox.requests.all.length
    const result = await assume('env', 'dev-profile', '--shell', 'bash', '--verbose')
    expect(result.status).toBe(0)
    expect(result.stderr).toContain('profile dev-profile: from the profile index')
    expect(sandbox.requests.all.length).toBe(requests)
  })

  it('of fifteen processes with a token that is nearly over refreshes once', async () => {
    await assume('login', '--device-code')
    const soon = new Date(Date.now() + 60_000).toISOString().replace(/\.\d+Z$/, 'Z')
    writeToken({ ...token(), expiresAt: soon })
    const before = sandbox.requests.count('CreateToken')
    const results = await Promise.all(
      Array.from({ length: 15 }, () => assumeInCore('env', 'dev-profile', '--shell', 'bash')),
    )
    expect(results.map(({ status }) => status)).toEqual(results.map(() => 0))
    expect(sandbox.requests.count('CreateToken')).toBe(before + 1)
  })

  it('says that the session is over when the service no longer refreshes it', async () => {
    await assume('login', '--device-code')
    writeToken({ ...token(), expiresAt: '2026-01-01T00:00:00Z' })
    sandbox.endSessions()
    const result = await assume('env', 'dev-profile', '--shell', 'bash')
    expect(result).toMatchObject({ status: 3, stdout: '' })
    expect(result.stderr).toContain('assume login devto-article')
  })
})
