import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
  sign,
} from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Failure } from '../../src/sandbox/failure.ts'
import type { Sandbox } from '../../src/sandbox/sandbox.ts'
import { openSandbox, post } from './client.ts'

interface Session {
  readonly arn: string
  // biome-ignore lint/suspicious/noExplicitAny: the tests look at whatever is there.
  readonly file: any
  readonly key: KeyObject
}

function start(sandbox: Sandbox): Session {
  const { arn, text } = sandbox.startLoginSession()
  const file = JSON.parse(text)
  return { arn, file, key: createPrivateKey(file.dpopKey) }
}

/** Written once more, apart from the one that is tested. */
function prove(key: KeyObject, claims: object, header: object = {}): string {
  const jwk = createPublicKey(key).export({ format: 'jwk' })
  const text = [{ typ: 'dpop+jwt', alg: 'ES256', jwk, ...header }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' })
  return `${text}.${signature.toString('base64url')}`
}

function claimsFor(sandbox: Sandbox, changes: object = {}) {
  return {
    htm: 'POST',
    htu: `${sandbox.url}/v1/token`,
    iat: Math.floor(Date.now() / 1000),
    jti: randomUUID(),
    ...changes,
  }
}

async function refresh(sandbox: Sandbox, { file }: Session, dpop: string, changes: object = {}) {
  const { clientId, refreshToken } = file
  const body = { clientId, refreshToken, grantType: 'refresh_token', ...changes }
  const { headers, ...answer } = await post(sandbox, '/v1/token', body, { dpop })
  return { ...answer, type: headers.get('x-amzn-errortype') }
}

describe('a session of aws login', () => {
  it('has the file that the AWS CLI writes', async () => {
    const { arn, file } = start(await openSandbox())
    expect(arn).toBe('arn:aws:iam::111122223333:user/me')
    expect(Object.keys(file)).toEqual([
      'accessToken',
      'tokenType',
      'clientId',
      'refreshToken',
      'idToken',
      'dpopKey',
    ])
    expect(file.accessToken).toMatchObject({
      accountId: '111122223333',
      expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    })
    expect(file.dpopKey).toMatch(/^-----BEGIN EC PRIVATE KEY-----\n/)
  })

  it('is renewed for a proof of its key, and its refresh token is then another', async () => {
    const sandbox = await openSandbox()
    const session = start(sandbox)
    const { status, json } = await refresh(sandbox, session, prove(session.key, claimsFor(sandbox)))
    expect(status).toBe(200)
    expect(Object.keys(json)).toEqual(['accessToken', 'tokenType', 'expiresIn', 'refreshToken'])
    expect(json).toMatchObject({ tokenType: 'aws_sigv4', expiresIn: 900 })
    expect(json.refreshToken).not.toBe(session.file.refreshToken)
    const again = await refresh(sandbox, session, prove(session.key, claimsFor(sandbox)))
    expect(again).toMatchObject({
      status: 401,
      type: 'AccessDeniedException',
      json: { error: 'TOKEN_EXPIRED' },
    })
    const newer = await refresh(sandbox, session, prove(session.key, claimsFor(sandbox)), {
      refreshToken: json.refreshToken,
    })
    expect(newer.status).toBe(200)
  })

  it.each<[string, object, object]>([
    ['method', { htm: 'GET' }, {}],
    ['address', { htu: 'https://eu-west-1.signin.aws.amazon.com/v1/token' }, {}],
    ['time', { iat: 0 }, {}],
    ['id', { jti: '' }, {}],
    ['type', {}, { typ: 'JWT' }],
    ['algorithm', {}, { alg: 'none' }],
    [
      'key',
      {},
      {
        jwk: createPublicKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey).export({
          format: 'jwk',
        }),
      },
    ],
    ['curve', {}, { jwk: { kty: 'EC', crv: 'P-384' } }],
  ])('is not renewed for a proof with another %s', async (_title, claims, header) => {
    const sandbox = await openSandbox()
    const session = start(sandbox)
    const dpop = prove(session.key, claimsFor(sandbox, claims), header)
    expect(await refresh(sandbox, session, dpop)).toMatchObject({
      status: 400,
      type: 'ValidationException',
      json: { error: 'INVALID_REQUEST', message: 'The DPoP proof is not valid' },
    })
  })

  it('is not renewed for the proof of another key, with a used proof, or without any', async () => {
    const sandbox = await openSandbox()
    const session = start(sandbox)
    const other = prove(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, claimsFor(sandbox))
    expect(await refresh(sandbox, session, other)).toMatchObject({
      status: 401,
      json: { error: 'TOKEN_EXPIRED' },
    })
    const used = prove(session.key, claimsFor(sandbox))
    const { json } = await refresh(sandbox, session, used)
    expect(await refresh(sandbox, session, used, { refreshToken: json.refreshToken })).toMatchObject({
      status: 400,
      json: { message: 'The DPoP proof has been used' },
    })
    expect(await refresh(sandbox, session, 'a.b.c')).toMatchObject({ status: 400 })
  })

  it('is over when every session is ended', async () => {
    const sandbox = await openSandbox()
    const session = start(sandbox)
    sandbox.endSessions()
    expect((await refresh(sandbox, session, prove(session.key, claimsFor(sandbox)))).json.error).toBe(
      'TOKEN_EXPIRED',
    )
  })

  it.each<[Failure, number, string, string]>([
    ['expired', 401, 'AccessDeniedException', 'TOKEN_EXPIRED'],
    ['invalid_grant', 403, 'AccessDeniedException', 'USER_CREDENTIALS_CHANGED'],
    ['denied', 403, 'AccessDeniedException', 'INSUFFICIENT_PERMISSIONS'],
    ['slow_down', 429, 'TooManyRequestsError', 'INVALID_REQUEST'],
    [400, 400, 'ValidationException', 'INVALID_REQUEST'],
    [500, 500, 'InternalServerException', 'server_error'],
  ])('fails with %s', async (failure, status, type, error) => {
    const sandbox = await openSandbox()
    const session = start(sandbox)
    sandbox.fail('CreateOAuth2Token', failure)
    expect(await refresh(sandbox, session, '')).toMatchObject({ status, type, json: { error } })
  })
})
