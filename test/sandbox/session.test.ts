import { describe, expect, it } from 'vitest'
import { askPortal, logIn, openSandbox, post, refresh, registerDevice } from './client.ts'

const accounts = '/assignment/accounts'

describe('a refresh', () => {
  it('gives new tokens, ends the old refresh token, and leaves the old access token alone', async () => {
    const sandbox = await openSandbox()
    const login = await logIn(sandbox)
    const { status, json } = await refresh(sandbox, login)
    expect(status).toBe(200)
    expect(json.accessToken).not.toBe(login.accessToken)
    expect(json.refreshToken).not.toBe(login.refreshToken)
    expect(await askPortal(sandbox, accounts, json.accessToken)).toMatchObject({ status: 200 })
    expect(await askPortal(sandbox, accounts, login.accessToken)).toMatchObject({ status: 200 })
    const reused = await refresh(sandbox, login)
    expect(reused).toMatchObject({
      status: 400,
      json: { error: 'invalid_grant', error_description: 'Invalid grant provided' },
    })
    expect(await refresh(sandbox, { ...login, refreshToken: json.refreshToken })).toMatchObject({
      status: 200,
    })
  })

  it('gives no refresh token and keeps the old one good, on request', async () => {
    const sandbox = await openSandbox({ refreshTokens: 'keep' })
    const login = await logIn(sandbox)
    expect(await refresh(sandbox, login)).toMatchObject({ status: 200, json: { refreshToken: null } })
    expect(await refresh(sandbox, login)).toMatchObject({ status: 200 })
  })

  it('is refused to another client', async () => {
    const sandbox = await openSandbox()
    const login = await logIn(sandbox)
    const other = await registerDevice(sandbox)
    expect(await refresh(sandbox, login, other)).toMatchObject({ json: { error: 'invalid_grant' } })
    expect(await refresh(sandbox, login)).toMatchObject({ status: 200 })
  })

  it('is refused once the session is over', async () => {
    const sandbox = await openSandbox({ sessionLifetime: 7200 })
    const login = await logIn(sandbox)
    sandbox.advance(7_199_000)
    const { json } = await refresh(sandbox, login)
    sandbox.advance(1000)
    const renewed = { ...login, refreshToken: json.refreshToken }
    expect(await refresh(sandbox, renewed)).toMatchObject({ status: 400, json: { error: 'invalid_grant' } })
    expect(await askPortal(sandbox, accounts, json.accessToken)).toMatchObject({ status: 401 })
  })

  it('works after the registration is gone only with a new one', async () => {
    const sandbox = await openSandbox()
    const login = await logIn(sandbox)
    sandbox.expireRegistrations()
    expect(await refresh(sandbox, login)).toMatchObject({ status: 401, json: { error: 'invalid_client' } })
  })
})

describe('an access token', () => {
  it.each(['by time', 'by the test'])('expires %s and can be refreshed', async (how) => {
    const sandbox = await openSandbox({ accessTokenLifetime: 900 })
    const login = await logIn(sandbox)
    if (how === 'by time') sandbox.advance(900_000)
    else sandbox.expireAccessTokens()
    const answer = await askPortal(sandbox, accounts, login.accessToken)
    expect(answer).toMatchObject({ status: 401, json: { message: 'Session token not found or invalid' } })
    expect(answer.headers.get('x-amzn-errortype')).toBe('UnauthorizedException')
    const { json } = await refresh(sandbox, login)
    expect(await askPortal(sandbox, accounts, json.accessToken)).toMatchObject({ status: 200 })
  })

  it('ends when every session is ended, and is not refreshed', async () => {
    const sandbox = await openSandbox()
    const login = await logIn(sandbox)
    sandbox.endSessions()
    expect(await askPortal(sandbox, accounts, login.accessToken)).toMatchObject({ status: 401 })
    expect(await refresh(sandbox, login)).toMatchObject({ json: { error: 'invalid_grant' } })
  })

  it('ends its own session, and no other, by logging out', async () => {
    const sandbox = await openSandbox()
    const [login, other] = [await logIn(sandbox), await logIn(sandbox)]
    const { json } = await refresh(sandbox, login)
    const signOut = () =>
      fetch(`${sandbox.url}/logout`, {
        method: 'POST',
        headers: { 'x-amz-sso_bearer_token': login.accessToken },
      })
    const answer = await signOut()
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect((await signOut()).status).toBe(401)
    expect(await askPortal(sandbox, accounts, json.accessToken)).toMatchObject({ status: 401 })
    const renewed = { ...login, refreshToken: json.refreshToken }
    expect(await refresh(sandbox, renewed)).toMatchObject({ json: { error: 'invalid_grant' } })
    expect(await askPortal(sandbox, accounts, other.accessToken)).toMatchObject({ status: 200 })
  })
})

describe('what was handed out', () => {
  it('is known, and none of it is in the log of requests', async () => {
    const sandbox = await openSandbox()
    const login = await logIn(sandbox)
    await refresh(sandbox, login)
    const path = '/federation/credentials?account_id=123456789011&role_name=FullAccess'
    const { json } = await askPortal(sandbox, path, login.accessToken)
    await post(sandbox, '/token', { ...login, grantType: 'refresh_token' })
    const values = sandbox.secrets().map(({ value }) => value)
    const { accessKeyId, secretAccessKey, sessionToken } = json.roleCredentials
    const handedOut = [
      login.clientSecret,
      login.accessToken,
      login.refreshToken,
      accessKeyId,
      secretAccessKey,
      sessionToken,
    ]
    expect(values).toEqual(expect.arrayContaining(handedOut))
    const log = JSON.stringify(sandbox.requests.all)
    expect(values.filter((value) => log.includes(value))).toEqual([])
  })
})
