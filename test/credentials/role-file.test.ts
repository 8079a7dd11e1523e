import { describe, expect, it } from 'vitest'
import { assumeRoleFileName, ssoRoleFileName } from '../../src/aws/cache-file-name.ts'
import { planChain } from '../../src/credentials/chain.ts'
import { endKeyFile, findRoleFile } from '../../src/credentials/role-file.ts'
import { parseDocument } from '../../src/profiles/config/document.ts'
import { mergeDocuments } from '../../src/profiles/config/merge.ts'
import { describeProfile } from '../../src/profiles/profile.ts'

type Profiles = Readonly<Record<string, string>>

const env = { AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 's' }

/** The file of each profile, or of the role on top of it. */
function filesOf(profiles: Profiles, roleArn?: string) {
  const sections = Object.entries(profiles).map(([name, lines]) => `[profile ${name}]\n${lines}\n`)
  const session = '[sso-session s]\nsso_start_url = https://x/start\nsso_region = eu-west-2\n'
  const config = mergeDocuments(
    parseDocument(session + sections.join(''), 'config'),
    parseDocument('', 'credentials'),
  )
  return Object.fromEntries(
    Object.keys(profiles).map((name) => {
      const profile = describeProfile(config, name)
      if (!profile) throw new Error(`no profile ${name}`)
      const chain = planChain(config, profile, { env, ownEnv: env, platform: 'linux', roleArn })
      return [name, findRoleFile(config, chain, 'linux')]
    }),
  )
}

const arn = 'arn:aws:iam::777788889999:role/Audit'
const role = (source: string) => `role_arn = ${arn}\nsource_profile = ${source}\n`
const sso = 'sso_session = s\nsso_account_id = 123456789011\nsso_role_name = Admin\n'
const keys = 'aws_access_key_id = AKIAONE\naws_secret_access_key = x\n'
const otherKeys = 'aws_access_key_id = AKIATWO\naws_secret_access_key = x\n'
const theirs = { name: assumeRoleFileName({ RoleArn: arn }), isShared: true }

describe('the file of a role', () => {
  it('is that of the AWS CLI', () => {
    const session = { name: 's', startUrl: 'https://x/start' }
    const name = ssoRoleFileName({ session, accountId: '123456789011', roleName: 'Admin' })
    expect(filesOf({ a: role('b'), b: sso, c: keys })).toEqual({
      a: theirs,
      b: { name, isShared: true },
      c: undefined,
    })
  })

  it('is shared by profiles that come to the role in the same way', () => {
    const { a, b } = filesOf({ a: role('k'), b: role('l'), k: keys, l: `${keys}region = x` })
    expect([a, b]).toEqual([theirs, theirs])
  })

  it.each<[string, Profiles]>([
    ['other keys', { a: role('k'), b: role('l'), k: keys, l: otherKeys }],
    ['SSO', { a: role('k'), b: role('l'), k: keys, l: sso }],
    ['another account', { a: role('k'), b: role('l'), k: sso.replace('011', '012'), l: sso }],
    [
      'another helper',
      { a: role('k'), b: role('l'), k: 'credential_process = x', l: 'credential_process = y' },
    ],
    [
      'one more role',
      { a: role('k'), b: role('l'), k: keys, l: `role_arn = arn:aws:iam::1:role/M\nsource_profile = k` },
    ],
    ['a web identity', { a: role('k'), b: `role_arn = ${arn}\nweb_identity_token_file = /t`, k: keys }],
    [
      'another token',
      {
        a: `role_arn = ${arn}\nweb_identity_token_file = /t`,
        b: `role_arn = ${arn}\nweb_identity_token_file = /u`,
      },
    ],
    [
      'the machine',
      { a: role('k'), b: `role_arn = ${arn}\ncredential_source = Ec2InstanceMetadata`, k: keys },
    ],
    [
      'a login',
      { a: role('k'), b: role('l'), k: keys, l: 'login_session = arn:aws:sts::1:assumed-role/x/y' },
    ],
  ])('is ours where another profile comes to it from %s', (_source, profiles) => {
    const { a, b } = filesOf(profiles)
    expect([a?.isShared, b?.isShared]).toEqual([false, false])
    expect(a?.name).not.toBe(b?.name)
    expect([a?.name, b?.name]).not.toContain(theirs.name)
  })

  it('is ours for the session in front of a stored key, with its own for another store, another device and roles on top', () => {
    const stored = 'assume_keys = file\ncredential_process = assume credential-process k\n'
    const [first, second, third, role1, out] = [
      filesOf({ k: stored }),
      filesOf({ k: stored.replace('file', 'os') }),
      filesOf({ k: `${stored}mfa_serial = m` }),
      filesOf({ k: stored }, arn),
      filesOf({ k: `${stored}assume_session_token = off` }),
    ].map(({ k }) => k)
    const names = [first, second, third, role1].map((file) => file?.name)
    expect(new Set(names).size).toBe(4)
    for (const name of names) expect(name?.endsWith(endKeyFile('k'))).toBe(true)
    expect(first).toMatchObject({ isShared: false })
    expect(out).toBeUndefined()
  })

  it('of a role is the one that has no device where the session in front of the key is made with it', () => {
    const stored = 'assume_keys = os\nmfa_serial = m\n'
    const { a, b } = filesOf({ a: `${role('k')}mfa_serial = m`, b: `${role('k')}mfa_serial = n`, k: stored })
    expect(a).toMatchObject({ isShared: false })
    expect(b).toEqual({ name: assumeRoleFileName({ RoleArn: arn, SerialNumber: 'n' }), isShared: true })
  })

  it('is ours where another profile takes what the environment has, or leads nowhere that is known', () => {
    const environment = `role_arn = ${arn}\ncredential_source = Environment`
    expect(filesOf({ a: role('k'), b: environment, k: keys })['a']?.isShared).toBe(false)
    expect(filesOf({ b: environment })['b']?.isShared).toBe(false)
  })

  it('is theirs where others only look alike', () => {
    const others = {
      c: `${role('l')}external_id = x`,
      d: `${role('l')}duration_seconds = 900`,
      e: `${role('l')}role_session_name = me`,
      f: `${role('l')}mfa_serial = m`,
      g: role('l').replace('Audit', 'Other'),
    }
    expect(filesOf({ a: role('k'), ...others, k: keys, l: otherKeys })['a']).toEqual(theirs)
  })

  it('is ours for a role on top, unless a profile is the same', () => {
    expect(filesOf({ k: keys }, arn)['k']?.isShared).toBe(false)
    const { k, l } = filesOf({ k: keys, l: keys, a: role('k') }, arn)
    expect([k, l]).toEqual([theirs, theirs])
    expect(filesOf({ k: keys, l: otherKeys, a: role('l') }, arn)['k']?.isShared).toBe(false)
  })
})
