import { describe, expect, it } from 'vitest'
import type { SandboxOptions } from '../../src/sandbox/options.ts'
import {
  askPortal,
  browse,
  deviceGrant,
  openSandbox,
  post,
  press,
  register,
  registerDevice,
  startUrl,
} from './client.ts'

async function start(options?: SandboxOptions) {
  const sandbox = await openSandbox(options)
  const registration = await registerDevice(sandbox)
  const { json } = await post(sandbox, '/device_authorization', { ...registration, startUrl })
  const poll = () =>
    post(sandbox, '/token', { ...registration, grantType: deviceGrant, deviceCode: json.deviceCode })
  return { sandbox, registration, json, poll }
}

describe('a device login', () => {
  it('waits for the Allow button', async () => {
    const { sandbox, json, poll } = await start({ interval: 2 })
    expect(json).toMatchObject({ expiresIn: 600, interval: 2, verificationUri: `${sandbox.url}/device` })
    const pending = await poll()
    expect(pending).toMatchObject({
      status: 400,
      json: { error: 'authorization_pending', error_description: 'Authorization is still pending' },
    })
    expect(pending.headers.get('x-amzn-errortype')).toMatch(/^AuthorizationPendingException\b/)
    const { page } = await browse(json.verificationUriComplete)
    expect(page).toContain(json.userCode)
    expect(await press(sandbox, page, 'allow')).toMatchObject({ status: 200 })
    expect(await poll()).toMatchObject({ status: 200, json: { expiresIn: 3600 } })
    expect(await poll()).toMatchObject({ status: 400, json: { error: 'invalid_grant' } })
  })

  it('ends with the Deny button', async () => {
    const { sandbox, json, poll } = await start()
    const { page } = await browse(json.verificationUriComplete)
    await press(sandbox, page, 'deny')
    expect(await poll()).toMatchObject({ status: 400, json: { error: 'access_denied' } })
    expect(await press(sandbox, page, 'allow')).toMatchObject({ status: 400 })
  })

  it('has a page that asks for the code, in either case, and one at /start', async () => {
    const { sandbox, json } = await start()
    expect((await browse(json.verificationUri)).page).toContain('name="user_code"')
    expect((await browse(`${sandbox.url}/device?user_code=${json.userCode.toLowerCase()}`)).status).toBe(200)
    const { page } = await browse(`${sandbox.url}/start?user_code=${json.userCode}`)
    expect(page).toContain(json.userCode)
    expect((await browse(`${sandbox.url}/device?user_code=AAAA-AAAA`)).status).toBe(400)
  })

  it('expires', async () => {
    const { sandbox, json, poll } = await start({ deviceCodeLifetime: 60 })
    sandbox.advance(60_000)
    expect(await poll()).toMatchObject({ status: 400, json: { error: 'expired_token' } })
    expect((await browse(json.verificationUriComplete)).status).toBe(400)
  })

  it('can be answered by the test: all, or one', async () => {
    const { sandbox, registration, poll } = await start()
    const { json: second } = await post(sandbox, '/device_authorization', { ...registration, startUrl })
    sandbox.deny(second.userCode)
    sandbox.approve()
    expect(await poll()).toMatchObject({ status: 200 })
    const grant = { ...registration, grantType: deviceGrant, deviceCode: second.deviceCode }
    expect(await post(sandbox, '/token', grant)).toMatchObject({ json: { error: 'access_denied' } })
  })

  it.each([
    ['allow', 200],
    ['deny', 400],
  ] as const)('is answered by itself: %s', async (answer, status) => {
    const { poll } = await start({ answer })
    expect(await poll()).toMatchObject({ status })
  })

  it('is the chosen user’s', async () => {
    const { sandbox, json, poll } = await start({
      users: [{ name: 'ann' }, { name: 'bob', assignments: { '123456789012': ['ReadOnly'] } }],
    })
    const { page } = await browse(json.verificationUriComplete)
    expect(page).toContain('<option>bob</option>')
    await press(sandbox, page, 'allow', { user: 'bob' })
    const { json: token } = await poll()
    const { json: accounts } = await askPortal(sandbox, '/assignment/accounts', token.accessToken)
    expect(accounts.accountList).toEqual([expect.objectContaining({ accountId: '123456789012' })])
  })

  it('gives no refresh token without the scope', async () => {
    const sandbox = await openSandbox({ answer: 'allow' })
    const registration = await register(sandbox, {
      grantTypes: undefined,
      redirectUris: undefined,
      scopes: undefined,
    })
    const { json } = await post(sandbox, '/device_authorization', { ...registration, startUrl })
    const token = await post(sandbox, '/token', {
      ...registration,
      grantType: deviceGrant,
      deviceCode: json.deviceCode,
    })
    expect(token).toMatchObject({ status: 200, json: { refreshToken: null } })
  })
})

describe('a client', () => {
  it('is registered for 90 days', async () => {
    const sandbox = await openSandbox({ now: () => 1_700_000_000_000 })
    const { json } = await post(sandbox, '/client/register', { clientName: 'x', clientType: 'public' })
    expect(json).toMatchObject({
      clientIdIssuedAt: 1_700_000_000,
      clientSecretExpiresAt: 1_700_000_000 + 90 * 86_400,
    })
  })

  it.each([
    ['no name', { clientName: undefined }, 'InvalidRequestException'],
    ['another type', { clientType: 'confidential' }, 'InvalidClientMetadataException'],
    ['an unknown grant', { grantTypes: ['password'] }, 'UnsupportedGrantTypeException'],
    ['no redirect URI', { redirectUris: undefined }, 'InvalidRequestException'],
    ['a wrong redirect URI', { redirectUris: ['http://127.0.0.1/callback'] }, 'InvalidRedirectUriException'],
    ['scopes that are no list', { scopes: 'sso:account:access' }, 'InvalidRequestException'],
  ])('with %s is refused', async (_name, changes, type) => {
    const sandbox = await openSandbox()
    const answer = await post(sandbox, '/client/register', {
      clientName: 'x',
      clientType: 'public',
      grantTypes: ['authorization_code'],
      redirectUris: ['http://127.0.0.1/oauth/callback'],
      ...changes,
    })
    expect(answer.status).toBe(400)
    expect(answer.headers.get('x-amzn-errortype')).toMatch(new RegExp(`^${type}\\b`))
  })

  it.each([
    ['an unknown id', { clientId: 'nobody' }, 401, 'invalid_client'],
    ['a wrong secret', { clientSecret: 'guess' }, 401, 'invalid_client'],
    ['an unknown grant', { grantType: 'password' }, 400, 'unsupported_grant_type'],
    ['a grant it did not register', { grantType: 'authorization_code' }, 400, 'unauthorized_client'],
    ['an unknown device code', {}, 400, 'invalid_grant'],
    ['no device code', { deviceCode: undefined }, 400, 'invalid_request'],
  ])('with %s gets no token', async (_name, changes, status, error) => {
    const sandbox = await openSandbox()
    const registration = await registerDevice(sandbox)
    const request = { ...registration, grantType: deviceGrant, deviceCode: 'made-up', ...changes }
    expect(await post(sandbox, '/token', request)).toMatchObject({ status, json: { error } })
  })

  it('for PKCE starts no device login', async () => {
    const sandbox = await openSandbox()
    const registration = await register(sandbox)
    expect(await post(sandbox, '/device_authorization', { ...registration, startUrl })).toMatchObject({
      status: 400,
      json: { error: 'unauthorized_client' },
    })
  })

  it.each(['expires', 'can be made to expire'])('%s', async (how) => {
    const sandbox = await openSandbox({ registrationLifetime: 100 })
    const registration = await registerDevice(sandbox)
    if (how === 'expires') sandbox.advance(100_000)
    else sandbox.expireRegistrations()
    expect(await post(sandbox, '/device_authorization', { ...registration, startUrl })).toMatchObject({
      status: 401,
      json: { error: 'invalid_client' },
    })
  })

  it.each(['', 'no json', '[]', 'null'])('that sends %j is told so', async (body) => {
    const sandbox = await openSandbox()
    expect(await post(sandbox, '/token', body)).toMatchObject({
      status: 400,
      json: { error: 'invalid_request' },
    })
  })
})
