import {
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  GetAccessKeyLastUsedCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListAccountAliasesCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam'
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetFederationTokenCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Sandbox } from '../../src/sandbox/sandbox.ts'
import { exampleIamUsers } from '../../src/sandbox/sts/role.ts'
import { openSandbox } from './client.ts'
import type { Keys } from './console/world.ts'

beforeEach(() => {
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true')
  vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent')
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
})

const first: Keys = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
}
const AccessKeyId = first.accessKeyId
const device = { SerialNumber: 'arn:aws:iam::111122223333:mfa/me', TokenCode: '123456' }
const adminRole = 'arn:aws:iam::777788889999:role/Admin'

function toOptions(sandbox: Sandbox, { accessKeyId, secretAccessKey, sessionToken }: Keys) {
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) }
  return { region: 'us-east-1', endpoint: sandbox.url, credentials, maxAttempts: 1 }
}
const openIam = (sandbox: Sandbox, keys = first) => new IAMClient(toOptions(sandbox, keys))
const openSts = (sandbox: Sandbox, keys = first) => new STSClient(toOptions(sandbox, keys))

async function create(sandbox: Sandbox, keys = first): Promise<Keys & { createdAt?: Date | undefined }> {
  const { AccessKey } = await openIam(sandbox, keys).send(new CreateAccessKeyCommand({}))
  const { AccessKeyId = '', SecretAccessKey = '', CreateDate } = AccessKey ?? {}
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, createdAt: CreateDate }
}

async function list(sandbox: Sandbox, keys = first) {
  const { AccessKeyMetadata = [] } = await openIam(sandbox, keys).send(new ListAccessKeysCommand({}))
  return AccessKeyMetadata.map(({ AccessKeyId, Status }) => `${AccessKeyId} ${Status}`)
}

const identify = (sandbox: Sandbox, keys: Keys) =>
  openSts(sandbox, keys).send(new GetCallerIdentityCommand({}))

async function startSession(sandbox: Sandbox, request: object): Promise<Keys> {
  const { Credentials } = await openSts(sandbox).send(new GetSessionTokenCommand(request))
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken,
  }
}

const unknownKey = { name: 'InvalidClientTokenId', $metadata: { httpStatusCode: 403 } }

describe('the keys of a user', () => {
  it('are two at most, and each can be made inactive and deleted', async () => {
    const sandbox = await openSandbox()
    const second = await create(sandbox)
    expect(second.accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/)
    expect(second.createdAt?.getTime()).toBeGreaterThan(Date.now() - 60_000)
    expect(await identify(sandbox, second)).toMatchObject({ Arn: 'arn:aws:iam::111122223333:user/me' })
    expect(await list(sandbox, second)).toEqual([`${AccessKeyId} Active`, `${second.accessKeyId} Active`])

    const iam = openIam(sandbox, second)
    await iam.send(new UpdateAccessKeyCommand({ AccessKeyId, Status: 'Inactive' }))
    await expect(identify(sandbox, first)).rejects.toMatchObject(unknownKey)
    await expect(list(sandbox)).rejects.toMatchObject(unknownKey)
    expect(await list(sandbox, second)).toContain(`${AccessKeyId} Inactive`)
    await expect(create(sandbox, second)).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for AccessKeysPerUser: 2',
      $metadata: { httpStatusCode: 409 },
    })

    await iam.send(new DeleteAccessKeyCommand({ AccessKeyId }))
    expect(await list(sandbox, second)).toEqual([`${second.accessKeyId} Active`])
    expect(sandbox.userKeys('me').map(({ accessKeyId }) => accessKeyId)).toEqual([second.accessKeyId])
    const gone = { name: 'NoSuchEntityException', $metadata: { httpStatusCode: 404 } }
    await expect(iam.send(new DeleteAccessKeyCommand({ AccessKeyId }))).rejects.toMatchObject(gone)
    await expect(
      iam.send(new UpdateAccessKeyCommand({ AccessKeyId: 'AKIAI44QH8DHBEXAMPLE', Status: 'Active' })),
    ).rejects.toMatchObject(gone)
    await expect(
      iam.send(new UpdateAccessKeyCommand({ AccessKeyId: second.accessKeyId, Status: 'Gone' as 'Active' })),
    ).rejects.toMatchObject({ name: 'ValidationError' })
  })

  it('come in pages', async () => {
    const sandbox = await openSandbox({ pageSize: 1 })
    const { accessKeyId } = await create(sandbox)
    const iam = openIam(sandbox)
    const page = await iam.send(new ListAccessKeysCommand({}))
    expect(page).toMatchObject({ IsTruncated: true, AccessKeyMetadata: [{ AccessKeyId }] })
    const last = await iam.send(new ListAccessKeysCommand({ Marker: page.Marker }))
    expect(last).toMatchObject({ IsTruncated: false, AccessKeyMetadata: [{ AccessKeyId: accessKeyId }] })
    await expect(iam.send(new ListAccessKeysCommand({ Marker: 'eHg' }))).rejects.toMatchObject({
      name: 'ValidationError',
    })
    await expect(iam.send(new ListAccessKeysCommand({ MaxItems: 1001 }))).rejects.toMatchObject({
      name: 'ValidationError',
    })
  })

  it('say when they were used last', async () => {
    const now = Math.floor(Date.now() / 1000) * 1000
    const sandbox = await openSandbox({ now: () => now })
    const iam = openIam(sandbox)
    const ask = async (AccessKeyId: string) =>
      (await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }))).AccessKeyLastUsed
    const { accessKeyId, secretAccessKey } = await create(sandbox)
    expect(await ask(accessKeyId)).toEqual({ ServiceName: 'N/A', Region: 'N/A' })
    await identify(sandbox, { accessKeyId, secretAccessKey })
    expect(await ask(accessKeyId)).toEqual({
      ServiceName: 'sts',
      Region: 'us-east-1',
      LastUsedDate: new Date(now),
    })
    expect(await ask(AccessKeyId)).toMatchObject({ ServiceName: 'iam' })
    await expect(ask('AKIAI44QH8DHBEXAMPLE')).rejects.toMatchObject({ name: 'AccessDenied' })
  })

  it('are those of other users for a role alone', async () => {
    const sandbox = await openSandbox({
      roles: [{ arn: 'arn:aws:iam::111122223333:role/Admin', mfa: true }],
    })
    const named = new ListAccessKeysCommand({ UserName: 'legacy-user' })
    await expect(openIam(sandbox).send(named)).rejects.toMatchObject({
      name: 'AccessDenied',
      message:
        'User: arn:aws:iam::111122223333:user/me is not authorized to perform: iam:ListAccessKeys on resource: arn:aws:iam::111122223333:user/legacy-user',
    })
    const request = { RoleArn: 'arn:aws:iam::111122223333:role/Admin', RoleSessionName: 'me', ...device }
    const { Credentials } = await openSts(sandbox).send(new AssumeRoleCommand(request))
    const iam = openIam(sandbox, {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken,
    })
    expect(await iam.send(named)).toMatchObject({
      AccessKeyMetadata: [{ UserName: 'legacy-user', AccessKeyId: 'AKIAI44QH8DHBEXAMPLE' }],
    })
    await expect(iam.send(new ListAccessKeysCommand({}))).rejects.toMatchObject({ name: 'ValidationError' })
    await expect(iam.send(new ListAccessKeysCommand({ UserName: 'nobody' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    })
  })

  it('are known late on request', async () => {
    const sandbox = await openSandbox({ keyDelay: { signed: 2, listed: 1 } })
    const second = await create(sandbox)
    expect(await list(sandbox)).toEqual([`${AccessKeyId} Active`])
    expect(await list(sandbox)).toHaveLength(2)
    await expect(create(sandbox)).rejects.toMatchObject({ name: 'LimitExceededException' })
    for (const _ of [1, 2]) await expect(identify(sandbox, second)).rejects.toMatchObject(unknownKey)
    await identify(sandbox, second)
    const iam = openIam(sandbox, second)
    await iam.send(new UpdateAccessKeyCommand({ AccessKeyId, Status: 'Inactive' }))
    for (const _ of [1, 2]) await identify(sandbox, first)
    await expect(identify(sandbox, first)).rejects.toMatchObject(unknownKey)
    await iam.send(new UpdateAccessKeyCommand({ AccessKeyId, Status: 'Active' }))
    for (const _ of [1, 2]) await expect(identify(sandbox, first)).rejects.toMatchObject(unknownKey)
    await iam.send(new DeleteAccessKeyCommand({ AccessKeyId }))
    for (const _ of [1, 2, 3]) await expect(identify(sandbox, first)).rejects.toMatchObject(unknownKey)
  })
})

describe('a session of a user', () => {
  it('made without MFA calls nothing of IAM, and of STS two things', async () => {
    const sandbox = await openSandbox()
    const session = await startSession(sandbox, {})
    await expect(list(sandbox, session)).rejects.toMatchObject(unknownKey)
    await expect(create(sandbox, session)).rejects.toMatchObject(unknownKey)
    await expect(openIam(sandbox, session).send(new ListAccountAliasesCommand({}))).rejects.toMatchObject(
      unknownKey,
    )
    const sts = openSts(sandbox, session)
    await sts.send(new GetCallerIdentityCommand({}))
    const role = { RoleSessionName: 'me', RoleArn: 'arn:aws:iam::999988887777:role/Deploy' }
    await sts.send(new AssumeRoleCommand(role))
    const refused = { name: 'AccessDenied', message: expect.stringContaining('with session credentials') }
    await expect(sts.send(new GetSessionTokenCommand({}))).rejects.toMatchObject(refused)
    await expect(sts.send(new GetFederationTokenCommand({ Name: 'me' }))).rejects.toMatchObject(refused)
    const withMfa = new AssumeRoleCommand({ ...role, RoleArn: adminRole })
    await expect(sts.send(withMfa)).rejects.toMatchObject({ name: 'AccessDenied' })
  })

  it('made with MFA does both, and stands for a code at a role', async () => {
    const denied = { deniedWithoutMfa: ['iam:CreateAccessKey'], denied: ['iam:DeleteAccessKey'] }
    const sandbox = await openSandbox({ iamUsers: exampleIamUsers.map((one) => ({ ...one, ...denied })) })
    const session = await startSession(sandbox, device)
    const refused = { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } }
    await expect(create(sandbox)).rejects.toMatchObject(refused)
    const { accessKeyId } = await create(sandbox, session)
    expect(await list(sandbox, session)).toEqual([`${AccessKeyId} Active`, `${accessKeyId} Active`])
    await expect(
      openIam(sandbox, session).send(new DeleteAccessKeyCommand({ AccessKeyId })),
    ).rejects.toMatchObject(refused)
    const role = { RoleSessionName: 'me', RoleArn: adminRole }
    await openSts(sandbox, session).send(new AssumeRoleCommand(role))
  })
})
