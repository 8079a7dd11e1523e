import { describe, expect, it } from 'vitest'
import { sandboxConfig } from '../../src/sandbox/config.ts'
import { askedWithToken, devRole, timestamp, World } from './world.ts'

/** The SDK knows no proxy: the config file leads it to the sandbox. */
async function openWorld(): Promise<World> {
  const world = await World.open()
  world.home.writeAws(sandboxConfig(world.sandbox.url))
  return world
}

const silence = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' }

/** The access key that fromSSO gets, or its complaint. */
async function getKey(world: World): Promise<string> {
  const program = [
    "import { fromSSO } from '@aws-sdk/credential-provider-sso'",
    "const name = await fromSSO({ profile: 'dev-profile' })().then((keys) => keys.accessKeyId, (error) => error.message)",
    'process.stdout.write(name)',
  ].join('\n')
  // The endpoints come from this profile, whatever profile is asked for.
  const { stdout, stderr } = await world.runModule(program, { ...silence, AWS_PROFILE: 'dev-profile' })
  expect(stderr).toBe('')
  return stdout
}

describe('the AWS SDK for JavaScript', () => {
  it('gets keys with fromSSO after a login with assume', async () => {
    const world = await openWorld()
    await world.logIn()
    expect(world.kindOf(await getKey(world))).toBe('access-key-id')
    expect(world.takeRequests()).toEqual(['GetRoleCredentials'])
  })

  it('is the role in the environment of a switch', async () => {
    const world = await openWorld()
    await world.logIn()
    const { stdout } = await world.assume(['env', 'dev-profile', '--format', 'json'])
    const program = [
      "import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'",
      'const { Arn } = await new STSClient({}).send(new GetCallerIdentityCommand({}))',
      'process.stdout.write(Arn)',
    ].join('\n')
    const result = await world.runModule(program, { ...silence, ...JSON.parse(stdout).set })
    expect(result.stdout).toMatch(devRole)
    expect(world.takeRequests()).toEqual(askedWithToken)
  })

  it('uses what assume has refreshed, and refreshes for assume too, in its own form', async () => {
    const world = await openWorld()
    await world.logIn()
    world.changeToken({ expiresAt: timestamp(-60) })
    expect(await world.switch()).toMatchObject({ status: 0, stderr: '' })
    expect(world.takeRequests()).toEqual(['CreateToken'])
    expect(world.kindOf(await getKey(world))).toBe('access-key-id')
    expect(world.takeRequests()).toEqual(['GetRoleCredentials'])
    world.changeToken({ expiresAt: timestamp(-60) })
    expect(world.kindOf(await getKey(world))).toBe('access-key-id')
    expect(world.takeRequests()).toEqual(['CreateToken', 'GetRoleCredentials'])
    expect(world.readTokenText()).toMatch(/^\{\n {2}"startUrl".*"expiresAt": "[^"]+\.\d{3}Z"/s)
    expect(await world.switch()).toMatchObject({ status: 0, stderr: '' })
    expect(world.takeRequests()).toEqual([])
    world.changeToken({ expiresAt: new Date(Date.now() - 60_000).toISOString() }, 2)
    expect(await world.switch()).toMatchObject({ status: 0, stderr: '' })
    expect(world.takeRequests()).toEqual(['CreateToken'])
  })

  it('has no session after a logout with assume', async () => {
    const world = await openWorld()
    await world.logIn()
    await world.assume(['logout'])
    world.takeRequests()
    expect(await getKey(world)).toContain('was not found or is invalid')
    expect(world.takeRequests()).toEqual([])
  })
})
