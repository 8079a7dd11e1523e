import { describe, expect, it } from 'vitest'
import type { Failure } from '../../src/sandbox/failure.ts'
import type { Operation } from '../../src/sandbox/operation.ts'
import type { Sandbox } from '../../src/sandbox/sandbox.ts'
import { askPortal, logIn, openSandbox, post, refresh, register } from './client.ts'

const accounts = '/assignment/accounts'

async function statuses(sandbox: Sandbox, times: number): Promise<number[]> {
  const found: number[] = []
  for (let time = 0; time < times; time++) found.push((await askPortal(sandbox, accounts, 'made-up')).status)
  return found
}

describe('a failure', () => {
  it('stays until it is mended', async () => {
    const sandbox = await openSandbox()
    sandbox.fail('ListAccounts', 500)
    expect(await statuses(sandbox, 3)).toEqual([500, 500, 500])
    sandbox.mend('ListAccounts')
    expect(await statuses(sandbox, 1)).toEqual([401])
  })

  it('comes so many times, and then the next one', async () => {
    const sandbox = await openSandbox()
    sandbox.fail('ListAccounts', 429, 2)
    sandbox.fail('ListAccounts', 500, 1)
    expect(await statuses(sandbox, 4)).toEqual([429, 429, 500, 401])
  })

  it('comes with every third request', async () => {
    const sandbox = await openSandbox()
    sandbox.fail('ListAccounts', 429, { every: 3 })
    expect(await statuses(sandbox, 7)).toEqual([401, 401, 429, 401, 401, 429, 401])
  })

  it('is one operation’s', async () => {
    const sandbox = await openSandbox()
    sandbox.fail('RegisterClient', 500)
    sandbox.fail('Authorize', 500)
    expect(await statuses(sandbox, 1)).toEqual([401])
    expect((await fetch(`${sandbox.url}/authorize`)).status).toBe(500)
    sandbox.mend()
    expect(await register(sandbox)).toHaveProperty('clientId')
  })

  it('that the service does not know is a mistake in the test', async () => {
    const sandbox = await openSandbox()
    expect(() => sandbox.fail('ListAccounts', 'pending')).toThrow('ListAccounts cannot fail with pending')
  })
})

describe('the errors', () => {
  it.each<[Operation, Failure, number, string]>([
    ['CreateToken', 'slow_down', 400, 'SlowDownException'],
    ['CreateToken', 'pending', 400, 'AuthorizationPendingException'],
    ['CreateToken', 'denied', 400, 'AccessDeniedException'],
    ['CreateToken', 'expired', 400, 'ExpiredTokenException'],
    ['CreateToken', 401, 401, 'InvalidClientException'],
    ['CreateToken', 403, 403, 'AccessDeniedException'],
    ['CreateToken', 429, 429, 'TooManyRequestsException'],
    ['CreateToken', 500, 500, 'InternalServerException'],
    ['CreateToken', 503, 503, 'InternalServerException'],
  ])('of %s for %s', async (operation, failure, status, type) => {
    const sandbox = await openSandbox()
    sandbox.fail(operation, failure)
    const answer = await post(sandbox, '/token', {})
    expect(answer.status).toBe(status)
    expect(answer.headers.get('x-amzn-errortype')?.split(':')[0]).toBe(type)
    expect(answer.json).toMatchObject({ error: expect.any(String), error_description: expect.any(String) })
  })

  it.each<[Failure, number, string]>([
    ['slow_down', 429, 'TooManyRequestsException'],
    ['denied', 403, 'ForbiddenException'],
    ['expired', 401, 'UnauthorizedException'],
    [400, 400, 'InvalidRequestException'],
    [401, 401, 'UnauthorizedException'],
    [403, 403, 'ForbiddenException'],
    [404, 404, 'ResourceNotFoundException'],
    [429, 429, 'TooManyRequestsException'],
    [500, 500, 'InternalServerException'],
  ])('of the portal for %s', async (failure, status, type) => {
    const sandbox = await openSandbox()
    sandbox.fail('ListAccounts', failure)
    const answer = await askPortal(sandbox, accounts, 'x')
    expect(answer.status).toBe(status)
    expect(answer.headers.get('x-amzn-errortype')).toBe(type)
  })

  it.each<[Failure, number, string]>([
    ['slow_down', 400, 'Throttling'],
    ['denied', 403, 'AccessDenied'],
    ['expired', 403, 'ExpiredToken'],
    [403, 403, 'AccessDenied'],
    [429, 429, 'Throttling'],
    [500, 500, 'InternalFailure'],
  ])('of STS for %s', async (failure, status, code) => {
    const sandbox = await openSandbox()
    sandbox.fail('GetCallerIdentity', failure)
    const body = new URLSearchParams({ Action: 'GetCallerIdentity' })
    const response = await fetch(sandbox.url, { method: 'POST', body })
    expect(response.status).toBe(status)
    expect(await response.text()).toContain(`<Code>${code}</Code>`)
  })
})

describe('a broken answer', () => {
  it('can be a dropped connection, with nothing done', async () => {
    const sandbox = await openSandbox()
    const login = await logIn(sandbox)
    sandbox.fail('CreateToken', 'drop', 1)
    await expect(refresh(sandbox, login)).rejects.toThrow()
    expect(await refresh(sandbox, login)).toMatchObject({ status: 200 })
  })

  it('can be lost after everything is done', async () => {
    const sandbox = await openSandbox()
    const login = await logIn(sandbox)
    sandbox.fail('CreateToken', 'lose', 1)
    await expect(refresh(sandbox, login)).rejects.toThrow()
    expect(await refresh(sandbox, login)).toMatchObject({ json: { error: 'invalid_grant' } })
  })

  it('can end in the middle', async () => {
    const sandbox = await openSandbox()
    sandbox.fail('ListAccounts', 'cut', 1)
    await expect(askPortal(sandbox, accounts, 'x')).rejects.toThrow()
  })

  it.each<[Failure, RegExp, string]>([
    ['malformed', /^This is no JSON$/, 'application/json'],
    ['truncated', /^\{"accountList":\[[^\]]*$/, 'application/json'],
    ['wrong-type', /^<!DOCTYPE html>/, 'text/html; charset=utf-8'],
  ])('can be %s', async (failure, text, type) => {
    const sandbox = await openSandbox()
    const { accessToken } = await logIn(sandbox)
    sandbox.fail('ListAccounts', failure, 1)
    const response = await fetch(sandbox.url + accounts, {
      headers: { 'x-amz-sso_bearer_token': accessToken },
    })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe(type)
    const body = await response.text()
    expect(body).toMatch(text)
    expect(() => JSON.parse(body)).toThrow()
  })

  it('can be late, for a time or until the test says so', async () => {
    const sandbox = await openSandbox()
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    sandbox.fail('ListAccounts', { after: released }, 1)
    sandbox.fail('ListAccounts', { after: 1 }, 1)
    const first = askPortal(sandbox, accounts, 'x')
    await sandbox.requests.arrived('ListAccounts')
    expect(await askPortal(sandbox, accounts, 'x')).toMatchObject({ status: 401 })
    expect(sandbox.requests.of('ListAccounts').map(({ status }) => status)).toEqual([undefined, 401])
    release()
    expect(await first).toMatchObject({ status: 401 })
  })

  it('can never come, and does not keep the sandbox from closing', async () => {
    const sandbox = await openSandbox()
    sandbox.fail('ListAccounts', 'hang')
    const answer = expect(askPortal(sandbox, accounts, 'x')).rejects.toThrow()
    await sandbox.requests.arrived('ListAccounts')
    await sandbox.close()
    await answer
  })
})

describe('the log', () => {
  it('has what is no secret, and counts', async () => {
    const sandbox = await openSandbox({ now: () => 1_700_000_000_000 })
    sandbox.fail('RegisterClient', 500, 1)
    await post(sandbox, '/client/register', { clientName: 'a', clientType: 'public', scopes: ['x', 'y'] })
    await askPortal(sandbox, '/federation/credentials?account_id=1&role_name=R', 'token')
    await fetch(`${sandbox.url}/nothing?token=x`)
    const usual = { host: '127.0.0.1', at: 1_700_000_000_000, userAgent: 'node' }
    expect(sandbox.requests.all).toEqual([
      {
        ...usual,
        operation: 'RegisterClient',
        method: 'POST',
        path: '/client/register',
        parameters: { clientName: 'a', clientType: 'public', scopes: 'x y' },
        failure: 500,
        status: 500,
      },
      {
        ...usual,
        operation: 'GetRoleCredentials',
        method: 'GET',
        path: '/federation/credentials',
        parameters: { account_id: '1', role_name: 'R' },
        failure: undefined,
        status: 401,
      },
      {
        ...usual,
        operation: undefined,
        method: 'GET',
        path: '/nothing',
        parameters: {},
        failure: undefined,
        status: 404,
      },
    ])
    expect(sandbox.requests.count('RegisterClient')).toBe(1)
    sandbox.requests.clear()
    expect(sandbox.requests.count('RegisterClient')).toBe(0)
  })
})
