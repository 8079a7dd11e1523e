import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../src/profiles/config/document.ts'
import { mergeDocuments } from '../../src/profiles/config/merge.ts'
import { followChain } from '../../src/profiles/profile.ts'
import { warnOfProfile, warnOfSwitch } from '../../src/status/profile-warning.ts'

const keys = 'aws_access_key_id = A\naws_secret_access_key = x\n'
const [id, secret] = keys.split('\n').map((line) => `${line}\n`) as [string, string]
const role = (source: string) => `role_arn = arn:aws:iam::111122223333:role/R\nsource_profile = ${source}\n`
const sso = 'sso_session = s\nsso_account_id = 111122223333\nsso_role_name = R\n'
const session = '[sso-session s]\nsso_start_url = https://x\nsso_region = eu-west-1\n'

/** What is said of profile p, and of a switch to it. */
function warn(ofProfile: string, credentials = ''): (string | undefined)[] {
  const config = mergeDocuments(
    parseDocument(`${session}[profile p]\n${ofProfile}`, 'config'),
    parseDocument(credentials, 'credentials'),
  )
  const chain = followChain(config, 'p')
  return [warnOfProfile, warnOfSwitch].map((warnOf) => warnOf(config, chain, 'linux'))
}

// What the AWS CLI and boto3 do with them is in test/interop/credential-source.test.ts.
describe('what is said of a profile, and of a switch to it', () => {
  it.each([
    ['a circle', `${role('q')}[profile q]\n${role('p')}`, /by source_profile: p -> q -> p/],
    ['its own source without keys', role('p'), /by source_profile: p -> p/],
    ['a missing source further on', `${role('q')}[profile q]\n${role('gone')}`, /^profile q names gone in/],
    ['a source without credentials', `${role('q')}[profile q]\nregion = x\n`, /^profile q has nothing/],
    ['a source with half a key', `${role('q')}[profile q]\n${id}`, /^profile q has no aws_secret_access_key/],
    [
      'a source without its session',
      `${role('q')}[profile q]\n${sso.replace('= s', '= gone')}`,
      /^profile q uses sso-session gone/,
    ],
    ['its own session missing', sso.replace('= s', '= gone'), /^profile p uses sso-session gone/],
    ['8 digits', sso.replace('111122223333', '11112222'), /an account id has 12 digits/],
    [
      'keys and a missing session',
      `sso_session = nope\n${keys}`,
      /^profile p names the sso-session nope, which does not exist/,
    ],
    [
      'a role and a missing session',
      `sso_session = nope\n${role('q')}[profile q]\n${keys}`,
      /the sso-session nope/,
    ],
    [
      'a helper and a missing session',
      'sso_session = nope\ncredential_process = x\n',
      /the sso-session nope/,
    ],
    ['keys and an empty session', `sso_session =\n${keys}`, /^profile p has an empty sso_session/],
    [
      'keys and an incomplete session',
      `sso_session = t\n${keys}[sso-session t]\nsso_region = x\n`,
      /the sso-session t, which lacks/,
    ],
    [
      'keys and a session that the AWS CLI does not find',
      `sso_session = t\n${keys}[ sso-session t ]\nsso_region = x\nsso_start_url = x\n`,
      /do not find sso-session t/,
    ],
    [
      'a helper and an empty account',
      'credential_process = x\nsso_account_id =\n',
      /an empty sso_account_id/,
    ],
    ['a helper and an empty role', 'credential_process = x\nsso_role_name =\n', /an empty sso_role_name/],
    ['a helper and an empty login', 'credential_process = x\nlogin_session =\n', /an empty login_session/],
    [
      'a role and an empty session name',
      `role_session_name =\n${role('q')}[profile q]\n${keys}`,
      /an empty role_session_name/,
    ],
    ['a contradiction', `sso_start_url =\n${sso}`, /differ in sso_start_url/],
  ])('%s', (_title, text, warning) => {
    const [ofProfile, ofSwitch] = warn(text)
    expect(ofProfile).toMatch(warning)
    expect(ofSwitch).toBe(ofProfile)
  })

  it.each([
    ['the secret in the credentials file', id, `[p]\n${secret}`, /in one file .* in the other/],
    ['the id in the credentials file', secret, `[p]\n${id}`, /in one file .* in the other/],
    [
      'a source with half a key in each',
      `${role('q')}[profile q]\n${id}`,
      `[q]\n${secret}`,
      /^profile q has its/,
    ],
    ['an empty role before the credentials file', 'role_arn =\n', `[p]\n${keys}`, /an empty role_arn/],
    ['the whole in one and half in the other', keys, `[p]\n${secret}`, undefined],
    ['an empty helper behind the credentials file', 'credential_process =\n', `[p]\n${keys}`, undefined],
    [
      'a source with keys and an empty role',
      `${role('q')}[profile q]\nrole_arn =\n`,
      `[q]\n${keys}`,
      undefined,
    ],
    ['a session for keys', 'sso_session = s\n', `[p]\n${keys}`, undefined],
  ])('%s', (_title, config, credentials, warning) => {
    const [ofProfile, ofSwitch] = warn(config, credentials)
    if (warning === undefined) expect(ofProfile).toBeUndefined()
    else expect(ofProfile).toMatch(warning)
    expect(ofSwitch).toBe(ofProfile)
  })

  it('warns of what is a matter of the switch alone there', () => {
    expect(warn('region = x\n')).toEqual([undefined, expect.stringContaining('no credentials of its own')])
    const mfa = `${role('q')}mfa_serial = arn\n[profile q]\n${keys}`
    expect(warn(mfa)).toEqual([undefined, expect.stringContaining('needs an MFA code')])
  })
})

describe('what is said of a stored key', () => {
  const stored = 'assume_keys = os\nmfa_serial = m\n'
  const process = (name: string) => `credential_process = assume credential-process ${name}\n`

  it('is nothing where tools come to it', () => {
    expect(warn(stored + process('p'))).toEqual([undefined, undefined])
    expect(warn(`${role('q')}[profile q]\n${stored}${process('q')}`)).toEqual([undefined, undefined])
  })

  it.each([
    ['none', '', /^profile p has a stored key and no credential_process/],
    ['that of another', process('q'), /^profile p has a stored key and another credential_process/],
    ['one that says too much', process('p q'), /^profile p has a stored key and another credential_process/],
  ])('is that tools do not, with the command that mends it: %s', (_, line, message) => {
    const command = /; aws configure set credential_process 'assume credential-process p' --profile p$/
    for (const warning of warn(stored + line)) {
      expect(warning).toMatch(message)
      expect(warning).toMatch(command)
    }
  })

  it('is that tools ask for a code which its session covers, where the switch is made', () => {
    const onTop = (serial: string) =>
      `${role('q')}mfa_serial = ${serial}\n[profile q]\n${stored}${process('q')}`
    const [ofProfile, ofSwitch] = warn(onTop('m'))
    expect(ofProfile).toBeUndefined()
    expect(ofSwitch).toMatch(
      /^profile p has an mfa_serial for which tools ask.*the session of q.*assume --export p$/,
    )
    expect(warn(onTop('n'))[1]).toMatch(/^profile p needs an MFA code/)
    expect(warn(`${onTop('m')}assume_session_token = off\n`)[1]).toMatch(/^profile p needs an MFA code/)
  })

  it('is that there is no such store', () => {
    expect(warn('assume_keys = paper\n')[0]).toMatch(
      /^profile p: there is no assume_keys paper, only os and file/,
    )
  })
})
