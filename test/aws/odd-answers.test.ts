import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { fetchContainerCredentials } from '../../src/credentials/from/container.ts'
import { StsService } from '../../src/credentials/sts.ts'
import { AssumeError } from '../../src/errors.ts'
import { OidcService } from '../../src/sso/oidc.ts'
import { PortalService } from '../../src/sso/portal.ts'
import { findAccountAlias, getCallerIdentity } from '../../src/status/identity-calls.ts'
import { isPrintable } from '../../src/text/redact.ts'
import { createConnection } from '../support/connection.ts'
import { type Answer, startHttpServer } from '../support/http-server.ts'
import { seedRandom } from '../support/random.ts'
import { catchFailure } from '../support/setup-world.ts'

beforeEach(() => {
  // Else the SDK prints, in this process, and looks into the files of whoever runs the tests.
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true')
  vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent')
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent')
  onTestFinished(() => void vi.unstubAllEnvs())
})

const region = 'eu-west-2'
const user = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' }
const orders = '\u001b[2J\u009b31m\u202e'

interface Question {
  /** What the service answers when all is well. */
  readonly answer: Record<string, unknown>
  /** How the answer stands in the body. */
  readonly format: (answer: unknown) => unknown
  readonly ask: (url: string) => Promise<unknown>
  readonly result: unknown
}

const json = (answer: unknown) => JSON.stringify(answer)
const element = (name: string, value: unknown): string => {
  const text =
    typeof value === 'object' ? Object.entries(value ?? {}).map(([key, each]) => element(key, each)) : [value]
  return `<${name}>${text.join('')}</${name}>`
}
const xml = (operation: string) => (answer: unknown) =>
  element(`${operation}Response`, { [`${operation}Result`]: answer })

const route = (endpoint: string) => ({ ...createConnection(), endpoint, signingRegion: region })
const oidc = (url: string) => OidcService.open(route(url))
const portal = (url: string) => PortalService.open(route(url), 'access', { attempts: 1 })
const keys = { accessKeyId: 'ASIA', secretAccessKey: 'secret', sessionToken: 'session' }
const time = Date.UTC(2099, 0)

/** Every operation whose answer is used, once for each form in which answers come. */
const questions: Readonly<Record<string, Question>> = {
  RegisterClient: {
    answer: { clientId: 'id', clientSecret: 'secret', clientSecretExpiresAt: time / 1000 },
    format: json,
    ask: async (url) => (await oidc(url)).register({ clientName: 'test' }),
    result: { clientId: 'id', clientSecret: 'secret', expiresAt: time },
  },
  StartDeviceAuthorization: {
    answer: {
      deviceCode: 'device',
      userCode: 'ABCD-EFGH',
      verificationUri: 'https://device.example.com/',
      verificationUriComplete: 'https://device.example.com/?user_code=ABCD-EFGH',
      expiresIn: 600,
      interval: 2,
    },
    format: json,
    ask: async (url) =>
      (await oidc(url)).startDeviceAuthorization(
        { clientId: 'id', clientSecret: 'secret', expiresAt: time },
        'https://portal.awsapps.com/start',
      ),
    result: expect.objectContaining({ interval: 2, expiresIn: 600 }),
  },
  CreateToken: {
    answer: { accessToken: 'access', expiresIn: 3600, refreshToken: 'refresh' },
    format: json,
    ask: async (url) =>
      (await oidc(url)).createToken(
        { clientId: 'id', clientSecret: 'secret' },
        { grantType: 'refresh_token', refreshToken: 'old' },
      ),
    result: { accessToken: 'access', expiresIn: 3600, refreshToken: 'refresh' },
  },
  ListAccounts: {
    answer: { accountList: [{ accountId: '111122223333', accountName: 'dev', emailAddress: 'a@b' }] },
    format: json,
    ask: async (url) => (await portal(url)).listAccounts(),
    result: { items: [{ accountId: '111122223333', accountName: 'dev', emailAddress: 'a@b' }], odd: 0 },
  },
  ListAccountRoles: {
    answer: { roleList: [{ roleName: 'Admin', accountId: '111122223333' }] },
    format: json,
    ask: async (url) => (await portal(url)).listRoles('111122223333'),
    result: { items: ['Admin'], odd: 0 },
  },
  GetRoleCredentials: {
    answer: { roleCredentials: { ...keys, expiration: time } },
    format: json,
    ask: async (url) => (await portal(url)).getRoleCredentials('111122223333', 'Admin'),
    result: { credentials: { ...keys, expiresAt: time, accountId: '111122223333' } },
  },
  AssumeRole: {
    answer: {
      Credentials: {
        AccessKeyId: 'ASIA',
        SecretAccessKey: 'secret',
        SessionToken: 'session',
        Expiration: '2099-01-01T00:00:00Z',
      },
      AssumedRoleUser: { AssumedRoleId: 'AROA:me', Arn: 'arn:aws:sts::111122223333:assumed-role/dev/me' },
    },
    format: xml('AssumeRole'),
    ask: async (url) =>
      (await StsService.open(route(url), user)).assumeRole({
        RoleArn: 'arn:aws:iam::111122223333:role/dev',
        RoleSessionName: 'me',
      }),
    result: {
      credentials: { ...keys, expiresAt: time, accountId: '111122223333' },
      user: { id: 'AROA:me', arn: 'arn:aws:sts::111122223333:assumed-role/dev/me' },
    },
  },
  GetCallerIdentity: {
    answer: { Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/me', UserId: 'AIDA' },
    format: xml('GetCallerIdentity'),
    ask: (url) => getCallerIdentity(route(url), user),
    result: { accountId: '111122223333', arn: 'arn:aws:iam::111122223333:user/me', userId: 'AIDA' },
  },
  ListAccountAliases: {
    answer: { AccountAliases: { member: 'my-company' } },
    format: xml('ListAccountAliases'),
    ask: (url) => findAccountAlias(route(url), user),
    result: 'my-company',
  },
  'the credentials of a container': {
    answer: {
      AccessKeyId: 'ASIA',
      SecretAccessKey: 'secret',
      Token: 'session',
      Expiration: '2099-01-01T00:00:00Z',
      AccountId: '111122223333',
    },
    format: json,
    ask: (url) =>
      fetchContainerCredentials(
        { profile: 'p' },
        {
          ...createConnection(),
          ownEnv: { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/creds` },
          files: {} as never,
        },
      ),
    result: { ...keys, expiresAt: time, accountId: '111122223333' },
  },
}

const serve = async (answer: Answer) => (await startHttpServer(() => answer)).url

/** What comes of a question: what it returns, or how it fails. Anything but an AssumeError is a bug. */
async function outcomeOf({ ask }: Question, answer: Answer): Promise<unknown> {
  return ask(await serve(answer)).catch((error: unknown) => {
    if (error instanceof AssumeError) return error
    throw error
  })
}

/** Every text in a value, the words of an error too. A refresh token is only ever sent back, and can be any text. */
function listTexts(value: unknown): string[] {
  if (value instanceof AssumeError) return [value.message, ...(value.hint ?? '').split('\n')]
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) => (name === 'refreshToken' ? [] : listTexts(each)))
}

/** Every number in a value. */
function listNumbers(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(listNumbers) : []
}

const oddValues: readonly unknown[] = [
  null,
  '',
  ' ',
  `x${orders}`,
  'x\r\ny: z',
  '12345678901',
  '1'.repeat(100_000),
  'NaN',
  'é',
  0,
  -1,
  1e300,
  true,
  [],
  {},
  [null],
  [5],
  [[]],
  { toString: 5 },
  [{ accountId: 5, roleName: {} }],
]

/** The paths to everything in an answer, its own included. */
function listPaths(answer: unknown, path: readonly string[] = []): (readonly string[])[] {
  const inner =
    typeof answer === 'object' && answer !== null
      ? Object.entries(answer).flatMap(([key, value]) => listPaths(value, [...path, key]))
      : []
  return [path, ...inner]
}

function replaceAt(answer: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value
  const copy = Array.isArray(answer) ? [...answer] : { ...(answer as object) }
  Object.assign(copy, { [key]: replaceAt((answer as Record<string, unknown>)[key], rest, value) })
  return copy
}

describe.each(Object.entries(questions))('the answer to %s', (_name, question) => {
  it('is read', async () => {
    expect(await question.ask(await serve([200, question.format(question.answer)]))).toEqual(question.result)
  })

  it('is none of a service, or only what has its form is taken from it, whatever stands in a field', async () => {
    const random = seedRandom(14)
    for (const path of listPaths(question.answer)) {
      // Some of them each time, not always the same ones: each costs a request.
      for (const value of oddValues.filter(() => random() < 0.6)) {
        const body = question.format(replaceAt(question.answer, path, value))
        const outcome = await outcomeOf(question, [200, body])
        const context = `${path.join('.')}: ${json(value)?.slice(0, 50)}`
        expect(
          listTexts(outcome).filter((text) => !isPrintable(text)),
          context,
        ).toEqual([])
        expect(
          listNumbers(outcome).filter((each) => !(each >= -7e13 && each <= 3e14)),
          context,
        ).toEqual([])
      }
    }
  })

  it('can be an error whose fields are none, and of which a terminal gets nothing to obey', async () => {
    const texts = { code: `CERT${orders}`, __type: `x#Odd${orders}`, message: `no${orders}`, name: 5 }
    const bodies = [
      json(texts),
      json({ ...texts, cause: null, message: { toString: 5 }, error_description: {}, error: [] }),
      json({ __type: 'InvalidSignatureException', message: 5 }),
      json({ __type: 'constructor', cause: { cause: { cause: null } }, $metadata: null, stack: 1 }),
      json({ error: 'constructor' }),
      json({ message: 'x'.repeat(200_000), __type: 'y'.repeat(200_000) }),
      json(null),
      json([null]),
      `<ErrorResponse><Error><Code>InvalidSignatureException</Code><Message><a>${orders}</a></Message></Error><code>CERT${orders}</code></ErrorResponse>`,
      `<ErrorResponse><Error><Code>constructor</Code><Message>&#27;[2J${orders}</Message></Error></ErrorResponse>`,
      '<ErrorResponse><Error><Code><a/></Code></Error></ErrorResponse>',
      `<a${orders}>`,
      orders,
    ]
    for (const body of bodies) {
      for (const status of [302, 400, 403]) {
        const error = await outcomeOf(question, [status, body])
        // Whoever may not ask for the alias does without.
        if (error === undefined) continue
        expect(error, body).toBeInstanceOf(AssumeError)
        expect(
          listTexts(error).filter((text) => !isPrintable(text) || text.length > 3000),
          body,
        ).toEqual([])
      }
    }
  })
})

describe('a list', () => {
  const page = (account: string, nextToken?: unknown) => ({
    accountList: [{ accountId: account }],
    nextToken,
  })
  const list = async (answer: (count: number) => unknown) => {
    let count = 0
    const { url, requests } = await startHttpServer(() => [200, answer(count++)])
    return { listing: (await portal(url)).listAccounts(), requests }
  }

  it('of several pages is one', async () => {
    const { listing } = await list((count) => page(`11112222333${count}`, count < 2 ? `page ${count}` : null))
    expect((await listing).items.map(({ accountId }) => accountId)).toEqual([
      '111122223330',
      '111122223331',
      '111122223332',
    ])
  })

  it('whose entries are not all accounts has the others', async () => {
    const odd = [
      null,
      5,
      {},
      { accountId: '1' },
      { accountId: 111122223333 },
      { accountId: '../../111122223333' },
    ]
    const { listing } = await list(() => ({
      accountList: [...odd, { accountId: '111122223333', accountName: orders }],
    }))
    expect(await listing).toEqual({
      items: [{ accountId: '111122223333', accountName: '?[2J?31m?' }],
      odd: 6,
    })
  })

  it('that names a page again does not end, which is said', async () => {
    const { listing, requests } = await list((count) => page('111122223333', ['a', 'b'][count % 2]))
    const failure = await catchFailure(listing)
    expect(failure.code).toBe('service')
    expect(failure.message).toMatch(/^cannot list the accounts: the list of 127\.0\.0\.1:\d+ does not end$/)
    expect(requests).toHaveLength(3)
  })

  it.each([5, {}, true])(
    'whose next page is called %j is not understood, rather than cut off',
    async (next) => {
      const { listing } = await list(() => page('111122223333', next))
      expect((await catchFailure(listing)).message).toContain('is not understood')
    },
  )
})
