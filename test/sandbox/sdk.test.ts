import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  GetRoleCredentialsCommand,
  LogoutCommand,
  paginateListAccounts,
  SSOClient,
  SSOServiceException,
  TooManyRequestsException,
  UnauthorizedException,
} from '@aws-sdk/client-sso'
import * as oidc from '@aws-sdk/client-sso-oidc'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { sandboxConfig, sandboxEnvironment } from '../../src/sandbox/config.ts'
import { generateAccounts } from '../../src/sandbox/directory.ts'
import type { Failure } from '../../src/sandbox/failure.ts'
import type { Sandbox } from '../../src/sandbox/sandbox.ts'
import {
  authorizeUrl,
  browse,
  callback,
  createPkce,
  deviceGrant,
  logIn,
  openSandbox,
  press,
  register,
  startUrl,
} from './client.ts'

beforeEach(() => {
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true')
  useConfig('')
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
})

/** Makes this text the only AWS configuration that the SDK finds. */
function useConfig(text: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'assume-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'config'), text)
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'))
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'))
}

const region = 'eu-west-2'

function createOidc(sandbox: Sandbox): oidc.SSOOIDCClient {
  return new oidc.SSOOIDCClient({ region, endpoint: sandbox.url, maxAttempts: 1 })
}

function createPortal(sandbox: Sandbox, maxAttempts = 1): SSOClient {
  return new SSOClient({ region, endpoint: sandbox.url, maxAttempts })
}

async function caught(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  )
}

describe('the OIDC client of the AWS SDK', () => {
  it('logs in with PKCE and refreshes', async () => {
    const sandbox = await openSandbox()
    const client = createOidc(sandbox)
    const { clientId = '', clientSecret } = await client.send(
      new oidc.RegisterClientCommand({
        clientName: 'assume',
        clientType: 'public',
        grantTypes: ['authorization_code', 'refresh_token'],
        redirectUris: ['http://127.0.0.1/oauth/callback'],
        issuerUrl: startUrl,
        scopes: ['sso:account:access'],
      }),
    )
    const { verifier, challenge } = createPkce()
    const { page } = await browse(authorizeUrl(sandbox, clientId, challenge))
    const { location } = await press(sandbox, page, 'allow')
    const token = await client.send(
      new oidc.CreateTokenCommand({
        clientId,
        clientSecret,
        grantType: 'authorization_code',
        code: location?.searchParams.get('code') ?? '',
        codeVerifier: verifier,
        redirectUri: callback,
      }),
    )
    expect(token.expiresIn).toBe(3600)
    const refresh = new oidc.CreateTokenCommand({
      clientId,
      clientSecret,
      grantType: 'refresh_token',
      refreshToken: token.refreshToken,
    })
    expect((await client.send(refresh)).accessToken).not.toBe(token.accessToken)
    const error = await caught(client.send(refresh))
    expect(error).toBeInstanceOf(oidc.InvalidGrantException)
    expect(error).toMatchObject({ error: 'invalid_grant', error_description: 'Invalid grant provided' })
  })

  it('logs in with a device code', async () => {
    const sandbox = await openSandbox()
    const client = createOidc(sandbox)
    const { clientId, clientSecret } = await client.send(
      new oidc.RegisterClientCommand({ clientName: 'assume', clientType: 'public' }),
    )
    const device = await client.send(
      new oidc.StartDeviceAuthorizationCommand({ clientId, clientSecret, startUrl }),
    )
    const poll = new oidc.CreateTokenCommand({
      clientId,
      clientSecret,
      grantType: deviceGrant,
      deviceCode: device.deviceCode,
    })
    expect(await caught(client.send(poll))).toBeInstanceOf(oidc.AuthorizationPendingException)
    sandbox.approve(device.userCode)
    expect(await client.send(poll)).toMatchObject({ tokenType: 'Bearer' })
  })

  it.each<[Failure, new (...args: never[]) => Error]>([
    ['slow_down', oidc.SlowDownException],
    ['pending', oidc.AuthorizationPendingException],
    ['denied', oidc.AccessDeniedException],
    ['expired', oidc.ExpiredTokenException],
    ['invalid_grant', oidc.InvalidGrantException],
    [400, oidc.InvalidRequestException],
    [401, oidc.InvalidClientException],
    [500, oidc.InternalServerException],
  ])('sees %s as its own type', async (failure, type) => {
    const sandbox = await openSandbox()
    const registration = await register(sandbox)
    sandbox.fail('CreateToken', failure)
    const request = new oidc.CreateTokenCommand({
      ...registration,
      grantType: 'refresh_token',
      refreshToken: 'x',
    })
    expect(await caught(createOidc(sandbox).send(request))).toBeInstanceOf(type)
  })
})

describe('the portal client of the AWS SDK', () => {
  it('pages through the accounts, gets credentials, logs out', async () => {
    const sandbox = await openSandbox({ accounts: generateAccounts(230, 1) })
    const { accessToken } = await logIn(sandbox)
    const client = createPortal(sandbox)
    const ids: unknown[] = []
    for await (const page of paginateListAccounts({ client, pageSize: 100 }, { accessToken }))
      ids.push(...(page.accountList ?? []).map(({ accountId }) => accountId))
    expect(ids).toHaveLength(230)
    const keys = new GetRoleCredentialsCommand({ accessToken, accountId: '100000000001', roleName: 'Admin' })
    expect((await client.send(keys)).roleCredentials?.expiration).toBeGreaterThan(Date.now())
    await client.send(new LogoutCommand({ accessToken }))
    expect(await caught(client.send(keys))).toBeInstanceOf(UnauthorizedException)
  })

  it('sees a missing assignment as ForbiddenException', async () => {
    const sandbox = await openSandbox()
    const { accessToken } = await logIn(sandbox)
    const keys = new GetRoleCredentialsCommand({ accessToken, accountId: '123456789011', roleName: 'Nope' })
    const error = await caught(createPortal(sandbox).send(keys))
    expect(error).toBeInstanceOf(SSOServiceException)
    expect(error).toMatchObject({ name: 'ForbiddenException', message: 'No access' })
  })

  it('retries what is throttled, and gives up with TooManyRequestsException', async () => {
    const sandbox = await openSandbox()
    const { accessToken } = await logIn(sandbox)
    const keys = new GetRoleCredentialsCommand({
      accessToken,
      accountId: '123456789011',
      roleName: 'FullAccess',
    })
    sandbox.fail('GetRoleCredentials', 429, 1)
    expect(await createPortal(sandbox, 2).send(keys)).toHaveProperty('roleCredentials')
    sandbox.fail('GetRoleCredentials', 429)
    expect(await caught(createPortal(sandbox).send(keys))).toBeInstanceOf(TooManyRequestsException)
  })
})

describe('the configuration of the sandbox', () => {
  /** Who a role is, by clients that get the endpoints from configuration. */
  async function identify(sandbox: Sandbox) {
    const { accessToken } = await logIn(sandbox)
    const portal = new SSOClient({ region })
    const { roleCredentials } = await portal.send(
      new GetRoleCredentialsCommand({ accessToken, accountId: '999988887777', roleName: 'Admin' }),
    )
    const { accessKeyId = '', secretAccessKey = '', sessionToken = '' } = roleCredentials ?? {}
    const credentials = { accessKeyId, secretAccessKey, sessionToken }
    const sts = new STSClient({ region, credentials })
    return sts.send(new GetCallerIdentityCommand({}))
  }

  it('leads the SDK to it through the config file', async () => {
    const sandbox = await openSandbox()
    useConfig(sandboxConfig(sandbox.url))
    // The SDK takes endpoints from this profile, whatever profile the client is given.
    vi.stubEnv('AWS_PROFILE', 'production')
    expect(await identify(sandbox)).toMatchObject({
      Account: '999988887777',
      Arn: expect.stringMatching(
        /^arn:aws:sts::999988887777:assumed-role\/AWSReservedSSO_Admin_[0-9a-f]{16}\/dev@example\.com$/,
      ),
    })
  })

  it('leads the SDK to it through the environment', async () => {
    const sandbox = await openSandbox()
    for (const [name, value] of Object.entries(sandboxEnvironment(sandbox.url))) vi.stubEnv(name, value)
    expect(await identify(sandbox)).toMatchObject({ Account: '999988887777' })
  })
})
