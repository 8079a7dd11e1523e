import { chmodSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { registrationFileName, ssoRoleFileName, tokenFileName } from '../../src/aws/cache-file-name.ts'
import { fixtures } from '../support/home.ts'
import { askedWithToken, devRole, exampleSession, findAwsCli, timestamp, World } from './world.ts'

const found = findAwsCli()
const isWanted = found !== undefined || Boolean(process.env['ASSUME_REQUIRE_AWS_CLI'])

const loginRequests = ['RegisterClient', 'StartDeviceAuthorization', 'CreateToken']

/** Who the AWS CLI says that a profile is. */
async function identify(world: World, profile = 'dev-profile'): Promise<string> {
  const words = ['sts', 'get-caller-identity', '--profile', profile, '--output', 'json']
  const { status, stdout, stderr } = await world.runAwsCli(words)
  return status === 0 ? JSON.parse(stdout).Arn : stderr.trim()
}

async function logInWithCli(world: World, profile = 'dev-profile'): Promise<void> {
  const { status, stderr } = await world.runAwsCli(['sso', 'login', '--no-browser', '--profile', profile])
  expect(stderr).toBe('')
  expect(status).toBe(0)
  expect(world.takeRequests()).toEqual(loginRequests)
}

/** The text of a token file with every value replaced by its kind. */
function outline(text: string): string {
  return text.replace(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/g, 'TIME').replace(/(": )"[^"]+"/g, '$1TEXT')
}

describe.skipIf(!isWanted)(`the AWS CLI v2${isWanted ? '' : ' (not installed)'}`, () => {
  it('needs no login after one with assume', async () => {
    const world = await World.open()
    await world.logIn()
    expect(await identify(world)).toMatch(devRole)
    expect(world.takeRequests()).toEqual(askedWithToken)
    expect(await identify(world, 'test-profile')).toContain('AWSReservedSSO_ReadOnly_')
    expect(world.takeRequests()).toEqual(askedWithToken)
  })

  it('needs none after one with PKCE either, and can log in anew beside our registration', async () => {
    const world = await World.open()
    const config = readFileSync(join(world.home.path, '.aws/config'), 'utf8')
    world.home.writeAws(
      config.replace('[sso-session devto-article]', '[sso-session devto-article]\nassume_login = pkce'),
    )
    const browser = world.home.write('browser', '#!/bin/sh\ncurl -sLo page --cacert "$AWS_CA_BUNDLE" "$1"\n')
    chmodSync(browser, 0o755)
    expect(await world.assume(['login'], { BROWSER: browser })).toMatchObject({ status: 0 })
    expect(world.takeRequests()).toEqual(['RegisterClient', 'Authorize', 'CreateToken'])
    expect(world.list('sso/cache')).toEqual([tokenFileName(exampleSession)])
    expect(await identify(world)).toMatch(devRole)
    expect(world.takeRequests()).toEqual(askedWithToken)
    await logInWithCli(world)
  })

  it('has logged in for assume too', async () => {
    const world = await World.open()
    await logInWithCli(world)
    expect(await world.switch()).toMatchObject({ status: 0, stderr: '' })
    expect((await world.assume(['list', '--json'])).stdout).toContain('"session": "valid"')
    expect(world.takeRequests()).toEqual([])
  })

  it('writes the files that assume computes, and the token as assume does', async () => {
    const world = await World.open()
    await logInWithCli(world)
    const registration = registrationFileName({
      startUrl: exampleSession.startUrl,
      region: 'eu-west-2',
      sessionName: exampleSession.name,
      scopes: ['sso:account:access'],
    })
    expect(world.list('sso/cache')).toEqual([registration, tokenFileName(exampleSession)].sort())
    const theirs = world.readTokenText()
    await world.logIn()
    const ours = world.readTokenText()
    expect(ours).not.toBe(theirs)
    expect(outline(ours)).toBe(outline(theirs))
    await identify(world)
    expect(world.list('cli/cache')).toEqual([
      ssoRoleFileName({ session: exampleSession, accountId: '123456789011', roleName: 'FullAccess' }),
    ])
  })

  it('shares a login by start URL, in both directions', async () => {
    const world = await World.open()
    world.home.useExample('legacy')
    const session = { startUrl: exampleSession.startUrl }
    await world.logIn('dev')
    const ours = world.readTokenText(session)
    expect(await identify(world, 'dev')).toMatch(devRole)
    expect(world.takeRequests()).toEqual(askedWithToken)
    await logInWithCli(world, 'dev')
    expect(outline(ours)).toBe(outline(world.readTokenText(session)))
    expect(await world.assume(['env', 'dev', '--shell', 'bash'])).toMatchObject({ status: 0, stderr: '' })
    expect(world.takeRequests()).toEqual([])
  })

  it('uses what assume has refreshed', async () => {
    const world = await World.open()
    await logInWithCli(world)
    world.changeToken({ expiresAt: timestamp(-60) })
    expect(await world.switch()).toMatchObject({ status: 0, stderr: '' })
    expect(world.takeRequests()).toEqual(['CreateToken'])
    expect(await identify(world)).toMatch(devRole)
    expect(world.takeRequests()).toEqual(askedWithToken)
  })

  it('refreshes for assume too, and either can go on from there', async () => {
    const world = await World.open()
    await world.logIn()
    world.changeToken({ expiresAt: timestamp(-60) })
    expect(await identify(world)).toMatch(devRole)
    expect(world.takeRequests()).toEqual(['CreateToken', ...askedWithToken])
    expect(await world.switch()).toMatchObject({ status: 0, stderr: '' })
    expect(world.takeRequests()).toEqual([])
    world.changeToken({ expiresAt: timestamp(-60) })
    expect(await world.switch()).toMatchObject({ status: 0, stderr: '' })
    expect(world.takeRequests()).toEqual(['CreateToken'])
    world.changeToken({ expiresAt: timestamp(-60) })
    expect(await identify(world, 'test-profile')).toContain('AWSReservedSSO_ReadOnly_')
    expect(world.takeRequests()).toEqual(['CreateToken', ...askedWithToken])
  })

  it('can refresh after assume has, where the service gives no new refresh token', async () => {
    const world = await World.open({ refreshTokens: 'keep' })
    await world.logIn()
    world.changeToken({ expiresAt: timestamp(-60) })
    expect(await world.switch()).toMatchObject({ status: 0, stderr: '' })
    world.changeToken({ expiresAt: timestamp(-60) })
    world.takeRequests()
    expect(await identify(world)).toMatch(devRole)
    expect(world.takeRequests()).toEqual(['CreateToken', ...askedWithToken])
  })

  it('finds a token mended whose time it could not read', async () => {
    const world = await World.open()
    await world.logIn()
    world.changeToken({ expiresAt: timestamp(-60).replace('Z', '') })
    expect(await identify(world)).not.toMatch(devRole)
    expect(await world.switch()).toMatchObject({ status: 0, stderr: '' })
    world.takeRequests()
    expect(await identify(world)).toMatch(devRole)
    expect(world.takeRequests()).toEqual(askedWithToken)
  })

  it('logs out of assume too', async () => {
    const world = await World.open()
    await world.logIn()
    expect(await world.runAwsCli(['sso', 'logout'])).toMatchObject({ status: 0 })
    expect(world.takeRequests()).toEqual(['Logout'])
    const { stdout } = await world.assume(['list', '--json'])
    expect(JSON.parse(stdout).map(({ session }: { session: string }) => session)).toEqual(['none', 'none'])
    expect((await world.assume(['list'])).stdout).toContain('logged out')
    const result = await world.switch()
    expect(result).toMatchObject({ status: 3, stdout: '' })
    expect(result.stderr).toContain('assume login devto-article')
  })

  it('says that there is no session after a logout with assume, its own cached keys included', async () => {
    const world = await World.open()
    await logInWithCli(world)
    expect(await identify(world)).toMatch(devRole)
    expect(await world.assume(['logout'])).toMatchObject({ status: 0 })
    expect(world.list('cli/cache')).toEqual([])
    world.takeRequests()
    expect(await identify(world)).toContain('Token for devto-article does not exist')
    expect(world.takeRequests()).toEqual([])
  })

  it.each(['us-east-1-fips', 'aws-global'])(
    'asks the same hosts as assume in the pseudo region %s, and signs alike',
    async (region) => {
      const world = await World.open({ region: 'us-east-1' })
      const config = readFileSync(join(world.home.path, '.aws/config'), 'utf8')
      world.home.writeAws(config.replace(/^(region|sso_region) = .*$/gm, `$1 = ${region}`))
      const takeHosts = () => {
        const asked = world.sandbox.requests.all.map(({ operation, host, signingRegion }) => ({
          operation,
          host,
          signingRegion,
        }))
        world.sandbox.requests.clear()
        return asked
      }
      await world.runAwsCli(['sso', 'login', '--no-browser', '--profile', 'dev-profile'])
      expect(await identify(world)).toMatch(devRole)
      const theirs = takeHosts()
      expect(theirs.map(({ operation }) => operation)).toEqual([...loginRequests, ...askedWithToken])
      for (const folder of ['sso', 'cli']) rmSync(join(world.home.path, '.aws', folder), { recursive: true })
      expect(await world.assume(['login', '--device-code'])).toMatchObject({ status: 0 })
      expect(await world.assume(['whoami', 'dev-profile'])).toMatchObject({ status: 0, stderr: '' })
      expect(takeHosts()).toEqual(theirs)
    },
  )

  it('and assume agree that a session is over when the service says so', async () => {
    const world = await World.open()
    await world.logIn()
    world.changeToken({ expiresAt: timestamp(-60) })
    world.sandbox.endSessions()
    expect(await world.switch()).toMatchObject({ status: 3, stdout: '' })
    expect(await identify(world)).toContain('Token has expired and refresh failed')
    expect(world.takeRequests()).toEqual(['CreateToken', 'CreateToken'])
  })
})

describe('a token file', () => {
  const vectors: { sso_token_file: { input: string; file: string }[] } = JSON.parse(
    readFileSync(join(fixtures, 'awscli/cache-key-vectors.json'), 'utf8'),
  )

  it('of every session lies where the AWS CLI 2.36.7 has it', async () => {
    const world = await World.open()
    const profile = (name: string, ...lines: string[]) =>
      [`[profile ${name}]`, 'sso_account_id = 111122223333', 'sso_role_name = Admin', ...lines].join('\n')
    const region = 'sso_region = eu-west-2'
    const sections = vectors.sso_token_file.flatMap(({ input }, index) =>
      input.startsWith('https:')
        ? [profile(`p${index}`, `sso_start_url = ${input}`, region)]
        : [
            profile(`p${index}`, `sso_session = ${input}`),
            `[sso-session '${input}']\nsso_start_url = https://d-abc123.awsapps.com/start\n${region}`,
          ],
    )
    world.home.writeAws(`${sections.join('\n')}\n`)
    await world.logIn('--all')
    expect(world.list('sso/cache')).toEqual(vectors.sso_token_file.map(({ file }) => file).sort())
  })

  it.each([
    ['pkce-login/0ad374308c5a4e22f723adf10145eafad7c4031c', ['sso_session = my-sso']],
    ['device-login/0ad374308c5a4e22f723adf10145eafad7c4031c', ['sso_session = my-sso']],
    // Without scopes the sandbox gives no refresh token.
    [
      'device-login/40a89917e3175433e361b710a9d43528d7f1890a',
      ['sso_start_url = https://d-abc123.awsapps.com/start', 'sso_region = us-west-2'],
    ],
  ])('has the form of the recorded %s', async (path, lines) => {
    const world = await World.open({ region: 'us-west-2' })
    world.home.writeAws(
      [
        '[profile dev]',
        'sso_account_id = 111122223333',
        'sso_role_name = Admin',
        ...lines,
        '[sso-session my-sso]',
        'sso_start_url = https://d-abc123.awsapps.com/start',
        'sso_region = us-west-2',
        'sso_registration_scopes = sso:account:access\n',
      ].join('\n'),
    )
    await world.logIn('dev')
    const ours = readFileSync(join(world.home.path, `.aws/sso/cache/${path.split('/')[1]}.json`), 'utf8')
    const golden = readFileSync(join(fixtures, `awscli/${path}.json`), 'utf8')
    const isLegacy = lines.length > 1
    expect(outline(ours)).toBe(outline(golden).replace(isLegacy ? ', "refreshToken": TEXT' : '', ''))
    const head = golden.slice(0, golden.indexOf('"accessToken"'))
    expect(ours.startsWith(head)).toBe(true)
  })

  it.each([
    ['whole seconds and Z', (time: string) => time],
    ['milliseconds', (time: string) => time.replace('Z', '.123Z')],
    ['an offset of nothing', (time: string) => time.replace('Z', '+00:00')],
    ['UTC at its end', (time: string) => time.replace('Z', 'UTC')],
    ['no zone', (time: string) => time.replace('Z', '')],
  ])('with %s in its times needs no login, and is refreshed when it is over', async (_title, form) => {
    const world = await World.open()
    await world.logIn()
    const registrationExpiresAt = form(timestamp(86_400))
    world.changeToken({ expiresAt: form(timestamp(3600)), registrationExpiresAt }, 2)
    expect(await world.switch()).toMatchObject({ status: 0, stderr: '' })
    expect(world.takeRequests()).toEqual([])
    world.changeToken({ expiresAt: form(timestamp(-60)), registrationExpiresAt }, 2)
    expect(await world.switch()).toMatchObject({ status: 0, stderr: '' })
    expect(world.takeRequests()).toEqual(['CreateToken'])
    expect(outline(world.readTokenText())).toMatch(/"expiresAt": TIME, .*"registrationExpiresAt": TIME/)
  })
})
