import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openKeyStore } from '../../src/keys/open-key-store.ts'
import type { Rotation } from '../../src/keys/stored-key.ts'
import { locatePaths } from '../../src/system/paths.ts'
import { callCommand } from '../support/command.ts'
import { createContext } from '../support/context.ts'
import { repository } from '../support/home.ts'
import { describeKeyring } from '../support/keyring.ts'
import { baseEnvironment } from '../support/shell.ts'
import { passphrase, storeKey } from '../support/stored-key.ts'
import { KeysWorld, legacy, me } from './keys-world.ts'

const csv = ({ accessKeyId, secretAccessKey }: typeof me) =>
  `Access key ID,Secret access key\n${accessKeyId},${secretAccessKey}\n`
const keyFile = '.config/assume/keys/ci.key'
const noteFile = '.config/assume/keys/ci.note'
const config = '[profile ci]\nassume_keys = file\ncredential_process = assume credential-process ci\n'

function keys(world: KeysWorld, words: readonly string[], answers: readonly string[] = [passphrase]) {
  return callCommand(world.home, ['keys', ...words], { answers, env: { ...world.env, TERM: 'dumb' } })
}

/** A home in which `ci` has the key of `me` in a file, perhaps in the middle of a rotation. */
async function openWorld(rotation?: Rotation): Promise<KeysWorld> {
  const world = await KeysWorld.open()
  world.home.writeAws(config)
  await storeKey(world.home, 'ci', me)
  if (!rotation) return world
  const context = createContext(world.home, { answers: [passphrase] })
  const store = await openKeyStore(context, locatePaths(context.env, context.platform), 'file', {
    mayAsk: true,
  })
  await store.write('ci', { ...me, createdAt: Date.now(), rotation })
  return world
}

describe('another key', () => {
  const typed = [passphrase, legacy.accessKeyId, legacy.secretAccessKey, 'y']

  it('takes the place of one whose rotation is over', async () => {
    const world = await openWorld({ step: 'retired', accessKeyId: 'AKIAEXAMPLE000000009' })
    expect(await keys(world, ['add', 'ci'], typed)).toMatchObject({ status: 0 })
    expect((await keys(world, ['list'])).stdout).toContain(legacy.accessKeyId)
  })

  it.each<Rotation>([
    { step: 'creating', startedAt: Date.now(), knownIds: [me.accessKeyId] },
    {
      step: 'pending',
      key: { accessKeyId: legacy.accessKeyId, secretAccessKey: legacy.secretAccessKey, createdAt: 0 },
    },
    { step: 'retiring', accessKeyId: 'AKIAEXAMPLE000000009' },
  ])('waits for a rotation that is $step, or for the end of the key', async (rotation) => {
    const world = await openWorld(rotation)
    const { status, stderr } = await keys(world, ['add', 'ci'], typed)
    expect([status, stderr]).toEqual([
      1,
      'assume: a rotation of the key of ci is not finished\n  assume keys rotate ci\n  assume keys remove ci\n',
    ])
  })
})

describe('a key file of which nothing can be had', () => {
  it.each([
    ['that is cut off', (text: string) => text.slice(0, 80)],
    ['that is empty', () => ''],
    ['of another version', (text: string) => text.replace('"v":1', '"v":2')],
  ])('%s is said to be damaged, and goes with "remove"', async (_title, damage) => {
    const world = await openWorld()
    world.home.write(keyFile, damage(world.read(keyFile) ?? ''))
    const rotated = await keys(world, ['rotate', 'ci'])
    expect([rotated.status, rotated.stderr]).toEqual([
      1,
      expect.stringMatching(/the key of ci cannot be had from it\n {2}assume keys remove ci\n$/),
    ])
    expect((await keys(world, ['list'])).stderr).toContain(
      'warning: profile ci says assume_keys = file, and what is there cannot be used\n  assume login ci\n',
    )
    const asked = await keys(world, ['remove', 'ci'], [''])
    expect([asked.status, asked.stderr]).toEqual([0, expect.stringContaining('nothing was changed')])
    expect(await keys(world, ['remove', 'ci'], ['y'])).toMatchObject({
      status: 0,
      stdout: 'removed what could not be read from an encrypted file\n',
    })
    expect([existsSync(join(world.home.path, keyFile)), world.config]).toEqual([false, '[profile ci]\n'])
    const again = [me.accessKeyId, me.secretAccessKey, passphrase, passphrase]
    expect(await keys(world, ['add', 'ci', '--store', 'file'], again)).toMatchObject({ status: 0 })
  })

  it('holds the key of another profile: it stays, and its name is told', async () => {
    const world = await openWorld()
    world.home.writeAws(`${config}[profile me]\nassume_keys = file\n`)
    await storeKey(world.home, 'me', me)
    const text = world.read('.config/assume/keys/me.key') ?? ''
    world.home.write(keyFile, text)
    const place = join(world.home.path, keyFile)
    const refusal = `assume: ${place} holds a key of me, and none of ci\n  mv -i '${place}' '${join(world.home.path, '.config/assume/keys/me.key')}'\n`
    const { status, stderr } = await keys(world, ['remove', 'ci', '--yes'])
    expect([status, stderr.replaceAll("'", '')]).toEqual([
      1,
      expect.stringContaining(refusal.replaceAll("'", '')),
    ])
    expect((await keys(world, ['rotate', 'ci'])).stderr.replaceAll("'", '')).toContain(
      refusal.replaceAll("'", ''),
    )
    expect([world.read(keyFile), world.config?.includes(config)]).toEqual([text, true])
  })

  it('that others could write stays with what its profile says', async () => {
    const world = await openWorld()
    chmodSync(join(world.home.path, keyFile), 0o666)
    const { status, stderr } = await keys(world, ['remove', 'ci', '--yes'])
    expect([status, stderr]).toEqual([1, expect.stringContaining('others can write to it')])
    expect([existsSync(join(world.home.path, keyFile)), world.config]).toEqual([true, config])
  })
})

it('removes the key that its profile does not use, and keeps the other', async () => {
  const world = await openWorld()
  world.home.write('.config/assume/keys/other.key', '')
  const stored = world.read(keyFile) ?? ''
  world.home.writeAws(config.replace('= file', '= os'))
  const note = { v: 1, profile: 'ci', accessKeyId: legacy.accessKeyId, createdAt: 0 }
  world.home.write(noteFile, JSON.stringify(note))
  expect(await keys(world, ['remove', 'ci', '--yes'])).toMatchObject({
    status: 0,
    stdout: 'removed the key AKIA…MPLE from an encrypted file\n',
  })
  expect([stored !== '', existsSync(join(world.home.path, keyFile)), world.read(noteFile)]).toEqual([
    true,
    false,
    JSON.stringify(note),
  ])
  expect(world.config).toBe(config.replace('= file', '= os'))
})

describeKeyring('a keyring', () => {
  const store = (world: KeysWorld, value: string) =>
    world.run('secret-tool', ['store', '--label', 'x', 'service', 'assume', 'username', 'ci'], {
      env: { PATH: process.env['PATH'] ?? '' },
      input: value,
    })

  it('with something else in the place of a key, which no file tells of, loses it with "remove"', async () => {
    const world = await KeysWorld.open({ keyring: 'unlocked' })
    world.home.writeAws('[profile ci]\nassume_keys = os\n')
    await store(world, 'something else')
    expect(await world.keys(['rotate', 'ci'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('is no key of assume'),
    })
    expect(await world.keys(['remove', 'ci', '--yes'])).toMatchObject({ status: 0 })
    expect(world.keyring?.lookUp('ci')).toBeUndefined()
  })

  it('that cannot be reached keeps its key, and another one comes into a file', async () => {
    const world = await KeysWorld.open({ keyring: 'unlocked' })
    const add = ['add', 'ci', '--stdin', '--store', 'os']
    expect(await world.keys(add, { input: csv(me) })).toMatchObject({ status: 0 })
    const env = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' }
    const refused = await world.keys(['rotate', 'ci'], { env })
    expect([refused.status, refused.stderr]).toEqual([
      1,
      expect.stringContaining('to go on with another key: assume keys add ci --store file'),
    ])
    const away = { ...world.env, ...env, TERM: 'dumb' }
    const typed = [legacy.accessKeyId, legacy.secretAccessKey, passphrase, passphrase]
    const added = await callCommand(world.home, ['keys', 'add', 'ci', '--store', 'file'], {
      answers: typed,
      env: away,
    })
    expect([added.status, added.stderr]).toEqual([
      0,
      expect.stringContaining(
        "warning: what the system's keyring has of ci stays there: there is no session bus",
      ),
    ])
    expect(world.config).toContain('assume_keys = file')
    expect(await world.keys(['remove', 'ci', '--yes'])).toMatchObject({
      status: 0,
      stdout: "removed the key AKIA…MPLE from the system's keyring\n",
    })
    expect([world.lookUp('ci'), existsSync(join(world.home.path, keyFile))]).toEqual([undefined, true])
  })

  it('whose bus never answers leaves Ctrl-C to the user', async () => {
    const world = await KeysWorld.open()
    world.home.writeAws('[profile ci]\nassume_keys = os\n')
    const path = join(world.home.path, 'bus')
    const bus = createServer((socket) => void socket.on('error', () => {}))
    await once(bus.listen(path), 'listening')
    const asked = once(bus, 'connection')
    onTestFinished(() => void bus.close())
    const child = spawn(join(repository, 'bin/assume'), ['keys', 'rotate', 'ci'], {
      env: { ...baseEnvironment(world.home), ...world.env, DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}` },
      detached: true,
      stdio: 'ignore',
    })
    await asked
    process.kill(-Number(child.pid), 'SIGINT')
    expect((await once(child, 'exit'))[1]).toBe('SIGINT')
  })

  it('that stays locked says how to open it, and not the command that was called', async () => {
    const world = await KeysWorld.open({ keyring: 'unlocked' })
    const add = ['add', 'ci', '--stdin', '--store', 'os']
    expect(await world.keys(add, { input: csv(me) })).toMatchObject({ status: 0 })
    world.keyring?.lock()
    const assume = join(import.meta.dirname, '../../bin/assume')
    expect((await world.run(assume, ['credential-process', 'ci'])).stderr).toMatch(/\n {2}assume login ci\n$/)
    expect((await world.run(assume, ['login', 'ci'])).stderr).toMatch(/\n {2}unlock it /)
  })
})
