import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sandboxConfig } from '../../src/sandbox/config.ts'
import { repository } from '../support/home.ts'
import { devRole, findAwsCli, World } from './world.ts'

const awsCli = findAwsCli()
const required = process.env['ASSUME_REQUIRE_AWS_CLI'] !== undefined

/** A home with a profile that gets its keys from assume. */
async function openWorld(): Promise<World> {
  const world = await World.open()
  const program = join(repository, 'bin/assume')
  const profiles = (more = '') =>
    `${sandboxConfig(world.sandbox.url)}\n[profile keys]\ncredential_process = "${program}" credential-process dev-profile\nregion = eu-west-1\nservices = sandbox\n${more}`
  world.home.writeAws(profiles())
  return world
}

const provide = (world: World, name = 'dev-profile', ...words: string[]) =>
  world.handOut(['credential-process', name, ...words])

describe('credential-process', () => {
  it.skipIf(!awsCli && !required)('gives the AWS CLI its keys, fetched once', async () => {
    const world = await openWorld()
    await world.logIn()
    for (let run = 0; run < 2; run++) {
      const words = ['sts', 'get-caller-identity', '--profile', 'keys', '--query', 'Arn', '--output', 'text']
      const { status, stdout } = await world.run(awsCli as string, words)
      expect(status).toBe(0)
      expect(stdout.trim()).toMatch(devRole)
    }
    expect(world.takeRequests().sort()).toEqual([
      'GetCallerIdentity',
      'GetCallerIdentity',
      'GetRoleCredentials',
    ])
  })

  it('gives the AWS SDK for JavaScript its keys', async () => {
    const world = await openWorld()
    await world.logIn()
    const program = [
      "import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'",
      'const { Arn } = await new STSClient({}).send(new GetCallerIdentityCommand({}))',
      'process.stdout.write(Arn)',
    ].join('\n')
    const env = { AWS_PROFILE: 'keys', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' }
    const { stdout, stderr } = await world.runModule(program, env)
    expect(stderr).toBe('')
    expect(stdout).toMatch(devRole)
  })

  it('fetches once for fifty at once, and prints what the SDKs read', async () => {
    const world = await openWorld()
    await world.logIn()
    const results = await Promise.all(Array.from({ length: 50 }, () => provide(world)))
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set([0]))
    expect(new Set(results.map(({ stdout }) => stdout)).size).toBe(1)
    expect(world.takeRequests()).toEqual(['GetRoleCredentials'])
    const keys = JSON.parse(results[0]?.stdout ?? '')
    expect(Object.keys(keys).slice(0, 5)).toEqual([
      'Version',
      'AccessKeyId',
      'SecretAccessKey',
      'SessionToken',
      'Expiration',
    ])
    expect(keys.Version).toBe(1)
    expect(Date.parse(keys.Expiration) - Date.now()).toBeGreaterThan(15 * 60_000)
  })

  it('asks nothing and opens nothing, but with --login', async () => {
    const world = await openWorld()
    expect(await provide(world)).toMatchObject({
      status: 3,
      stdout: '',
      stderr: expect.stringContaining('assume login'),
    })
    expect(world.takeRequests()).toEqual([])
    world.home.writeAws(
      sandboxConfig(world.sandbox.url).replace(/^\[sso-session .*/m, '$&\nassume_login = device-code'),
    )
    expect(await provide(world, 'dev-profile', '--login')).toMatchObject({ status: 0 })
    expect(world.takeRequests()).toContain('StartDeviceAuthorization')
  })

  it('finds kept keys without the config file, until that changes or they are nearly over', async () => {
    const world = await openWorld()
    await world.logIn()
    const first = await provide(world)
    const folder = join(world.home.path, '.aws/cli/cache')
    const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.json'))
    const verbose = () => provide(world, 'dev-profile', '--verbose')
    expect(await verbose()).toMatchObject({ stdout: first.stdout, stderr: '' })
    world.home.writeAws(
      sandboxConfig(world.sandbox.url)
        .replaceAll('123456789011', '999988887777')
        .replace('FullAccess', 'Admin'),
    )
    expect((await verbose()).stdout).not.toBe(first.stdout)
    world.home.writeAws(sandboxConfig(world.sandbox.url))
    await provide(world)
    const soon = new Date(Date.now() + 10 * 60_000).toISOString().replace(/\.\d+Z$/, 'Z')
    const text = readFileSync(join(folder, file), 'utf8')
    writeFileSync(join(folder, file), text.replace(/"Expiration": "[^"]*"/, `"Expiration": "${soon}"`))
    world.takeRequests()
    expect((await provide(world)).stdout).not.toBe(first.stdout)
    expect(world.takeRequests()).toEqual(['GetRoleCredentials'])
  })

  it('knows no such profile', async () => {
    const world = await openWorld()
    expect(await provide(world, 'dev-profil')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('did you mean dev-profile?'),
    })
  })
})
