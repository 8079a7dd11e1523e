import { describe, expect, it } from 'vitest'
import type { Sandbox } from '../../src/sandbox/sandbox.ts'
import {
  authorizeUrl,
  browse,
  callback,
  createPkce,
  openSandbox,
  type Pkce,
  post,
  press,
  type Registration,
  register,
} from './client.ts'

interface Attempt {
  sandbox: Sandbox
  registration: Registration
  pkce: Pkce
}

async function prepare(): Promise<Attempt> {
  const sandbox = await openSandbox()
  return { sandbox, registration: await register(sandbox), pkce: createPkce() }
}

async function getCode({ sandbox, registration, pkce }: Attempt): Promise<string> {
  const { page } = await browse(authorizeUrl(sandbox, registration.clientId, pkce.challenge))
  const { location } = await press(sandbox, page, 'allow')
  return location?.searchParams.get('code') ?? ''
}

function redeem({ sandbox, registration, pkce }: Attempt, code: string, changes: object = {}) {
  return post(sandbox, '/token', {
    ...registration,
    grantType: 'authorization_code',
    code,
    codeVerifier: pkce.verifier,
    redirectUri: callback,
    ...changes,
  })
}

describe('a login with PKCE', () => {
  it('goes from the Allow button to a token', async () => {
    const attempt = await prepare()
    const { sandbox, registration, pkce } = attempt
    const { status, page } = await browse(authorizeUrl(sandbox, registration.clientId, pkce.challenge))
    expect(status).toBe(200)
    expect(page).toContain('botocore-client-devto-article')
    const { status: sent, location } = await press(sandbox, page, 'allow')
    expect(sent).toBe(302)
    expect(`${location?.origin}${location?.pathname}`).toBe(callback)
    expect(location?.searchParams.get('state')).toBe('state-1')
    const { status: given, json } = await redeem(attempt, location?.searchParams.get('code') ?? '')
    expect(given).toBe(200)
    expect(json).toMatchObject({ tokenType: 'Bearer', expiresIn: 3600 })
    expect(json.accessToken).not.toBe('')
    expect(json.refreshToken).not.toBe('')
  })

  it('comes back with access_denied from the Deny button', async () => {
    const { sandbox, registration, pkce } = await prepare()
    const { page } = await browse(authorizeUrl(sandbox, registration.clientId, pkce.challenge))
    const { location } = await press(sandbox, page, 'deny')
    expect(location?.searchParams.get('error')).toBe('access_denied')
    expect(location?.searchParams.get('state')).toBe('state-1')
    expect(location?.searchParams.has('code')).toBe(false)
  })

  it.each(['allow', 'deny'] as const)('asks nobody when the answer is %s', async (answer) => {
    const { sandbox, registration, pkce } = await prepare()
    sandbox.answer = answer
    const { status, location } = await browse(authorizeUrl(sandbox, registration.clientId, pkce.challenge))
    expect(status).toBe(302)
    expect(location?.searchParams.has('code')).toBe(answer === 'allow')
    expect(location?.searchParams.get('error')).toBe(answer === 'allow' ? null : 'access_denied')
  })

  it('takes each answer once', async () => {
    const { sandbox, registration, pkce } = await prepare()
    const { page } = await browse(authorizeUrl(sandbox, registration.clientId, pkce.challenge))
    await press(sandbox, page, 'allow')
    expect(await press(sandbox, page, 'allow')).toMatchObject({ status: 400, location: undefined })
  })
})

describe('the code', () => {
  it('is refused with another verifier, and spent by that', async () => {
    const attempt = await prepare()
    const code = await getCode(attempt)
    const wrong = await redeem(attempt, code, { codeVerifier: createPkce().verifier })
    expect(wrong).toMatchObject({ status: 400, json: { error: 'invalid_grant' } })
    expect(wrong.headers.get('x-amzn-errortype')).toMatch(/^InvalidGrantException\b/)
    expect(await redeem(attempt, code)).toMatchObject({ status: 400, json: { error: 'invalid_grant' } })
  })

  it('works once', async () => {
    const attempt = await prepare()
    const code = await getCode(attempt)
    expect(await redeem(attempt, code)).toMatchObject({ status: 200 })
    expect(await redeem(attempt, code)).toMatchObject({ status: 400, json: { error: 'invalid_grant' } })
  })

  it('is refused with another redirect URI than the browser had', async () => {
    const attempt = await prepare()
    const redirectUri = 'http://127.0.0.1:49153/oauth/callback'
    expect(await redeem(attempt, await getCode(attempt), { redirectUri })).toMatchObject({
      status: 400,
      json: { error: 'invalid_grant' },
    })
  })

  it('is refused to another client', async () => {
    const attempt = await prepare()
    const code = await getCode(attempt)
    const registration = await register(attempt.sandbox)
    expect(await redeem({ ...attempt, registration }, code)).toMatchObject({
      json: { error: 'invalid_grant' },
    })
  })

  it('expires', async () => {
    const attempt = await prepare()
    const code = await getCode(attempt)
    attempt.sandbox.advance(600_000)
    expect(await redeem(attempt, code)).toMatchObject({ json: { error: 'invalid_grant' } })
  })

  it('cannot be invented', async () => {
    const attempt = await prepare()
    expect(await redeem(attempt, 'made-up')).toMatchObject({ json: { error: 'invalid_grant' } })
  })
})

describe('the address of the page', () => {
  it.each([
    ['an unknown client', { client_id: 'nobody' }],
    ['another host', { redirect_uri: 'http://localhost:49152/oauth/callback' }],
    ['another path', { redirect_uri: 'http://127.0.0.1:49152/callback' }],
    ['no port', { redirect_uri: 'http://127.0.0.1/oauth/callback' }],
    ['https', { redirect_uri: 'https://127.0.0.1:49152/oauth/callback' }],
    ['a user part', { redirect_uri: 'http://127.0.0.1:1@example.com/oauth/callback' }],
    ['no redirect URI', { redirect_uri: undefined }],
  ])('with %s leads nowhere', async (_name, changes) => {
    const { sandbox, registration, pkce } = await prepare()
    const answer = await browse(authorizeUrl(sandbox, registration.clientId, pkce.challenge, changes))
    expect(answer).toMatchObject({ status: 400, location: undefined })
  })

  it.each([
    ['response_type', { response_type: 'token' }, 'unsupported_response_type'],
    ['code_challenge_method', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['code_challenge', { code_challenge: undefined }, 'invalid_request'],
    ['state', { state: undefined }, 'invalid_request'],
    ['scopes', { scopes: 'sso:account:access something:else' }, 'invalid_scope'],
  ])('with a wrong %s sends the error back', async (_name, changes, error) => {
    const { sandbox, registration, pkce } = await prepare()
    const { location } = await browse(authorizeUrl(sandbox, registration.clientId, pkce.challenge, changes))
    expect(location?.searchParams.get('error')).toBe(error)
  })

  it('needs a registered redirect URI', async () => {
    const { sandbox, pkce } = await prepare()
    const { clientId } = await register(sandbox, { grantTypes: undefined, redirectUris: undefined })
    expect(await browse(authorizeUrl(sandbox, clientId, pkce.challenge))).toMatchObject({ status: 400 })
  })

  it('shows the name of a client as text', async () => {
    const { sandbox, pkce } = await prepare()
    const { clientId } = await register(sandbox, { clientName: '<script>alert(1)</script>' })
    const { page } = await browse(authorizeUrl(sandbox, clientId, pkce.challenge))
    expect(page).toContain('&lt;script&gt;')
    expect(page).not.toContain('<script')
  })
})
