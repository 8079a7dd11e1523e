import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { translateFailure } from '../../../src/aws/failure.ts'
import { AssumeError } from '../../../src/errors.ts'
import type { Failure } from '../../../src/sandbox/failure.ts'
import type { Operation } from '../../../src/sandbox/operation.ts'
import { logInWithDeviceCode } from '../../../src/sso/login/device.ts'
import { OidcService } from '../../../src/sso/oidc.ts'
import type { LoginFlow } from '../../../src/sso/registration.ts'
import { createAuthority, startConnectProxy } from '../../support/connect-proxy.ts'
import { createConnection } from '../../support/connection.ts'
import { defer, openWorld, startUrl, World } from './world.ts'

/** What a run is to say, and its exit status; `HOST` stands for the sandbox's. */
interface Ending {
  readonly status: number
  readonly stderr: string
}

/** A failed command, with what to do next: `assume doctor` where there is nothing better, and the command that tries again. */
function failed(message: string, advice = 'assume doctor --online'): Ending {
  const lines = [`assume: ${message}`, `  ${advice}`, '  assume login devto-article', '']
  return { status: 1, stderr: lines.join('\n') }
}

const busy = 'too much is asked of it at the moment; try again in a minute'
const trouble = 'the service has trouble; try again in a minute'
const config = 'check sso_start_url and sso_region in the config file'
const network =
  'check endpoint_url in [services sandbox], which names this host, and the network; behind a proxy set HTTPS_PROXY'
const stranger =
  'a proxy or a network that asks for a sign-in may answer in its place; look with: curl -i http://HOST'

/** How an operation ends that fails in every way that the sandbox knows, where no way has a meaning of its own. */
function endings(doing: string): Readonly<Record<string, Ending>> {
  const refused = (words: string, advice: string) => failed(`cannot ${doing}: HOST answers ${words}`, advice)
  const lost = failed(`cannot ${doing}: HOST cannot be reached (ECONNRESET)`, network)
  const strange = failed(`cannot ${doing}: what HOST answers is not understood`, stranger)
  return {
    slow_down: refused('Slow down to avoid throttling (SlowDownException, HTTP 400)', busy),
    pending: refused('Authorization is still pending (AuthorizationPendingException, HTTP 400)', config),
    denied: refused('Access denied (AccessDeniedException, HTTP 400)', config),
    expired: refused('Device code has expired (ExpiredTokenException, HTTP 400)', config),
    invalid_grant: refused('Invalid grant provided (InvalidGrantException, HTTP 400)', config),
    400: refused('Invalid request (InvalidRequestException, HTTP 400)', config),
    401: refused('Invalid client provided (InvalidClientException, HTTP 401)', config),
    403: refused('Forbidden (AccessDeniedException, HTTP 403)', config),
    429: refused('Rate exceeded (TooManyRequestsException, HTTP 429)', busy),
    500: refused('Internal server error (InternalServerException, HTTP 500)', trouble),
    drop: lost,
    lose: lost,
    cut: lost,
    malformed: strange,
    'wrong-type': strange,
    truncated: strange,
  }
}

const toFailure = (name: string) => (/^\d+$/.test(name) ? Number(name) : name) as Failure

interface Scenario {
  readonly title: string
  readonly operation: Operation
  readonly flow?: LoginFlow
  readonly words: readonly string[]
  /** What was before: a token that ends in so many milliseconds. */
  readonly left?: number
  readonly expected: Readonly<Record<string, Ending>>
}

const login = ['login']
const switching = ['env', 'dev-profile', '--format', 'dotenv']
const denied = failed('the login was denied in the browser')
const unaccepted = failed(
  'Identity Center did not accept the login',
  'check sso_start_url and sso_region: the region is eu-west-2',
)
const unacceptedAs = (what: string) =>
  failed(`Identity Center did not accept the login (${what})`, 'check sso_region: it is eu-west-2')
const loginNeeded: Ending = {
  status: 3,
  stderr:
    'assume: a login to devto-article is needed, and there is no terminal to do it on\n  assume login devto-article\n',
}
const soonOver: Ending = {
  status: 0,
  stderr: 'assume: warning: devto-article ends in 9m; log in with: assume login devto-article\n',
}
const { pending: _, slow_down: __, ...token } = endings('get a token from Identity Center')
const refresh = endings('renew the Identity Center token')

const scenarios: readonly Scenario[] = [
  {
    title: 'a login that cannot register',
    operation: 'RegisterClient',
    words: login,
    expected: endings('register with Identity Center'),
  },
  {
    title: 'a login in the browser that cannot register',
    operation: 'RegisterClient',
    flow: 'pkce',
    words: login,
    expected: endings('register with Identity Center'),
  },
  {
    title: 'a login with a device code that cannot start',
    operation: 'StartDeviceAuthorization',
    words: login,
    expected: endings(`start a login at ${startUrl}`),
  },
  {
    title: 'a login with a device code that gets no token',
    operation: 'CreateToken',
    words: login,
    expected: {
      ...token,
      denied,
      403: denied,
      expired: failed('nobody logged in before the code expired'),
      invalid_grant: unaccepted,
      401: unaccepted,
    },
  },
  {
    title: 'a login in the browser that gets no token',
    operation: 'CreateToken',
    flow: 'pkce',
    words: login,
    expected: {
      ...endings('get a token from Identity Center'),
      denied: unacceptedAs('denied'),
      403: unacceptedAs('denied'),
      expired: unacceptedAs('expired'),
      invalid_grant: unacceptedAs('rejected'),
      401: unacceptedAs('rejected'),
    },
  },
  {
    title: 'a switch whose token is over and cannot be renewed',
    operation: 'CreateToken',
    words: switching,
    left: -1000,
    expected: {
      ...refresh,
      denied: loginNeeded,
      403: loginNeeded,
      expired: loginNeeded,
      invalid_grant: loginNeeded,
      401: loginNeeded,
    },
  },
  {
    title: 'a switch whose token is good for some minutes and cannot be renewed',
    operation: 'CreateToken',
    words: switching,
    left: 9.9 * 60_000,
    expected: {
      ...Object.fromEntries(Object.entries(refresh).map(([name, ending]) => [name, asWarning(ending)])),
      denied: soonOver,
      403: soonOver,
      expired: soonOver,
      invalid_grant: soonOver,
      401: soonOver,
    },
  },
]

/** The first line of a failure, when things go on without what failed. */
function asWarning({ stderr }: Ending): Ending {
  return { status: 0, stderr: `${stderr.split('\n', 1)[0]}\n`.replace('assume: ', 'assume: warning: ') }
}

/** With a core an operation is seen to be refused, and for a logout to get no answer at all. */
const inCore = '403'

async function run({ operation, flow, words, left }: Scenario, failure: string): Promise<Ending> {
  const world = await World.open({ ...(flow && { flow }) })
  try {
    if (left !== undefined) await world.logIn(left)
    const before = world.snapshot()
    world.sandbox.fail(operation, toFailure(failure))
    let page = ''
    const env = await world.browser(async (url) => {
      if (flow === 'pkce') page = await (await fetch(url)).text()
    })
    const result = await (failure === inCore ? world.assume(words, { env }) : world.call(words, { env }))
    await world.visited()
    world.expectDecent(result, { showsUserCode: true })
    if (page !== '') expect(page).toContain('<h1>The login failed</h1>')
    expect(world.snapshot()).toEqual(before)
    expect(result.stdout).toMatch(result.status === 0 ? /^AWS_PROFILE=/m : /^$/)
    return { status: result.status ?? -1, stderr: withoutHost(withoutInvitation(result.stderr), world) }
  } finally {
    await world.close()
  }
}

const withoutHost = (text: string, { sandbox }: World) => text.replaceAll(new URL(sandbox.url).host, 'HOST')

/** What a login says before anything can fail. */
function withoutInvitation(text: string): string {
  return text.replace(/^assume: log in to \S+ (at .*\n.*\n.*|in the browser.*\n.*)\n.*\n/m, '')
}

describe.each(scenarios)('$title', (scenario) => {
  it.each(Object.keys(scenario.expected))('%s: says so, and changes nothing', async (failure) => {
    expect(await run(scenario, failure)).toEqual(scenario.expected[failure])
  })
})

describe('a login', () => {
  it('goes on when it is asked to wait or to slow down', async () => {
    const world = await openWorld()
    world.sandbox.fail('CreateToken', 'pending', 2)
    const result = await world.assume(login)
    expect(result.status).toBe(0)
    expect(world.sandbox.requests.of('CreateToken').map(({ status }) => status)).toEqual([400, 400, 200])
    world.expectDecent(result, { showsUserCode: true })
  })

  it.each([
    ['RegisterClient', 'device-code'],
    ['StartDeviceAuthorization', 'device-code'],
    ['CreateToken', 'device-code'],
    ['RegisterClient', 'pkce'],
    ['CreateToken', 'pkce'],
  ] as const)('waits for an answer of %s that is slow (%s)', async (operation, flow) => {
    const world = await openWorld({ flow })
    const answer = defer()
    world.sandbox.fail(operation, { after: answer.promise })
    const running = world.assume(login, { env: await world.browser() })
    await world.sandbox.requests.arrived(operation)
    answer.resolve()
    expect((await running).status).toBe(0)
    expect(world.sandbox.requests.count(operation)).toBe(1)
  })

  it.each(['RegisterClient', 'StartDeviceAuthorization', 'CreateToken'] as const)(
    'ends with 130 on Ctrl-C while %s hangs, and the next one is not in its way',
    async (operation) => {
      const world = await openWorld()
      world.sandbox.fail(operation, 'hang', 1)
      const interruption = new AbortController()
      const running = world.assume(login, { signal: interruption.signal })
      const before = world.snapshot()
      await world.sandbox.requests.arrived(operation)
      interruption.abort()
      expect(await running).toMatchObject({ status: 130, stdout: '' })
      // What else is under way, such as the search for an address, keeps no process that ends so.
      expect(await running.signal).toBe('SIGINT')
      expect(world.snapshot()).toEqual(before)
      expect((await world.assume(login)).status).toBe(0)
    },
  )

  it.each(['device-code', 'pkce'] as const)(
    'registers anew when the service has forgotten our registration (%s)',
    async (flow) => {
      const world = await openWorld({ flow })
      const env = await world.browser()
      expect((await world.assume(login, { env })).status).toBe(0)
      world.sandbox.expireRegistrations()
      if (flow === 'pkce') {
        // Only the browser is told; a person who sees that presses Ctrl-C.
        const interruption = new AbortController()
        const running = world.assume(login, { env, signal: interruption.signal })
        await world.sandbox.requests.arrived('Authorize', 2)
        interruption.abort()
        expect(await running).toMatchObject({
          status: 130,
          stderr: expect.stringContaining('assume: cancelled'),
        })
      }
      expect((await world.assume(login, { env })).status).toBe(0)
      expect(world.sandbox.requests.count('RegisterClient')).toBe(2)
    },
  )

  it('fails when the page of the service denies it, and says so in the browser and in the terminal', async () => {
    const world = await openWorld({ flow: 'pkce', answer: 'deny' })
    let page = ''
    const env = await world.browser(async (url) => {
      page = await (await fetch(url)).text()
    })
    const result = await world.assume(login, { env })
    await world.visited()
    expect(withoutInvitation(result.stderr)).toBe(failed('the login was refused: Access denied').stderr)
    expect(page).toContain('<p>assume: the login was refused: Access denied</p>')
  })

  it('names the start URL that is not https, and does not ask for anything', async () => {
    const world = await openWorld()
    world.configure({ sso_start_url: 'http://sso-portal.awsapps.com/start' })
    const { status, stderr } = await world.call(login)
    const expected = failed(
      'the start URL http://sso-portal.awsapps.com/start does not begin with https://',
      'mend sso_start_url in the config file',
    )
    expect({ status, stderr }).toEqual(expected)
    expect(world.sandbox.requests.all).toEqual([])
  })

  it('names the host when nothing listens there', async () => {
    const world = await openWorld()
    await world.sandbox.close()
    const { status, stderr } = await world.assume(login)
    expect({ status, stderr: withoutHost(stderr, world) }).toEqual(
      failed('cannot register with Identity Center: HOST cannot be reached (ECONNREFUSED)', network),
    )
  })

  it('names what decides on the host when there is no such host', async () => {
    const world = await openWorld()
    const endpoint = 'https://oidc.eu-west-9.invalid'
    const { status, stderr } = await world.assume(login, { env: { AWS_ENDPOINT_URL_SSO_OIDC: endpoint } })
    expect(status).toBe(1)
    expect(stderr).toMatch(
      /^assume: .* oidc\.eu-west-9\.invalid cannot be reached \((ENOTFOUND|EAI_AGAIN)\)$/m,
    )
    expect(stderr).toContain('check AWS_ENDPOINT_URL_SSO_OIDC, which names this host, and the network')
    const missing = Object.assign(new Error(), { code: 'ENOTFOUND', syscall: 'getaddrinfo' })
    const ofAws = { doing: 'log in', endpoint: 'https://oidc.eu-west-9.amazonaws.com' }
    expect(translateFailure(missing, ofAws)).toMatchObject({
      hint: expect.stringContaining('check the network, sso_start_url and sso_region'),
    })
  })

  it('names the region when Identity Center is in another one', async () => {
    const { ca, ...tls } = createAuthority()
    const world = await openWorld({ tls })
    world.configure({ sso_region: 'us-east-1' })
    const proxy = await startConnectProxy(world.sandbox.tlsUrl ?? '')
    const { status, stderr } = await world.assume(login, {
      env: {
        AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
        HTTPS_PROXY: proxy.url,
        AWS_CA_BUNDLE: world.home.write('authority.pem', ca),
      },
    })
    const words = 'No such start URL in this region (InvalidRequestException, HTTP 400)'
    expect({ status, stderr }).toEqual(
      failed(`cannot start a login at ${startUrl}: oidc.us-east-1.amazonaws.com answers ${words}`, config),
    )
  })
})

describe('a logout whose request fails', () => {
  const kept = (words: string) =>
    `assume: warning: cannot log out: HOST ${words}; the session may live on at the service\nassume: logged out of devto-article; keys of its roles that were handed out are good until they expire\n`
  const done =
    'assume: logged out of devto-article; keys of its roles that were handed out are good until they expire\n'
  const expected: Readonly<Record<string, string>> = {
    400: kept('answers Invalid request (InvalidRequestException, HTTP 400)'),
    403: kept('answers No access (ForbiddenException, HTTP 403)'),
    404: kept('answers Resource not found (ResourceNotFoundException, HTTP 404)'),
    429: kept('answers HTTP 429 Unknown Code (TooManyRequestsException, HTTP 429)'),
    500: kept('answers Internal server error (InternalServerException, HTTP 500)'),
    drop: kept('cannot be reached (ECONNRESET)'),
    lose: kept('cannot be reached (ECONNRESET)'),
    // A session that is over already, and a success whose body nobody needs.
    401: done,
    malformed: done,
    truncated: done,
  }
  it.each(Object.keys(expected))('%s: the token is gone all the same, nothing else is', async (failure) => {
    const world = await openWorld()
    await world.logIn()
    world.sandbox.fail('Logout', toFailure(failure))
    const result = await (failure === 'drop' ? world.assume(['logout']) : world.call(['logout']))
    expect({ ...result, stderr: withoutHost(result.stderr, world) }).toEqual({
      status: 0,
      stdout: '',
      stderr: expected[failure],
    })
    world.expectDecent(result)
    expect(Object.keys(world.snapshot())).toEqual(['config', 'sso', 'sso/cache'])
  })
})

describe('with --verbose', () => {
  it.each([
    ['RegisterClient', login],
    ['StartDeviceAuthorization', login],
    ['CreateToken', login],
    ['CreateToken', switching],
    ['Logout', ['logout']],
  ] as const)('no secret and no stack is shown when %s fails (%s)', async (operation, words) => {
    const world = await openWorld()
    if (words !== login) await world.logIn(words === switching ? -1000 : undefined)
    for (const failure of ['truncated', 500, 'lose', 401] as const) world.sandbox.fail(operation, failure, 1)
    for (let n = 0; n < 3; n += 1) {
      const result = await world.call([...words, '--verbose'])
      world.expectDecent(result, { showsUserCode: words === login })
      expect(result.stderr).not.toContain('code_verifier')
    }
    expect(world.sandbox.secrets().length).toBeGreaterThan(1)
  })

  it('no secret is shown when all goes well', async () => {
    for (const flow of ['device-code', 'pkce'] as const) {
      const world = await openWorld({ flow, accessTokenLifetime: 600 })
      const run = (words: readonly string[], env = {}) =>
        flow === 'pkce' ? world.assume(words, { env }) : world.call(words, { env })
      const results = [
        await run(['login', '--verbose'], await world.browser()),
        await run([...switching, '--verbose']),
        await run(['logout', '--verbose']),
      ]
      expect(results.map(({ status }) => status)).toEqual([0, 0, 0])
      for (const result of results) world.expectDecent(result, { showsUserCode: true })
      const kinds = new Set(world.sandbox.secrets().map(({ kind }) => kind))
      expect([...kinds]).toEqual(expect.arrayContaining(['client-secret', 'access-token', 'refresh-token']))
    }
  })
})

/** The parts of a login with a device code, in this process, where time can be moved. */
describe('without a clock to wait for', () => {
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllEnvs()
  })

  const session = { name: 'my-sso', startUrl, region: 'eu-west-2' }
  const registration = { clientId: 'id', clientSecret: 'secret', expiresAt: Number.MAX_SAFE_INTEGER }

  /** Logs in at a service that gives these answers; returns after how many seconds it was asked each time. */
  async function logIn(
    answers: readonly string[],
    { expiresIn = 600, interval = 5 } = {},
  ): Promise<{ asked: number[]; outcome: unknown }> {
    vi.useFakeTimers()
    const start = Date.now()
    const asked: number[] = []
    const page = new URL('https://device.example.com/')
    const authorization = {
      deviceCode: '',
      userCode: '',
      verificationUri: page,
      verificationUriComplete: page,
    }
    const service = {
      startDeviceAuthorization: async () => ({ ...authorization, expiresIn, interval }),
      createToken: async () => {
        const answer = answers[Math.min(asked.length, answers.length - 1)]
        asked.push((Date.now() - start) / 1000)
        return answer === 'token' ? { accessToken: 'access', expiresIn: 3600 } : answer
      },
    } as unknown as OidcService
    const outcome = logInWithDeviceCode(service, session, async () => registration, {
      sessionName: 'work',
      say: () => {},
      openBrowser: async () => {},
      signal: new AbortController().signal,
    }).catch((error) => error.message)
    await vi.runAllTimersAsync()
    return { asked, outcome: await outcome }
  }

  it('five seconds are added to the interval by each slow_down, for good', async () => {
    const { asked } = await logIn(['pending', 'slow_down', 'pending', 'slow_down', 'token'])
    expect(asked).toEqual([0, 5, 15, 25, 40])
  })

  it('nobody asks any more when the code has expired', async () => {
    const { asked, outcome } = await logIn(['pending'], { expiresIn: 20 })
    expect(asked).toEqual([0, 5, 10, 15, 20])
    expect(outcome).toBe('nobody logged in before the code expired')
  })

  it('a request without an answer ends: two attempts of 20 seconds, since a third might end after a minute', async () => {
    const world = await openWorld()
    world.sandbox.fail('CreateToken', 'hang')
    const route = { ...createConnection(), endpoint: world.sandbox.url, signingRegion: 'eu-west-2' }
    vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true')
    const service = await OidcService.open(route)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const grant = { grantType: 'refresh_token', refreshToken: 'token' } as const
    const start = performance.now()
    const outcome = service.createToken(registration, grant).catch((error) => error)
    for (const attempt of [1, 2]) {
      await world.sandbox.requests.arrived('CreateToken', attempt)
      await vi.advanceTimersByTimeAsync(20_200)
    }
    const { host } = new URL(world.sandbox.url)
    expect(await outcome).toBeInstanceOf(AssumeError)
    expect(await outcome).toMatchObject({
      code: 'network',
      message: `cannot renew the Identity Center token: ${host} gave no whole answer within 20 s`,
    })
    expect(world.sandbox.requests.count('CreateToken')).toBe(2)
    expect(performance.now() - start).toBeLessThan(60_000)
  })
})

it('what an error holds besides its words decides nothing, and a terminal gets nothing to obey', async () => {
  const world = await openWorld()
  const before = world.snapshot()
  const refusals = [
    { code: 'CERT\u001b[2J\u009b\u202e', error: 'x\u001b[2J\u009b\u202e' },
    { code: 'ENOTFOUND', message: 'not here' },
    { cause: null, error_description: { toString: 5 } },
    { error: 'invalid_request', error_description: 'x'.repeat(100_000) },
  ]
  for (const refusal of refusals) {
    const body = JSON.stringify(refusal)
    const headers = { 'content-type': 'application/json' }
    world.sandbox.fail('RegisterClient', { alter: () => ({ status: 400, headers, body }) }, 1)
    const result = await (refusal === refusals[0] ? world.assume(login) : world.call(login))
    world.expectDecent(result)
    expect(result.status).toBe(1)
    expect(result.stderr).toMatch(
      /^assume: cannot register with Identity Center: \S+ answers [ -~…]*HTTP 400/,
    )
    expect(result.stderr).toMatch(/^[ -~…\n]{1,1500}$/)
  }
  expect(world.snapshot()).toEqual(before)
})

describe('an answer that is JSON but not of the service', () => {
  it.each([
    ['{}', 200, 'is not understood'],
    ['null', 200, 'is not understood'],
    ['[]', 200, 'is not understood'],
    ['"text"', 200, 'is not understood'],
    ['<html>Bad gateway</html>', 502, '(HTTP 502)'],
    ['', 403, 'answers HTTP 403'],
  ])('%s (HTTP %i) is a failure with a message', async (body, status, message) => {
    const server = createServer((_request, response) => response.writeHead(status).end(body))
    onTestFinished(() => void server.close().closeAllConnections())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const world = await openWorld()
    const { port } = server.address() as AddressInfo
    const before = world.snapshot()
    for (const words of [login, switching]) {
      const env = { AWS_ENDPOINT_URL_SSO_OIDC: `http://127.0.0.1:${port}` }
      const result = await (body === '{}' ? world.assume(words, { env }) : world.call(words, { env }))
      world.expectDecent(result)
      expect(result).toMatchObject({ status: 1, stdout: '' })
      expect(result.stderr).toContain(`127.0.0.1:${port}`)
      expect(result.stderr).toContain(message)
      expect(world.snapshot()).toEqual(before)
      await world.logIn(-1000)
      Object.assign(before, world.snapshot())
    }
  })
})

describe('a certificate', () => {
  it.each(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'])('with %s points at the clock', (code) => {
    const error = Object.assign(new Error('certificate'), { code })
    const call = { doing: 'log in', endpoint: 'https://oidc.eu-west-2.amazonaws.com' }
    expect(translateFailure(error, call)).toMatchObject({
      message: `cannot log in: the certificate of oidc.eu-west-2.amazonaws.com is not trusted (${code})`,
      hint: 'check the clock of this machine: date',
    })
  })
})
