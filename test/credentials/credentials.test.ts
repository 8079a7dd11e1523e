import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { assumeRoleFileName, loginFileName, ssoRoleFileName } from '../../src/aws/cache-file-name.ts'
import type { Role } from '../../src/sandbox/sts/role.ts'
import { nodeFiles } from '../../src/system/files/files.ts'
import { startCore } from '../support/core-process.ts'
import { repository } from '../support/home.ts'
import { findClosedUrl, startHttpServer } from '../support/http-server.ts'
import { writeScript } from '../support/script.ts'
import { CredentialWorld, otherUserKeys, ssoKeys, startUrl, userKeys } from './world.ts'

const device = 'arn:aws:iam::111122223333:mfa/me'
const arnOf = (name: string) => `arn:aws:iam::777788889999:role/${name}`
const role = (name: string, source: string, lines = '') =>
  `role_arn = ${arnOf(name)}\nsource_profile = ${source}\n${lines}`
const sessionOf = (name: string, session = String.raw`assume-\d+`) =>
  new RegExp(`^arn:aws:sts::777788889999:assumed-role/${name}/${session}$`)
const mfa = `mfa_serial = ${device}\n`

/** Roles that anybody may assume; Admin wants an MFA code, Audit an external id. */
const roles: readonly Role[] = [
  { arn: arnOf('Deploy'), maxSessionDuration: 43_200 },
  { arn: arnOf('Other') },
  { arn: arnOf('Admin'), mfa: true, maxSessionDuration: 43_200 },
  { arn: arnOf('Audit'), externalId: 'ext#1', mfa: true },
  { arn: arnOf('Closed'), trusts: ['999999999999'] },
  { arn: arnOf('Pipeline'), webIdentityToken: 'sandbox.web-identity.token', maxSessionDuration: 7200 },
]

/** A world with these profiles, where nobody is logged in. */
async function openWorld(profiles: Readonly<Record<string, string>>, options = {}): Promise<CredentialWorld> {
  const world = await CredentialWorld.open({ roles, ...options })
  world.configure(profiles)
  return world
}

describe('credentials', () => {
  it('of Identity Center, fetched once', async () => {
    const world = await openWorld({ dev: ssoKeys })
    await world.logIn()
    const credentials = await world.fetch('dev')
    expect(world.takeRequests()).toEqual(['GetRoleCredentials'])
    expect(await world.identify(credentials)).toMatch(
      /^arn:aws:sts::123456789011:assumed-role\/AWSReservedSSO_FullAccess_/,
    )
    expect(credentials.accountId).toBe('123456789011')
    world.takeRequests()
    expect((await world.fetch('dev')).accessKeyId).toBe(credentials.accessKeyId)
    expect(world.takeRequests()).toEqual([])
    expect((await world.fetch('dev', { refresh: true })).accessKeyId).not.toBe(credentials.accessKeyId)
    expect(world.takeRequests()).toEqual(['GetRoleCredentials'])
  })

  it('of a session without a name, and of keys that only Granted knows', async () => {
    const account = 'account_id = 123456789011\n'
    const legacy = (prefix: string) =>
      `${prefix}sso_start_url = ${startUrl}\n${prefix}sso_region = eu-west-2\n${prefix}sso_${account}${prefix}sso_role_name = FullAccess\n`
    const world = await openWorld({ old: legacy(''), granted: legacy('granted_') })
    await world.logIn(8, startUrl)
    const old = await world.fetch('old')
    expect(await world.identify(old)).toContain('AWSReservedSSO_FullAccess_')
    expect((await world.fetch('granted')).accessKeyId).toBe(old.accessKeyId)
    expect(world.sandbox.requests.count('GetRoleCredentials')).toBe(1)
    const session = { startUrl }
    const name = ssoRoleFileName({ session, accountId: '123456789011', roleName: 'FullAccess' })
    expect(world.caches).toEqual({ shared: [name], own: [] })
  })

  it('of a user, as they are', async () => {
    const world = await openWorld({ me: `${userKeys}aws_account_id = 111122223333\n` })
    expect(await world.fetch('me')).toEqual({
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      accountId: '111122223333',
    })
    expect(world.caches).toEqual({ shared: [], own: [] })
  })

  it('of a chain from Identity Center over a role to one with external id and MFA', async () => {
    const world = await openWorld({
      audit: role('Audit', 'deploy', `external_id = ext#1\n${mfa}role_session_name = auditor\n`),
      deploy: role('Deploy', 'dev'),
      dev: ssoKeys,
    })
    await world.logIn()
    const credentials = await world.fetch('audit', { answers: ['123456'] })
    expect(world.takeRequests()).toEqual(['GetRoleCredentials', 'AssumeRole', 'AssumeRole'])
    expect(await world.identify(credentials)).toMatch(sessionOf('Audit', 'auditor'))
    expect(credentials.accountId).toBe('777788889999')
    world.takeRequests()
    // All three links are kept, and each is good for another profile too.
    expect((await world.fetch('audit')).accessKeyId).toBe(credentials.accessKeyId)
    expect(await world.identify(await world.fetch('deploy'))).toMatch(sessionOf('Deploy'))
    await world.fetch('dev')
    expect(world.takeRequests()).toEqual(['GetCallerIdentity'])
    expect(world.caches.shared).toHaveLength(3)
    expect(world.caches.own).toEqual([])
    for (const name of world.caches.shared)
      expect(statSync(join(world.home.path, '.aws/cli/cache', name)).mode & 0o777).toBe(0o600)
  })

  it('of a role on top of a profile, kept apart from what the AWS CLI would find', async () => {
    const world = await openWorld({ me: userKeys, dev: ssoKeys, other: role('Other', 'dev') })
    await world.logIn()
    const roleArn = arnOf('Deploy')
    const mine = await world.fetch('me', { roleArn, durationSeconds: 7200 })
    expect(await world.identify(mine)).toMatch(sessionOf('Deploy'))
    expect(world.sandbox.requests.of('AssumeRole')[0]?.parameters['DurationSeconds']).toBe('7200')
    const longer = await world.fetch('me', { roleArn })
    expect(longer.accessKeyId).not.toBe(mine.accessKeyId)
    expect((await world.fetch('me', { roleArn, durationSeconds: 7200 })).accessKeyId).toBe(mine.accessKeyId)
    const theirs = await world.fetch('dev', { roleArn })
    expect(theirs.accessKeyId).not.toBe(longer.accessKeyId)
    expect(world.caches.shared).not.toContain(assumeRoleFileName({ RoleArn: roleArn }))
    // One that stands in the files as it is asked for is the same.
    await world.fetch('dev', { roleArn: arnOf('Other') })
    world.takeRequests()
    await world.fetch('other')
    expect(world.takeRequests()).toEqual([])
  })

  it('of one role with two sources, never of the other one', async () => {
    const profiles = { mine: role('Deploy', 'me'), its: role('Deploy', 'dev'), me: userKeys, dev: ssoKeys }
    const world = await openWorld(profiles)
    await world.logIn()
    const mine = await world.fetch('mine')
    const its = await world.fetch('its')
    expect(its.accessKeyId).not.toBe(mine.accessKeyId)
    expect((await world.fetch('mine')).accessKeyId).toBe(mine.accessKeyId)
    expect((await world.fetch('its')).accessKeyId).toBe(its.accessKeyId)
    expect(world.caches.own).toHaveLength(2)
    expect(world.caches.shared).not.toContain(assumeRoleFileName({ RoleArn: arnOf('Deploy') }))
    // When the keys of a profile are others, so is what it gets.
    world.configure({ ...profiles, me: otherUserKeys })
    expect((await world.fetch('mine')).accessKeyId).not.toBe(mine.accessKeyId)
  })

  it('of the environment, kept for the same keys only', async () => {
    const world = await openWorld({ env: `role_arn = ${arnOf('Deploy')}\ncredential_source = Environment\n` })
    const keys = (id: string, secret: string) => ({ AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret })
    const mine = keys('AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
    const credentials = await world.fetch('env', { env: mine })
    expect(await world.identify(credentials)).toMatch(sessionOf('Deploy'))
    expect((await world.fetch('env', { env: mine })).accessKeyId).toBe(credentials.accessKeyId)
    const others = keys('AKIAI44QH8DHBEXAMPLE', 'je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY')
    expect((await world.fetch('env', { env: others })).accessKeyId).not.toBe(credentials.accessKeyId)
    expect(world.caches.shared).toEqual([])
    expect(await world.fail('env', { env: { ...mine, ASSUME_VARS: 'AWS_ACCESS_KEY_ID' } })).toMatchObject({
      code: 'incomplete-profile',
      hint: 'assume --unset',
    })
  })

  it('of a container, asked anew each time', async () => {
    const world = await openWorld({
      box: `role_arn = ${arnOf('Deploy')}\ncredential_source = EcsContainer\n`,
    })
    const { AccessKeyId, SecretAccessKey, SessionToken } = await world.issueKeys(arnOf('Other'))
    const Expiration = new Date(Date.now() + 3600_000).toISOString()
    const answer = { AccessKeyId, SecretAccessKey, Token: SessionToken, Expiration }
    const server = await startHttpServer(() => [200, answer])
    const env = { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${server.url}/keys` }
    const credentials = await world.fetch('box', { env })
    expect(await world.identify(credentials)).toMatch(sessionOf('Deploy'))
    expect((await world.fetch('box', { env })).accessKeyId).toBe(credentials.accessKeyId)
    expect(server.requests).toHaveLength(2)
    expect(world.sandbox.requests.count('AssumeRole')).toBe(1 + 1)
    expect(world.caches).toMatchObject({ shared: [], own: [expect.anything()] })
  })

  it('of a session of aws login, and of a role on top of it', async () => {
    const world = await openWorld({})
    const { arn, text } = world.sandbox.startLoginSession()
    world.home.write(`.aws/login/cache/${loginFileName(arn)}`, text)
    world.configure({ me: `login_session = ${arn}\nregion = eu-west-2\n`, deploy: role('Deploy', 'me') })
    expect(await world.identify(await world.fetch('me'))).toBe(arn)
    expect(await world.identify(await world.fetch('deploy'))).toMatch(sessionOf('Deploy'))
    expect(world.caches).toMatchObject({
      shared: [assumeRoleFileName({ RoleArn: arnOf('Deploy') })],
      own: [],
    })
    world.takeRequests()
    await world.fetch('me', { refresh: true })
    expect(world.takeRequests()).toEqual(['CreateOAuth2Token'])
  })

  it('of a web identity', async () => {
    const world = await openWorld({})
    const token = world.home.write('token', 'sandbox.web-identity.token\n')
    world.configure({
      ci: `role_arn = ${arnOf('Pipeline')}\nweb_identity_token_file = ${token}\nrole_session_name = build-7\n`,
    })
    const credentials = await world.fetch('ci')
    expect(await world.identify(credentials)).toMatch(sessionOf('Pipeline', 'build-7'))
    expect((await world.fetch('ci')).accessKeyId).toBe(credentials.accessKeyId)
    expect(world.sandbox.requests.count('AssumeRoleWithWebIdentity')).toBe(1)
    await world.fetch('ci', { durationSeconds: 7200 })
    world.home.write('token', 'another')
    expect(await world.fail('ci', { refresh: true })).toMatchObject({
      code: 'role-refused',
      message: `cannot assume role ${arnOf('Pipeline')}: The ID Token provided is not a valid JWT.`,
      hint: 'the file that web_identity_token_file names has to hold a new token',
    })
    world.home.write('token', ' \n')
    expect(await world.fail('ci', { refresh: true })).toMatchObject({
      code: 'unreadable-file',
      message: `there is no token in ${token}, which web_identity_token_file of profile ci names`,
    })
  })
})

describe('a helper program', () => {
  const print = (keys: object) => `cat <<'EOF'\n${JSON.stringify({ Version: 1, ...keys })}\nEOF`
  const user = {
    AccessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    SecretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  }

  it('gives credentials, and those that assume a role', async () => {
    const world = await openWorld({})
    const script = writeScript(world.home, 'helper', `echo x >> "${world.home.path}/started"\n${print(user)}`)
    world.configure({
      helped: `credential_process = "${script}"\naws_account_id = 111122223333\n`,
      deploy: role('Deploy', 'helped', 'duration_seconds = 7200\n'),
    })
    expect(await world.fetch('helped')).toMatchObject({
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      accountId: '111122223333',
    })
    const [one, two] = await Promise.all([world.fetch('deploy'), world.fetch('deploy')])
    expect(one.accessKeyId).toBe(two.accessKeyId)
    expect(readFileSync(join(world.home.path, 'started'), 'utf8')).toBe('x\nx\n')
  })

  it('whose keys turn out to be temporary does not get a role for longer than an hour', async () => {
    const world = await openWorld({})
    const script = writeScript(world.home, 'helper', print({ ...user, SessionToken: 't' }))
    world.configure({
      helped: `credential_process = "${script}"\n`,
      deploy: role('Deploy', 'helped', 'duration_seconds = 7200\n'),
    })
    expect(await world.fail('deploy')).toMatchObject({ code: 'invalid-duration' })
    expect(world.takeRequests()).toEqual([])
  })

  it('that leads back to assume is found out before anybody waits for it', async () => {
    const world = await openWorld({})
    const assume = join(repository, 'bin/assume')
    const script = writeScript(world.home, 'helper', `exec "${assume}" credential-process deploy`)
    world.configure({ helped: `credential_process = "${script}"\n`, deploy: role('Deploy', 'helped') })
    const { status, stdout, stderr } = await startCore(world.home, ['credential-process', 'deploy'])
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toContain('a credential_process leads back to itself: helped -> helped')
    expect(stderr).toContain(
      `no credentials for profile helped: its credential_process ${script} ends with status 1`,
    )
  })
})

describe('an MFA code', () => {
  const profiles = { admin: role('Admin', 'me', mfa), me: userKeys }

  it('is asked for on the terminal, and not again while the credentials last', async () => {
    const world = await openWorld(profiles)
    const credentials = await world.fetch('admin', { answers: ['12345', '123456'] })
    expect(world.screen.join('')).toContain(
      `MFA code for ${device}: a code has six digits\nMFA code for ${device}: `,
    )
    expect(world.takeRequests()).toEqual(['AssumeRole'])
    expect((await world.fetch('admin')).accessKeyId).toBe(credentials.accessKeyId)
    expect(world.takeRequests()).toEqual([])
  })

  it('may be given', async () => {
    const world = await openWorld(profiles)
    await world.fetch('admin', { mfaCode: '123456', mayAsk: false })
    expect(world.takeRequests()).toEqual(['AssumeRole'])
  })

  it.each([
    ['asked for', ['000000', '000001', '123456'], undefined],
    ['asked for once one that was given was wrong', ['000001', '123456'], '000000'],
  ])('is %s until it is right', async (_how, answers, mfaCode) => {
    const world = await openWorld(profiles)
    await world.fetch('admin', { answers, mfaCode })
    const told = world.screen.filter((line) => line.startsWith('assume: '))
    expect(told).toEqual(Array(2).fill(`assume: AWS does not take this code for ${device}\n`))
    expect(world.sandbox.requests.count('AssumeRole')).toBe(3)
  })

  it('is asked for three times at most', async () => {
    const world = await openWorld(profiles)
    const answers = ['000000', '000001', '000002', '123456']
    expect(await world.fail('admin', { answers })).toMatchObject({
      code: 'mfa-refused',
      exitStatus: 1,
      message: `AWS does not take this code for ${device}`,
      hint: 'each code is good once: wait for the next one, and look at mfa_serial',
    })
    expect(world.sandbox.requests.count('AssumeRole')).toBe(3)
  })

  it('that was given and is wrong is the end where nobody can be asked', async () => {
    const world = await openWorld(profiles)
    expect(await world.fail('admin', { mfaCode: '000000' })).toMatchObject({ code: 'mfa-refused' })
    expect(world.sandbox.requests.count('AssumeRole')).toBe(1)
  })

  it.each([
    ['there is no terminal', {}],
    ['it may not be asked for', { answers: ['123456'], mayAsk: false }],
  ])('is missing when %s', async (_reason, options) => {
    const world = await openWorld(profiles)
    expect(await world.fail('admin', options)).toMatchObject({
      code: 'mfa-needed',
      exitStatus: 3,
      message: `an MFA code of ${device} is needed, and there is nobody to ask`,
      hint: '--mfa-code N',
    })
    expect(world.takeRequests()).toEqual([])
  })

  it('is good for one role: a second one asks for another', async () => {
    const chain = { audit: role('Audit', 'admin', `external_id = ext#1\n${mfa}`), ...profiles }
    const world = await openWorld(chain)
    await world.fetch('audit', { mfaCode: '123456', answers: ['123456'] })
    expect(world.screen.filter((line) => line.startsWith('MFA code for'))).toHaveLength(1)
    expect(await world.fail('audit', { mfaCode: '123456', refresh: true })).toMatchObject({
      code: 'mfa-needed',
      message: `another MFA code of ${device} is needed: AWS takes each code once`,
    })
  })

  it('is cancelled with the question', async () => {
    const world = await openWorld(profiles)
    expect(await world.fail('admin', { answers: [] })).toMatchObject({ code: 'cancelled' })
    expect(world.list('.local/state/assume/locks')).toEqual([])
  })
})

describe('a session that is over', () => {
  it('before its time is refreshed once', async () => {
    const world = await openWorld({ dev: ssoKeys })
    await world.logIn()
    world.sandbox.expireAccessTokens()
    await world.fetch('dev')
    expect(world.takeRequests()).toEqual(['GetRoleCredentials', 'CreateToken', 'GetRoleCredentials'])
  })

  it('for good is logged in to once, where that may be', async () => {
    const world = await openWorld({ dev: ssoKeys })
    await world.logIn()
    world.sandbox.endSessions()
    await world.fetch('dev', { answers: [] })
    expect(world.takeRequests().filter((name) => name !== 'CreateToken')).toEqual([
      'GetRoleCredentials',
      'RegisterClient',
      'StartDeviceAuthorization',
      'GetRoleCredentials',
    ])
  })

  it.each([
    ['may not be', { answers: [], mayLogIn: false }, 'a login to devto-article is needed'],
    ['cannot be', {}, 'a login to devto-article is needed, and there is no terminal to do it on'],
  ])('is an error where a login %s', async (_why, options, message) => {
    const world = await openWorld({ dev: ssoKeys })
    const expected = { code: 'login-needed', exitStatus: 3, message, hint: 'assume login devto-article' }
    expect(await world.fail('dev', options)).toMatchObject(expected)
    await world.logIn()
    world.sandbox.endSessions()
    expect(await world.fail('dev', options)).toMatchObject(expected)
    expect(world.sandbox.requests.count('RegisterClient')).toBe(0)
  })

  it('at once again is an error', async () => {
    const world = await openWorld({ dev: ssoKeys })
    await world.logIn()
    world.sandbox.fail('GetRoleCredentials', 401)
    expect(await world.fail('dev')).toMatchObject({
      code: 'session-over',
      message:
        'cannot get credentials for FullAccess in account 123456789011: the Identity Center session is over',
    })
    expect(world.sandbox.requests.count('GetRoleCredentials')).toBe(2)
  })

  it('is taken from another program that has refreshed it', async () => {
    const world = await openWorld({ dev: ssoKeys })
    await world.logIn()
    const isOld = () => world.sandbox.requests.count('GetRoleCredentials') === 0
    const readEntry = (path: string) => {
      const { bytes, stat } = nodeFiles.readEntry(path)
      if (!path.includes('/sso/cache/') || !isOld()) return { bytes, stat }
      const stale = Buffer.from(String(bytes).replace(/("accessToken": ")[^"]+/, '$1stale'))
      // As it was then: what has not changed is not read again.
      return { bytes: stale, stat: { ...stat, ctimeNs: stat.ctimeNs - 1n } }
    }
    await world.fetch('dev', { files: { readEntry } })
    expect(world.takeRequests()).toEqual(['GetRoleCredentials', 'GetRoleCredentials'])
  })
})

describe('a refusal', () => {
  it('of a role that is not assigned', async () => {
    const world = await openWorld({ dev: ssoKeys.replace('FullAccess', 'Nobody') })
    await world.logIn()
    expect(await world.fail('dev')).toMatchObject({
      code: 'not-assigned',
      message: 'cannot get credentials for Nobody in account 123456789011: it is not assigned to you',
    })
  })

  it('of a role whose trust policy names others', async () => {
    const world = await openWorld({ closed: role('Closed', 'me'), me: userKeys })
    const arn = arnOf('Closed')
    expect(await world.fail('closed')).toMatchObject({
      code: 'role-refused',
      exitStatus: 1,
      message: `cannot assume role ${arn}: User: arn:aws:iam::111122223333:user/me is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
      hint: 'its trust policy has to allow it: look at external_id, mfa_serial and source_profile',
    })
    expect(world.caches).toEqual({ shared: [], own: [] })
  })

  it.each([
    ['expired', 'The security token included in the request is expired', /--refresh/],
    [401, 'The security token included in the request is invalid.', /--refresh/],
    [400, 'Invalid request', /duration_seconds/],
  ] as const)('because of %s', async (failure, reason, hint) => {
    const world = await openWorld({ deploy: role('Deploy', 'me'), me: userKeys })
    world.sandbox.fail('AssumeRole', failure)
    const error = await world.fail('deploy')
    expect(error).toMatchObject({
      code: 'role-refused',
      message: `cannot assume role ${arnOf('Deploy')}: ${reason}`,
    })
    expect(error.hint).toMatch(hint)
  })

  it('of more time than the role allows', async () => {
    const world = await openWorld({ other: role('Other', 'me', 'duration_seconds = 7200\n'), me: userKeys })
    expect(await world.fail('other')).toMatchObject({
      code: 'role-refused',
      message: `cannot assume role ${arnOf('Other')}: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.`,
    })
  })

  it('to answer at all', async () => {
    const world = await openWorld({ deploy: role('Deploy', 'me'), me: userKeys })
    const url = await findClosedUrl()
    expect(await world.fail('deploy', { env: { AWS_ENDPOINT_URL_STS: url } })).toMatchObject({
      code: 'network',
      message: expect.stringContaining(
        `cannot assume role ${arnOf('Deploy')}: ${new URL(url).host} cannot be reached`,
      ),
    })
    world.sandbox.fail('AssumeRole', 500)
    expect(await world.fail('deploy')).toMatchObject({ code: 'service' })
  })
})

describe('the region of STS', () => {
  it.each<[string, string, Record<string, string>]>([
    ['ap-south-1', 'region = eu-north-1\n', { AWS_REGION: 'ap-south-1', AWS_DEFAULT_REGION: 'x' }],
    ['ap-south-1', 'region = eu-north-1\n', { AWS_DEFAULT_REGION: 'ap-south-1' }],
    ['eu-north-1', 'region = eu-north-1\n', { AWS_REGION: 'ap-south-1', ASSUME_VARS: 'AWS_REGION' }],
    ['eu-north-1', 'region = eu-north-1\n', {}],
    ['sa-east-1', '', {}],
  ])('is %s with %j and %j', async (region, lines, env) => {
    const world = await openWorld({
      deploy: role('Deploy', 'me', lines),
      me: `${userKeys}region = sa-east-1\n`,
    })
    await world.fetch('deploy', { env })
    expect(world.screen).toContain(`sts in ${region}: ${world.sandbox.url}\n`)
  })

  it.each([
    ['us-east-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
  ])('is %s where nothing names one, for a role of %s', async (region, partition) => {
    const arn = arnOf('Deploy').replace('arn:aws:', `arn:${partition}:`)
    const world = await openWorld(
      { deploy: `role_arn = ${arn}\nsource_profile = me\n`, me: userKeys },
      { roles: [{ arn }] },
    )
    await world.fetch('deploy')
    expect(world.screen).toContain(`sts in ${region}: ${world.sandbox.url}\n`)
  })
})

describe('twenty processes at once', () => {
  it('fetch each link once', async () => {
    const world = await openWorld({ deploy: role('Deploy', 'dev'), dev: ssoKeys })
    await world.logIn()
    const words = ['credential-process', 'deploy']
    const all = await Promise.all(
      Array.from({ length: 20 }, () => startCore(world.home, words, { env: world.env })),
    )
    expect(all.map(({ status }) => status)).toEqual(Array(20).fill(0))
    expect(new Set(all.map(({ stdout }) => stdout)).size).toBe(1)
    expect(world.takeRequests()).toEqual(['GetRoleCredentials', 'AssumeRole'])
    expect(world.list('.local/state/assume/locks')).toEqual([])
  }, 120_000)
})
