import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Chain, type ChainOptions, planChain } from '../../src/credentials/chain.ts'
import { removeSwitch } from '../../src/emit/change.ts'
import { AssumeError } from '../../src/errors.ts'
import { parseDocument } from '../../src/profiles/config/document.ts'
import { type AwsConfig, mergeDocuments } from '../../src/profiles/config/merge.ts'
import { describeProfile } from '../../src/profiles/profile.ts'

type Profiles = Readonly<Record<string, string>>

function configOf(profiles: Profiles, credentials = ''): AwsConfig {
  const session =
    '[sso-session s]\nsso_start_url = https://x/start\nsso_region = eu-west-2\n[sso-session empty]\n'
  const sections = Object.entries(profiles).map(([name, lines]) => `[profile ${name}]\n${lines}\n`)
  return mergeDocuments(
    parseDocument(session + sections.join(''), 'config'),
    parseDocument(credentials, 'credentials'),
  )
}

function plan(
  profiles: Profiles,
  options: Partial<ChainOptions> & { name?: string; credentials?: string } = {},
): Chain {
  const { name = Object.keys(profiles)[0] ?? '', credentials, ...rest } = options
  const config = configOf(profiles, credentials)
  const profile = describeProfile(config, name)
  if (!profile) throw new Error(`no profile ${name}`)
  const { env = {} } = rest
  return planChain(config, profile, { env, ownEnv: removeSwitch(env), platform: 'linux', ...rest })
}

/** The source's kind and profile, and the roles, in a few words. */
function outline({ source, roles }: Chain): string {
  return [
    `${source.kind} ${source.profile.name}`,
    ...roles.map(({ request }) => request.RoleArn.slice(-1)),
  ].join(' > ')
}

function failure(profiles: Profiles, options?: Parameters<typeof plan>[1]): AssumeError {
  try {
    plan(profiles, options)
  } catch (error) {
    if (error instanceof AssumeError) return error
    throw error
  }
  throw new Error('it did not fail')
}

const arn = (name: string) => `arn:aws:iam::111122223333:role/${name}`
const role = (name: string, source: string) => `role_arn = ${arn(name)}\nsource_profile = ${source}\n`
const keys = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = secret\n'
const sso = 'sso_session = s\nsso_account_id = 123456789011\nsso_role_name = Admin\n'
const webIdentity = `role_arn = ${arn('W')}\nweb_identity_token_file = /token\n`
const login = 'login_session = arn:aws:sts::123456789012:assumed-role/Admin/me\n'
const granted =
  'granted_sso_start_url = https://g\ngranted_sso_region = eu-west-1\ngranted_sso_account_id = 444455556666\ngranted_sso_role_name = Dev\n'
const byAssume = (words: string) => `credential_process = ${words}\n`

describe('the way of a profile', () => {
  it.each<[string, Profiles]>([
    ['sso a', { a: sso }],
    ['sso a', { a: `${sso}${keys}${login}` }],
    ['sso a', { a: 'sso_start_url = u\nsso_region = r\nsso_account_id = 1\nsso_role_name = x' }],
    ['sso a', { a: granted }],
    ['static a', { a: keys }],
    ['login a', { a: login + keys }],
    ['process a', { a: `credential_process = /bin/x\n${keys}` }],
    ['web-identity a', { a: webIdentity + sso }],
    ['sso b > A', { a: role('A', 'b'), b: sso }],
    ['static c > B > A', { a: role('A', 'b'), b: role('B', 'c'), c: keys }],
    ['web-identity b > A', { a: role('A', 'b'), b: webIdentity }],
    ['process b > A', { a: role('A', 'b'), b: 'credential_process = /bin/x' }],
    ['static a > A', { a: role('A', 'a') + keys }],
    // As a source, a profile with static keys forgets its role, but not that SSO goes before keys.
    ['static b > A', { a: role('A', 'b'), b: role('B', 'nowhere') + keys }],
    ['sso b > A', { a: role('A', 'b'), b: role('B', 'nowhere') + keys + sso }],
    ['process b > A', { a: role('A', 'b'), b: `credential_process = /bin/x\n${keys}` }],
    ['container a > A', { a: `role_arn = ${arn('A')}\ncredential_source = EcsContainer` }],
    ['instance-metadata a > A', { a: `role_arn = ${arn('A')}\ncredential_source = Ec2InstanceMetadata` }],
  ])('%s: %j', (expected, profiles) => {
    expect(outline(plan(profiles))).toBe(expected)
  })

  it('asks STS for what the profile says', () => {
    const lines = 'external_id = e#1\nmfa_serial = m\nrole_session_name = me\nduration_seconds = 900\n'
    expect(plan({ a: role('A', 'b') + lines, b: keys }).roles[0]?.request).toEqual({
      RoleArn: arn('A'),
      ExternalId: 'e#1',
      SerialNumber: 'm',
      RoleSessionName: 'me',
      DurationSeconds: 900,
    })
  })

  it('asks for less with a web identity, as the AWS CLI does', () => {
    const { source } = plan({
      a: `${webIdentity}duration_seconds = 900\nexternal_id = x\nrole_session_name = me`,
    })
    expect(source).toMatchObject({
      tokenFile: '/token',
      request: { RoleArn: arn('W'), RoleSessionName: 'me' },
    })
  })

  it('has one more role on top where that is asked for', () => {
    const roleArn = arn('T')
    expect(outline(plan({ a: role('A', 'b'), b: sso }, { roleArn }))).toBe('sso b > A > T')
    expect(outline(plan({ a: keys }, { roleArn }))).toBe('static a > T')
  })

  it.each([
    ['sources', (next: string) => role('A', next)],
    ['helpers', (next: string) => `credential_process = assume credential-process ${next}`],
  ])('has a hundred links at most: %s', (_kind, link) => {
    const chainOf = (length: number) => ({
      ...Object.fromEntries(Array.from({ length }, (_, index) => [`p${index}`, link(`p${index + 1}`)])),
      [`p${length}`]: keys,
    })
    expect(plan(chainOf(100)).source.profile.name).toBe('p100')
    for (const length of [101, 10_000]) {
      expect(failure(chainOf(length))).toMatchObject({
        code: 'invalid-profile',
        exitStatus: 1,
        message: 'profile p0 has more than 100 profiles behind it, each the source of the one before',
        hint: 'aws configure set source_profile NAME --profile p0',
      })
    }
  })

  it('keeps the token of temporary keys, by either name, and the account', () => {
    const credentials = `[a]\n${keys}aws_session_token = t\naws_account_id = 123456789012\n`
    const expected = {
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'secret',
      accountId: '123456789012',
    }
    expect(plan({ a: '' }, { credentials }).source).toMatchObject({
      credentials: { ...expected, sessionToken: 't' },
    })
    expect(plan({ a: '' }, { credentials: `${credentials}aws_security_token = u\n` }).source).toMatchObject({
      credentials: { sessionToken: 'u' },
    })
  })
})

describe('a credential_process that is assume', () => {
  it.each<[string, Profiles]>([
    ['static a', { a: byAssume('assume credential-process a') + keys }],
    ['sso a', { a: byAssume('/opt/assume/bin/assume credential-process a') + granted }],
    ['static a', { a: byAssume('node /x/assume.cjs credential-process --login a') + keys }],
    ['static a', { a: byAssume('/usr/bin/node "/x y/assume.cjs" credential-process -p a') + keys }],
    ['sso b', { a: byAssume('assume credential-process b'), b: sso }],
    ['sso b', { a: byAssume('assume credential-process --profile=b'), b: sso }],
    [
      'sso c > B > A',
      { a: role('A', 'x'), x: byAssume('assume credential-process b'), b: role('B', 'c'), c: sso },
    ],
    // The one who hands out looks at its own profile as at the first of a chain.
    ['sso c > B', { a: byAssume('assume credential-process b'), b: role('B', 'c') + keys, c: sso }],
    [
      'static b > A',
      { a: role('A', 'b'), b: byAssume('assume credential-process b') + role('B', 'c') + keys },
    ],
    ['process a', { a: byAssume('assumed credential-process a') + keys }],
    ['process a', { a: byAssume('/x/assume env a') }],
    ['process a', { a: byAssume("sh -c 'assume credential-process a'") }],
    ['process a', { a: byAssume("assume 'credential-process a") }],
  ])('%s: %j', (expected, profiles) => {
    expect(outline(plan(profiles))).toBe(expected)
  })

  it('counts on Windows too', () => {
    const profiles = { a: byAssume(String.raw`"C:\Program Files\assume.cmd" credential-process b`), b: keys }
    expect(outline(plan(profiles, { platform: 'win32' }))).toBe('static b')
  })

  it.each(['', 'b c', '--role arn b', '--profile b c'])('is refused with %j', (words) => {
    expect(failure({ a: byAssume(`assume credential-process ${words}`), b: keys })).toMatchObject({
      code: 'invalid-profile',
      message: 'profile a: its credential_process starts assume with more or less than the name of a profile',
    })
  })

  it.each<[string, Profiles]>([
    [
      'a -> b -> a',
      { a: byAssume('assume credential-process b'), b: byAssume('assume credential-process a') },
    ],
    ['a -> b -> a', { a: role('A', 'b'), b: byAssume('assume credential-process a') }],
    [
      'b -> c -> b',
      {
        a: byAssume('assume credential-process b'),
        b: role('B', 'c'),
        c: byAssume('assume credential-process b'),
      },
    ],
  ])('shows the circle %s', (circle, profiles) => {
    expect(failure(profiles)).toMatchObject({
      code: 'profile-cycle',
      message: `profiles get their credentials from each other by credential_process: ${circle}`,
    })
  })
})

describe('a profile that leads nowhere', () => {
  const source = `role_arn = ${arn('A')}\n`
  it.each<[string, string, string, Profiles]>([
    [
      'incomplete-profile',
      'profile a has nothing to get credentials from',
      'assume configure --profile a',
      { a: 'region = x' },
    ],
    [
      'incomplete-profile',
      'profile b has nothing to get credentials from',
      'assume configure --profile b',
      { a: role('A', 'b'), b: '' },
    ],
    [
      'incomplete-profile',
      'profile a has no source_profile or credential_source for its role_arn',
      'aws configure set source_profile NAME --profile a',
      { a: source },
    ],
    [
      'incomplete-profile',
      'profile a has no source_profile or credential_source for its role_arn',
      'aws configure set source_profile NAME --profile a',
      { a: source + sso },
    ],
    [
      'invalid-profile',
      'profile a has both source_profile and credential_source',
      'remove one of them from the config file',
      { a: `${role('A', 'b')}credential_source = Environment`, b: keys },
    ],
    [
      'incomplete-profile',
      'profile a names b in source_profile, and there is no such profile',
      'aws configure set source_profile NAME --profile a',
      { a: role('A', 'b') },
    ],
    [
      'incomplete-profile',
      'profile a names b in credential_process, and there is no such profile',
      "aws configure set credential_process 'assume credential-process NAME' --profile a",
      { a: byAssume('assume credential-process b') },
    ],
    [
      'invalid-profile',
      'profile a: there is no credential_source environment, only Environment, Ec2InstanceMetadata and EcsContainer',
      'aws configure set credential_source Environment --profile a',
      { a: `${source}credential_source = environment` },
    ],
    [
      'incomplete-profile',
      'profile a has no aws_secret_access_key',
      'aws configure --profile a',
      { a: 'aws_access_key_id = x' },
    ],
    [
      'incomplete-profile',
      'profile a has no aws_access_key_id',
      'aws configure --profile a',
      { a: 'aws_secret_access_key = x' },
    ],
    [
      'incomplete-profile',
      'profile b has no aws_secret_access_key',
      'aws configure --profile b',
      { a: role('A', 'b'), b: 'aws_access_key_id = x' },
    ],
    [
      'incomplete-profile',
      'profile a has no role_arn for its web_identity_token_file',
      'aws configure set role_arn ARN --profile a',
      { a: 'web_identity_token_file = /t' },
    ],
    [
      'incomplete-profile',
      'profile a has no sso_role_name',
      'assume configure --profile a',
      { a: 'sso_session = s\nsso_account_id = 1' },
    ],
    [
      'incomplete-profile',
      'profile a has no sso_account_id and sso_role_name',
      'assume configure --profile a',
      { a: 'sso_session = s' },
    ],
    [
      'incomplete-profile',
      'sso-session empty, which profile a uses, has no sso_start_url or sso_region',
      'assume configure --session empty',
      { a: 'sso_session = empty\nsso_account_id = 1\nsso_role_name = x' },
    ],
    [
      'incomplete-profile',
      'profile a has no granted_sso_start_url or granted_sso_region',
      'assume configure --profile a',
      { a: 'granted_sso_account_id = 1\ngranted_sso_role_name = x' },
    ],
    [
      'incomplete-profile',
      'profile b uses sso-session t, and there is no [sso-session t]',
      'assume configure --session t',
      { a: role('A', 'b'), b: sso.replace('= s', '= t') },
    ],
    [
      'profile-cycle',
      'profiles get their credentials from each other by source_profile: a -> a',
      'aws configure set source_profile NAME --profile a',
      { a: role('A', 'a') },
    ],
    [
      'profile-cycle',
      'profiles get their credentials from each other by source_profile: a -> b -> a',
      'aws configure set source_profile NAME --profile b',
      { a: role('A', 'b'), b: role('B', 'a') },
    ],
    [
      'profile-cycle',
      'profiles get their credentials from each other by source_profile: b -> c -> b',
      'aws configure set source_profile NAME --profile c',
      { a: role('A', 'b'), b: role('B', 'c'), c: role('C', 'b') },
    ],
    // The AWS CLI refuses it too, although a's keys would do.
    [
      'profile-cycle',
      'profiles get their credentials from each other by source_profile: a -> b -> a',
      'aws configure set source_profile NAME --profile b',
      { a: role('A', 'b') + keys, b: role('B', 'a') },
    ],
  ])('%s: %s (%s)', (code, message, hint, profiles) => {
    expect(failure(profiles)).toMatchObject({ code, message, hint })
  })

  it('is found out for any net of profiles, and every other one leads to keys', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const target = fc.option(fc.constantFrom(...names))
    fc.assert(
      fc.property(fc.tuple(...names.map(() => target)), (targets) => {
        const next = new Map(names.map((name, index) => [name, targets[index]]))
        const profiles = Object.fromEntries(
          names.map((name) => [name, next.get(name) ? role(name, next.get(name) as string) : keys]),
        )
        for (const name of names) {
          const visited: string[] = []
          let at: string | null | undefined = name
          while (at && !visited.includes(at)) {
            visited.push(at)
            at = next.get(at)
          }
          const run = () => plan(profiles, { name })
          if (at) expect(run).toThrow([...visited.slice(visited.indexOf(at)), at].join(' -> '))
          else expect(run().roles.map(({ profile }) => profile.name)).toEqual(visited.slice(0, -1).reverse())
        }
      }),
    )
  })
})

describe('credential_source = Environment', () => {
  const profiles = { a: `role_arn = ${arn('A')}\ncredential_source = Environment` }
  const env = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 's' }

  it('takes the keys of the environment', () => {
    const all = {
      ...env,
      AWS_SESSION_TOKEN: 't',
      AWS_CREDENTIAL_EXPIRATION: '2026-11-21T05:38:00Z',
      AWS_ACCOUNT_ID: '123456789012',
    }
    expect(plan(profiles, { env: all }).source).toEqual({
      kind: 'static',
      profile: expect.anything(),
      credentials: {
        accessKeyId: 'AKIA',
        secretAccessKey: 's',
        sessionToken: 't',
        expiresAt: Date.UTC(2026, 10, 21, 5, 38),
        accountId: '123456789012',
      },
    })
    expect(plan(profiles, { env: { ...all, AWS_SECURITY_TOKEN: 'u' } }).source).toMatchObject({
      credentials: { sessionToken: 'u' },
    })
  })

  it.each([
    [{}, 'AWS_ACCESS_KEY_ID is not set', "export AWS_ACCESS_KEY_ID='…'"],
    [{ AWS_ACCESS_KEY_ID: 'x' }, 'AWS_SECRET_ACCESS_KEY is not set', "export AWS_SECRET_ACCESS_KEY='…'"],
    [
      { ...env, ASSUME_VARS: 'AWS_ACCESS_KEY_ID' },
      'a switch has set or removed AWS_ACCESS_KEY_ID',
      'assume --unset',
    ],
    [{ ASSUME_VARS: 'AWS_PROFILE' }, 'a switch has set or removed AWS_ACCESS_KEY_ID', 'assume --unset'],
  ])('without keys of its own: %j', (keysFound, what, hint) => {
    expect(failure(profiles, { env: keysFound as Record<string, string> })).toMatchObject({
      code: 'incomplete-profile',
      message: `profile a takes its keys from the environment, and ${what}`,
      hint,
    })
  })
})

describe('how long a role is assumed for', () => {
  const long = 'duration_seconds = 7200\n'
  const last = (chain: Chain) => chain.roles.at(-1)?.request.DurationSeconds

  it.each<[Profiles, number | undefined]>([
    [{ a: role('A', 'b') + long, b: keys }, undefined],
    [{ a: `${role('A', 'b')}duration_seconds = 43200`, b: keys }, undefined],
    [{ a: role('A', 'b'), b: keys }, 7200],
    [{ a: role('A', 'b') + long, b: 'credential_process = /bin/x' }, undefined],
    // The option takes the place of what would be too long.
    [{ a: role('A', 'b') + long, b: sso }, 3600],
  ])('%j, with --duration %s', (profiles, durationSeconds) => {
    expect(last(plan(profiles, { durationSeconds }))).toBeGreaterThanOrEqual(3600)
  })

  it('is told for the last role only', () => {
    const { roles } = plan({ a: role('A', 'b'), b: role('B', 'c'), c: keys }, { durationSeconds: 1800 })
    expect(roles.map(({ request }) => request.DurationSeconds)).toEqual([undefined, 1800])
  })

  it('can be told for a web identity', () => {
    expect(plan({ a: webIdentity }, { durationSeconds: 7200 }).source).toMatchObject({
      request: { DurationSeconds: 7200 },
    })
  })

  const chained = `role ${arn('A')} cannot be assumed for 7200 seconds: with temporary keys (SSO, another role) AWS allows an hour at most`
  const range = (seconds: number) =>
    `role ${arn('A')} cannot be assumed for ${seconds} seconds: AWS allows 900 to 43200`
  it.each<[string, Profiles, Partial<ChainOptions>]>([
    [chained, { a: role('A', 'b') + long, b: sso }, {}],
    [chained, { a: role('A', 'b') + long, b: `${keys}aws_session_token = t` }, {}],
    [chained, { a: role('A', 'b') + long, b: webIdentity }, {}],
    [chained, { a: role('A', 'b') + long, b: login }, {}],
    [chained, { a: role('A', 'b') + long, b: role('B', 'c'), c: keys }, {}],
    [chained, { a: role('A', 'b'), b: role('B', 'c'), c: keys }, { durationSeconds: 7200 }],
    [chained, { t: role('T', 'a'), a: role('A', 'b') + long, b: sso }, {}],
    [chained, { a: `role_arn = ${arn('A')}\ncredential_source = EcsContainer\n${long}` }, {}],
    [chained, { a: sso }, { roleArn: arn('A'), durationSeconds: 7200 }],
    [range(899), { a: `${role('A', 'b')}duration_seconds = 899`, b: keys }, {}],
    [range(43201), { a: role('A', 'b'), b: keys }, { durationSeconds: 43201 }],
  ])('%s: %j %j', (message, profiles, options) => {
    expect(failure(profiles, options)).toMatchObject({ code: 'invalid-duration', message })
  })

  it.each<Profiles>([{ a: sso }, { a: keys }, { a: 'credential_process = /bin/x' }])(
    'cannot be told where none is assumed: %j',
    (profiles) => {
      expect(failure(profiles, { durationSeconds: 3600 })).toMatchObject({
        code: 'usage',
        message: '--duration is for a role that is assumed, and profile a assumes none',
      })
    },
  )
})
