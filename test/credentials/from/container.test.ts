import { describe, expect, it } from 'vitest'
import { fetchContainerCredentials } from '../../../src/credentials/from/container.ts'
import { nodeFiles } from '../../../src/system/files/files.ts'
import { findAwsCli, World } from '../../interop/world.ts'
import { createConnection } from '../../support/connection.ts'
import { createHome } from '../../support/home.ts'
import { findClosedUrl, startHttpServer } from '../../support/http-server.ts'
import { catchFailure } from '../../support/setup-world.ts'

const keys = {
  RoleArn: 'arn:aws:iam::111122223333:role/task',
  AccessKeyId: 'ASIAEXAMPLE',
  SecretAccessKey: 'top-secret',
  Token: 'secret-too',
  Expiration: '2099-11-21T05:00:00Z',
}
const credentials = {
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: 'top-secret',
  sessionToken: 'secret-too',
  expiresAt: Date.parse('2099-11-21T05:00:00Z'),
}

/** Fetches with this environment, and notes what --verbose would show. */
function fetchFrom(env: Record<string, string>, lines: string[] = []) {
  return fetchContainerCredentials(
    { profile: 'task' },
    { ...createConnection(), ownEnv: env, files: nodeFiles, trace: (line) => void lines.push(line) },
  )
}

describe('a container', () => {
  it('gives its credentials to who has the token', async () => {
    const { url, requests } = await startHttpServer(() => [200, { ...keys, AccountId: '111122223333' }])
    const lines: string[] = []
    const env = {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/keys?id=secret-1`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: 'Basic secret-2',
    }
    expect(await fetchFrom(env, lines)).toEqual({ ...credentials, accountId: '111122223333' })
    expect(requests).toMatchObject([
      {
        line: 'GET /keys?id=secret-1',
        headers: { authorization: 'Basic secret-2', accept: 'application/json' },
      },
    ])
    expect(lines).toEqual([`GET ${new URL(url).host}/keys: 200`])
  })

  it('takes the token of a file first, as it is then', async () => {
    const { url, requests } = await startHttpServer(() => [200, keys])
    const home = createHome()
    const env = {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: url,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: 'no',
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: home.write('token', 'one'),
    }
    await fetchFrom(env)
    home.write('token', 'two')
    expect(await fetchFrom(env)).toEqual(credentials)
    expect(requests.map(({ headers }) => headers.authorization)).toEqual(['one', 'two'])
  })

  it('is asked again while it has trouble, and without a token where there is none', async () => {
    let trouble = 2
    const { url, requests } = await startHttpServer(() => (trouble-- > 0 ? [500, 'no'] : [200, keys]))
    expect(await fetchFrom({ AWS_CONTAINER_CREDENTIALS_FULL_URI: url })).toEqual(credentials)
    expect(requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined, undefined])
  })

  it.each<[string, number, unknown, string]>([
    ['refuses', 403, { code: 'Denied', message: 'not \u001b[31myours' }, 'not ?[31myours (HTTP 403)'],
    ['refuses without a word', 401, 'top-secret', 'it refuses (HTTP 401)'],
    ['answers with garbage', 200, 'top-secret', 'its answer has no AccessKeyId (HTTP 200)'],
    ['gives no token', 200, { ...keys, Token: undefined }, 'its answer has no Token (HTTP 200)'],
    ['gives no end', 200, { ...keys, Expiration: null }, 'its answer has no Expiration (HTTP 200)'],
    [
      'gives no time',
      200,
      { ...keys, Expiration: 'never' },
      'an Expiration that is no ISO 8601 time (HTTP 200)',
    ],
  ])('that %s is asked once', async (_title, status, body, reason) => {
    const { url, requests } = await startHttpServer(() => [status, body])
    const failure = await catchFailure(fetchFrom({ AWS_CONTAINER_CREDENTIALS_FULL_URI: url }))
    expect(failure.code).toBe('service')
    expect(failure.message).toMatch(/^cannot get credentials from the container: /)
    expect(failure.message).toContain(reason)
    expect(failure.message).not.toContain('secret')
    expect(requests).toHaveLength(1)
  })

  it('that is not there is said', async () => {
    const url = await findClosedUrl()
    expect(await catchFailure(fetchFrom({ AWS_CONTAINER_CREDENTIALS_FULL_URI: url }))).toMatchObject({
      code: 'network',
      message: `cannot get credentials from the container: ${new URL(url).host} cannot be reached (ECONNREFUSED)`,
      hint: 'check AWS_CONTAINER_CREDENTIALS_FULL_URI, or AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
    })
  })

  it('that the environment does not name is said', async () => {
    expect(await catchFailure(fetchFrom({}))).toMatchObject({
      code: 'incomplete-profile',
      message: expect.stringContaining('profile task takes the credentials of a container'),
    })
  })

  it.each([
    ['a line break', 'AWS_CONTAINER_AUTHORIZATION_TOKEN', 'secret\r\nX-Other: 1'],
    ['a letter that no header takes', 'AWS_CONTAINER_AUTHORIZATION_TOKEN', 'secret\u0142'],
    ['a line break in the file', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', 'secret\n'],
  ])('is not asked with %s in the token', async (_title, variable, token) => {
    const { url, requests } = await startHttpServer(() => [200, keys])
    const value = variable.endsWith('FILE') ? createHome().write('token', token) : token
    const failure = await catchFailure(
      fetchFrom({ AWS_CONTAINER_CREDENTIALS_FULL_URI: url, [variable]: value }),
    )
    expect(failure.code).toBe('invalid-endpoint')
    expect(failure.message).toContain(variable)
    expect(failure.message).not.toContain('secret')
    expect(requests).toEqual([])
  })

  it('is not asked without the file that is to hold the token', async () => {
    const path = `${createHome().path}/none`
    const env = {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:9',
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: path,
    }
    expect(await catchFailure(fetchFrom(env))).toMatchObject({
      code: 'unreadable-file',
      message: `cannot read the authorization token ${path}: ENOENT`,
    })
  })
})

const aws = findAwsCli()
const isWanted = aws !== undefined || Boolean(process.env['ASSUME_REQUIRE_AWS_CLI'])

describe.skipIf(!isWanted)(`the AWS CLI v2${isWanted ? '' : ' (not installed)'}`, () => {
  it.each<[string, unknown, Record<string, string>]>([
    ['credentials', keys, {}],
    ['no token', { ...keys, Token: undefined }, {}],
    ['a line break in the token', keys, { AWS_CONTAINER_AUTHORIZATION_TOKEN: 'a\n' }],
  ])('takes and refuses the same: %s', async (_title, body, extra) => {
    const { url, requests } = await startHttpServer(() => [200, body])
    const world = await World.open()
    world.home.writeAws('')
    const env = { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/keys`, ...extra }
    const { stdout } = await world.runAwsCli(['configure', 'export-credentials'], { ...env, NO_PROXY: '*' })
    const theirs = requests
      .splice(0)
      .map(({ line, headers }) => [line, headers.accept, headers.authorization])
    const ours = await fetchFrom(env).then(
      () => true,
      () => false,
    )
    expect(ours).toBe(stdout.includes('ASIAEXAMPLE'))
    expect(requests.map(({ line, headers }) => [line, headers.accept, headers.authorization])).toEqual(theirs)
  })
})
