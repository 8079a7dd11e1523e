import { afterEach, describe, expect, it, vi } from 'vitest'
import { serviceLimits } from '../../src/aws/limits.ts'
import { sendPatiently } from '../../src/aws/patience.ts'
import { Retries } from '../../src/aws/retries.ts'
import { createRetryStrategy } from '../../src/aws/retry-strategy.ts'
import { fetchAssignments } from '../../src/configure/assignments.ts'
import { AssumeError } from '../../src/errors.ts'
import { OidcService } from '../../src/sso/oidc.ts'
import { PortalService } from '../../src/sso/portal.ts'
import { createConnection } from '../support/connection.ts'
import { startHttpServer } from '../support/http-server.ts'
import { flood, giantStart, startRawServer } from '../support/raw-server.ts'

const host = 'oidc.eu-west-2.amazonaws.com'
const cancelled = new AssumeError('cancelled', 'cancelled')

/** A connection that is interrupted as soon as the first answer is dealt with, when the pause has begun. */
function interruptInPause() {
  const interruption = new AbortController()
  const connection = createConnection({
    interruption: interruption.signal,
    trace: () => void setImmediate(() => interruption.abort(cancelled)),
  })
  return connection
}

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
})

describe('attempts', () => {
  it('are as many as allowed', async () => {
    const retries = new Retries(3, host, createConnection())
    expect([await retries.another(0), await retries.another(0), await retries.another(0)]).toEqual([
      true,
      true,
      false,
    ])
    expect(retries.made).toBe(3)
  })

  it('are not begun that might end after a minute', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const { together, answer } = serviceLimits
    const retries = new Retries(99, host, createConnection())
    const pause = retries.another(together - answer)
    await vi.advanceTimersByTimeAsync(together - answer)
    expect(await pause).toBe(true)
    expect(await retries.another(1)).toBe(false)
  })

  it('end with an interruption of the pause', async () => {
    const interruption = new AbortController()
    const retries = new Retries(2, host, createConnection({ interruption: interruption.signal }))
    const pause = retries.another(60_000 - 20_000 - 1000)
    interruption.abort(cancelled)
    await expect(pause).rejects.toBe(cancelled)
  })
})

describe('a client of the SDK', () => {
  async function open(connection: ReturnType<typeof createConnection>, endpoint: string) {
    vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true')
    const service = await OidcService.open({ ...connection, endpoint, signingRegion: 'eu-west-2' })
    const registration = { clientId: 'id', clientSecret: 'secret' }
    return () => service.createToken(registration, { grantType: 'refresh_token', refreshToken: 'token' })
  }

  it('asks again while the service has trouble', async () => {
    let trouble = 2
    const { url, requests } = await startHttpServer(() =>
      trouble-- > 0 ? [500, {}] : [200, { accessToken: 'access', expiresIn: 60 }],
    )
    expect(await (await open(createConnection(), url))()).toEqual({ accessToken: 'access', expiresIn: 60 })
    expect(requests).toHaveLength(3)
  })

  it('says that it was cancelled, not what was wrong before', async () => {
    const { url, requests } = await startHttpServer(() => [429, {}])
    await expect((await open(interruptInPause(), url))()).rejects.toBe(cancelled)
    expect(requests).toHaveLength(1)
  })

  it('waits its own time where the service names one that there is not', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const strategy = createRetryStrategy(2, host, createConnection())
    const failure = { errorType: 'THROTTLING', retryAfterHint: new Date(Number.NaN) } as const
    let isOver = false
    const token = await strategy.acquireInitialRetryToken()
    const retry = strategy.refreshRetryTokenForRetry(token, failure).then(() => {
      isOver = true
    })
    await vi.advanceTimersByTimeAsync(240)
    expect(isOver).toBe(false)
    await vi.advanceTimersByTimeAsync(270)
    await retry
  })

  it('does not ask again for an answer that is too long', async () => {
    const server = await startRawServer(flood(giantStart, ' '))
    await expect((await open(createConnection(), server.url))()).rejects.toMatchObject({
      code: 'service',
      message: `cannot renew the Identity Center token: ${new URL(server.url).host} gave an answer larger than 1 MiB`,
    })
    expect(server.sockets).toHaveLength(1)
  })
})

describe('a request that no client of the SDK knows', () => {
  it('is sent again after trouble, but not after an interruption', async () => {
    const { url, requests } = await startHttpServer(() => [500, ''])
    const send = (connection: ReturnType<typeof createConnection>) =>
      sendPatiently({ attempts: 2, pause: 10 }, connection, () => ({ method: 'GET', url }))
    expect((await send(createConnection())).status).toBe(500)
    expect(requests.splice(0)).toHaveLength(2)
    const interrupted = interruptInPause()
    await expect(
      sendPatiently({ attempts: 2, pause: 30_000 }, interrupted, () => ({ method: 'GET', url })),
    ).rejects.toBe(cancelled)
    expect(requests).toHaveLength(1)
  })
})

describe('who waits', () => {
  const notice = (name: string) => `waiting for ${name}, Ctrl-C cancels`
  const onTerminal = () => createConnection({ stderrIsTerminal: true })
  const useFakeTime = () => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })

  it('is told so after 2 seconds, attempts and pauses together', async () => {
    useFakeTime()
    const connection = onTerminal()
    const retries = new Retries(3, host, connection)
    await vi.advanceTimersByTimeAsync(800)
    void retries.another(5_000)
    await vi.advanceTimersByTimeAsync(1_199)
    expect(connection.told).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(connection.told).toEqual([notice(host)])
  })

  it('is told nothing of what comes sooner, nor without a terminal', async () => {
    useFakeTime()
    const [attended, unattended] = [onTerminal(), createConnection()]
    const retries = new Retries(3, host, attended)
    new Retries(3, host, unattended)
    await vi.advanceTimersByTimeAsync(1_999)
    retries.end()
    await vi.advanceTimersByTimeAsync(serviceLimits.together)
    expect([...attended.told, ...unattended.told]).toEqual([])
  })

  it.each([
    ['an answer', 'TRANSIENT', true],
    ['a refusal', 'CLIENT_ERROR', false],
  ] as const)(
    'is told nothing behind %s that a client of the SDK has got',
    async (_title, errorType, isGood) => {
      useFakeTime()
      const connection = onTerminal()
      const strategy = createRetryStrategy(2, host, connection)
      const token = await strategy.acquireInitialRetryToken()
      if (isGood) strategy.recordSuccess(token)
      else await expect(strategy.refreshRetryTokenForRetry(token, { errorType })).rejects.toThrow()
      await vi.advanceTimersByTimeAsync(serviceLimits.together)
      expect(connection.told).toEqual([])
    },
  )

  it('is told of a server that says nothing, and of a proxy', async () => {
    const server = await startRawServer(() => {})
    const limits = { notice: 20, answer: 200 }
    const name = new URL(server.url).host
    for (const [url, proxy] of [[server.url], ['http://service.test', server.url]] as const) {
      const connection = createConnection({ limits, stderrIsTerminal: true, proxy })
      await sendPatiently({ attempts: 1, pause: 0 }, connection, () => ({ method: 'GET', url })).catch(
        () => {},
      )
      expect(connection.told).toEqual([notice(proxy === undefined ? name : 'service.test')])
    }
  })

  it('is told of the pauses between many requests that are refused as too many', async () => {
    vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true')
    let refusals = 1
    const { url } = await startHttpServer(() =>
      refusals-- > 0 ? [429, {}] : [200, { accountList: [], nextToken: null }],
    )
    const connection = createConnection({ limits: { notice: 400 }, stderrIsTerminal: true })
    const portal = await PortalService.open(
      { ...connection, endpoint: url, signingRegion: 'eu-west-2' },
      'token',
    )
    await fetchAssignments(portal, { signal: connection.interruption, onProgress() {} })
    expect(connection.told).toEqual([notice(new URL(url).host)])
  })
})
