import { request } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Wait } from '../../src/aws/wait.ts'
import type { Context } from '../../src/context.ts'
import type { Outage } from '../../src/serve/answer.ts'
import { openServer } from '../../src/serve/serve.ts'
import { World } from '../interop/world.ts'
import { createContext } from '../support/context.ts'
import { baseEnvironment } from '../support/shell.ts'

const minute = 60_000

/** The clock of the server and of the portal, which stands still but for the pauses. */
const clock = { now: 0, onWait: (): void | Promise<void> => {} }

const wait: Wait = async (milliseconds, signal) => {
  clock.now += milliseconds
  await clock.onWait()
  signal.throwIfAborted()
}

beforeEach(() => {
  clock.now = Date.now()
  clock.onWait = () => {}
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true')
})

afterEach(() => {
  vi.unstubAllEnvs()
})

interface Answer {
  readonly status: number | undefined
  readonly body: Record<string, string>
}

/** A server at a socket, before a portal of the same clock, with a session of eight hours. */
async function open(world: World, changes: Partial<Context> = {}) {
  const env = { ...baseEnvironment(world.home), ...world.env }
  const context = { ...createContext(world.home, { env, now: () => clock.now, wait }), ...changes }
  const troubles: (Outage | undefined)[] = []
  const socket = join(world.home.path, 's')
  const onTrouble = (trouble: Outage | undefined) => void troubles.push(trouble)
  const request = { profileName: 'dev-profile', socket, isSilent: true, onTrouble }
  const server = await openServer(context, request)
  return { server, troubles, guest: () => ask(socket) }
}

function ask(socketPath: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, headers: { host: 'assume' }, agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      response.on('end', () => resolve({ status: response.statusCode, body: JSON.parse(text) }))
    })
    asked.on('error', reject).end()
  })
}

const openWorld = async () => {
  const world = await World.open({ now: () => clock.now })
  await world.logIn()
  return world
}

const leftOf = ({ body }: Answer) => (Date.parse(body['Expiration'] ?? '') - clock.now) / minute

describe('a server', () => {
  it('has always 15 minutes left for its guests where half of the calls fail, and makes no storm', async () => {
    const world = await openWorld()
    const { server, guest } = await open(world)
    const start = clock.now
    for (const operation of ['GetRoleCredentials', 'CreateToken'] as const)
      world.sandbox.fail(operation, 500, { every: 2 })
    const end = new AbortController()
    clock.onWait = async () => {
      const answer = await guest()
      expect(answer.status).toBe(200)
      expect(leftOf(answer)).toBeGreaterThanOrEqual(15)
      if (clock.now - start > 5 * 60 * minute) end.abort('over')
    }
    await expect(server.run(end.signal)).rejects.toBe('over')
    server.close()
    const asked = world.takeRequests()
    expect(asked.length).toBeGreaterThanOrEqual(5 * (60 / 40))
    expect(asked.length).toBeLessThanOrEqual(4 * 5 * (60 / 40))
  })

  it('says by which command it goes on where the session has ended, and goes on after that', async () => {
    const world = await openWorld()
    const { server, guest, troubles } = await open(world)
    world.sandbox.endSessions()
    const end = new AbortController()
    const refused: Answer[] = []
    clock.onWait = async () => {
      const answer = await guest()
      if (answer.status === 200) expect(leftOf(answer)).toBeGreaterThanOrEqual(1)
      else if (refused.push(answer) === 3) await world.logIn()
      if (troubles.length === 2) end.abort('over')
    }
    await expect(server.run(end.signal)).rejects.toBe('over')
    expect(await guest()).toMatchObject({ status: 200 })
    server.close()
    expect(refused[0]).toEqual({
      status: 503,
      body: { code: 'login-needed', message: expect.stringContaining('assume login devto-article') },
    })
    expect(troubles).toEqual([refused[0]?.body, undefined])
    expect(refused.length).toBeLessThanOrEqual(4)
  })

  it('waits for no renewal when it is closed', async () => {
    const world = await openWorld()
    const limits = { ...createContext(world.home).limits, answer: 3_600_000, together: 3_600_000 }
    const { server } = await open(world, { limits })
    world.sandbox.fail('GetRoleCredentials', 'hang')
    const end = new AbortController()
    const running = server.run(end.signal)
    await vi.waitUntil(() => world.sandbox.requests.all.length > 1, { timeout: 100_000 })
    end.abort('over')
    server.close()
    await expect(running).rejects.toBe('over')
  })
})
