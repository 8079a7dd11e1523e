import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sandboxEnvironment } from '../../src/sandbox/config.ts'
import { findAwsCli, type RunAssume, timestamp, World } from '../interop/world.ts'
import { callCommand } from '../support/command.ts'
import { startCore } from '../support/core-process.ts'
import { startHttpServer } from '../support/http-server.ts'

const keyLines =
  'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n'
const config = `
[profile dev-profile]
sso_session = devto-article
sso_account_id = 123456789011
sso_role_name = FullAccess
region = eu-west-1
[profile production]
sso_session = devto-article
sso_account_id = 999988887777
sso_role_name = Admin
region = eu-west-1
[profile deploy]
role_arn = arn:aws:iam::999988887777:role/Deploy
source_profile = dev-profile
[profile admin]
role_arn = arn:aws:iam::777788889999:role/Admin
source_profile = user
mfa_serial = arn:aws:iam::111122223333:mfa/me
[profile user]
${keyLines}
[profile mistaken]
${keyLines}aws_account_id = 444455556666
[sso-session devto-article]
sso_region = eu-west-2
sso_start_url = https://sso-portal.awsapps.com/start
sso_registration_scopes = sso:account:access
`
const userKeys = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
}
const user = 'arn:aws:iam::111122223333:user/me'

/** A home that is logged in to the sandbox, and what `whoami` says there, as a rule in this process. */
async function start(options: { isLoggedIn?: boolean; run?: RunAssume } = {}) {
  const world = await World.open({}, options.run ?? callCommand)
  world.home.writeAws(config)
  if (options.isLoggedIn !== false) await world.logIn('devto-article')
  const ask = (words: readonly string[], env: Record<string, string> = {}) =>
    world.assume(['whoami', ...words], { ...sandboxEnvironment(world.sandbox.url), ...env })
  const identify = async (words: readonly string[], env: Record<string, string> = {}) => {
    const { status, stdout, stderr } = await ask([...words, '--json'], env)
    expect(stderr).toBe('')
    expect(status).toBe(0)
    return JSON.parse(stdout)
  }
  return { world, ask, identify }
}

describe('without a home', () => {
  it('the SDK reads no file of the current folder by itself', async () => {
    const { world, ask } = await start({ isLoggedIn: false, run: startCore })
    for (const name of ['config', 'credentials']) {
      rmSync(join(world.home.path, '.aws', name), { force: true })
      execFileSync('mkfifo', [join(world.home.path, '.aws', name)])
    }
    const own = { XDG_CACHE_HOME: join(world.home.path, 'cache'), XDG_CONFIG_HOME: world.home.path }
    const { status, stdout } = await ask([], { ...userKeys, ...own, HOME: '', AWS_REGION: 'eu-west-1' })
    expect(status).toBe(0)
    expect(stdout).toContain(user)
  })
})

describe('assume whoami PROFILE', () => {
  it('says who the profile is, with the alias of the account', async () => {
    const { world, ask, identify } = await start({ run: startCore })
    const { status, stdout, stderr } = await ask(['production'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(
      new RegExp(
        [
          '^source {3}profile production',
          'account {2}999988887777 example-production',
          'arn {6}arn:aws:sts::999988887777:assumed-role/AWSReservedSSO_Admin_[0-9a-f]{16}/dev@example.com',
          'user id {2}AROA\\w{17}:dev@example.com',
          'keys {5}59m left\n$',
        ].join('\n'),
      ),
    )
    expect(world.takeRequests().sort()).toEqual([
      'GetCallerIdentity',
      'GetRoleCredentials',
      'ListAccountAliases',
    ])
    expect(await identify(['-p', 'production'])).toEqual({
      name: 'production',
      source: 'profile',
      accountId: '999988887777',
      accountAlias: 'example-production',
      arn: expect.stringContaining(':assumed-role/AWSReservedSSO_Admin_'),
      userId: expect.stringMatching(/^AROA/),
      expiresAt: expect.stringMatching(/^\d{4}-.*Z$/),
    })
    expect(world.takeRequests()).not.toContain('GetRoleCredentials')
    const { stdout: shown } = await world.assume(['status'], { AWS_PROFILE: 'production' })
    expect(shown).toContain('role     Admin: kept, 59m left\n')
  })

  it('leaves what the environment says out of it', async () => {
    const { identify } = await start()
    const env = { ...userKeys, AWS_PROFILE: 'user' }
    expect((await identify(['deploy'], env)).arn).toContain(':assumed-role/Deploy/')
  })

  it.each([
    ['may not ask', 'denied'],
    ['has no answer', 500],
    ['gets nonsense', 'malformed'],
  ] as const)('has no alias where it %s', async (_title, failure) => {
    const { world, identify } = await start()
    world.sandbox.fail('ListAccountAliases', failure)
    const identity = await identify(['production'])
    expect(identity).toMatchObject({ accountId: '999988887777' })
    expect(identity).not.toHaveProperty('accountAlias')
  })

  it('has none either where IAM cannot be reached', async () => {
    const { ask } = await start()
    const { status, stdout, stderr } = await ask(['production', '--verbose'], {
      AWS_ENDPOINT_URL_IAM: 'http://127.0.0.1:1',
    })
    expect(status).toBe(0)
    expect(stderr).toContain('assume: no alias: cannot ask for the alias of the account')
    expect(stdout).toContain('account  999988887777\n')
  })

  it('warns of an account that the profile does not mean', async () => {
    const { ask } = await start()
    const { status, stderr } = await ask(['mistaken'])
    expect(status).toBe(0)
    expect(stderr).toBe('assume: warning: account 444455556666 was expected here, and this is 111122223333\n')
  })

  it('takes an MFA code, and asks for one with exit 3 where there is no terminal', async () => {
    const { ask, identify } = await start()
    const { status, stderr } = await ask(['admin'])
    expect(status).toBe(3)
    expect(stderr).toContain('--mfa-code N')
    const { arn } = await identify(['admin', '--mfa-code', '123456'])
    expect(arn).toContain('arn:aws:sts::777788889999:assumed-role/Admin/')
  })

  it('needs a login', async () => {
    const { ask } = await start({ isLoggedIn: false })
    const { status, stdout, stderr } = await ask(['dev-profile'])
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
    expect(stderr).toContain('assume login devto-article')
  })

  it.each([
    ['gone', 2, 'there is no profile gone'],
    ['user -p user', 2, 'the profile is named twice'],
    ['user --mfa-code 1', 2, 'an MFA code is six digits'],
  ])('%s: exit %i', async (words, status, message) => {
    const { ask } = await start({ isLoggedIn: false })
    const result = await ask(words.split(' '))
    expect(result).toMatchObject({ status, stdout: '' })
    expect(result.stderr).toContain(message)
  })
})

describe('assume whoami', () => {
  it.each([
    ['the keys in the environment', { ...userKeys, AWS_PROFILE: 'production' }, 'environment', user],
    ['the profile that is named', { AWS_PROFILE: 'deploy' }, 'profile', ':assumed-role/Deploy/'],
    [
      'the profile that the AWS CLI reads first',
      { AWS_PROFILE: 'deploy', AWS_DEFAULT_PROFILE: 'user' },
      'profile',
      ':assumed-role/Deploy/',
    ],
    [
      'the web identity',
      {
        AWS_PROFILE: 'production',
        AWS_WEB_IDENTITY_TOKEN_FILE: 'token',
        AWS_ROLE_ARN: 'arn:aws:iam::777788889999:role/Pipeline',
      },
      'web-identity',
      'arn:aws:sts::777788889999:assumed-role/Pipeline/',
    ],
  ] as const)('is %s', async (_title, env, source, arn) => {
    const { world, identify } = await start()
    world.home.write('token', 'sandbox.web-identity.token')
    const identity = await identify([], env)
    expect(identity.source).toBe(source)
    expect(identity.arn).toContain(arn)
    const aws = findAwsCli()
    if (!aws) return
    const words = [
      'sts',
      'get-caller-identity',
      '--query',
      'Arn',
      '--output',
      'text',
      '--region',
      'eu-west-1',
    ]
    const judged = await world.run(aws, words, { env })
    expect(judged.stdout).toContain(arn)
  })

  it.each([
    ['container', { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'SERVER/container' }],
    ['instance', { AWS_EC2_METADATA_DISABLED: 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT: 'SERVER' }],
  ])('is the %s, where nothing else is', async (source, env: Record<string, string>) => {
    const { world, identify } = await start()
    // The service hands out what the sandbox has given last.
    await identify(['deploy'])
    const [access, secret, token] = ['access-key-id', 'secret-access-key', 'session-token'].map(
      (kind) => world.sandbox.secrets().findLast((each) => each.kind === kind)?.value,
    )
    const answer = {
      Code: 'Success',
      AccessKeyId: access,
      SecretAccessKey: secret,
      Token: token,
      Expiration: timestamp(3600),
    }
    const { url } = await startHttpServer(({ line }) => {
      if (line.endsWith('/api/token')) return [200, 'token']
      return line.endsWith('/security-credentials/') ? [200, 'role'] : [200, answer]
    })
    const own = Object.fromEntries(
      Object.entries(env).map(([name, value]) => [name, value.replace('SERVER', url)]),
    )
    expect(await identify([], own)).toMatchObject({
      source,
      arn: expect.stringContaining(':assumed-role/Deploy/'),
    })
  })

  it('is nobody where there is nothing, and says why', async () => {
    const { ask } = await start({ isLoggedIn: false })
    expect(await ask([])).toEqual({
      status: 1,
      stdout: '',
      stderr: 'assume: there are no credentials here: nothing names any keys\n  assume status\n',
    })
    const gone = await ask([], { AWS_PROFILE: 'gone' })
    expect(gone.stderr).toContain('there are no credentials here: AWS_PROFILE is gone, and there is no such')
    const far = await ask([], {
      AWS_EC2_METADATA_DISABLED: 'false',
      AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://127.0.0.1:1',
    })
    expect(far.status).toBe(1)
    expect(far.stderr).toMatch(/there are no credentials here: nothing else names any keys, and cannot get/)
  })

  it('says who names a token that is not there', async () => {
    const { world, ask } = await start({ isLoggedIn: false })
    const arn = 'arn:aws:iam::777788889999:role/Pipeline'
    const env = { AWS_PROFILE: 'dev-profile', AWS_WEB_IDENTITY_TOKEN_FILE: '/nope', AWS_ROLE_ARN: arn }
    expect((await ask([], env)).stderr).toMatch(
      /no token in \/nope, which AWS_WEB_IDENTITY_TOKEN_FILE names$/m,
    )
    world.home.writeAws(`[profile web]\nweb_identity_token_file = /nope\nrole_arn = ${arn}\n`)
    expect((await ask([], { AWS_PROFILE: 'web' })).stderr).toMatch(
      /which web_identity_token_file of profile web names$/m,
    )
  })

  it('knows the keys of a switch, and warns where they are for another account', async () => {
    const { ask, identify } = await start({ isLoggedIn: false })
    const env = {
      ...userKeys,
      ASSUME_PROFILE: 'user',
      ASSUME_ACCOUNT_ID: '111122223333',
      ASSUME_VARS: 'AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY ASSUME_PROFILE ASSUME_ACCOUNT_ID',
    }
    expect(await identify([], env)).toMatchObject({ name: 'user', source: 'environment', arn: user })
    const { stderr } = await ask([], { ...env, ASSUME_ACCOUNT_ID: '999988887777' })
    expect(stderr).toContain('account 999988887777 was expected here, and this is 111122223333')
  })

  it.each([
    [{ AWS_ACCESS_KEY_ID: 'AKIAUNKNOWN' }, 'it does not know them'],
    [{ AWS_SESSION_TOKEN: 'of-others' }, 'the session token is not theirs'],
  ])('says what is wrong with keys: %j', async (env, message) => {
    const { ask } = await start({ isLoggedIn: false })
    const { status, stdout, stderr } = await ask([], { ...userKeys, ...env })
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toContain('AWS refuses the keys: ')
    expect(stderr).toContain(message)
    expect(stderr).not.toMatch(/AKIAUNKNOWN|of-others/)
  })

  it('says of STS that is not there', async () => {
    const { ask } = await start({ isLoggedIn: false })
    const { status, stderr } = await ask([], { ...userKeys, AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1' })
    expect(status).toBe(1)
    expect(stderr).toContain('cannot ask who you are: 127.0.0.1:1 cannot be reached')
  })
})
