import { describe, expect, it } from 'vitest'
import { findBotocore, timestamp, World } from './world.ts'

const python = findBotocore()

/** The access key that botocore gets for dev-profile, or the last line of its complaint. */
async function getKey(world: World): Promise<string> {
  const program = [
    'import botocore.session',
    "credentials = botocore.session.Session(profile='dev-profile').get_credentials()",
    'print(credentials.get_frozen_credentials().access_key)',
  ].join('\n')
  const { status, stdout, stderr } = await world.run(python ?? '', ['-c', program])
  return (status === 0 ? stdout : stderr).trim().split('\n').at(-1) ?? ''
}

describe.skipIf(!python)(`botocore${python ? '' : ' (python3 has none that knows sso_session)'}`, () => {
  it('needs no login after one with assume', async () => {
    const world = await World.open()
    await world.logIn()
    expect(world.kindOf(await getKey(world))).toBe('access-key-id')
    expect(world.takeRequests()).toEqual(['GetRoleCredentials'])
  })

  it('uses what assume has refreshed, and refreshes for assume too', async () => {
    const world = await World.open()
    await world.logIn()
    world.changeToken({ expiresAt: timestamp(-60) })
    expect(await world.switch()).toMatchObject({ status: 0, stderr: '' })
    expect(world.takeRequests()).toEqual(['CreateToken'])
    expect(world.kindOf(await getKey(world))).toBe('access-key-id')
    expect(world.takeRequests()).toEqual(['GetRoleCredentials'])
    world.changeToken({ expiresAt: timestamp(-60) })
    expect(world.kindOf(await getKey(world))).toBe('access-key-id')
    expect(world.takeRequests()).toEqual(['CreateToken', 'GetRoleCredentials'])
    expect(await world.switch()).toMatchObject({ status: 0, stderr: '' })
    expect(world.takeRequests()).toEqual([])
  })

  it('knows the account of exported keys and of those in the credentials file, which its strictest mode requires', async () => {
    const world = await World.open()
    await world.logIn()
    const program = [
      'import os, botocore.session, botocore.config',
      "config = botocore.config.Config(account_id_endpoint_mode='required')",
      "client = botocore.session.Session().create_client('dynamodb', config=config)",
      "client.meta.events.register('before-send', lambda request, **_: (print(request.url, flush=True), os._exit(0)))",
      'client.list_tables()',
    ].join('\n')
    const askFor = (env: Record<string, string>) => world.run(python ?? '', ['-c', program], { env })
    const { stdout } = await world.handOut(['env', 'dev-profile', '--export', '--format', 'json'])
    const account = { stdout: 'https://123456789011.ddb.eu-west-1.amazonaws.com/\n' }
    expect(await askFor(JSON.parse(stdout).set)).toMatchObject(account)
    await world.assume(['credentials-file', 'dev-profile', '--as', 'copy'])
    expect(await askFor({ AWS_PROFILE: 'copy' })).toMatchObject(account)
  })

  it('has no session after a logout with assume', async () => {
    const world = await World.open()
    await world.logIn()
    await world.assume(['logout'])
    world.takeRequests()
    expect(await getKey(world)).toContain('Token for devto-article does not exist')
    expect(world.takeRequests()).toEqual([])
  })
})
