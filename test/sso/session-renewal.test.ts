import { readdirSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { serviceLimits } from '../../src/aws/limits.ts'
import { AssumeError } from '../../src/errors.ts'
import { describeProfiles, loadProfiles } from '../../src/profiles/profiles.ts'
import { findRoute } from '../../src/profiles/route.ts'
import type { Reply } from '../../src/sandbox/call.ts'
import { renewSession } from '../../src/sso/session-renewal.ts'
import { readToken } from '../../src/sso/token-cache.ts'
import { createContext } from '../support/context.ts'
import { repository } from '../support/home.ts'
import { drip, okStart, type RawServer, startRawServer } from '../support/raw-server.ts'
import { createRegion } from '../support/region.ts'
import { catchFailure } from '../support/setup-world.ts'
import { baseEnvironment } from '../support/shell.ts'
import { TerminalScreen } from '../support/terminal-screen.ts'
import { openWorld, type World } from './login/world.ts'

const switching = ['env', 'dev-profile', '--format', 'dotenv']

const listLocks = ({ home }: World) => readdirSync(join(home.path, '.local/state/assume/locks'))
const at = ({ url }: RawServer) => ({ AWS_ENDPOINT_URL_SSO_OIDC: url })

/** A home with a session that has to be renewed, and a service that stops in the midst of its answer. */
async function openStalled() {
  const world = await openWorld()
  await world.logIn(-1000)
  const started: (() => void)[] = []
  const server = await startRawServer((socket) => {
    socket.write(`${okStart}content-type: application/json\r\ncontent-length: 100\r\n\r\n{"acc`)
    for (const tell of started) tell()
  })
  const isAsked = new Promise<void>((resolve) => started.push(resolve))
  return { world, server, isAsked }
}

describe('the lock of a session is free again when the service stops in the midst of its answer', () => {
  it('and Ctrl-C ends the wait', async () => {
    const { world, server, isAsked } = await openStalled()
    const before = world.snapshot()
    const interruption = new AbortController()
    const running = world.assume(switching, { env: at(server), signal: interruption.signal })
    await isAsked
    expect(listLocks(world)).not.toEqual([])
    interruption.abort()
    expect(await running).toEqual({ status: 130, stdout: '', stderr: 'assume: cancelled\n' })
    expect(listLocks(world)).toEqual([])
    expect(world.snapshot()).toEqual(before)
    expect((await world.assume(switching)).status).toBe(0)
  })

  it('and its time is over', async () => {
    const { world, server } = await openStalled()
    vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true')
    onTestFinished(() => void vi.unstubAllEnvs())
    const renew = (env: Record<string, string>) => {
      const context = {
        ...createContext(world.home, { env }),
        limits: { ...serviceLimits, answer: 300, together: 500 },
      }
      const profiles = loadProfiles(context)
      const profile = describeProfiles(profiles.config).find(({ name }) => name === 'dev-profile')
      const session = profile?.session
      if (!profile || !session) throw new Error('there is no session')
      const token = readToken(context, profiles.paths.ssoCache, session, context.now())
      return renewSession(context, profiles, { session, profile }, token, {})
    }
    const failure = await catchFailure(renew(at(server)))
    expect(failure).toBeInstanceOf(AssumeError)
    expect(failure.message).toBe(
      `cannot renew the Identity Center token: ${new URL(server.url).host} gave no whole answer within 0.3 s`,
    )
    expect(failure.hint).toBe(
      'check AWS_ENDPOINT_URL_SSO_OIDC, which names this host, and the network; behind a proxy set HTTPS_PROXY\nassume login devto-article',
    )
    expect(listLocks(world)).toEqual([])
    expect((await renew({})).accessToken).toMatch(/^aoa/)
  })
})

describe('an odd answer to a refresh', () => {
  const alter = (changes: object) => ({
    alter: (reply: Reply) => ({ ...reply, body: JSON.stringify({ ...JSON.parse(reply.body), ...changes }) }),
  })

  // The service has taken the old refresh token back with its answer.
  it.each([
    ['no end', { expiresIn: undefined }],
    ['an end that is no number', { expiresIn: '3600' }],
    ['an end beyond all time', { expiresIn: 1e300 }],
    ['no access token', { accessToken: undefined }],
    ['an access token that is no text', { accessToken: { toString: 5 } }],
    ['an access token that would end the header', { accessToken: 'a\r\nx-y: z' }],
  ])('with %s is said, and the new refresh token is there for the next one', async (_what, changes) => {
    const world = await openWorld()
    await world.logIn(-1000)
    const before = world.token
    world.sandbox.fail('CreateToken', alter(changes), 1)
    const { status, stderr } = await world.assume(switching)
    expect([status, stderr]).toEqual([1, expect.stringContaining('is not understood')])
    expect(world.token.refreshToken).toMatch(/^aor/)
    expect(world.token.refreshToken).not.toBe(before.refreshToken)
    expect(Date.parse(world.token.expiresAt)).toBeLessThanOrEqual(Date.now())
    expect(await world.assume(switching)).toMatchObject({ status: 0, stderr: '' })
    expect(world.sandbox.requests.of('CreateToken').map((each) => each.status)).toEqual([200, 200])
  })

  it.each([5, '', null])('with the refresh token %j keeps the old one', async (refreshToken) => {
    const world = await openWorld({ refreshTokens: 'keep' })
    await world.logIn(-1000)
    const before = world.token
    world.sandbox.fail('CreateToken', alter({ refreshToken }), 1)
    expect((await world.assume(switching)).status).toBe(0)
    expect(world.token.refreshToken).toBe(before.refreshToken)
    expect(world.token.accessToken).not.toBe(before.accessToken)
  })
})

it('in a terminal the user is told what is waited for, once, and Ctrl-C ends it', async () => {
  const world = await openWorld()
  await world.logIn(-1000)
  const server = await startRawServer(drip(okStart, 'x-more: 1\r\n'))
  const terminal = TerminalScreen.spawn(join(repository, 'bin/assume'), switching, {
    env: { ...baseEnvironment(world.home), ...at(server) },
    cwd: world.home.path,
    cols: 120,
    rows: 30,
  })
  onTestFinished(() => terminal.dispose())
  const line = `assume: waiting for ${new URL(server.url).host}, Ctrl-C cancels`
  await terminal.waitFor(line)
  terminal.type('\u0003')
  expect(await terminal.exit).toMatchObject({ signal: constants.signals.SIGINT })
  expect(terminal.text().replaceAll('^C', '').split('\n')).toEqual([line, 'assume: cancelled'])
  expect(listLocks(world)).toEqual([])
})

it('a service has 20 seconds for an answer of 1 MiB at most, and a minute with all retries', async () => {
  const world = await openWorld()
  const context = createContext(world.home)
  const { limits } = findRoute(context, loadProfiles(context), undefined, 'sso', createRegion('eu-west-2'))
  expect(limits).toEqual({ connect: 5_000, answer: 20_000, together: 60_000, notice: 2_000, body: 1_048_576 })
  expect(limits).toBe(serviceLimits)
})
