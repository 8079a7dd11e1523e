import { describe, expect, it } from 'vitest'
import { findAwsCli, World } from './world.ts'

const found = findAwsCli()
const isWanted = found !== undefined || Boolean(process.env['ASSUME_REQUIRE_AWS_CLI'])

const user = {
  AWS_ACCESS_KEY_ID: 'AKIAI44QH8DHBEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY',
  AWS_REGION: 'eu-west-1',
}

/** Runs the AWS CLI with the keys of a user, and returns what it answers, or its error in one line. */
async function call(world: World, words: readonly string[], env: Record<string, string> = user) {
  // The CLI of Debian knows no AWS_ENDPOINT_URL_IAM, and the proxy leads to no IAM.
  const more = ['--endpoint-url', world.sandbox.url, '--output', 'json']
  const { status, stdout, stderr } = await world.runAwsCli([...words, ...more], { ...env, HTTPS_PROXY: '' })
  return status === 0 ? JSON.parse(stdout || '{}') : stderr.trim()
}

describe.skipIf(!isWanted)(`the AWS CLI v2${isWanted ? '' : ' (not installed)'}`, () => {
  it('makes, lists, changes and deletes keys of a user in the sandbox', async () => {
    const world = await World.open({ pageSize: 1 })
    const iam = (...words: string[]) => call(world, ['iam', ...words])
    const old = user.AWS_ACCESS_KEY_ID
    const { AccessKey: key } = await iam('create-access-key')
    expect(key).toMatchObject({ UserName: 'legacy-user', Status: 'Active' })
    const env = { ...user, AWS_ACCESS_KEY_ID: key.AccessKeyId, AWS_SECRET_ACCESS_KEY: key.SecretAccessKey }
    const listed = async () =>
      (await iam('list-access-keys')).AccessKeyMetadata.map(
        ({ AccessKeyId, Status }: Record<string, string>) => [AccessKeyId, Status],
      )
    expect(await iam('create-access-key')).toMatch(/\(LimitExceeded\).*AccessKeysPerUser: 2$/)
    await iam('update-access-key', '--access-key-id', key.AccessKeyId, '--status', 'Inactive')
    expect(await listed()).toEqual([
      [old, 'Active'],
      [key.AccessKeyId, 'Inactive'],
    ])
    const whoAmI = () => call(world, ['sts', 'get-caller-identity'], env)
    expect(await whoAmI()).toContain('(InvalidClientTokenId)')
    await iam('update-access-key', '--access-key-id', key.AccessKeyId, '--status', 'Active')
    expect(await whoAmI()).toMatchObject({ Arn: 'arn:aws:iam::111122223333:user/legacy-user' })
    expect(await iam('get-access-key-last-used', '--access-key-id', key.AccessKeyId)).toMatchObject({
      UserName: 'legacy-user',
      AccessKeyLastUsed: { ServiceName: 'sts', Region: 'eu-west-1' },
    })
    await iam('delete-access-key', '--access-key-id', key.AccessKeyId)
    expect(await listed()).toEqual([[old, 'Active']])
    expect(await iam('delete-access-key', '--access-key-id', key.AccessKeyId)).toContain('(NoSuchEntity)')
    expect(await whoAmI()).toContain('(InvalidClientTokenId)')
  })

  it('is refused by IAM in a session that was made without MFA', async () => {
    const world = await World.open()
    const start = async (...words: string[]) => {
      const { Credentials } = await call(world, ['sts', 'get-session-token', ...words], {
        ...user,
        AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      })
      return {
        AWS_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: Credentials.AccessKeyId,
        AWS_SECRET_ACCESS_KEY: Credentials.SecretAccessKey,
        AWS_SESSION_TOKEN: Credentials.SessionToken,
      }
    }
    const list = ['iam', 'list-access-keys']
    expect(await call(world, list, await start())).toContain('(InvalidClientTokenId)')
    const device = ['--serial-number', 'arn:aws:iam::111122223333:mfa/me', '--token-code', '123456']
    expect(await call(world, list, await start(...device))).toMatchObject({
      AccessKeyMetadata: [{ AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' }],
    })
  })
})
