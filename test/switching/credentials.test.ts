import { describe, expect, it } from 'vitest'
import { CredentialWorld, ssoKeys, userKeys } from './world.ts'

const deploy = 'arn:aws:iam::999988887777:role/Deploy'
const deployAs = (source: string) => `role_arn = ${deploy}\nsource_profile = ${source}\n`

describe('credentials', () => {
  it('of Identity Center, once', async () => {
    const world = await CredentialWorld.open()
    world.configure({ dev: ssoKeys })
    await world.logIn()
    const credentials = await world.fetch('dev')
    expect(credentials).toMatchObject({ accountId: '123456789011' })
    expect(world.takeRequests()).toEqual(['GetRoleCredentials'])
    expect(await world.identify(credentials)).toContain('/AWSReservedSSO_FullAccess_')
    world.takeRequests()
    expect(await world.fetch('dev')).toEqual({
      ...credentials,
      expiresAt: Math.floor((credentials.expiresAt ?? 0) / 1000) * 1000,
    })
    expect(world.takeRequests()).toEqual([])
  })

  it('of a role on top of it, and of a user', async () => {
    const world = await CredentialWorld.open()
    world.configure({ dev: ssoKeys, deploy: deployAs('dev'), me: userKeys, mine: deployAs('me') })
    await world.logIn()
    const credentials = await world.fetch('deploy')
    expect(world.takeRequests()).toEqual(['GetRoleCredentials', 'AssumeRole'])
    expect(await world.identify(credentials)).toMatch(
      /^arn:aws:sts::999988887777:assumed-role\/Deploy\/assume-\d+$/,
    )
    expect(world.caches.own).toHaveLength(1)
    const mine = await world.fetch('mine')
    expect(mine.accessKeyId).not.toBe(credentials.accessKeyId)
    expect(world.caches.own).toHaveLength(2)
  })
})
