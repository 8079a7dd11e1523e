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

  it('has no session after a logout with assume', async () => {
    const world = await World.open()
    await world.logIn()
    await world.assume(['logout'])
    world.takeRequests()
    expect(await getKey(world)).toContain('Token for devto-article does not exist')
    expect(world.takeRequests()).toEqual([])
  })
})
