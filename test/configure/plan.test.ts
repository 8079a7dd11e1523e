import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Answers, planConfigure } from '../../src/configure/plan.ts'
import { parseDocument } from '../../src/profiles/config/document.ts'
import { editDocument } from '../../src/profiles/config/edit.ts'
import { fixtures } from '../support/home.ts'

const example = (name: string) => readFileSync(join(fixtures, 'examples', name), 'utf8')
const configure = (text: string, answers: Answers) =>
  editDocument(text, 'config', planConfigure(text, answers))

const work: Answers['session'] = {
  name: 'work',
  startUrl: 'https://work.awsapps.com/start',
  region: 'eu-central-1',
  scopes: 'sso:account:access',
}
const dev: Answers = {
  session: work,
  accountId: '111122223333',
  roleName: 'Admin',
  region: 'us-east-1',
  output: 'json',
  profileName: 'dev',
}
const devText = `[profile dev]
sso_session = work
sso_account_id = 111122223333
sso_role_name = Admin
region = us-east-1
output = json

[sso-session work]
sso_start_url = https://work.awsapps.com/start
sso_region = eu-central-1
sso_registration_scopes = sso:account:access
`

/** The keys and values of each section, in their order. */
const sectionsOf = (text: string) =>
  Object.fromEntries(
    parseDocument(text, 'config').sections.map(({ type, name, properties }) => [
      `${type} ${name}`,
      properties.map(({ key, value }) => [key, value]),
    ]),
  )

describe('an empty file', () => {
  it('gets profile and session as the AWS CLI writes them, with a blank line between', () => {
    expect(configure('', dev)).toBe(devText)
  })

  it('gets no key for what is left out', () => {
    const text = configure('', { ...dev, region: undefined, output: undefined })
    expect(text).toContain('sso_role_name = Admin\n\n[sso-session work]')
  })

  it('is, blank lines aside, what `aws configure sso` has left in the file of an example', () => {
    const [byCli] = example('hash-url').split('\n\n')
    const text = configure('', {
      session: {
        name: 'disasters',
        startUrl: 'https://d-9067c5bbc5.awsapps.com/start/#',
        region: 'us-east-1',
        scopes: 'sso:account:access',
      },
      accountId: '867530900000',
      roleName: 'Project-Power-User',
      region: 'us-east-1',
      output: 'json',
      profileName: 'disasters-sso',
    })
    expect(text.replaceAll('\n\n', '\n')).toBe(`${byCli}\n`)
  })
})

describe('the sections of files that people have, from the same answers', () => {
  const articleSession = {
    name: 'devto-article',
    startUrl: 'https://sso-portal.awsapps.com/start',
    region: 'eu-west-2',
    scopes: 'sso:account:access',
  }

  it('examples/sso-session', () => {
    const first = configure('', {
      session: articleSession,
      accountId: '123456789011',
      roleName: 'FullAccess',
      region: 'eu-west-1',
      output: 'json',
      profileName: 'dev-profile',
    })
    const text = configure(first, {
      session: articleSession,
      accountId: '123456789012',
      roleName: 'ReadOnly',
      region: 'eu-west-1',
      output: 'json',
      profileName: 'test-profile',
    })
    const expected = sectionsOf(example('sso-session'))
    const session = 'sso-session devto-article'
    // Somebody has moved the region up in that file; the AWS CLI writes the start URL first.
    const [region, url, scopes] = expected[session] ?? []
    expect(sectionsOf(text)).toEqual({ ...expected, [session]: [url, region, scopes] })
  })

  it("the golden files of the AWS CLI 2.36.7: sso-session and the session's profile", () => {
    const text = configure('', {
      session: {
        name: 'my-sso',
        startUrl: 'https://d-abc123.awsapps.com/start',
        region: 'us-west-2',
        scopes: 'sso:account:access',
      },
      accountId: '111122223333',
      roleName: 'Admin',
      region: 'us-east-1',
      profileName: 'dev',
    })
    expect(sectionsOf(text)).toEqual(
      sectionsOf(`[sso-session my-sso]
sso_start_url = https://d-abc123.awsapps.com/start
sso_region = us-west-2
sso_registration_scopes = sso:account:access

[profile dev]
sso_session = my-sso
sso_account_id = 111122223333
sso_role_name = Admin
region = us-east-1
`),
    )
  })
})

describe('a file that says something', () => {
  it('is not edited where it says so already', () => {
    expect(planConfigure(devText, dev)).toEqual([])
    expect(planConfigure(devText, { ...dev, session: { ...work, scopes: undefined } })).toEqual([])
  })

  it('keeps every byte of other sections, comments and line endings', () => {
    const before = example('mixed')
    const text = configure(before, { ...dev, profileName: 'new', region: undefined, output: undefined })
    expect(text).toBe(
      `${before}\r\n[profile new]\r\nsso_session = work\r\nsso_account_id = 111122223333\r\nsso_role_name = Admin\r\n`,
    )
  })

  it('gets the changed values in their lines, and keys that are not ours stay', () => {
    const before =
      '[profile dev]\n# mine\nregion = eu-west-1 # near\nsso_session = work\nsso_account_id=999988887777\nsso_role_name = Admin\noutput = json\ncli_pager =\n'
    expect(configure(before, { ...dev, session: { ...work, name: 'work' } })).toBe(
      `${before.replace('eu-west-1 #', 'us-east-1 #').replace('999988887777', '111122223333')}
[sso-session work]
sso_start_url = https://work.awsapps.com/start
sso_region = eu-central-1
sso_registration_scopes = sso:account:access
`,
    )
  })

  it('loses region and output of an updated profile when they are left out', () => {
    const text = configure(devText, { ...dev, region: undefined, output: undefined })
    expect(text).toBe(devText.replace('region = us-east-1\noutput = json\n', ''))
  })

  it('turns a legacy profile into one of the session', () => {
    const before =
      '[profile dev]\nsso_start_url = https://work.awsapps.com/start\nsso_region = eu-west-2\nsso_account_id = 111122223333\nsso_role_name = Admin\n'
    const text = configure(before, { ...dev, region: undefined, output: undefined })
    expect(sectionsOf(text)['profile dev']).toEqual([
      ['sso_account_id', '111122223333'],
      ['sso_role_name', 'Admin'],
      ['sso_session', 'work'],
    ])
  })

  it('has its session itself in the legacy form', () => {
    const { name: _, ...portal } = work
    const legacy = { ...dev, session: portal }
    const text = `[profile dev]
sso_start_url = https://work.awsapps.com/start
sso_region = eu-central-1
sso_account_id = 111122223333
sso_role_name = Admin
region = us-east-1
output = json
`
    expect(configure('', legacy)).toBe(text)
    expect(configure(text, legacy)).toBe(text)
    expect(sectionsOf(configure(devText, legacy))['profile dev']?.map(([key]) => key)).not.toContain(
      'sso_session',
    )
  })

  it('gets what its session lacks', () => {
    const before = '[sso-session work]\nsso_region = eu-central-1\n'
    expect(configure(before, dev)).toMatch(
      /^\[sso-session work\]\nsso_region = eu-central-1\nsso_start_url = .*\nsso_registration_scopes = .*\n\n\[profile dev\]/,
    )
  })

  it('calls the default profile as every tool does', () => {
    expect(configure('', { ...dev, profileName: 'default' })).toMatch(/^\[default\]\nsso_session = work\n/)
  })
})
