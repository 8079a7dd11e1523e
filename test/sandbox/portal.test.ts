import { describe, expect, it } from 'vitest'
import { generateAccounts } from '../../src/sandbox/directory.ts'
import type { Sandbox } from '../../src/sandbox/sandbox.ts'
import { askPortal, logIn, openSandbox } from './client.ts'

async function collect(sandbox: Sandbox, accessToken: string, path: string, list: string) {
  const found: unknown[] = []
  let token: string | null = ''
  while (token !== null) {
    const { json } = await askPortal(sandbox, `${path}&next_token=${token}`, accessToken)
    found.push(...json[list])
    token = json.nextToken
  }
  return found
}

describe('the accounts', () => {
  it('are those of the example and a production account', async () => {
    const sandbox = await openSandbox()
    const { accessToken } = await logIn(sandbox)
    const { json } = await askPortal(sandbox, '/assignment/accounts', accessToken)
    expect(json).toEqual({
      accountList: [
        {
          accountId: '123456789011',
          accountName: 'Development',
          emailAddress: 'aws-development@example.com',
        },
        { accountId: '123456789012', accountName: 'Test', emailAddress: 'aws-test@example.com' },
        { accountId: '999988887777', accountName: 'Production', emailAddress: 'aws-production@example.com' },
      ],
      nextToken: null,
    })
  })

  it('may lack name and e-mail', async () => {
    const sandbox = await openSandbox({ accounts: [{ id: '111111111111', roles: ['Admin'] }] })
    const { accessToken } = await logIn(sandbox)
    const { json } = await askPortal(sandbox, '/assignment/accounts', accessToken)
    expect(json.accountList).toEqual([{ accountId: '111111111111' }])
  })

  it.each([
    ['&max_result=7', 36],
    ['&max_result=50', 5],
    ['&max_result=100', 3],
    ['', 3],
  ])('come in pages: %j', async (size, requests) => {
    const sandbox = await openSandbox({ accounts: generateAccounts(250, 2) })
    const { accessToken } = await logIn(sandbox)
    const accounts = await collect(sandbox, accessToken, `/assignment/accounts?${size}`, 'accountList')
    expect(new Set(accounts.map((account) => (account as { accountId: string }).accountId)).size).toBe(250)
    expect(sandbox.requests.count('ListAccounts')).toBe(requests)
  })

  it.each(['max_result=0', 'max_result=101', 'max_result=1000', 'max_result=x', 'next_token=nonsense'])(
    'are refused with %s',
    async (query) => {
      const sandbox = await openSandbox()
      const { accessToken } = await logIn(sandbox)
      const answer = await askPortal(sandbox, `/assignment/accounts?${query}`, accessToken)
      expect(answer.status).toBe(400)
      expect(answer.headers.get('x-amzn-errortype')).toBe('InvalidRequestException')
    },
  )
})

describe('the roles', () => {
  it('come in pages too', async () => {
    const sandbox = await openSandbox({ accounts: generateAccounts(1, 5), pageSize: 2 })
    const { accessToken } = await logIn(sandbox)
    const path = '/assignment/roles?account_id=100000000001'
    const roles = await collect(sandbox, accessToken, path, 'roleList')
    expect(roles).toEqual(
      ['Admin', 'ReadOnly', 'PowerUser', 'Role4', 'Role5'].map((roleName) => ({
        accountId: '100000000001',
        roleName,
      })),
    )
    expect(sandbox.requests.count('ListAccountRoles')).toBe(3)
  })

  it.each([
    ['of an unknown account', '?account_id=000000000000', 403],
    ['of no account', '', 400],
  ])('%s are refused', async (_name, query, status) => {
    const sandbox = await openSandbox()
    const { accessToken } = await logIn(sandbox)
    expect(await askPortal(sandbox, `/assignment/roles${query}`, accessToken)).toMatchObject({ status })
  })
})

describe('role credentials', () => {
  const path = (account: string, role: string) =>
    `/federation/credentials?account_id=${account}&role_name=${role}`

  it('end in milliseconds since the epoch', async () => {
    const sandbox = await openSandbox({ now: () => 1_700_000_000_123, roleSessionLifetime: 1800 })
    const { accessToken } = await logIn(sandbox)
    const { json } = await askPortal(sandbox, path('999988887777', 'Admin'), accessToken)
    expect(json.roleCredentials.expiration).toBe(1_700_000_000_123 + 1_800_000)
    expect(json.roleCredentials.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/)
  })

  it.each([
    ['a role of another account', '123456789011', 'Admin', 403],
    ['a misspelt role', '999988887777', 'admin', 403],
    ['an unknown account', '000000000000', 'Admin', 403],
    ['no role', '999988887777', '', 400],
  ])('of %s are refused', async (_name, account, role, status) => {
    const sandbox = await openSandbox()
    const { accessToken } = await logIn(sandbox)
    const answer = await askPortal(sandbox, path(account, role), accessToken)
    expect(answer.status).toBe(status)
    if (status === 403) {
      expect(answer.json.message).toBe('No access')
      expect(answer.headers.get('x-amzn-errortype')).toBe('ForbiddenException')
    }
  })

  it('follow what is assigned', async () => {
    const sandbox = await openSandbox()
    const { accessToken } = await logIn(sandbox)
    const ask = async (account: string, role: string) =>
      (await askPortal(sandbox, path(account, role), accessToken)).status
    sandbox.directory.removeRole('999988887777', 'Admin')
    sandbox.directory.removeAccount('123456789011')
    sandbox.directory.putAccount({ id: '555566667777', roles: ['New'] })
    expect(await ask('999988887777', 'Admin')).toBe(403)
    expect(await ask('999988887777', 'ReadOnly')).toBe(200)
    expect(await ask('123456789011', 'FullAccess')).toBe(403)
    expect(await ask('555566667777', 'New')).toBe(200)
    const { json } = await askPortal(sandbox, '/assignment/accounts', accessToken)
    expect(json.accountList.map((account: { accountId: string }) => account.accountId)).toEqual([
      '123456789012',
      '999988887777',
      '555566667777',
    ])
  })

  it('need a token', async () => {
    const sandbox = await openSandbox()
    expect(await askPortal(sandbox, path('999988887777', 'Admin'), 'made-up')).toMatchObject({ status: 401 })
  })
})

describe('the quota', () => {
  const start = async (requestsPerSecond?: number) => {
    let now = 0
    const sandbox = await openSandbox({
      now: () => now,
      ...(requestsPerSecond !== undefined && { requestsPerSecond }),
    })
    const { accessToken } = await logIn(sandbox)
    const askAt = async (time: number) => {
      now = time
      return (await askPortal(sandbox, '/assignment/accounts', accessToken)).status
    }
    return { sandbox, askAt }
  }

  it('is of all requests of a second together, without those that were refused', async () => {
    const { askAt } = await start(3)
    const times = [10_000, 10_500, 10_999, 10_999, 10_999, 11_000, 11_499, 11_500]
    const answers: number[] = []
    for (const time of times) answers.push(await askAt(time))
    expect(answers).toEqual([200, 200, 200, 429, 429, 200, 429, 200])
  })

  it('is none unless it is asked for', async () => {
    const { sandbox, askAt } = await start()
    for (let count = 0; count < 50; count += 1) expect(await askAt(10_000)).toBe(200)
    expect(sandbox.requests.count('ListAccounts')).toBe(50)
  })
})
