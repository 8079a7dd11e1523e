import { join } from 'node:path'
import { expect, it } from 'vitest'
import { repository } from '../support/home.ts'
import { describeKeyring } from '../support/keyring.ts'
import { KeysWorld, me } from './keys-world.ts'

const csv = `Access key ID,Secret access key\n${me.accessKeyId},${me.secretAccessKey}\n`

describeKeyring('assume login', () => {
  it('does not advise itself where the keyring is locked', async () => {
    const world = await KeysWorld.open({ keyring: 'unlocked' })
    expect((await world.keys(['add', 'ci', '--stdin', '--store', 'os'], { input: csv })).status).toBe(0)
    world.keyring?.lock()
    const assume = join(repository, 'bin/assume')
    expect(await world.run(assume, ['credential-process', 'ci'])).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/\n {2}assume login ci\n$/),
    })
    expect(await world.run(assume, ['login', 'ci'])).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/\n {2}unlock it \(over SSH: .*\), then run the command again\n$/),
    })
  })
})
