import { chmodSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loginFileName } from '../../../src/aws/cache-file-name.ts'
import type { Credentials } from '../../../src/aws/credentials.ts'
import { fetchLoginSession } from '../../../src/credentials/from/aws-login.ts'
import { AssumeError } from '../../../src/errors.ts'
import { describeProfile } from '../../../src/profiles/profile.ts'
import { loadProfiles } from '../../../src/profiles/profiles.ts'
import type { Reply } from '../../../src/sandbox/call.ts'
import type { Failure } from '../../../src/sandbox/failure.ts'
import { nodeFiles } from '../../../src/system/files/files.ts'
import { World as ProxyWorld } from '../../interop/world.ts'
import { defer } from '../../sso/login/world.ts'
import { type ContextOptions, createContext } from '../../support/context.ts'
import type { Home } from '../../support/home.ts'
import { startRawServer } from '../../support/raw-server.ts'
import { CredentialWorld } from '../world.ts'

const minute = 60_000
const arn = 'arn:aws:iam::111122223333:user/me'
const config = `[profile dev]\nlogin_session = ${arn}\nregion = eu-west-2\n`
const loginNeeded = { code: 'login-needed', exitStatus: 3, hint: 'aws login --profile dev' }

/** The session of a home, as the AWS tools see it. */
class LoginFile {
  readonly path: string

  constructor(home: Home, folder = '.aws/login/cache') {
    this.path = join(home.path, folder, loginFileName(arn))
  }

  // biome-ignore lint/suspicious/noExplicitAny: the tests look at whatever is there.
  get fields(): any {
    return JSON.parse(readFileSync(this.path, 'utf8'))
  }
}

/** A world in which `aws login` has started a session that ends in `left` milliseconds; `changes` are made to its file. */
async function openWorld(left = 15 * minute, changes: object = {}) {
  const world = await CredentialWorld.open()
  world.home.writeAws(config)
  const file = logIn(world, left, changes)
  return { world, file }
}

function logIn(
  world: Pick<CredentialWorld, 'home' | 'sandbox'>,
  left: number,
  changes: object = {},
): LoginFile {
  const { arn: started, text } = world.sandbox.startLoginSession()
  expect(started).toBe(arn)
  const { accessToken, ...fields } = JSON.parse(text)
  const expiresAt = new Date(Date.now() + left).toISOString().replace(/\.\d+Z$/, 'Z')
  const path = `.aws/login/cache/${loginFileName(arn)}`
  world.home.write(
    path,
    JSON.stringify({ accessToken: { ...accessToken, expiresAt }, ...fields, ...changes }),
  )
  return new LoginFile(world.home)
}

function fetchFrom(home: Home, options: ContextOptions & { readonly refresh?: boolean } = {}) {
  const context = createContext(home, options)
  const profiles = loadProfiles(context)
  const profile = describeProfile(profiles.config, 'dev')
  if (!profile) throw new Error('no profile dev')
  return fetchLoginSession(context, profiles, { kind: 'login', profile, loginSession: arn }, options)
}

function fetch(world: CredentialWorld, options: Parameters<typeof fetchFrom>[1] = {}): Promise<Credentials> {
  return fetchFrom(world.home, { screen: world.screen, ...options, env: { ...world.env, ...options.env } })
}

async function fail(world: CredentialWorld, options?: Parameters<typeof fetchFrom>[1]): Promise<AssumeError> {
  const error: unknown = await fetch(world, options).catch((reason) => reason)
  if (error instanceof AssumeError) return error
  throw new Error('it did not fail as it should', { cause: error })
}

describe('a session of aws login', () => {
  it('gives its credentials without a question while they are good', async () => {
    const { world, file } = await openWorld(6 * minute)
    const credentials = await fetch(world)
    const { expiresAt, ...keys } = file.fields.accessToken
    expect(credentials).toEqual({ ...keys, expiresAt: Date.parse(expiresAt) })
    expect(await world.identify(credentials)).toBe(arn)
    expect(world.takeRequests()).toEqual(['GetCallerIdentity'])
  })

  it.each([5 * minute, -minute])(
    'is renewed when %i milliseconds are left, for all AWS tools',
    async (left) => {
      const { world, file } = await openWorld(left, { somethingNew: { kept: [1] } })
      chmodSync(file.path, 0o644)
      const before = file.fields
      const credentials = await fetch(world)
      expect(world.takeRequests()).toEqual(['CreateOAuth2Token'])
      expect(await world.identify(credentials)).toBe(arn)
      const { accessToken, refreshToken, ...rest } = file.fields
      expect(rest).toEqual({ ...before, accessToken: undefined, refreshToken: undefined })
      expect(refreshToken).not.toBe(before.refreshToken)
      expect(accessToken).toMatchObject({ accountId: '111122223333', accessKeyId: credentials.accessKeyId })
      expect(accessToken.expiresAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
      expect((credentials.expiresAt ?? 0) - Date.now()).toBeGreaterThan(14 * minute)
      expect(statSync(file.path).mode & 0o777).toBe(0o600)
      expect(await fetch(world)).toMatchObject({ accessKeyId: credentials.accessKeyId })
      expect(world.takeRequests()).toEqual(['GetCallerIdentity'])
    },
  )

  it('is renewed where what is cached is not to count', async () => {
    const { world, file } = await openWorld()
    const { accessKeyId } = file.fields.accessToken
    expect((await fetch(world, { refresh: true })).accessKeyId).not.toBe(accessKeyId)
    expect(world.takeRequests()).toEqual(['CreateOAuth2Token'])
  })

  it('is renewed once for all who need it at once', async () => {
    const { world } = await openWorld(0)
    const all = await Promise.all(Array.from({ length: 5 }, () => fetch(world)))
    expect(new Set(all.map(({ accessKeyId }) => accessKeyId)).size).toBe(1)
    expect(world.takeRequests()).toEqual(['CreateOAuth2Token'])
  })

  it('may be renewed by another program, which knows no lock, in between', async () => {
    const { world, file } = await openWorld(0)
    const { promise, resolve } = defer()
    world.sandbox.fail('CreateOAuth2Token', { after: promise }, 1)
    const fetched = fetch(world)
    await world.sandbox.requests.arrived('CreateOAuth2Token')
    world.sandbox.endSessions()
    logIn(world, 15 * minute)
    resolve()
    expect((await fetched).accessKeyId).toBe(file.fields.accessToken.accessKeyId)
  })

  it('lies where AWS_LOGIN_CACHE_DIRECTORY says', async () => {
    const { world, file } = await openWorld(0)
    world.home.write(`elsewhere/${loginFileName(arn)}`, readFileSync(file.path))
    const before = file.fields
    const { accessKeyId } = await fetch(world, { env: { AWS_LOGIN_CACHE_DIRECTORY: '~/elsewhere' } })
    expect(new LoginFile(world.home, 'elsewhere').fields.accessToken.accessKeyId).toBe(accessKeyId)
    expect(file.fields).toEqual(before)
  })

  it.each<[string, object, Record<string, string>, string]>([
    ['its own file', { signInRegion: 'us-west-2' }, { AWS_REGION: 'eu-west-1' }, 'us-west-2'],
    ['the environment', {}, { AWS_REGION: 'eu-west-1' }, 'eu-west-1'],
    ['the profile', {}, {}, 'eu-west-2'],
  ])('is renewed in the region of %s', async (_title, changes, env, region) => {
    const { world } = await openWorld(0, changes)
    await fetch(world, { env })
    expect(world.screen.join('')).toContain(`signin in ${region}: `)
  })

  it('is renewed through a proxy, trusting the bundle of the profile', async () => {
    const world = await ProxyWorld.open()
    const { AWS_CA_BUNDLE = '', ...env } = world.env
    world.home.writeAws(`${config}ca_bundle = ${AWS_CA_BUNDLE}\n`)
    logIn(world, 0)
    await fetchFrom(world.home, { env })
    expect(world.sandbox.requests.all).toMatchObject([
      { operation: 'CreateOAuth2Token', host: 'eu-west-2.signin.aws.amazon.com', status: 200 },
    ])
  })
})

describe('a session of aws login that gives nothing', () => {
  it('because there is none is said', async () => {
    const world = await CredentialWorld.open()
    world.home.writeAws(config)
    expect(await fail(world)).toMatchObject({
      ...loginNeeded,
      message: 'profile dev has no session of aws login',
    })
  })

  it.each(['', '{', '[]', '{"accessToken":{}}'])('because its file holds %j is none', async (text) => {
    const { world, file } = await openWorld()
    world.home.write(file.path.slice(world.home.path.length + 1), text)
    expect(await fail(world)).toMatchObject(loginNeeded)
  })

  it.each(['clientId', 'refreshToken', 'dpopKey'])('because its file has no %s is none', async (name) => {
    const { world } = await openWorld(15 * minute, { [name]: undefined })
    expect(await fail(world)).toMatchObject(loginNeeded)
  })

  it.each<[Failure, object]>([
    ['expired', { ...loginNeeded, message: 'profile dev has a session of aws login that is over' }],
    [
      'invalid_grant',
      { ...loginNeeded, message: 'profile dev has a session of aws login with a password that has changed' },
    ],
    [
      'denied',
      {
        code: 'not-assigned',
        message:
          'profile dev may not renew its session of aws login: it has no permission for signin:CreateOAuth2Token',
        hint: 'have SignInLocalDevelopmentAccess attached, then: aws login --profile dev',
      },
    ],
    [
      400,
      {
        code: 'service',
        message: expect.stringContaining('answers Invalid request (INVALID_REQUEST, HTTP 400)'),
      },
    ],
    [500, { code: 'service', hint: 'the service has trouble; try again in a minute' }],
    ['malformed', { code: 'service', message: expect.stringContaining('is not understood') }],
    ['truncated', { code: 'service', message: expect.stringContaining('is not understood') }],
    ['drop', { code: 'network', message: expect.stringContaining('(ECONNRESET)') }],
  ])('because the service answers with %j is said', async (failure, expected) => {
    const { world, file } = await openWorld(0)
    const before = file.fields
    world.sandbox.fail('CreateOAuth2Token', failure)
    expect(await fail(world)).toMatchObject(expected)
    expect(file.fields).toEqual(before)
  })

  it('gives what is still good, with a warning', async () => {
    const { world, file } = await openWorld(4 * minute)
    world.sandbox.fail('CreateOAuth2Token', 'expired')
    expect((await fetch(world)).accessKeyId).toBe(file.fields.accessToken.accessKeyId)
    expect(world.screen.join('')).toContain(
      'assume: warning: profile dev has a session of aws login that is over\n',
    )
  })

  it('has a second try when the service has trouble', async () => {
    const { world } = await openWorld(0)
    world.sandbox.fail('CreateOAuth2Token', 500, 1)
    await fetch(world)
    expect(world.takeRequests()).toEqual(['CreateOAuth2Token', 'CreateOAuth2Token'])
  })

  it('because its key is none is over', async () => {
    const { world } = await openWorld(0, { dpopKey: 'no key' })
    expect(await fail(world)).toMatchObject(loginNeeded)
    expect(world.takeRequests()).toEqual([])
  })

  it('because nothing names a region is said', async () => {
    const { world } = await openWorld(0)
    world.home.writeAws(config.replace(/^region.*\n/m, ''))
    expect(await fail(world)).toMatchObject({
      code: 'incomplete-profile',
      hint: 'aws configure set region REGION --profile dev',
    })
  })

  it('because its region is none keeps its refresh token from every other host', async () => {
    const thief = await startRawServer((socket) => socket.end())
    const region = `x@${new URL(thief.url).host}/#`
    const says = (place: string) => ({ code: 'invalid-region', message: `${place} is no region: ${region}` })
    const { world, file } = await openWorld(0)
    const before = file.fields
    world.home.writeAws(config.replace('eu-west-2', region))
    const withoutEndpoint = { AWS_ENDPOINT_URL_SIGNIN: '' }
    expect(await fail(world, { env: withoutEndpoint })).toMatchObject(
      says('region of profile dev in ~/.aws/config'),
    )
    for (const variable of ['AWS_REGION', 'AWS_DEFAULT_REGION'])
      expect(await fail(world, { env: { ...withoutEndpoint, [variable]: region } })).toMatchObject(
        says(variable),
      )
    expect(file.fields).toEqual(before)
    logIn(world, 0, { signInRegion: region })
    expect(await fail(world, { env: { ...withoutEndpoint, AWS_REGION: 'eu-west-2' } })).toMatchObject({
      ...says(`signInRegion in ~/.aws/login/cache/${loginFileName(arn)}`),
      hint: 'aws login --profile dev',
    })
    expect(thief.sockets).toEqual([])
  })

  it('because its cache cannot be written keeps its refresh token', async () => {
    const { world, file } = await openWorld(0)
    const files: ContextOptions['files'] = {
      create(path, bytes, mode) {
        if (dirname(path) === dirname(file.path)) throw Object.assign(new Error('full'), { code: 'ENOSPC' })
        nodeFiles.create(path, bytes, mode)
      },
    }
    expect(await fail(world, { files })).toMatchObject({
      code: 'unwritable-file',
      message: `cannot write ${file.path}: the disk is full`,
    })
    expect(world.takeRequests()).toEqual([])
  })
})

describe('an odd answer to the renewal of a session of aws login', () => {
  const alter = (change: (answer: LoginAnswer) => object, status = 200) => ({
    alter: (reply: Reply) => {
      const answer = JSON.parse(reply.body) as LoginAnswer
      return { ...reply, status, body: JSON.stringify({ ...answer, ...change(answer) }) }
    },
  })
  interface LoginAnswer {
    readonly accessToken: object
  }

  // The service has taken the old refresh token back with its answer.
  it.each<[string, (answer: LoginAnswer) => object]>([
    ['no keys', () => ({ accessToken: null })],
    ['no end', () => ({ expiresIn: undefined })],
    ['an end beyond all time', () => ({ expiresIn: 1e300 })],
    ['half a key', ({ accessToken }) => ({ accessToken: { ...accessToken, secretAccessKey: {} } })],
    [
      'a token with a line break',
      ({ accessToken }) => ({ accessToken: { ...accessToken, sessionToken: 'x\n' } }),
    ],
  ])('with %s is said, and the new refresh token is there for the next one', async (_what, change) => {
    const { world, file } = await openWorld(0)
    const before = file.fields
    world.sandbox.fail('CreateOAuth2Token', alter(change), 1)
    expect(await fail(world)).toMatchObject({
      code: 'service',
      message: expect.stringContaining('is not understood'),
    })
    expect({ ...file.fields, refreshToken: '' }).toEqual({ ...before, refreshToken: '' })
    expect(file.fields.refreshToken).not.toBe(before.refreshToken)
    expect(await world.identify(await fetch(world))).toBe(arn)
  })

  it('whose status is unusual is taken', async () => {
    const { world, file } = await openWorld(0)
    world.sandbox.fail(
      'CreateOAuth2Token',
      alter(() => ({}), 201),
      1,
    )
    expect((await fetch(world)).accessKeyId).toBe(file.fields.accessToken.accessKeyId)
  })

  it('that is an error of no kind that there is changes nothing', async () => {
    const { world, file } = await openWorld(0)
    const before = file.fields
    world.sandbox.fail(
      'CreateOAuth2Token',
      alter(() => ({ error: 'constructor' }), 400),
      1,
    )
    expect(await fail(world)).toMatchObject({
      code: 'service',
      message: expect.stringContaining('constructor'),
    })
    expect(file.fields).toEqual(before)
  })
})

describe('the AWS SDK for JavaScript', () => {
  /** The access key that its own provider gets, which verifies our sandbox, and what it leaves in the cache. */
  async function getKey(world: ProxyWorld): Promise<string> {
    const program = [
      "import { fromLoginCredentials } from '@aws-sdk/credential-provider-login'",
      "const { accessKeyId } = await fromLoginCredentials({ profile: 'dev' })()",
      'process.stdout.write(accessKeyId)',
    ].join('\n')
    const { stdout, stderr } = await world.runModule(program, {
      AWS_ENDPOINT_URL_SIGNIN: world.sandbox.url,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    })
    expect(stderr).toBe('')
    return stdout
  }

  it('uses what we have renewed, and renews for us too', async () => {
    const world = await ProxyWorld.open()
    world.home.writeAws(config)
    const file = logIn(world, 0)
    const env = { AWS_ENDPOINT_URL_SIGNIN: world.sandbox.url }
    const { accessKeyId } = await fetchFrom(world.home, { env })
    expect(await getKey(world)).toBe(accessKeyId)
    expect(world.takeRequests()).toEqual(['CreateOAuth2Token'])
    const fields = {
      ...file.fields,
      accessToken: { ...file.fields.accessToken, expiresAt: '2020-01-01T00:00:00Z' },
    }
    world.home.write(`.aws/login/cache/${loginFileName(arn)}`, JSON.stringify(fields))
    const theirs = await getKey(world)
    expect(theirs).not.toBe(accessKeyId)
    expect(await fetchFrom(world.home, { env })).toMatchObject({
      accessKeyId: theirs,
      accountId: '111122223333',
    })
    expect(world.takeRequests()).toEqual(['CreateOAuth2Token'])
    expect((await fetchFrom(world.home, { env, refresh: true })).accessKeyId).not.toBe(theirs)
    expect(world.takeRequests()).toEqual(['CreateOAuth2Token'])
  })
})
