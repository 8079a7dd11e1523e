import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWorld, type World } from './world.ts'

type Running = ReturnType<World['assume']>

const words = ['login', '--device-code']
const start = (world: World, count: number) => Array.from({ length: count }, () => world.assume(words))

const isAsking = (running: Running) => running.shows('with the code').then(() => true)
const isWaiting = (running: Running) =>
  running.shows('waiting for the login to devto-article').then(() => false)

/** Waits until each of the processes either asks for the login or waits for the one that does. */
async function split(all: readonly Running[]): Promise<{ asking: Running[]; waiting: Running[] }> {
  const asks = await Promise.all(all.map((each) => Promise.race([isAsking(each), isWaiting(each)])))
  return { asking: all.filter((_, n) => asks[n]), waiting: all.filter((_, n) => !asks[n]) }
}

const statuses = async (all: readonly Running[]) => (await Promise.all(all)).map(({ status }) => status)

function expectNoLock({ home }: World): void {
  expect(readdirSync(join(home.path, '.local/state/assume/locks'))).toEqual([])
}

it('of fifty processes that want a login one logs in, and all have it', async () => {
  const world = await openWorld({ answer: 'ask' })
  const all = start(world, 50)
  const { asking, waiting } = await split(all)
  expect(asking).toHaveLength(1)
  expect(waiting).toHaveLength(49)
  world.sandbox.approve()
  expect(await statuses(all)).toEqual(all.map(() => 0))
  expect(world.sandbox.requests.count('RegisterClient')).toBe(1)
  expect(world.sandbox.requests.count('StartDeviceAuthorization')).toBe(1)
  expect(world.sandbox.requests.of('CreateToken').filter(({ status }) => status === 200)).toHaveLength(1)
  const told = `waiting for the login to devto-article in process ${asking[0]?.pid}; Ctrl-C ends the wait`
  for (const each of waiting) expect((await each).stderr).toContain(told)
  for (const each of all) world.expectDecent(await each, { showsUserCode: true })
  expectNoLock(world)
}, 120_000)

it.each(['pending', 'hang'] as const)(
  'when the one that logs in is killed while its request is %s, the others go on',
  async (failure) => {
    const world = await openWorld({ answer: 'ask' })
    if (failure === 'hang') world.sandbox.fail('CreateToken', 'hang', 1)
    const [first] = start(world, 1) as [Running]
    await world.sandbox.requests.arrived('CreateToken')
    const others = start(world, 5)
    expect((await split(others)).waiting).toHaveLength(5)
    world.sandbox.answer = 'allow'
    process.kill(first.pid as number, 'SIGKILL')
    expect(await statuses([first])).toEqual([137])
    expect(await statuses(others)).toEqual([0, 0, 0, 0, 0])
    expect(world.sandbox.requests.count('StartDeviceAuthorization')).toBe(2)
    expectNoLock(world)
  },
)

it('when all who log in or wait are killed, the next one is not kept waiting', async () => {
  const world = await openWorld({ answer: 'ask' })
  const all = start(world, 4)
  await split(all)
  for (const { pid } of all) process.kill(pid as number, 'SIGKILL')
  await Promise.all(all)
  world.sandbox.answer = 'allow'
  const next = await world.assume(words)
  expect(next.status).toBe(0)
  expect(next.stderr).not.toContain('waiting for')
})

it('Ctrl-C of one that waits ends its wait only', async () => {
  const world = await openWorld({ answer: 'ask' })
  const [first] = start(world, 1) as [Running]
  await isAsking(first)
  const interruption = new AbortController()
  const second = world.assume(words, { signal: interruption.signal })
  await isWaiting(second)
  interruption.abort()
  expect(await second).toMatchObject({ status: 130, stderr: expect.stringContaining('assume: cancelled') })
  world.sandbox.approve()
  expect(await first).toMatchObject({ status: 0 })
  expect(world.token.accessToken).toMatch(/^aoa/)
  expect(world.sandbox.requests.count('StartDeviceAuthorization')).toBe(1)
  expectNoLock(world)
})

it('Ctrl-C of the one that logs in hands the login to one that waits', async () => {
  const world = await openWorld({ answer: 'ask' })
  const interruption = new AbortController()
  const first = world.assume(words, { signal: interruption.signal })
  await isAsking(first)
  const second = world.assume(words)
  await isWaiting(second)
  world.sandbox.answer = 'allow'
  interruption.abort()
  expect(await first).toMatchObject({ status: 130 })
  expect(await second).toMatchObject({ status: 0 })
  expect(world.sandbox.requests.count('StartDeviceAuthorization')).toBe(2)
})

it('a login that fails is not taken for one by those who waited', async () => {
  const world = await openWorld({ answer: 'ask' })
  const all = start(world, 3)
  const { asking, waiting } = await split(all)
  world.sandbox.answer = 'allow'
  world.sandbox.deny()
  expect(await statuses(asking)).toEqual([1])
  expect(await statuses(waiting)).toEqual([0, 0])
  expect(world.sandbox.requests.count('StartDeviceAuthorization')).toBe(2)
})
