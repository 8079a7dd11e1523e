import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetFederationTokenCommand,
  type GetFederationTokenCommandInput,
  GetSessionTokenCommand,
  type GetSessionTokenCommandInput,
  STSClient,
} from '@aws-sdk/client-sts'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Sandbox } from '../../src/sandbox/sandbox.ts'
import { exampleIamUsers } from '../../src/sandbox/sts/role.ts'
import { openSandbox } from './client.ts'
import { federate, formatSession, getToken, type Keys, openConsole, openPortal } from './console/world.ts'

beforeEach(() => {
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true')
  vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent')
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
})

const user: Keys = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
}
const policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] })
const home = 'https://us-east-1.console.aws.amazon.com/console/home'

function createSts(sandbox: Sandbox, keys: Keys): STSClient {
  const { accessKeyId, secretAccessKey, sessionToken } = keys
  const credentials = {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
  }
  return new STSClient({ region: 'eu-west-2', endpoint: sandbox.url, credentials, maxAttempts: 1 })
}

interface Given {
  readonly AccessKeyId?: string | undefined
  readonly SecretAccessKey?: string | undefined
  readonly SessionToken?: string | undefined
  readonly Expiration?: Date | undefined
}

function readKeys(given: Given = {}): Keys {
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken } = given
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
}

async function getFederated(sandbox: Sandbox, request: Partial<GetFederationTokenCommandInput>, keys = user) {
  const answer = await createSts(sandbox, keys).send(
    new GetFederationTokenCommand({ Name: 'me', ...request }),
  )
  return { keys: readKeys(answer.Credentials), ...answer }
}

async function getSession(sandbox: Sandbox, request: GetSessionTokenCommandInput, keys = user) {
  const { Credentials } = await createSts(sandbox, keys).send(new GetSessionTokenCommand(request))
  return { keys: readKeys(Credentials), expiration: Credentials?.Expiration }
}

const arn = 'arn:aws:sts::111122223333:federated-user/me'

describe('GetFederationToken', () => {
  it('gives a federated user a console, without a duration of its own', async () => {
    const now = 1_700_000_000_000
    const sandbox = await openSandbox({ now: () => now })
    vi.setSystemTime(now)
    onTestFinished(() => void vi.useRealTimers())
    const { keys, FederatedUser, Credentials } = await getFederated(sandbox, {
      Policy: policy,
      DurationSeconds: 900,
    })
    expect(FederatedUser).toEqual({ FederatedUserId: '111122223333:me', Arn: arn })
    expect(Credentials?.Expiration).toEqual(new Date(now + 900_000))
    const identity = await createSts(sandbox, keys).send(new GetCallerIdentityCommand({}))
    expect(identity).toMatchObject({ Arn: arn, UserId: '111122223333:me', Account: '111122223333' })
    const Action = 'getSigninToken'
    const refused = { Action, Session: formatSession(keys), SessionDuration: '900' }
    expect((await federate(sandbox, 'POST', refused)).status).toBe(400)
    const { facts } = await openConsole(sandbox, await getToken(sandbox, keys), home)
    expect(facts).toMatchObject({ account: '111122223333', user: 'me', rights: 'those of the credentials' })
    expect(facts).not.toHaveProperty('role')
  })

  it.each([
    [{}, /^none/],
    [{ PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }] }, /^those/],
  ])('gives the rights that a policy leaves: %j', async (request, rights) => {
    const sandbox = await openSandbox()
    const { keys } = await getFederated(sandbox, request)
    const { facts } = await openConsole(sandbox, await getToken(sandbox, keys), home)
    expect(facts['rights']).toMatch(rights)
  })

  it.each([
    ['a name of 33 characters', { Name: 'a'.repeat(33) }, 'ValidationError'],
    ['a name with a blank', { Name: 'a b' }, 'ValidationError'],
    ['a time that is too short', { DurationSeconds: 899 }, 'ValidationError'],
    ['a time that is too long', { DurationSeconds: 129_601 }, 'ValidationError'],
    ['a policy that is no JSON', { Policy: '{' }, 'MalformedPolicyDocument'],
    ['a policy that says nothing', { Policy: '{}' }, 'MalformedPolicyDocument'],
    ['a policy that is too long', { Policy: policy.padEnd(2049) }, 'ValidationError'],
  ])('refuses %s', async (_name, request, name) => {
    const sandbox = await openSandbox()
    await expect(getFederated(sandbox, request)).rejects.toMatchObject({
      name: expect.stringMatching(new RegExp(`^${name}(Exception)?$`)),
    })
  })

  it('takes the longest name and times', async () => {
    const sandbox = await openSandbox()
    await getFederated(sandbox, { Name: `${'a'.repeat(26)}+=,.@-`, DurationSeconds: 129_600 })
  })

  it('refuses keys that are temporary', async () => {
    const { sandbox, keys } = await openPortal()
    await expect(getFederated(sandbox, {}, keys)).rejects.toMatchObject({ name: 'AccessDenied' })
  })

  it('gives keys that assume no role', async () => {
    const sandbox = await openSandbox()
    const sts = createSts(sandbox, (await getFederated(sandbox, { Policy: policy })).keys)
    const request = { RoleArn: 'arn:aws:iam::999988887777:role/Deploy', RoleSessionName: 'me' }
    await expect(sts.send(new AssumeRoleCommand(request))).rejects.toMatchObject({ name: 'AccessDenied' })
  })
})

describe('GetSessionToken', () => {
  it('gives keys of the user, which have no console and chain no role', async () => {
    const sandbox = await openSandbox()
    const { keys } = await getSession(sandbox, {})
    const sts = createSts(sandbox, keys)
    const Arn = 'arn:aws:iam::111122223333:user/me'
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Arn })
    const fields = { Action: 'getSigninToken', Session: formatSession(keys) }
    expect((await federate(sandbox, 'POST', fields)).status).toBe(400)
    const RoleArn = 'arn:aws:iam::777788889999:role/Admin'
    const mfa = { SerialNumber: 'arn:aws:iam::111122223333:mfa/me', TokenCode: '123456' }
    const request = { RoleArn, RoleSessionName: 'me', DurationSeconds: 43_200, ...mfa }
    const { Credentials } = await sts.send(new AssumeRoleCommand(request))
    expect(await getToken(sandbox, readKeys(Credentials), { SessionDuration: '43200' })).not.toBe('')
  })

  it.each([
    ['a time that is too long', { DurationSeconds: 129_601 }, /^ValidationError/],
    [
      'a wrong MFA code',
      { SerialNumber: 'arn:aws:iam::111122223333:mfa/me', TokenCode: '000000' },
      /^AccessDenied/,
    ],
  ])('refuses %s', async (_name, request, name) => {
    const sandbox = await openSandbox()
    await expect(getSession(sandbox, request)).rejects.toMatchObject({ name: expect.stringMatching(name) })
  })

  it('refuses keys that are temporary', async () => {
    const sandbox = await openSandbox()
    const { keys } = await getSession(sandbox, {})
    await expect(getSession(sandbox, {}, keys)).rejects.toMatchObject({ name: 'AccessDenied' })
  })
})

it('a policy may deny a user both', async () => {
  const denied = ['sts:GetFederationToken', 'sts:GetSessionToken']
  const sandbox = await openSandbox({ iamUsers: exampleIamUsers.map((one) => ({ ...one, denied })) })
  await expect(getFederated(sandbox, {})).rejects.toMatchObject({
    name: 'AccessDenied',
    message: `User: arn:aws:iam::111122223333:user/me is not authorized to perform: sts:GetFederationToken on resource: ${arn}`,
  })
  await expect(getSession(sandbox, {})).rejects.toMatchObject({ name: 'AccessDenied' })
})
