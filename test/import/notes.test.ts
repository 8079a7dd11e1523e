import { describe, expect, it } from 'vitest'
import { editConfigText } from '../../src/import/draft.ts'
import { awsSsoCli } from '../../src/import/tools/aws-sso-cli.ts'
import { awsSsoUtil } from '../../src/import/tools/aws-sso-util.ts'
import { granted } from '../../src/import/tools/granted.ts'
import { saml2aws } from '../../src/import/tools/saml2aws.ts'
import { changes, notesOf, planOf } from './plans.ts'

const url = 'https://acme.awsapps.com/start'
const existing = `[sso-session corp]\nsso_start_url = ${url}\nsso_region = eu-west-1\n`

describe('scopes that a session does not have are named', () => {
  const profile = (name: string, scopes: string, key = 'granted_sso') =>
    `[profile ${name}]\n${key}_start_url = ${url}\n${key}_region = eu-west-1\n${key}_account_id = 111122223333\n${key}_role_name = A\n${key}_registration_scopes = ${scopes}\n`

  it('of the second of two profiles', () => {
    const config =
      profile('a', 'sso:account:access,x') + profile('b', 'x, sso:account:access') + profile('c', 'y')
    const notes = notesOf(granted, { config }).filter((note) => note.includes('scopes'))
    expect(notes).toEqual(['cannot c: the scopes y, as its sso-session acme has sso:account:access,x'])
  })

  it('where there is a session already', () => {
    const config = profile('a', 'y') + existing
    expect(notesOf(granted, { config })).toContain(
      'cannot a: the scopes y, as its sso-session corp has sso:account:access',
    )
    const named = `[profile a]\nsso_session = corp\ngranted_sso_account_id = 111122223333\ngranted_sso_role_name = A\ngranted_sso_registration_scopes = y\n${existing}`
    expect(notesOf(granted, { config: named })).toContainEqual(expect.stringContaining('the scopes y'))
  })

  it('of aws-sso-util', () => {
    const config = profile('a', 'y', 'sso').replace('[profile a]', '[profile a]\nsso_auto_populated = true')
    expect(notesOf(awsSsoUtil, { config: config + existing })).toContainEqual(
      expect.stringContaining('cannot a: the scopes y'),
    )
  })
})

describe('saml2aws', () => {
  it('has the profile saml for an account that names none', () => {
    const own = {
      settings:
        '[gov]\nrole_arn = arn:aws:iam::111122223333:role/r\n[x]\naws_profile =\nrole_arn = arn:aws:iam::111122223333:role/q\n',
    }
    expect(changes(saml2aws, { own })).toEqual([
      '[profile saml]',
      'credential_process = saml2aws login --credential-process --role arn:aws:iam::111122223333:role/r --profile saml -a gov --quiet',
    ])
    expect(notesOf(saml2aws, { own })).toContain(
      'cannot account x: its profile saml is that of the account gov already',
    )
    const config = editConfigText('', planOf(saml2aws, { own }).change) ?? ''
    expect(planOf(saml2aws, { config, own }).change.config).toEqual([])
  })
})

describe('a command of a note has words that a shell takes as they are', () => {
  it('of saml2aws', () => {
    const own = { settings: '[x;touch /tmp/y]\naws_profile = p\n' }
    expect(notesOf(saml2aws, { own })).toEqual([
      expect.stringMatching(/saml2aws login -a 'x;touch \/tmp\/y'$/),
    ])
  })

  it('of sessions', () => {
    const toml = `[SSO.a]\nStartURL = "${url}"\nSSORegion = "eu-west-1"\n`
    const yaml = `SSOConfig:\n  a:\n    StartUrl: ${url}\n    SSORegion: eu-west-1\n`
    for (const [session, word] of [
      ['$(id)', "'$(id)'"],
      ['-x', "-- '-x'"],
    ] as const) {
      const config = existing.replace('corp', session)
      expect(notesOf(granted, { config, own: { settings: toml } })).toContainEqual(
        `hint new profiles: assume sync --template '{account_name}/{role}' ${word}`,
      )
      expect(notesOf(awsSsoCli, { config, own: { settings: yaml } })).toContainEqual(
        `hint new profiles: assume sync --template '{account_id}:{role}' ${word}`,
      )
    }
  })
})
