import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Sandbox } from '../../src/sandbox/sandbox.ts'
import { askPortal, logIn, openSandbox } from './client.ts'

beforeEach(() => {
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true')
  vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent')
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent')
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
})

interface Keys {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

const user: Keys = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
}
const audit = 'arn:aws:iam::777788889999:role/Audit'
const admin = 'arn:aws:iam::777788889999:role/Admin'
const deploy = 'arn:aws:iam::999988887777:role/Deploy'
const pipeline = 'arn:aws:iam::777788889999:role/Pipeline'
const device = 'arn:aws:iam::111122223333:mfa/me'

function createSts(sandbox: Sandbox, credentials: Keys = user): STSClient {
  return new STSClient({ region: 'eu-west-2', endpoint: sandbox.url, credentials, maxAttempts: 1 })
}

async function assume(
  sandbox: Sandbox,
  request: Partial<AssumeRoleCommandInput> & { RoleArn: string },
  keys = user,
) {
  const command = new AssumeRoleCommand({ RoleSessionName: 'me', ...request })
  const { Credentials, AssumedRoleUser } = await createSts(sandbox, keys).send(command)
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '', Expiration } = Credentials ?? {}
  const got: Keys = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
  return { keys: got, expiration: Expiration, arn: AssumedRoleUser?.Arn }
}

async function getSsoKeys(sandbox: Sandbox): Promise<Keys> {
  const { accessToken } = await logIn(sandbox)
  const path = '/federation/credentials?account_id=123456789011&role_name=FullAccess'
  const { json } = await askPortal(sandbox, path, accessToken)
  const { accessKeyId, secretAccessKey, sessionToken } = json.roleCredentials
  return { accessKeyId, secretAccessKey, sessionToken }
}

async function whoIs(sandbox: Sandbox, keys: Keys): Promise<string | undefined> {
  return (await createSts(sandbox, keys).send(new GetCallerIdentityCommand({}))).Arn
}

describe('GetCallerIdentity', () => {
  it('knows users, permission sets and assumed roles', async () => {
    const sandbox = await openSandbox()
    expect(await whoIs(sandbox, user)).toBe('arn:aws:iam::111122223333:user/me')
    expect(await whoIs(sandbox, await getSsoKeys(sandbox))).toMatch(
      /:assumed-role\/AWSReservedSSO_FullAccess_/,
    )
    const { keys, arn } = await assume(sandbox, { RoleArn: deploy })
    expect(arn).toBe('arn:aws:sts::999988887777:assumed-role/Deploy/me')
    expect(await whoIs(sandbox, keys)).toBe(arn)
  })

  it.each([
    ['an unknown key', { accessKeyId: 'AKIAUNKNOWN' }],
    ['another session token', { sessionToken: 'made-up' }],
    ['no session token', { sessionToken: undefined }],
  ])('refuses %s', async (_name, changes) => {
    const sandbox = await openSandbox()
    const keys = { ...(await getSsoKeys(sandbox)), ...changes } as Keys
    await expect(whoIs(sandbox, keys)).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
      message: 'The security token included in the request is invalid.',
      $metadata: { httpStatusCode: 403 },
    })
  })

  it('refuses an unsigned request', async () => {
    const sandbox = await openSandbox()
    const body = new URLSearchParams({ Action: 'GetCallerIdentity', Version: '2011-06-15' })
    const response = await fetch(sandbox.url, { method: 'POST', body })
    expect(response.status).toBe(403)
    expect(await response.text()).toContain('<Code>MissingAuthenticationToken</Code>')
  })

  it('refuses keys that are over, and clocks that are off', async () => {
    const signedAt = new Date()
    const sandbox = await openSandbox({ roleSessionLifetime: 600, now: () => signedAt.getTime() })
    const keys = await getSsoKeys(sandbox)
    sandbox.advance(600_000)
    await expect(whoIs(sandbox, keys)).rejects.toMatchObject({ name: 'ExpiredToken' })
    sandbox.advance(600_000)
    await expect(whoIs(sandbox, user)).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
      message: expect.stringMatching(/^Signature expired: \d{8}T\d{6}Z is now earlier than .* - 15 min\.\)$/),
    })
    sandbox.advance(-3_600_000)
    await expect(whoIs(sandbox, user)).rejects.toMatchObject({
      message: expect.stringMatching(/^Signature not yet current: /),
    })
  })
})

describe('AssumeRole', () => {
  it('gives keys for as long as asked', async () => {
    const now = Math.floor(Date.now() / 1000) * 1000
    const sandbox = await openSandbox({ now: () => now })
    const usual = await assume(sandbox, { RoleArn: deploy })
    expect(usual.expiration?.getTime()).toBe(now + 3_600_000)
    const short = await assume(sandbox, { RoleArn: deploy, DurationSeconds: 900 })
    expect(short.expiration?.getTime()).toBe(now + 900_000)
    const MFA = { SerialNumber: device, TokenCode: '123456' }
    const long = await assume(sandbox, { RoleArn: admin, DurationSeconds: 7200, ...MFA })
    expect(long.expiration?.getTime()).toBe(now + 7_200_000)
  })

  it('is refused for unknown roles and callers that are not trusted', async () => {
    const roles = [
      { arn: deploy, trusts: ['222222222222'] },
      { arn: admin, trusts: ['arn:aws:iam::111122223333:user/me'] },
      { arn: audit, trusts: ['111122223333'] },
    ]
    const sandbox = await openSandbox({ roles })
    const refused = { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } }
    await expect(assume(sandbox, { RoleArn: deploy })).rejects.toMatchObject({
      ...refused,
      message: `User: arn:aws:iam::111122223333:user/me is not authorized to perform: sts:AssumeRole on resource: ${deploy}`,
    })
    await expect(assume(sandbox, { RoleArn: pipeline })).rejects.toMatchObject(refused)
    const { keys } = await assume(sandbox, { RoleArn: audit })
    await expect(assume(sandbox, { RoleArn: admin }, keys)).rejects.toMatchObject(refused)
    await expect(assume(sandbox, { RoleArn: admin })).resolves.toHaveProperty('keys')
  })

  it('checks the external id', async () => {
    const sandbox = await openSandbox()
    const refused = { name: 'AccessDenied' }
    await expect(assume(sandbox, { RoleArn: audit })).rejects.toMatchObject(refused)
    await expect(assume(sandbox, { RoleArn: audit, ExternalId: 'no' })).rejects.toMatchObject(refused)
    await expect(assume(sandbox, { RoleArn: audit, ExternalId: 'ext#1' })).resolves.toHaveProperty('keys')
  })

  it.each([
    ['none', {}, /is not authorized to perform: sts:AssumeRole/],
    ['a wrong one', { SerialNumber: device, TokenCode: '654321' }, /with invalid MFA one time pass code/],
    ['no device', { TokenCode: '123456' }, /must provide both/],
    ['another device', { SerialNumber: `${device}2`, TokenCode: '123456' }, /unable to validate MFA code/],
  ])('that needs an MFA code is refused with %s', async (_name, code, message) => {
    const sandbox = await openSandbox()
    await expect(assume(sandbox, { RoleArn: admin, ...code })).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringMatching(message),
    })
  })

  it.each([
    [deploy, 899, 'Member must have value greater than or equal to 900'],
    [deploy, 43_201, 'Member must have value less than or equal to 43200'],
    [deploy, 3601, 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.'],
  ])('of %s for %i seconds is refused', async (RoleArn, DurationSeconds, message) => {
    const sandbox = await openSandbox()
    await expect(assume(sandbox, { RoleArn, DurationSeconds })).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining(message),
      $metadata: { httpStatusCode: 400 },
    })
  })

  it.each(['a', 'with space', 'x'.repeat(65)])('refuses the session name %j', async (RoleSessionName) => {
    const sandbox = await openSandbox()
    const attempt = assume(sandbox, { RoleArn: deploy, RoleSessionName })
    await expect(attempt).rejects.toMatchObject({ name: 'ValidationError' })
  })

  it('is capped at an hour from any temporary keys', async () => {
    const sandbox = await openSandbox({ roles: [{ arn: deploy, maxSessionDuration: 43_200 }] })
    const sso = await getSsoKeys(sandbox)
    const { keys } = await assume(sandbox, { RoleArn: deploy, DurationSeconds: 3600 }, sso)
    for (const source of [sso, keys])
      await expect(assume(sandbox, { RoleArn: deploy, DurationSeconds: 3601 }, source)).rejects.toMatchObject(
        {
          name: 'ValidationError',
          message:
            'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
        },
      )
    await expect(assume(sandbox, { RoleArn: deploy, DurationSeconds: 43_200 })).resolves.toHaveProperty(
      'keys',
    )
  })

  it('goes along a chain from SSO to a role with MFA', async () => {
    const sandbox = await openSandbox()
    const { keys } = await assume(sandbox, { RoleArn: deploy }, await getSsoKeys(sandbox))
    const code = { SerialNumber: device, TokenCode: '123456' }
    const { arn } = await assume(sandbox, { RoleArn: admin, ...code }, keys)
    expect(arn).toBe('arn:aws:sts::777788889999:assumed-role/Admin/me')
  })
})

describe('AssumeRoleWithWebIdentity', () => {
  function assumeWithToken(sandbox: Sandbox, RoleArn: string, WebIdentityToken: string) {
    const request = { RoleArn, RoleSessionName: 'job', WebIdentityToken }
    return createSts(sandbox).send(new AssumeRoleWithWebIdentityCommand(request))
  }

  it('gives keys for the right token', async () => {
    const sandbox = await openSandbox()
    const { AssumedRoleUser, Credentials } = await assumeWithToken(
      sandbox,
      pipeline,
      'sandbox.web-identity.token',
    )
    expect(AssumedRoleUser?.Arn).toBe('arn:aws:sts::777788889999:assumed-role/Pipeline/job')
    expect(Credentials?.AccessKeyId).toMatch(/^ASIA/)
  })

  it('is refused for another token, and for roles that are not for it', async () => {
    const sandbox = await openSandbox()
    await expect(assumeWithToken(sandbox, pipeline, 'no.such.token')).rejects.toMatchObject({
      name: 'InvalidIdentityTokenException',
    })
    await expect(assumeWithToken(sandbox, deploy, 'sandbox.web-identity.token')).rejects.toMatchObject({
      name: 'AccessDenied',
    })
    await expect(assume(sandbox, { RoleArn: pipeline })).rejects.toMatchObject({ name: 'AccessDenied' })
  })
})

describe('ListAccountAliases', () => {
  async function listAliases(sandbox: Sandbox, accessKeyId: string): Promise<string> {
    const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
    const scope = `${date.slice(0, 8)}/us-east-1/iam/aws4_request`
    const response = await fetch(sandbox.url, {
      method: 'POST',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=host, Signature=0`,
        'x-amz-date': date,
      },
      body: new URLSearchParams({ Action: 'ListAccountAliases', Version: '2010-05-08' }),
    })
    return response.text()
  }

  it('answers with the alias of the account, if it has one', async () => {
    const users = { name: 'me', accountId: '999988887777', accessKeyId: 'AKIAPROD', secretAccessKey: 'x' }
    const sandbox = await openSandbox({
      iamUsers: [users, { ...users, accountId: '1', accessKeyId: 'AKIANONE' }],
    })
    expect(await listAliases(sandbox, 'AKIAPROD')).toContain('<member>example-production</member>')
    expect(await listAliases(sandbox, 'AKIANONE')).toContain('<AccountAliases></AccountAliases>')
  })
})
