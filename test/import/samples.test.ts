import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importToolNames } from '../../src/cli/import-command.ts'
import { callCommand } from '../support/command.ts'
import type { Home } from '../support/home.ts'
import { createSampleHome, runImport, snapshotFiles } from './world.ts'

const read = (home: Home, name = '.aws/config') => {
  const path = join(home.path, name)
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

/** The lines of a text, those like `gone` aside, that are not in the other in their order. */
function listLost(before: string, after: string, gone: RegExp | undefined): string[] {
  const rest = after.split('\n')
  return before.split('\n').filter((line) => {
    if (gone?.test(line)) return false
    const place = rest.indexOf(line)
    if (place >= 0) rest.splice(0, place + 1)
    return place < 0
  })
}

/** The keys that each tool's own lines have, which go. */
const gone: Readonly<Record<string, RegExp>> = {
  granted: /^(?:granted_sso_\w+|common_fate_generated_from|credential_process) *=/,
  'aws-vault': /^$/,
  'aws-sso-cli': /^credential_process = .*aws-sso /,
  awsume: /^$/,
  'aws-sso-util':
    /^(?:credential_process|sso_start_url|sso_region|sso_auto_populated|sso_interactive_auth) =/,
  saml2aws: /^$/,
  leapp: /^$/,
  'oh-my-zsh': /^$/,
}

describe.each(importToolNames)('the home of %s', (tool) => {
  it('is as it was after a dry run, which shows all', async () => {
    const home = createSampleHome(tool)
    const before = snapshotFiles(home)
    const { status, output, screen } = await runImport(home, [tool, '--dry-run'])
    expect([status, screen]).toEqual([0, ''])
    expect(output).toContain(tool === 'oh-my-zsh' ? '+# put aside by assume import' : '+++ ')
    expect(snapshotFiles(home)).toEqual(before)
    expect((await runImport(home, ['--dry-run'])).output).toBe(output)
  })

  it('keeps comments, order and what nobody takes over, and the second run edits nothing', async () => {
    const home = createSampleHome(tool)
    const before = read(home)
    const first = await runImport(home, [tool, '--yes'])
    const after = snapshotFiles(home)
    expect(listLost(before, read(home), gone[tool])).toEqual([])
    expect(first.status).toBe(/needs an answer: |asked, one at a time/.test(first.output) ? 1 : 0)
    const second = await runImport(home, [tool, '--yes'])
    expect(second.output).not.toMatch(/^(?:---|changed|to put it back)/m)
    expect(snapshotFiles(home)).toEqual(after)
  })

  it('edits the same after all is answered with yes, and then nothing any more', async () => {
    const home = createSampleHome(tool)
    const answers = Array.from({ length: 9 }, () => 'y')
    expect((await runImport(home, [tool], { answers })).status).toBe(0)
    const after = snapshotFiles(home)
    const again = await runImport(home, [tool], { answers })
    expect(again.output).not.toContain('changed')
    expect(snapshotFiles(home)).toEqual(after)
  })
})

describe('what is shown', () => {
  it.each([
    [
      'granted',
      [
        "keys of keys-in-keyring: asked, one at a time; until then in Granted's store",
        'still needs Granted: registry team',
        'not taken over: acme-Prod/Admin: access was asked for at https://approvals.example.com',
        "assume sync --template 'acme-{account_name}.{role|lower}' d-0000000000",
        'needs an answer: Granted exported keys at each switch',
        '-e and --export mean keys for this shell here',
        'define assume for another tool: assume setup',
      ],
    ],
    [
      'aws-vault',
      [
        "keys of jo, for-sdk: asked, one at a time; until then in aws-vault's store",
        'keys of loop: asked, one at a time',
        'still needs aws-vault: dev: for session_tags, transitive_session_tags, source_identity',
        'still needs aws-vault: for-sdk-new: it has the keys of dev',
        'still needs aws-vault: web: for web_identity_token_process',
        'not taken over: old-style: parent_profile = jo',
        'AWS_SESSION_TOKEN_TTL=12h',
        'needs an answer: May the plugin mfa-command run "pass otp aws/jo"',
        'needs an answer: Has aws-vault keys of jo-otp?',
      ],
    ],
    [
      'aws-sso-cli',
      [
        'not taken over: 111122223333 Deploy: ',
        'not taken over: ProfileFormat: {{ FirstItem',
        'not taken over: EnvVarTags (Env)',
        '+assume_login = device-code',
      ],
    ],
    [
      'awsume',
      [
        'still needs awsume: saml-role',
        'not taken over: reader: ',
        'needs an answer: Remove the temporary keys [autoawsume-dev]',
        'needs an answer: Remove the temporary keys [dev-out]',
      ],
    ],
    ['aws-sso-util', ['AWS_DEFAULT_SSO_START_URL']],
    [
      'saml2aws',
      [
        'still needs saml2aws: bucket',
        'still needs saml2aws: gov',
        'needs an answer: saml2aws asks for the role of profile saml each time, and had arn:aws:iam::111122223333:role/dev last',
        'needs an answer: Remove the temporary keys of [saml]',
        '~/.aws/gov-credentials',
      ],
    ],
    [
      'leapp',
      [
        "keys of work: asked, one at a time; until then in Leapp's store",
        'not taken over: session fed: there is no SAML',
        'needs an answer: Remove the temporary keys of [default]',
        '+[profile deploy]',
      ],
    ],
    ['oh-my-zsh', ['asp NAME is assume NAME here']],
  ] as const)('of %s names all that is not taken over', async (tool, lines) => {
    const { output } = await runImport(createSampleHome(tool), [tool, '--dry-run'])
    for (const line of lines) expect(output).toContain(line)
    expect(output).not.toMatch(/EXAMPLE-not-a-secret|ASIAEXAMPLE/)
  })

  it('where nothing is found is where it was looked for', async () => {
    const { status, output } = await runImport(createSampleHome(), [])
    expect([status, output]).toEqual([
      0,
      expect.stringMatching(/^nothing to import: .*\nlooked in ~\/\.aws\/config, /),
    ])
  })

  it('without a terminal is what a yes would do, with status 3', async () => {
    const home = createSampleHome('granted')
    const before = snapshotFiles(home)
    const { status, output, screen } = await runImport(home, ['granted'])
    expect([status, output]).toEqual([3, expect.stringContaining('+sso_session')])
    expect(screen).toContain('assume import granted --yes')
    expect(snapshotFiles(home)).toEqual(before)
  })
})

describe('a yes', () => {
  it('is asked for after the diff, and Enter to a question of taste is a no', async () => {
    const home = createSampleHome('granted')
    const { screen } = await runImport(home, ['granted'], { answers: ['', ''] })
    expect(screen.indexOf('Do that here, too?')).toBeLessThan(screen.indexOf('+sso_session'))
    expect(screen.indexOf('+sso_session')).toBeLessThan(screen.indexOf('Make these changes?'))
    expect(read(home)).toContain('sso_session = d-0000000000')
    expect(read(home, '.config/assume/config')).toBe('assume_mode = auto\n')
  })

  it('that is not given changes nothing', async () => {
    const home = createSampleHome('granted', 'awsume')
    const before = snapshotFiles(home)
    const answers = ['y', 'n', 'y', 'y', 'n']
    const { screen } = await runImport(home, [], { answers })
    expect(screen.match(/Make these changes\?/g)?.length).toBeGreaterThan(1)
    expect(snapshotFiles(home)).toEqual(before)
  })

  it('takes temporary keys alone from the credentials file, and nothing is copied from there', async () => {
    const home = createSampleHome('awsume')
    await runImport(home, ['awsume'], { answers: ['y', 'y', 'y'] })
    expect(read(home, '.aws/credentials')).toBe(
      '[jo]\naws_access_key_id = AKIAEXAMPLEEXAMPLE00\naws_secret_access_key = EXAMPLE-not-a-secret\n',
    )
    const names = readdirSync(home.path, { recursive: true, encoding: 'utf8' })
    const holders = names.filter((name) => {
      const isFile = statSync(join(home.path, name)).isFile()
      return isFile && read(home, name).includes('EXAMPLE-not-a-secret')
    })
    expect(holders.sort()).toEqual(['.aws/credentials', '.awsume/cache/aws-credentials-AKIAEXAMPLEEXAMPLE00'])
  })

  it('leaves what else a section of temporary keys has', async () => {
    const home = createSampleHome('leapp')
    await runImport(home, ['leapp'], { answers: ['y', 'y'] })
    expect(read(home, '.aws/credentials')).toBe('[default]\nregion=eu-west-1\n')
  })
})

describe('before anything is taken over', () => {
  it("Granted's profiles are listed as the SSO profiles that they are, and its markers are no line that is not understood", async () => {
    const { stdout, stderr } = await callCommand(createSampleHome('granted'), ['list', '--json'])
    expect(stderr).toBe('')
    const profiles = JSON.parse(stdout) as {
      name: string
      kind: string
      accountId?: string
      roleName?: string
    }[]
    expect(profiles.filter(({ kind }) => kind === 'sso')).toEqual(
      [
        ['acme-Dev/ReadOnly', '111122223333', 'ReadOnly'],
        ['acme-Prod/Admin', '444455556666', 'Admin'],
        ['shared-audit', '777788889999', 'Audit'],
      ].map(([name, accountId, roleName]) => expect.objectContaining({ name, accountId, roleName })),
    )
  })

  it('doctor names the command for each tool that has left something', async () => {
    const home = createSampleHome('granted', 'awsume', 'saml2aws')
    const { stdout } = await callCommand(home, ['doctor', '--json', 'tools'])
    for (const tool of ['granted', 'awsume', 'saml2aws']) expect(stdout).toContain(`assume import ${tool}`)
  })
})
