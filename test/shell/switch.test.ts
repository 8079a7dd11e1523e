import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseDocument } from '../../src/profiles/config/document.ts'
import { mergeDocuments } from '../../src/profiles/config/merge.ts'
import { describeProfile, followChain } from '../../src/profiles/profile.ts'
import { chooseMode } from '../../src/switch/mode.ts'
import { noOptions } from '../../src/switch/request.ts'
import { callCommand } from '../support/command.ts'
import { createHome, fixtures, type Home } from '../support/home.ts'
import { makeIndex } from '../support/profile-index.ts'
import { awsOf, describeShells, dumpTo, readDump, runScript, type Shell } from '../support/shell.ts'
import { bash } from '../support/shells/bash.ts'
import { hostedShells as shells } from '../support/shells/index.ts'

const examples = ['legacy', 'sso-session', 'dotted-names', 'hash-url', 'default-and-session', 'mixed']

/** What design 2 says that a switch to each profile of an example sets, worked out from the example itself. */
function readExample(name: string) {
  const read = (file: string) => readFileSync(join(fixtures, 'examples', file), 'utf8')
  const config = read(name)
  const credentials = name === 'mixed' ? read('mixed.credentials') : ''
  const merged = mergeDocuments(parseDocument(config, 'config'), parseDocument(credentials, 'credentials'))
  const profiles = [...merged.profiles.keys()].map((each) => {
    const profile = describeProfile(merged, each)
    const expected: Record<string, string> = { AWS_PROFILE: each, ASSUME_PROFILE: each }
    if (profile?.region)
      Object.assign(expected, { AWS_REGION: profile.region, AWS_DEFAULT_REGION: profile.region })
    if (profile?.accountId) expected['ASSUME_ACCOUNT_ID'] = profile.accountId
    if (profile?.roleName) expected['ASSUME_ROLE_NAME'] = profile.roleName
    const facts = { subject: { name: each }, options: noOptions, configured: 'auto', isProvided: false }
    const exports = chooseMode(followChain(merged, each), facts) === 'export'
    return { name: each, expected, exports, broken: profile?.missingSession !== undefined }
  })
  return { config, profiles }
}

/** What the shell had before: set, empty, and unexported where the shell knows that. */
function prepare(shell: Shell): string[] {
  return [
    shell.setExported('AWS_PROFILE', 'before'),
    shell.setExported('AWS_REGION', 'mars-north-1'),
    shell.setExported('AWS_DEFAULT_REGION', ''),
    shell.setExported('AWS_ACCESS_KEY_ID', 'AKIABEFORE'),
    ...(shell.setUnexported ? [shell.setUnexported('AWS_SECURITY_TOKEN', 'it\'s $a `b` \\ "c"')] : []),
  ]
}

const variables = [
  'AWS_PROFILE',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECURITY_TOKEN',
]
const stateOf = (shell: Shell) => variables.map((name) => shell.show(name))

function assume(shell: Shell, ...words: string[]): string {
  return ['assume', ...words.map((word) => shell.quote(word))].join(' ')
}

describeShells('the examples', shells, (shell) => {
  it.each(examples)('%s: every profile sets what it should, and --unset restores', async (example) => {
    const home = createHome()
    home.useExample(example)
    const { config, profiles } = readExample(example)
    home.logInEverywhere(config)
    // The first switch of one is by the core, which then leaves an index.
    if (example !== 'sso-session') await makeIndex(home)
    // Those that are exported by themselves need a server; export.test.ts has one.
    const chosen = profiles.filter(({ exports }) => !exports)
    const result = runScript(shell, home, [
      ...prepare(shell),
      ...stateOf(shell),
      dumpTo(shell, home, 'before'),
      ...chosen.flatMap(({ name }, index) => [
        assume(shell, name),
        shell.expectStatus(0),
        dumpTo(shell, home, `at-${index}`),
      ]),
      assume(shell, '--unset'),
      shell.expectStatus(0),
      ...stateOf(shell),
      dumpTo(shell, home, 'after'),
    ])
    expect(result).toMatchObject({ status: 0 })
    for (const [index, { expected }] of chosen.entries()) {
      const { ASSUME_VARS, ...actual } = awsOf(readDump(home, `at-${index}`))
      const base = expected['AWS_REGION'] ? {} : { AWS_REGION: 'mars-north-1', AWS_DEFAULT_REGION: '' }
      expect(actual).toEqual({ ...base, ...expected })
      expect(ASSUME_VARS?.split(' ').sort()).toEqual(Object.keys(expected).sort())
    }
    expect(readDump(home, 'after')).toEqual(readDump(home, 'before'))
    const shown = result.stdout.trimEnd().split('\n')
    expect(shown.slice(variables.length)).toEqual(shown.slice(0, variables.length))
    for (const { name, broken } of profiles) {
      if (broken)
        expect(result.stderr).toMatch(new RegExp(`warning: profile ${name} uses sso-session mycompany`))
    }
  })

  it.each(examples)('%s: TAB completes every profile', async (example) => {
    const home = createHome()
    home.useExample(example)
    await makeIndex(home)
    const { profiles } = readExample(example)
    const lines = profiles.map(({ name }) => shell.complete(`assume ${name.slice(0, -1).split(' ').at(0)}`))
    const { status, stdout, stderr } = runScript(shell, home, lines)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    for (const { name } of profiles) expect(stdout).toMatch(new RegExp(`^${name}$`, 'm'))
  })

  it('list shows every profile, and TAB then knows them', () => {
    const home = createHome()
    home.useExample('mixed')
    const { profiles } = readExample('mixed')
    const { status, stdout, stderr } = runScript(shell, home, [
      assume(shell, 'list'),
      shell.complete('assume mf'),
    ])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    for (const { name } of profiles) expect(stdout).toMatch(new RegExp(`^${name} `, 'm'))
    expect(stdout).toMatch(/^mfa$/m)
  })

  it('the MFA profile switches in profile mode where a setting asks for it, with a warning', () => {
    const home = createHome()
    home.useExample('mixed')
    home.write('.config/assume/config', 'assume_mode = profile\n')
    const result = runScript(shell, home, [
      assume(shell, 'mfa'),
      shell.expectStatus(0),
      dumpTo(shell, home, 'at'),
    ])
    expect(result.status).toBe(0)
    expect(result.stderr).toContain('MFA')
    expect(awsOf(readDump(home, 'at'))).toMatchObject({
      AWS_PROFILE: 'mfa',
      ASSUME_ACCOUNT_ID: '777788889999',
    })
  })
})

function start(): Home {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  return home
}

/** The same with an index, also of a config of its own: a switch without options needs no core then. */
async function startIndexed(config?: string): Promise<Home> {
  const home = start()
  if (config !== undefined) home.writeAws(config)
  await makeIndex(home)
  return home
}

/** Runs lines in the shell that go well. */
const runner =
  (shell: Shell) => (home: Home, lines: readonly string[], options?: Parameters<typeof runScript>[3]) => {
    const result = runScript(shell, home, lines, options)
    expect(result).toMatchObject({ status: 0 })
    return result
  }

it.each(examples)('%s: list shows every profile', async (example) => {
  const home = createHome()
  home.useExample(example)
  const { profiles } = readExample(example)
  const { status, stdout, stderr } = await callCommand(home, ['list'])
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: expect.stringMatching(/^(assume: warning: profile .*\n)*$/),
  })
  for (const { name } of profiles) expect(stdout).toMatch(new RegExp(`^${name} `, 'm'))
})

describeShells('a switch', shells, (shell) => {
  const run = runner(shell)

  it('does not inherit what the one before set', async () => {
    const home = await startIndexed('[profile here]\nregion = eu-west-1\n[profile nowhere]\n')
    run(home, [
      shell.setExported('AWS_REGION', 'mars-north-1'),
      assume(shell, 'here'),
      assume(shell, 'nowhere'),
      dumpTo(shell, home, 'at'),
    ])
    expect(awsOf(readDump(home, 'at'))).toEqual({
      AWS_PROFILE: 'nowhere',
      AWS_REGION: 'mars-north-1',
      ASSUME_PROFILE: 'nowhere',
      ASSUME_VARS: 'AWS_PROFILE ASSUME_PROFILE',
    })
  })

  it('goes back with -, options included, and forth again', async () => {
    const home = await startIndexed()
    run(home, [
      assume(shell, 'dev-profile', '-r', 'us-west-2'),
      assume(shell, 'test-profile'),
      assume(shell, '-'),
      dumpTo(shell, home, 'back'),
      assume(shell, '-'),
      dumpTo(shell, home, 'forth'),
      assume(shell, '--unset'),
      assume(shell, '-'),
      dumpTo(shell, home, 'after-unset'),
    ])
    expect(awsOf(readDump(home, 'back'))).toMatchObject({
      AWS_PROFILE: 'dev-profile',
      AWS_REGION: 'us-west-2',
    })
    expect(awsOf(readDump(home, 'forth'))).toMatchObject({
      AWS_PROFILE: 'test-profile',
      AWS_REGION: 'eu-west-1',
    })
    expect(awsOf(readDump(home, 'after-unset'))).toMatchObject({ AWS_PROFILE: 'test-profile' })
  })

  it('refuses - when there was none before', () => {
    const home = start()
    run(home, [
      assume(shell, '-'),
      shell.expectStatus(2),
      assume(shell, 'dev-profile'),
      assume(shell, '-'),
      shell.expectStatus(2),
    ])
  })

  it('says nothing to --unset where nothing was switched, or once more', async () => {
    const home = await startIndexed()
    const result = runScript(shell, home, [
      assume(shell, '--unset'),
      shell.expectStatus(0),
      assume(shell, 'test-profile'),
      assume(shell, '-u'),
      assume(shell, '-u'),
      shell.expectStatus(0),
    ])
    expect(result).toEqual({ status: 0, stdout: '', stderr: '' })
  })

  it('applies options without a name to the active profile', async () => {
    const home = await startIndexed()
    run(home, [assume(shell, 'dev-profile'), assume(shell, '-r', 'ap-south-1'), dumpTo(shell, home, 'at')])
    expect(awsOf(readDump(home, 'at'))).toMatchObject({
      AWS_PROFILE: 'dev-profile',
      AWS_REGION: 'ap-south-1',
    })
  })

  it('restores what was there first, also when it was changed by hand in between', async () => {
    const home = await startIndexed()
    run(home, [
      shell.setExported('AWS_PROFILE', 'first'),
      assume(shell, 'dev-profile'),
      shell.setExported('AWS_PROFILE', 'by-hand'),
      assume(shell, 'test-profile'),
      assume(shell, '--unset'),
      dumpTo(shell, home, 'after'),
    ])
    expect(awsOf(readDump(home, 'after'))).toEqual({ AWS_PROFILE: 'first' })
  })

  it('in a child shell removes what the parent set, having nothing older', async () => {
    const home = await startIndexed('[profile nowhere]\n')
    const inherited = {
      AWS_PROFILE: 'p',
      AWS_REGION: 'r',
      ASSUME_PROFILE: 'p',
      ASSUME_VARS: 'AWS_PROFILE AWS_REGION ASSUME_PROFILE',
    }
    run(
      home,
      [
        assume(shell, 'nowhere'),
        dumpTo(shell, home, 'switched'),
        assume(shell, '--unset'),
        dumpTo(shell, home, 'after'),
      ],
      {
        env: inherited,
      },
    )
    expect(awsOf(readDump(home, 'switched'))).not.toHaveProperty('AWS_REGION')
    expect(awsOf(readDump(home, 'after'))).toEqual({})
    run(home, [assume(shell, '--unset'), dumpTo(shell, home, 'at-once')], { env: inherited })
    expect(awsOf(readDump(home, 'at-once'))).toEqual({})
  })

  it('survives loading the file again', async () => {
    const home = await startIndexed()
    run(home, [
      shell.setExported('AWS_REGION', 'mars-north-1'),
      assume(shell, 'dev-profile'),
      shell.load,
      assume(shell, 'test-profile'),
      shell.load,
      assume(shell, '-'),
      dumpTo(shell, home, 'back'),
      assume(shell, '--unset'),
      dumpTo(shell, home, 'after'),
    ])
    expect(awsOf(readDump(home, 'back'))).toMatchObject({ AWS_PROFILE: 'dev-profile' })
    expect(awsOf(readDump(home, 'after'))).toEqual({ AWS_REGION: 'mars-north-1' })
  })

  it('takes no name from a hostile ASSUME_VARS', () => {
    const home = start()
    const loader = { LD_TEST: 'linux', DYLD_TEST: 'macos', LC_TEST: 'both' }
    const result = run(
      home,
      [
        assume(shell, 'dev-profile'),
        assume(shell, '--unset'),
        shell.show('PATH'),
        dumpTo(shell, home, 'after'),
      ],
      {
        env: {
          ASSUME_VARS:
            'a[$(touch PWN)] PATH HOME IFS x;touch${IFS}PWN $(touch PWN) `touch PWN` LD_TEST DYLD_TEST LC_TEST AWS_VAULT',
          AWS_VAULT: 'old',
          ...loader,
        },
      },
    )
    expect(existsSync(join(home.path, 'PWN'))).toBe(false)
    expect(result.stdout).toContain(process.env['PATH'])
    const after = readDump(home, 'after')
    expect(after.get('HOME')).toBe(home.path)
    expect(Object.fromEntries(after)).toMatchObject(loader)
    expect(awsOf(after)).toEqual({})
  })

  it('is refused for an unknown profile with exit 2 and the nearest name, and changes nothing', () => {
    const home = start()
    const result = run(home, [
      assume(shell, 'dev-profil'),
      shell.expectStatus(2),
      dumpTo(shell, home, 'after'),
    ])
    expect(result.stderr).toContain('did you mean dev-profile?')
    expect(awsOf(readDump(home, 'after'))).toEqual({})
  })

  it('shows help by that word, unless a profile is called so', () => {
    const home = start()
    const help = run(home, [assume(shell, 'help'), shell.expectStatus(0), dumpTo(shell, home, 'after')])
    expect(help).toMatchObject({ stdout: expect.stringContaining('\nExamples:\n'), stderr: '' })
    expect(awsOf(readDump(home, 'after'))).toEqual({})
    home.writeAws('[profile help]\nregion = eu-west-1\n')
    const result = run(home, [assume(shell, 'help'), shell.expectStatus(0), dumpTo(shell, home, 'after')])
    expect(result.stdout).toBe('')
    expect(awsOf(readDump(home, 'after'))).toMatchObject({ AWS_PROFILE: 'help' })
  })

  it('says of - with other words that it goes alone, and still goes back', async () => {
    const home = await startIndexed()
    const result = run(home, [
      assume(shell, 'dev-profile'),
      assume(shell, 'test-profile'),
      assume(shell, '-', '--verbose'),
      shell.expectStatus(2),
      assume(shell, '-', 'x'),
      shell.expectStatus(2),
      assume(shell, '-'),
      dumpTo(shell, home, 'after'),
    ])
    expect(result.stderr).toContain('assume: - goes alone\n')
    expect(result.stderr).toContain('assume: one word too many: x\n')
    expect(awsOf(readDump(home, 'after'))).toMatchObject({ AWS_PROFILE: 'dev-profile' })
  })

  it('is refused for an unreadable config file with exit 1 and its name', () => {
    const home = start()
    const result = run(home, [assume(shell, 'dev-profile'), shell.expectStatus(1)], {
      env: { AWS_CONFIG_FILE: home.path },
    })
    expect(result.stderr).toContain(home.path)
  })

  it('without a session still happens, and names the login', () => {
    const home = createHome()
    home.useExample('sso-session')
    const result = run(home, [assume(shell, 'dev-profile', '--no-login'), dumpTo(shell, home, 'at')])
    expect(result.stderr).toContain('assume login dev-profile')
    expect(awsOf(readDump(home, 'at'))).toMatchObject({ AWS_PROFILE: 'dev-profile' })
  })

  it('leaves the region alone when the profile says so', async () => {
    const home = await startIndexed('[profile quiet]\nregion = eu-west-1\nassume_region = off\n')
    run(home, [
      assume(shell, 'quiet'),
      dumpTo(shell, home, 'at'),
      assume(shell, '-r', 'us-east-1'),
      dumpTo(shell, home, 'asked'),
    ])
    expect(awsOf(readDump(home, 'at'))).not.toHaveProperty('AWS_REGION')
    expect(awsOf(readDump(home, 'asked'))).toMatchObject({ AWS_REGION: 'us-east-1' })
  })

  it('reaches a profile that is called like a subcommand', () => {
    const home = start()
    home.writeAws('[profile list]\n[profile --region]\n')
    run(home, [
      assume(shell, '-p', 'list'),
      dumpTo(shell, home, 'at'),
      assume(shell, '--profile=--region'),
      dumpTo(shell, home, 'odd'),
    ])
    expect(awsOf(readDump(home, 'at'))).toMatchObject({ AWS_PROFILE: 'list' })
    expect(awsOf(readDump(home, 'odd'))).toMatchObject({ AWS_PROFILE: '--region' })
  })

  it('prints nothing on success where stderr is no terminal', () => {
    const result = run(start(), [assume(shell, 'dev-profile'), assume(shell, '--unset')])
    expect(result).toMatchObject({ stdout: '', stderr: '' })
  })
})

// What the core decides, whichever shell asks.
describeShells('a switch', [bash], (shell) => {
  const run = runner(shell)

  it.each([
    ['stauts', 'assume status'],
    ['unset', 'assume --unset'],
    ['exprot', 'assume --export'],
  ])('names its own words beside profiles for %s', (word, meant) => {
    const home = start()
    const result = run(home, [assume(shell, word), shell.expectStatus(2)])
    expect(result.stderr).toMatch(new RegExp(`^assume: there is no profile ${word}; did you mean .*${meant}`))
    expect(result.stderr).toMatch(new RegExp(`\n  ${meant}\n$`))
  })

  it('writes out the shorthand of a region, and takes none that is no region', () => {
    const home = start()
    run(home, [
      assume(shell, 'dev-profile', '-r', 'use1', '--no-login'),
      dumpTo(shell, home, 'long'),
      assume(shell, 'dev-profile', '-r', 'ue1', '--no-login'),
      dumpTo(shell, home, 'short'),
      assume(shell, 'dev-profile', '-r', 'ue9', '--no-login'),
      shell.expectStatus(2),
    ])
    for (const name of ['long', 'short']) {
      expect(awsOf(readDump(home, name))).toMatchObject({
        AWS_REGION: 'us-east-1',
        AWS_DEFAULT_REGION: 'us-east-1',
      })
    }
  })
})
