import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { exampleRoles, type Role } from '../../src/sandbox/sts/role.ts'
import { writeScript } from '../support/script.ts'
import { findAwsCli, findBotocore, World } from './world.ts'

const found = findAwsCli()
const isWanted = found !== undefined || Boolean(process.env['ASSUME_REQUIRE_AWS_CLI'])

const arnOf = (name: string) => `arn:aws:iam::777788889999:role/${name}`
const roles: readonly Role[] = [
  ...exampleRoles,
  { arn: arnOf('Deploy') },
  { arn: arnOf('Second') },
  { arn: arnOf('Extern'), externalId: 'ext#1' },
]
const keys = `aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
`
const otherKeys = `aws_access_key_id = AKIAI44QH8DHBEXAMPLE
aws_secret_access_key = je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY
`
const account = 'sso_account_id = 123456789011\nsso_role_name = FullAccess\n'
const sso = `sso_session = devto-article\n${account}`
const session = `[sso-session devto-article]
sso_region = eu-west-2
sso_start_url = https://sso-portal.awsapps.com/start
sso_registration_scopes = sso:account:access
`
// As the source of a role: an AWS CLI of 2022 looks for the sso-session of a source in the wrong profile.
const legacy = `sso_start_url = https://sso-portal.awsapps.com/start
sso_region = eu-west-2
${account}`
const role = (name: string, source: string, lines = '') =>
  `role_arn = ${arnOf(name)}\nsource_profile = ${source}\n${lines}`

async function openWorld(profiles: Readonly<Record<string, string>> = {}): Promise<World> {
  const world = await World.open({ roles })
  configure(world, profiles)
  return world
}

/** Writes the AWS files: every profile has a region, without which the AWS CLI asks STS for nothing. */
function configure(world: World, profiles: Readonly<Record<string, string>>, credentials = ''): void {
  const sections = Object.entries(profiles).map(
    ([name, lines]) => `[profile ${name}]\nregion = eu-west-1\n${lines}`,
  )
  world.home.writeAws(session + sections.join(''), credentials)
}

type Variables = Readonly<Record<string, string>>

/** What assume hands out for a profile, or what it says. */
async function exportWithAssume(
  world: World,
  profile: string,
  env: Record<string, string> = {},
): Promise<Variables> {
  const words = ['env', profile, '--export', '--format', 'json']
  const { status, stdout, stderr } = await world.handOut(words, env)
  return status === 0 ? JSON.parse(stdout).set : { error: stderr }
}

/** What the AWS CLI hands out for it. */
async function exportWithCli(
  world: World,
  profile: string,
  env: Record<string, string> = {},
): Promise<Variables> {
  const words = ['configure', 'export-credentials', '--profile', profile, '--format', 'env-no-export']
  const { status, stdout, stderr } = await world.runAwsCli(words, env)
  if (status !== 0) return { error: stderr }
  return Object.fromEntries(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.split(/=(.*)/s, 2) as [string, string]),
  )
}

/** Who the AWS CLI says that a profile is. */
async function identifyWithCli(
  world: World,
  profile: string,
  env: Record<string, string> = {},
): Promise<string> {
  const words = ['sts', 'get-caller-identity', '--profile', profile, '--query', 'Arn', '--output', 'text']
  const { status, stdout } = await world.runAwsCli(words, env)
  return status === 0 ? nameWithoutTime(stdout.trim()) : 'nobody'
}

/** Who STS says that has these keys. */
async function identify(world: World, { error, ...variables }: Variables): Promise<string> {
  if (error !== undefined) return 'nobody'
  const {
    AWS_ACCESS_KEY_ID: accessKeyId = '',
    AWS_SECRET_ACCESS_KEY: secretAccessKey = '',
    AWS_SESSION_TOKEN: sessionToken,
  } = variables
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) }
  const client = new STSClient({ region: 'eu-west-1', endpoint: world.sandbox.url, credentials })
  const { Arn = '' } = await client.send(new GetCallerIdentityCommand({}))
  return nameWithoutTime(Arn)
}

/** A session that nobody has named has the time in its name. */
function nameWithoutTime(arn: string): string {
  return arn.replace(/\/(assume|botocore)(-session)?-\d+$/, '/GENERATED')
}

beforeEach(() => {
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true')
  vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent')
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent')
  onTestFinished(() => void vi.unstubAllEnvs())
})

const idOf = ({ AWS_ACCESS_KEY_ID: id }: Variables) => id

describe.skipIf(!isWanted)(`credentials and the AWS CLI v2${isWanted ? '' : ' (not installed)'}`, () => {
  it('are of the same one for every kind of profile', async () => {
    const world = await openWorld()
    const token = world.home.write('token', 'sandbox.web-identity.token')
    const helper = writeScript(
      world.home,
      'a helper',
      `echo '{"Version": 1, "AccessKeyId": "AKIAIOSFODNN7EXAMPLE", "SecretAccessKey": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}'`,
    )
    const profiles = {
      sso,
      legacy,
      keys,
      'sso-and-keys': sso + otherKeys,
      role: role('Deploy', 'legacy'),
      'role-of-keys': role('Second', 'keys', 'role_session_name = me\nduration_seconds = 3600\n'),
      chain: role('Extern', 'role', 'external_id = ext#1\n'),
      'role-of-itself': role('Deploy', 'role-of-itself', 'role_session_name = self\n') + keys,
      'source-with-role': role('Deploy', 'both', 'role_session_name = both\n'),
      both: role('Second', 'nowhere') + otherKeys,
      process: `credential_process = "${helper}"\n`,
      'role-of-process': role('Deploy', 'process', 'role_session_name = process\n'),
      'process-and-keys': `credential_process = "${helper}"\n${otherKeys}`,
      'process-in-both': `credential_process = "${helper}"\n`,
      web: `role_arn = ${arnOf('Pipeline')}\nweb_identity_token_file = ${token}\n`,
      'web-and-source': `${role('Pipeline', 'sso')}web_identity_token_file = ${token}\nrole_session_name = web\n`,
      environment: `role_arn = ${arnOf('Deploy')}\ncredential_source = Environment\nrole_session_name = env\n`,
      nothing: '',
      'both-sources': `${role('Deploy', 'keys')}credential_source = Environment\n`,
      'no-source': `role_arn = ${arnOf('Deploy')}\n${account}sso_session = devto-article\n`,
      missing: role('Deploy', 'nowhere'),
      cycle: role('Deploy', 'circle'),
      circle: role('Second', 'cycle') + keys,
      unknown: `role_arn = ${arnOf('Deploy')}\ncredential_source = environment\n`,
      half: `aws_access_key_id = AKIAIOSFODNN7EXAMPLE\n`,
      long: role('Deploy', 'sso', 'duration_seconds = 7200\n'),
      'wrong-id': role('Extern', 'keys', 'external_id = other\n'),
    }
    configure(world, profiles, `[process-in-both]\n${otherKeys}`)
    await world.logIn('devto-article')
    await world.logIn('legacy')
    const env = {
      AWS_ACCESS_KEY_ID: 'AKIAI44QH8DHBEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY',
    }
    const seen: Record<string, readonly [string, string]> = {}
    for (const name of Object.keys(profiles)) {
      const extra = name === 'environment' ? env : {}
      const ours = await identify(world, await exportWithAssume(world, name, extra))
      // Else the judge would take what the judged has fetched.
      rmSync(join(world.home.path, '.aws/cli/cache'), { recursive: true, force: true })
      const theirs = await identifyWithCli(world, name, extra)
      seen[name] = [ours, theirs]
    }
    expect(Object.entries(seen).filter(([, [ours, theirs]]) => ours !== theirs)).toEqual([])
    const nobody = Object.entries(seen).filter(([, [ours]]) => ours === 'nobody')
    expect(nobody.map(([name]) => name)).toEqual([
      'both',
      'nothing',
      'both-sources',
      'no-source',
      'missing',
      'circle',
      'unknown',
      'half',
      'long',
      'wrong-id',
    ])
    expect(seen['chain']?.[0]).toBe('arn:aws:sts::777788889999:assumed-role/Extern/GENERATED')
    expect(seen['process-in-both']?.[0]).toBe('arn:aws:iam::111122223333:user/legacy-user')
    expect(seen['process-and-keys']?.[0]).toBe('arn:aws:iam::111122223333:user/me')
  }, 600_000)

  const shared = {
    sso,
    legacy,
    role: role('Deploy', 'legacy'),
    chain: role('Extern', 'role', 'external_id = ext#1\n'),
  }

  it.each([
    ['sso', ['GetRoleCredentials']],
    ['role', ['GetRoleCredentials', 'AssumeRole']],
    ['chain', ['GetRoleCredentials', 'AssumeRole', 'AssumeRole']],
  ])('of %s, fetched by one, are used by the other without a call', async (name, calls) => {
    const world = await openWorld(shared)
    await world.logIn(name === 'sso' ? 'sso' : 'legacy')
    const ours = await exportWithAssume(world, name)
    expect(world.takeRequests()).toEqual(calls)
    expect(idOf(await exportWithCli(world, name))).toBe(idOf(ours))
    expect(world.takeRequests()).toEqual([])

    rmSync(join(world.home.path, '.aws/cli/cache'), { recursive: true })
    const theirs = await exportWithCli(world, name)
    expect(world.takeRequests()).toEqual(calls)
    expect(idOf(theirs)).not.toBe(idOf(ours))
    const again = await exportWithAssume(world, name)
    expect(again).toMatchObject({
      AWS_ACCESS_KEY_ID: theirs['AWS_ACCESS_KEY_ID'],
      AWS_SECRET_ACCESS_KEY: theirs['AWS_SECRET_ACCESS_KEY'],
      AWS_SESSION_TOKEN: theirs['AWS_SESSION_TOKEN'],
    })
    expect(world.takeRequests()).toEqual([])
  })

  it('of a web identity, and of a role with MFA, are shared too', async () => {
    const world = await openWorld()
    const token = world.home.write('token', 'sandbox.web-identity.token')
    configure(world, {
      web: `role_arn = ${arnOf('Pipeline')}\nweb_identity_token_file = ${token}\n`,
      admin: role('Admin', 'keys', 'mfa_serial = arn:aws:iam::111122223333:mfa/me\n'),
      keys,
    })
    const web = await exportWithCli(world, 'web')
    expect(idOf(await exportWithAssume(world, 'web'))).toBe(idOf(web))
    expect(world.takeRequests()).toEqual(['AssumeRoleWithWebIdentity'])
    const words = ['env', 'admin', '--mfa-code', '123456', '--format', 'json']
    const admin = JSON.parse((await world.handOut(words)).stdout).set
    expect(idOf(await exportWithCli(world, 'admin'))).toBe(idOf(admin))
    expect(world.takeRequests()).toEqual(['AssumeRole'])
  })

  it('of one role with two sources are never those of the other one', async () => {
    const world = await openWorld({ mine: role('Deploy', 'keys'), its: role('Deploy', 'sso'), keys, sso })
    await world.logIn()
    const theirs = await exportWithCli(world, 'mine')
    const [mine, its] = [await exportWithAssume(world, 'mine'), await exportWithAssume(world, 'its')]
    expect(new Set([theirs, mine, its].map(idOf)).size).toBe(3)
    expect([await exportWithAssume(world, 'mine'), await exportWithAssume(world, 'its')].map(idOf)).toEqual([
      idOf(mine),
      idOf(its),
    ])
  })
})

const python = findBotocore()

describe.skipIf(!python)(
  `credentials and botocore${python ? '' : ' (python3 has none that knows sso_session)'}`,
  () => {
    it.each(['role', 'chain'])(
      'are of the same one for a %s that begins with an sso-session',
      async (name) => {
        const chain = role('Extern', 'role', 'external_id = ext#1\n')
        const world = await openWorld({ role: role('Deploy', 'sso'), chain, sso })
        await world.logIn()
        const program = [
          'import botocore.session',
          `session = botocore.session.Session(profile='${name}')`,
          "print(session.create_client('sts').get_caller_identity()['Arn'])",
        ].join('\n')
        const { stdout } = await world.run(python ?? '', ['-c', program])
        expect(nameWithoutTime(stdout.trim())).toBe(
          await identify(world, await exportWithAssume(world, name)),
        )
      },
    )
  },
)
