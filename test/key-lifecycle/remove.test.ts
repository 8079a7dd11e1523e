import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { describeKeyring } from '../support/keyring.ts'
import { KeysWorld, me } from './keys-world.ts'

const csv = `Access key ID,Secret access key\n${me.accessKeyId},${me.secretAccessKey}\n`
const add = ['add', 'ci', '--stdin', '--store', 'os']

describeKeyring('assume keys remove', () => {
  it('takes a key out of its store and what says so out of the profile, and nothing else', async () => {
    const world = await KeysWorld.open({ keyring: 'unlocked' })
    const config = '# mine\n[profile ci]\nregion = eu-west-1\nmfa_serial = arn:aws:iam::111122223333:mfa/me\n'
    world.home.writeAws(config, '[other]\nregion = x\n')
    expect((await world.keys(add, { input: csv })).status).toBe(0)
    const { status, stdout, stderr } = await world.keys(['remove', 'ci'])
    expect([status, stdout]).toEqual([3, ''])
    expect(stderr).toBe(
      "assume: ci has the key AKIA…MPLE in the system's keyring: its secret is lost, and AWS takes the key until it is deleted there; nothing was changed\n  assume keys remove ci --yes\n",
    )
    expect(world.lookUp('ci')).toBe(me.accessKeyId)
    const removed = await world.keys(['remove', 'ci', '--yes'])
    expect([removed.status, removed.stdout]).toEqual([
      0,
      "removed the key AKIA…MPLE from the system's keyring\n",
    ])
    expect([world.config, world.credentials]).toEqual([config, '[other]\nregion = x\n'])
    expect(world.lookUp('ci')).toBeUndefined()
    expect(readdirSync(join(world.home.path, '.config/assume/keys'))).toEqual([])
    expect(world.findSecret()).toEqual([])
    expect(await world.keys(['remove', 'ci', '--yes'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('profile ci has no stored key'),
    })
  })

  it('asks on a terminal, and goes on with a yes alone', async () => {
    const world = await KeysWorld.open({ keyring: 'unlocked' })
    expect((await world.keys(add, { input: csv })).status).toBe(0)
    const before = world.config
    expect(await world.converse(['remove', 'ci'], [['Remove it? [y/N]', '\u0003']])).toMatchObject({
      status: 130,
    })
    expect(await world.converse(['remove', 'ci'], [['Remove it? [y/N]', '\r']])).toMatchObject({
      status: 0,
      text: expect.stringMatching(/assume: nothing was changed$/),
    })
    expect([world.config, world.lookUp('ci')]).toEqual([before, me.accessKeyId])
    expect(await world.converse(['remove', 'ci'], [['Remove it? [y/N]', 'y\r']])).toMatchObject({ status: 0 })
    expect([world.config, world.lookUp('ci')]).toEqual(['[profile ci]\n', undefined])
  })

  it('leaves another credential_process, and finishes where it was killed', async () => {
    const world = await KeysWorld.open({ keyring: 'unlocked' })
    expect((await world.keys(add, { input: csv })).status).toBe(0)
    // The last of them has nothing left to do.
    const killedAt = await world.killAtEachChange(['remove', 'ci', '--yes'], () => {}, 1)
    expect(killedAt).toContain('renameSync .aws/config')
    expect([world.config, world.lookUp('ci')]).toEqual(['[profile ci]\n', undefined])
    const other = '[profile ci]\ncredential_process = pass show aws\n'
    world.home.writeAws(`${other}assume_keys = os\n`)
    expect(await world.keys(['remove', 'ci'])).toMatchObject({
      status: 0,
      stdout: 'ci names no stored key any more\n',
    })
    expect(world.config).toBe(other)
  })

  it('needs the name of a profile', async () => {
    const world = await KeysWorld.open()
    expect(await world.keys(['remove'])).toMatchObject({ status: 2 })
  })

  it('forgets, with a yes, what lies in a keyring that cannot be reached', async () => {
    const world = await KeysWorld.open({ keyring: 'unlocked' })
    expect((await world.keys(add, { input: csv })).status).toBe(0)
    const env = { DBUS_SESSION_BUS_ADDRESS: '', XDG_RUNTIME_DIR: '' }
    const { status, stdout, stderr } = await world.keys(['remove', 'ci', '--yes'], { env })
    expect([status, stdout]).toEqual([0, 'forgot the key AKIA…MPLE, which the keyring still has\n'])
    expect(stderr).toContain('what the keyring has of ci stays there')
    expect(world.lookUp('ci')).toBe(me.accessKeyId)
    expect(world.config).not.toContain('assume_keys')
    expect(JSON.parse((await world.keys(['list', '--json'])).stdout)).toEqual([])
  })
})

it('knows a name that is no profile, and a profile without a stored key', async () => {
  const world = await KeysWorld.open()
  world.home.writeAws('[profile ci]\nregion = eu-west-1\n')
  expect(await world.keys(['remove', 'c1'])).toMatchObject({
    status: 2,
    stderr: 'assume: there is no profile c1; did you mean ci?\n  assume list\n',
  })
  expect(await world.keys(['remove', 'ci'])).toMatchObject({
    status: 1,
    stderr: 'assume: profile ci has no stored key\n  assume keys\n',
  })
})
