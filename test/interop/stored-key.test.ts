import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { callCommand } from '../support/command.ts'
import { repository } from '../support/home.ts'
import { exampleKey, passphrase, storeKey } from '../support/stored-key.ts'
import { findAwsCli, findBotocore, World } from './world.ts'

const awsCli = findAwsCli()
const python = findBotocore()
const required = process.env['ASSUME_REQUIRE_AWS_CLI'] !== undefined
const user = 'arn:aws:iam::111122223333:user/me'

/** A home with a stored key in front of which a session of twelve hours stands, got with a passphrase and a code. */
async function openWorld(): Promise<World> {
  const world = await World.open({ roles: [{ arn: 'arn:aws:iam::777788889999:role/Deploy' }] })
  await storeKey(world.home, 'base')
  world.home.writeAws(`
[profile base]
assume_keys = file
credential_process = "${join(repository, 'bin/assume')}" credential-process base
mfa_serial = arn:aws:iam::111122223333:mfa/me
region = eu-west-1
[profile deploy]
role_arn = arn:aws:iam::777788889999:role/Deploy
source_profile = base
region = eu-west-1
`)
  const screen: string[] = []
  const options = { env: { ...world.env, TERM: 'dumb' }, answers: [passphrase, '123456'], screen }
  const { status, stderr } = await callCommand(world.home, ['login', 'base'], options)
  expect([status, stderr]).toEqual([0, expect.stringContaining('stored key of base: a session until')])
  expect(screen.filter((line) => /^(Passphrase|MFA code)/.test(line))).toHaveLength(2)
  expect(world.takeRequests()).toEqual(['GetSessionToken'])
  return world
}

/** Leaves so many minutes of the session, as if the rest had passed, and nothing of roles. */
function pass(world: World, minutesLeft: number): void {
  const folder = join(world.home.path, '.cache/assume/roles')
  const [name = ''] = readdirSync(folder)
  const end = `${new Date(Date.now() + minutesLeft * 60_000).toISOString().slice(0, 19)}Z`
  const text = readFileSync(join(folder, name), 'utf8')
  writeFileSync(join(folder, name), text.replace(/"Expiration": "[^"]*"/, `"Expiration": "${end}"`))
  rmSync(join(world.home.path, '.aws/cli/cache'), { recursive: true, force: true })
}

describe('through credential_process of a stored key', () => {
  it.skipIf(!awsCli && !required)(
    'the AWS CLI works for as long as the session lasts, with roles on top',
    async () => {
      const world = await openWorld()
      const ask = (profile: string) =>
        world.runAwsCli([
          'sts',
          'get-caller-identity',
          '--profile',
          profile,
          '--query',
          'Arn',
          '--output',
          'text',
        ])
      for (const minutesLeft of [12 * 60, 6 * 60, 20, 5]) {
        pass(world, minutesLeft)
        expect((await ask('base')).stdout.trim()).toBe(user)
        expect((await ask('deploy')).stdout).toContain(':assumed-role/Deploy/')
        expect(world.takeRequests()).toEqual(['GetCallerIdentity', 'AssumeRole', 'GetCallerIdentity'])
      }
      pass(world, -1)
      const { status, stderr } = await ask('base')
      expect(status).not.toBe(0)
      expect(stderr).toContain('assume login base')
      expect(stderr).not.toContain(exampleKey.secretAccessKey)
      expect(world.takeRequests()).toEqual([])
    },
  )

  it.skipIf(!python)('botocore renews in one process all day', async () => {
    const world = await openWorld()
    const program = [
      'import botocore.session, botocore.credentials, datetime',
      "credentials = botocore.session.Session(profile='base').get_credentials()",
      'now = botocore.credentials._local_now',
      'for minutes in range(0, 12 * 60 - 1, 7):',
      '    credentials._time_fetcher = lambda: now() + datetime.timedelta(minutes=minutes)',
      '    print(credentials.get_frozen_credentials().access_key)',
    ].join('\n')
    const { status, stdout, stderr } = await world.run(python ?? '', ['-c', program])
    expect([status, stderr]).toEqual([0, ''])
    const keys = stdout.trim().split('\n')
    expect(keys).toHaveLength(103)
    expect([...new Set(keys)].map((key) => world.kindOf(key))).toEqual(['access-key-id'])
    expect(keys).not.toContain(exampleKey.accessKeyId)
    expect(world.takeRequests()).toEqual([])
  })

  it('the AWS SDK for JavaScript renews in one process all day', async () => {
    const world = await openWorld()
    const program = [
      "import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'",
      "const client = new STSClient({ profile: 'base' })",
      'const now = Date.now',
      'const keys = new Set()',
      'for (let minutes = 0; minutes < 12 * 60 - 1; minutes += 7) {',
      '  Date.now = () => now() + minutes * 60_000',
      '  keys.add((await client.config.credentials()).accessKeyId)',
      '}',
      'Date.now = now',
      'const { Arn } = await client.send(new GetCallerIdentityCommand({}))',
      'console.log(keys.size, Arn)',
    ].join('\n')
    const env = { AWS_PROFILE: 'base', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' }
    const services = `services = sandbox\n[services sandbox]\nsts =\n  endpoint_url = ${world.sandbox.url}\n`
    const config = join(world.home.path, '.aws/config')
    writeFileSync(config, readFileSync(config, 'utf8').replace('[profile deploy]', `${services}$&`))
    const { stdout, stderr } = await world.runModule(program, env)
    expect([stdout, stderr]).toEqual([`1 ${user}\n`, ''])
    expect(world.takeRequests()).toEqual(['GetCallerIdentity'])
  })
})
