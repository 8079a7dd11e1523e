import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Context } from '../../../src/context.ts'
import { nameKeySession } from '../../../src/credentials/role-file.ts'
import { formatRoleEntry } from '../../../src/credentials/role-file-text.ts'
import { nodeFiles } from '../../../src/system/files/files.ts'
import { createHome, fixtures, type Home, repository } from '../../support/home.ts'
import { makeIndex, updateIndex } from '../../support/profile-index.ts'
import { countStarted } from '../../support/session.ts'
import {
  attempt,
  awsOf,
  describeShells,
  dumpTo,
  readDump,
  runScript,
  type Shell,
  showScript,
} from '../../support/shell.ts'

const config = `
[profile one]
sso_session = corp
sso_account_id = 111111111111
sso_role_name = Admin
region = eu-west-1
[profile two]
credential_process = /bin/true
region = eu-central-1
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
`

const staticKeys =
  'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n'

/** A home that is logged in to `corp`, with an index that can be trusted. */
async function start(text = config): Promise<Home> {
  const home = createHome()
  home.writeAws(text)
  home.logIn('corp')
  await makeIndex(home)
  return home
}

function assume(shell: Shell, ...words: string[]): string {
  return ['assume', ...words.map((word) => shell.quote(word))].join(' ')
}

/** A statement that loads assume anew from where no core is, so that whatever still switches is the shell itself. */
function removeCore(shell: Shell, home: Home): string {
  const alone = join(home.path, 'alone/shell')
  cpSync(join(repository, 'shell'), alone, { recursive: true })
  return shell.load.replaceAll(join(repository, 'shell'), alone)
}

/** The AWS variables after a switch; undefined when it failed. */
function switchTo(shell: Shell, home: Home, name: string, env: Record<string, string> = {}) {
  const lines = [assume(shell, name), shell.expectStatus(0), dumpTo(shell, home, 'at')]
  const { status } = runScript(shell, home, lines, { env })
  return status === 0 ? awsOf(readDump(home, 'at')) : undefined
}

/** Whether the shell switches by itself. */
function isFast(
  shell: Shell,
  home: Home,
  name: string,
  options: { env?: Record<string, string>; before?: string[] } = {},
) {
  const lines = [...(options.before ?? []), removeCore(shell, home), assume(shell, name)]
  const { status } = runScript(shell, home, [...lines, shell.expectStatus(0)], { env: options.env ?? {} })
  return status === 0
}

function describeNoProcess(shell: Shell): void {
  describe('no process is started', () => {
    it('by a switch, by assume - and by --unset', async () => {
      const home = await start()
      const lines = [shell.load, assume(shell, 'one'), assume(shell, 'two')]
      const nothing = countStarted(shell, home, [shell.load])
      expect(countStarted(shell, home, [...lines, assume(shell, '-'), assume(shell, '--unset')])).toBe(
        nothing,
      )
      expect(countStarted(shell, home, [...lines, assume(shell, 'two', '-r', 'eu-west-2')])).toBeGreaterThan(
        nothing,
      )
    })
  })
}

const storedKey = `
[profile stored]
assume_keys = file
credential_process = assume credential-process stored
mfa_serial = arn:aws:iam::111122223333:mfa/me
[profile role]
role_arn = arn:aws:iam::333333333333:role/path/Deploy
source_profile = stored
mfa_serial = arn:aws:iam::111122223333:mfa/me
[profile bare]
assume_keys = file
credential_process = assume credential-process bare
assume_session_token = off
`

/** The session that somebody has got for `stored`, which ends in so many minutes. */
function writeKeySession(home: Home, minutes: number): void {
  const name = nameKeySession({
    name: 'stored',
    kind: 'keys',
    keyStore: 'file',
    mfaSerial: 'arn:aws:iam::111122223333:mfa/me',
  })
  const credentials = {
    accessKeyId: 'ASIAEXAMPLE',
    secretAccessKey: 'fake',
    sessionToken: 'fake',
    expiresAt: Date.now() + minutes * 60_000,
  }
  home.write(`.cache/assume/roles/${name}`, formatRoleEntry({ credentials, isOfUser: true }))
  chmodSync(join(home.path, '.cache/assume/roles'), 0o700)
  const path = join(home.path, `.cache/assume/roles/${name}`)
  chmodSync(path, 0o600)
  // The clock of the disk is some milliseconds behind, and a session that is newer than the index is the core's affair.
  const before = Date.now() / 1000 - 1
  utimesSync(path, before, before)
}

const kinds = `
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
[profile sso]
sso_session = corp
sso_account_id = 111111111111
sso_role_name = Admin
region = eu-west-1
[profile legacy]
sso_start_url = https://old.awsapps.com/start
sso_region = eu-west-1
sso_account_id = 222222222222
sso_role_name = Reader
[profile chain]
role_arn = arn:aws:iam::333333333333:role/path/Deploy
source_profile = sso
region = us-east-2
[profile web]
role_arn = arn:aws:iam::444444444444:role/Web
web_identity_token_file = /tmp/token
[profile static]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
region = eu-west-3
[profile process]
credential_process = /bin/true
[profile instance]
role_arn = arn:aws:iam::444444444444:role/Instance
credential_source = Ec2InstanceMetadata
[profile no-region]
region = eu-west-1
assume_region = off
[profile none]
[profile forced]
role_arn = arn:aws:iam::555555555555:role/Mfa
source_profile = static
mfa_serial = arn:aws:iam::555555555555:mfa/me
assume_mode = profile
[profile lost]
role_arn = arn:aws:iam::555555555555:role/Lost
source_profile = "no  where"
[profile circle]
role_arn = arn:aws:iam::555555555555:role/Round
source_profile = circle
[profile short]
sso_session = corp
sso_account_id = 11111111111
sso_role_name = Admin
[profile broken]
sso_session = absent
sso_account_id = 111111111111
sso_role_name = Admin
`
const oddNames = [
  'Team A prod',
  "it's",
  'dol$lar',
  '$(touch PWN)',
  '`touch PWN`',
  'back\\slash',
  'qu"ote',
  'equ=al',
  'star*',
  '[abc]',
  '~',
  '%n%s',
  '!x',
  'end',
  'list',
  'x;y',
  '\u00e9t\u00e9',
  '\u65e5\u672c',
  'UPPER',
  'upper',
  'a{b,c}',
  '#hash',
]
/** Section names as the AWS CLI writes them; a value with every kind of character too. */
const names = oddNames
  .map((name) => {
    const quoted = name.includes('"') ? `'${name}'` : `"${name}"`
    return `[profile ${quoted}]\nsso_account_id = 111111111111\nsso_role_name = it's "$(touch PWN)" \`x\` \\ é\nsso_session = corp\n`
  })
  .join('')
  .concat('[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\n')

const readExample = (name: string) => readFileSync(join(fixtures, 'examples', name), 'utf8')

/** Every config, the profiles that a shell switches to by itself, and those that it leaves to the core. */
const worlds: Record<string, { config: string; credentials?: string; fast: string[]; slow: string[] }> = {
  legacy: {
    config: readExample('legacy'),
    fast: ['my-sso-admin-profile', 'my-sso-poweruser-profile', 'dev'],
    slow: [],
  },
  'sso-session': { config: readExample('sso-session'), fast: ['dev-profile', 'test-profile'], slow: [] },
  'dotted-names': {
    config: readExample('dotted-names'),
    fast: ['dev-account.developer', 'test-account.tester'],
    slow: [],
  },
  'hash-url': {
    config: readExample('hash-url'),
    fast: ['disasters-sso', 'prod-admin', 'dev-readonly'],
    slow: [],
  },
  'default-and-session': {
    config: readExample('default-and-session'),
    fast: ['default', 'ai-dev'],
    slow: [],
  },
  mixed: {
    config: readExample('mixed'),
    credentials: readExample('mixed.credentials'),
    fast: ['default', 'Team A prod', 'audit', 'vault', 'base', 'legacy-user'],
    slow: ['mfa'],
  },
  kinds: {
    config: kinds,
    fast: [
      'sso',
      'legacy',
      'chain',
      'web',
      'static',
      'process',
      'instance',
      'no-region',
      'none',
      'forced',
      'lost',
      'circle',
      'short',
      'broken',
    ],
    slow: [],
  },
  names: { config: names, fast: oddNames.filter((name) => name !== 'list'), slow: [] },
}

/** What a shell may hold before the first switch. */
const beginnings: Record<
  string,
  { lines: (shell: Shell) => string[]; env?: Record<string, string>; inOwnProcess?: boolean }
> = {
  'an empty environment': { lines: () => [] },
  'variables of all kinds': {
    lines: (shell) => [
      shell.setExported('AWS_PROFILE', 'before'),
      shell.setExported('AWS_REGION', 'mars-north-1'),
      shell.setExported('AWS_DEFAULT_REGION', ''),
      shell.setExported('AWS_ACCESS_KEY_ID', 'AKIABEFORE'),
      shell.setExported('ASSUME_ROLE_NAME', "it's $a `b`"),
      ...(shell.setUnexported ? [shell.setUnexported('AWS_SECURITY_TOKEN', 'two\nlines')] : []),
    ],
  },
  'an inherited switch': {
    lines: () => [],
    env: {
      ASSUME_VARS: 'AWS_PROFILE AWS_REGION ASSUME_PROFILE a[$(touch PWN)] PATH',
      AWS_PROFILE: 'old',
      AWS_REGION: 'old-1',
      ASSUME_PROFILE: 'old',
    },
  },
  // What a shell takes over from a locale it does when it starts.
  'the C locale': { lines: () => [], env: { LC_ALL: 'C' }, inOwnProcess: true },
}

/** A statement that writes to a file what assume keeps for itself; the order of the words is of no meaning. */
const writeState: Record<Shell['name'], (path: string) => string> = {
  bash: (path) =>
    `declare -p __assume_saved __assume_now __assume_back __assume_key \${!__assume_was_*} \${!__assume_how_*} > '${path}' 2>/dev/null`,
  zsh: (path) => `typeset -p __assume_was __assume_how __assume_now __assume_back __assume_key > '${path}'`,
  fish: (path) => `set | string match -r '^__assume_(?:saved|now|back|key|was_|how_).*' > '${path}'`,
  pwsh: (path) =>
    `$s = $global:__AssumeState; @("$($s.Key) $($s.Now) $($s.Back)") + @($s.Saved.GetEnumerator() | ForEach-Object { "$($_.Name)=$($_.Value)" }) | Set-Content -LiteralPath '${path}'`,
}

/** Every world from variables of all kinds; from elsewhere one profile of each list of variables, and what a locale is about. */
const few = ['sso', 'no-region', 'static', 'web', 'forced']
const cases: readonly { world: string; beginning: string; some?: readonly string[] }[] = [
  ...Object.keys(worlds)
    .filter((world) => world !== 'names')
    .map((world) => ({ world, beginning: 'variables of all kinds' })),
  { world: 'kinds', beginning: 'an empty environment', some: few },
  { world: 'kinds', beginning: 'an inherited switch', some: few },
  { world: 'kinds', beginning: 'the C locale', some: few },
  { world: 'names', beginning: 'an empty environment' },
  {
    world: 'names',
    beginning: 'the C locale',
    some: ['$(touch PWN)', '%n%s', '\u00e9t\u00e9', '\u65e5\u672c'],
  },
]

function describeEqualSwitch(shell: Shell): void {
  describe('a switch without the core', () => {
    it.each(cases)('is the same for $world from $beginning', async ({ world, beginning, some }) => {
      const { config: text, credentials, slow, ...all } = worlds[world] as (typeof worlds)[string]
      const fast = some ?? all.fast
      const { lines, ...options } = beginnings[beginning] as (typeof beginnings)[string]
      const run = async (way: 'fast' | 'core') => {
        const home = createHome()
        home.writeAws(text, credentials)
        home.logInEverywhere(text)
        await makeIndex(home)
        const path = (name: string) => `${way}-${name}`
        const { status, shown } = await showScript(
          shell,
          home,
          [
            ...lines(shell),
            ...(way === 'fast' ? [removeCore(shell, home)] : []),
            ...fast.flatMap((name, index) => [
              way === 'fast' ? assume(shell, name) : assume(shell, '-p', name),
              shell.expectStatus(0),
              dumpTo(shell, home, path(`at-${index}`)),
              writeState[shell.name](join(home.path, path(`state-${index}`))),
            ]),
            assume(shell, '--unset'),
            shell.expectStatus(0),
            dumpTo(shell, home, path('after')),
          ],
          options,
        )
        expect([status, shown]).toEqual([0, expect.any(String)])
        if (way === 'fast') for (const name of slow) expect(isFast(shell, home, name)).toBe(false)
        expect(existsSync(join(home.path, 'PWN'))).toBe(false)
        const read = (name: string) => readFileSync(join(home.path, path(name)), 'latin1')
        return {
          shown,
          variables: fast.map((_, index) => awsOf(readDump(home, path(`at-${index}`)))),
          states: fast.map((_, index) => read(`state-${index}`).split(/\s+/).sort()),
          after: awsOf(readDump(home, path('after'))),
        }
      }
      const [quick, slowly] = [await run('fast'), await run('core')]
      expect(quick).toEqual(slowly)
      const switches = quick.shown.split('\n').filter((line) => !line.startsWith('assume: warning: '))
      expect(switches).toHaveLength(fast.length)
      expect(
        quick.variables.map(({ AWS_PROFILE }) => Buffer.from(AWS_PROFILE ?? '', 'latin1').toString()),
      ).toEqual(fast)
    })
  })
}

const warned = `
[profile "$(touch PWN) %s \\\\n"]
role_arn = arn:aws:iam::555555555555:role/Mfa
source_profile = static
mfa_serial = arn:aws:iam::555555555555:mfa/me
assume_mode = profile
[profile static]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
`

function describeWarning(shell: Shell): void {
  describe('a warning', () => {
    it('is printed before the switch, as the core prints it, where there is no terminal and ASSUME_QUIET is set', async () => {
      const home = await start(warned)
      const name = '$(touch PWN) %s \\n'
      const run = (load: string, ...words: string[]) => {
        const lines = [load, assume(shell, ...words), shell.expectStatus(0), assume(shell, 'static')]
        return runScript(shell, home, [...lines, dumpTo(shell, home, 'at')], { env: { ASSUME_QUIET: '1' } })
      }
      const alone = run(removeCore(shell, home), name)
      expect(alone).toEqual({
        status: 0,
        stdout: '',
        stderr: `assume: warning: profile ${name} needs an MFA code (mfa_serial), which not every tool asks for; assume --export '${name}'\n`,
      })
      expect(existsSync(join(home.path, 'PWN'))).toBe(false)
      expect(awsOf(readDump(home, 'at'))).toMatchObject({ AWS_PROFILE: 'static' })
      expect(run(shell.load, '-p', name)).toEqual(alone)
    })
  })
}

const generationOf = (home: Home) => {
  const cache = join(home.path, '.cache/assume')
  const name = readdirSync(cache).find((each) => each.startsWith('index-'))
  return join(cache, name as string)
}
const bucketsOf = (home: Home) =>
  readdirSync(generationOf(home))
    .filter((name) => name.startsWith('rows-'))
    .map((name) => join(generationOf(home), name))

const edited = config.replace('eu-west-1\n[profile two]', 'us-west-2\n[profile two]')

function describeNextSwitch(shell: Shell): void {
  describe('the next switch', () => {
    const region = (home: Home, name: string, env = {}) => switchTo(shell, home, name, env)?.['AWS_REGION']
    const statusOf = (home: Home, name: string, status: number) =>
      runScript(shell, home, [assume(shell, name), shell.expectStatus(status), dumpTo(shell, home, 'after')])

    it('is right when the config was edited', async () => {
      const home = await start()
      home.writeAws(edited)
      expect(region(home, 'one')).toBe('us-west-2')
      expect(isFast(shell, home, 'one')).toBe(true)
    })

    it('is right when a profile was added, or removed', async () => {
      const home = await start()
      home.writeAws(`${config}\n[profile three]\nregion = sa-east-1\n`)
      utimesSync(join(home.path, '.aws/config'), 1_700_000_001, 1_700_000_001)
      expect(region(home, 'three')).toBe('sa-east-1')
      home.writeAws(config)
      expect(statusOf(home, 'three', 2)).toMatchObject({ status: 0 })
      expect(awsOf(readDump(home, 'after'))).toEqual({})
    })

    it('is right when a source was replaced by one with an older time', async () => {
      const home = await start()
      home.writeAws(edited)
      utimesSync(join(home.path, '.aws/config'), 1_000_000_000, 1_000_000_000)
      expect(region(home, 'one')).toBe('us-west-2')
    })

    it('is right when a source appears, or vanishes', async () => {
      const home = await start()
      home.write('.aws/credentials', '[two]\nregion = af-south-1\n')
      expect(region(home, 'two')).toBe('af-south-1')
      rmSync(join(home.path, '.aws/credentials'))
      expect(region(home, 'two')).toBe('eu-central-1')
      rmSync(join(home.path, '.aws/config'))
      expect(statusOf(home, 'two', 2)).toMatchObject({ status: 0 })
    })

    it('is right when a source was edited twice in the same instant', async () => {
      const home = createHome()
      const path = home.write('.aws/config', '[profile two]\nregion = eu-central-1\n')
      const now = Date.now() / 1000 + 1
      utimesSync(path, now, now)
      await makeIndex(home)
      home.write('.aws/config', '[profile two]\nregion = us-west-2\n')
      utimesSync(path, now, now)
      expect(region(home, 'two')).toBe('us-west-2')
    })

    it('is right when a source was saved between the read and the write of the core', async () => {
      const home = createHome()
      home.writeAws(config)
      home.logIn('corp')
      const files = {
        ...nodeFiles,
        makeDirectory(path: string, mode: number) {
          home.writeAws(edited)
          utimesSync(join(home.path, '.aws/config'), 1_700_000_001, 1_700_000_001)
          nodeFiles.makeDirectory(path, mode)
        },
      }
      const context = { env: { HOME: home.path }, platform: 'linux', now: Date.now, files, trace: () => {} }
      await updateIndex(context as unknown as Context)
      expect(readdirSync(generationOf(home)).length).toBeGreaterThan(1)
      expect(region(home, 'one')).toBe('us-west-2')
    })

    it('is right for another AWS_CONFIG_FILE', async () => {
      const home = await start()
      const other = home.write('other', edited)
      expect(region(home, 'one', { AWS_CONFIG_FILE: other })).toBe('us-west-2')
      expect(isFast(shell, home, 'one', { env: { AWS_CONFIG_FILE: other } })).toBe(true)
      expect(region(home, 'one')).toBe('eu-west-1')
    })

    it.skipIf(!shell.setUnexported)('does not go by a variable that the core would not see', async () => {
      const home = await start()
      const other = home.write('other', edited)
      const env = { AWS_CONFIG_FILE: other }
      await makeIndex(home, env)
      expect(isFast(shell, home, 'one', { env })).toBe(true)
      const unexported = shell.setUnexported?.('AWS_CONFIG_FILE', other) as string
      expect(isFast(shell, home, 'one', { before: [unexported] })).toBe(false)
      expect(isFast(shell, home, 'one', { env: { ...env, ASSUME_VARS: 'AWS_CONFIG_FILE' } })).toBe(false)
    })

    it('is right when a setting was changed', async () => {
      const home = await start()
      home.write('.config/assume/config', 'assume_region = off\n')
      expect(switchTo(shell, home, 'one')).not.toHaveProperty('AWS_REGION')
      expect(isFast(shell, home, 'one')).toBe(true)
    })

    it('asks the core when a file was added to the plugin folder', async () => {
      const home = await start()
      home.write('.config/assume/plugins/first', '')
      utimesSync(join(home.path, '.config/assume/plugins'), 1_700_000_000, 1_700_000_000)
      await makeIndex(home)
      expect(isFast(shell, home, 'one')).toBe(true)
      home.write('.config/assume/plugins/second', '')
      expect(isFast(shell, home, 'one')).toBe(false)
    })

    it('asks for a login when somebody has logged out, or the session is over', async () => {
      const home = await start()
      expect(isFast(shell, home, 'one')).toBe(true)
      const [token] = readdirSync(join(home.path, '.aws/sso/cache'))
      rmSync(join(home.path, '.aws/sso/cache', token as string))
      expect(statusOf(home, 'one', 3)).toMatchObject({ status: 0 })
      expect(isFast(shell, home, 'two')).toBe(true)
      home.logIn('corp', Date.now() - 1000)
      await makeIndex(home)
      expect(statusOf(home, 'one', 3)).toMatchObject({ status: 0 })
    })

    it('asks the core when 15 minutes or less are left', async () => {
      const home = createHome()
      home.writeAws(config)
      home.logIn('corp', Date.now() + 890_000)
      await makeIndex(home)
      expect(isFast(shell, home, 'one')).toBe(false)
      expect(region(home, 'one')).toBe('eu-west-1')
    })

    it('goes by the end of the session in front of a stored key, and by none where tools get the key itself', async () => {
      for (const [minutes, isLong] of [
        [30, true],
        [15, false],
      ] as const) {
        const home = await start(storedKey)
        expect([isFast(shell, home, 'stored'), isFast(shell, home, 'bare')]).toEqual([false, true])
        writeKeySession(home, minutes)
        await makeIndex(home)
        expect([isFast(shell, home, 'stored'), isFast(shell, home, 'role')]).toEqual([isLong, isLong])
      }
    })

    it('asks the core once when the token was refreshed, and is fast again', async () => {
      const home = await start()
      home.logIn('corp', Date.now() + 7200_000)
      const [token] = readdirSync(join(home.path, '.aws/sso/cache'))
      const soon = Date.now() / 1000
      utimesSync(join(home.path, '.aws/sso/cache', token as string), soon, soon)
      expect(isFast(shell, home, 'one')).toBe(false)
      expect(region(home, 'one')).toBe('eu-west-1')
      expect(isFast(shell, home, 'one')).toBe(true)
    })

    it('works without the rows, without the sessions and without the index', async () => {
      const home = await start()
      for (const path of [join(generationOf(home), 'sessions'), ...bucketsOf(home)]) rmSync(path)
      expect(region(home, 'one')).toBe('eu-west-1')
      rmSync(generationOf(home), { recursive: true })
      expect(region(home, 'one')).toBe('eu-west-1')
      rmSync(join(home.path, '.cache'), { recursive: true })
      expect(region(home, 'one')).toBe('eu-west-1')
      expect(isFast(shell, home, 'one')).toBe(true)
    })
  })
}

const row =
  (...entries: string[]) =>
  (text: string) =>
    text.replace(/^one\u001f.*$/m, () => ['one', ...entries, ''].join('\u001f'))

/** Damage to the bucket that holds `one`, and what the shell may set of it; undefined: nothing, the core decides. */
const damage: [string, (text: string) => string, Record<string, string>?][] = [
  ['empty', () => ''],
  ['torn', (text) => text.slice(0, text.indexOf('AWS_REGION'))],
  ['of NUL', (text) => '\0'.repeat(text.length)],
  ['without sessions', row('', 'message', '', 'AWS_PROFILE=one')],
  ['of a session that is no number', row('a[$(touch PWN)]', 'message', '', 'AWS_PROFILE=one')],
  ['of an octal session', row('08', 'message', '', 'AWS_PROFILE=one')],
  ['of a session that is not there', row('7', 'message', '', 'AWS_PROFILE=one')],
  ['of a huge session', row('99999999999999999999', 'message', '', 'AWS_PROFILE=one')],
  ['without entries', row('0', 'message')],
  ['of another profile', row('0', 'message', '', 'AWS_PROFILE=two')],
  ['without a message', row('0')],
  ['without a warning', row('0', 'message', 'AWS_PROFILE=one', 'AWS_REGION=of-before-1')],
  [
    'with code for values',
    row('0', '$(touch PWN)`touch PWN`', '', 'AWS_PROFILE=one', 'AWS_OTHER=$(touch PWN)`touch PWN`;touch PWN'),
    { AWS_PROFILE: 'one', AWS_OTHER: '$(touch PWN)`touch PWN`;touch PWN' },
  ],
  [
    'with names that are none',
    row(
      '0',
      'message',
      '',
      'AWS_PROFILE=one',
      'a[$(touch PWN)]=1',
      'a[$(touch PWN)]',
      'PATH=/evil',
      'HOME',
      'IFS=x',
      '',
      '-n',
      '=x',
    ),
    { AWS_PROFILE: 'one' },
  ],
]

/** A home for each case, with an index that this case has damaged. */
async function spoilEach<Case>(
  cases: ReadonlyMap<string, Case>,
  text: string,
  spoil: (home: Home, value: Case) => void,
) {
  const homes = new Map<string, Home>()
  for (const [title, value] of cases) {
    const home = await start(text)
    spoil(home, value)
    homes.set(title, home)
  }
  return homes
}

/** Switches to `one` in each of the homes, in one shell that begins anew for each, and returns what is then exported. */
function switchInEach(shell: Shell, homes: ReadonlyMap<string, Home>, load: (host: Home) => string) {
  const host = createHome()
  const lines = [...homes.values()].flatMap((home, index) => [
    shell.setExported('HOME', home.path),
    `cd ${shell.quote(home.path)}`,
    attempt(shell, assume(shell, 'one')),
    dumpTo(shell, host, `at-${index}`),
    assume(shell, '--unset'),
  ])
  const { stdout, stderr } = runScript(shell, host, [load(host), ...lines])
  const dumps = new Map([...homes.keys()].map((title, index) => [title, readDump(host, `at-${index}`)]))
  return { stdout, stderr, dumps }
}

/** Holds that a shell sets nothing but what is expected of a damaged index, and that with the core all is well. */
function expectOfEach(
  shell: Shell,
  homes: ReadonlyMap<string, Home>,
  expected: (title: string) => Record<string, string> | undefined,
) {
  const alone = switchInEach(shell, homes, (host) => removeCore(shell, host))
  for (const [title, dump] of alone.dumps)
    expect([title, awsOf(dump)['AWS_PROFILE']]).toEqual([title, expected(title) && 'one'])
  const { stdout, stderr, dumps } = switchInEach(shell, homes, () => shell.load)
  expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '' })
  for (const [title, dump] of dumps) {
    const home = homes.get(title) as Home
    // PowerShell puts its own folder in front.
    const path = dump.get('PATH')?.endsWith(process.env['PATH'] ?? '')
    const isRun = existsSync(join(home.path, 'PWN'))
    expect([title, path, dump.get('HOME'), isRun]).toEqual([title, true, home.path, false])
    const whole = { AWS_PROFILE: 'one', AWS_REGION: 'eu-west-1' }
    expect([title, awsOf(dump)]).toEqual([title, expect.objectContaining(expected(title) ?? whole)])
  }
}

const damagedSessions = [
  '',
  '\n',
  'a[$(touch PWN)]\u001f9999999999\n',
  '/\u001fa[$(touch PWN)]\n',
  '/bin/sh\u001f08\n',
  '/bin/sh\u001f-1\n',
  '/bin/sh\n',
  '/bin/sh\u001f99999999999999999999999\n',
]

const damagedHeads = new Map([
  ['a separator', ['', 'x', 'y']],
  ['numbers', ['0123', 'a[$(touch PWN)]', 'a[$(touch PWN)]']],
  ['too few sources', ['', '1', '9']],
  ['no bucket', ['', '0', '']],
])

function describeDamagedIndex(shell: Shell): void {
  describe('an index that is damaged', () => {
    it('in a row', async () => {
      const cases = new Map(damage.map(([title, spoil, expected]) => [title, { spoil, expected }]))
      const homes = await spoilEach(
        cases,
        config.replace(/^(?:sso_(?:session|account_id|role_name) = .*\n)+/m, staticKeys),
        (home, { spoil }) => {
          for (const path of bucketsOf(home))
            home.write(path.slice(home.path.length + 1), spoil(readFileSync(path, 'utf8')))
        },
      )
      expectOfEach(shell, homes, (title) => cases.get(title)?.expected)
    })

    it('in the list of sessions', async () => {
      const cases = new Map(damagedSessions.map((text) => [JSON.stringify(text), text]))
      const homes = await spoilEach(cases, config, (home, text) => {
        const path = join(generationOf(home), 'sessions')
        home.write(path.slice(home.path.length + 1), text)
        const now = Date.now() / 1000
        utimesSync(path, now, now)
      })
      expectOfEach(shell, homes, () => undefined)
    })

    it('in its head', async () => {
      const homes = await spoilEach(damagedHeads, config, (home, fields) => {
        const lines = readFileSync(join(home.path, '.cache/assume/index'), 'utf8').split('\n')
        const given = (lines[1] as string).split('\u001f')
        lines[1] = given.map((field, index) => fields[index] || field).join('\u001f')
        home.write('.cache/assume/index', lines.join('\n'))
      })
      expectOfEach(shell, homes, () => undefined)
    })
  })
}

/** A statement that prints all that a person could see of a shell but the values of variables. */
const showSurface: Record<Shell['name'], string> = {
  bash: 'shopt -p; set +o; umask; compgen -v | { mapfile -t names; printf "%s\\n" "${names[@]}"; }',
  zsh: 'setopt; zmodload; typeset +; umask',
  fish: 'set --names; functions --names | string split ,; status features',
  pwsh: '(Get-Variable -Scope Global).Name -cne "LASTEXITCODE"; (Get-Module).Name; "$($Error.Count) $PWD $([cultureinfo]::CurrentCulture)"',
}

function describeSurface(shell: Shell): void {
  describe('a shell', () => {
    it('is left with nothing but the variables of the switch', async () => {
      const home = await start()
      const surface = showSurface[shell.name]
      const lines = [
        removeCore(shell, home),
        surface,
        'echo CUT',
        assume(shell, 'one'),
        shell.expectStatus(0),
        surface,
      ]
      const { status, stdout } = runScript(shell, home, lines)
      expect(status).toBe(0)
      const words = (text = '') =>
        text.split(/\s+/).filter((word) => !/^(__assume_|__rc|AWS_|ASSUME_)/.test(word))
      const [before, after] = stdout.split('CUT\n')
      expect(words(before).length).toBeGreaterThan(20)
      expect(words(after)).toEqual(words(before))
    })
  })
}

function describeHistory(shell: Shell): void {
  describe('the history', () => {
    const path = '.local/state/assume/history'
    const switchFast = (home: Home, env: Record<string, string> = {}) =>
      runScript(shell, home, [removeCore(shell, home), assume(shell, 'Team A'), shell.expectStatus(0)], {
        env,
      })
    const prepare = () => start(`[profile "Team A"]\nregion = eu-west-1\n${staticKeys}`)

    it('gets a line for each switch, if it is there', async () => {
      const home = await prepare()
      expect(switchFast(home)).toEqual({ status: 0, stdout: '', stderr: '' })
      expect(existsSync(join(home.path, path))).toBe(false)
      home.write(path, '')
      const before = Math.floor(Date.now() / 1000)
      expect(switchFast(home)).toEqual({ status: 0, stdout: '', stderr: '' })
      const [, time, name] = /^(\d+)\t(.*)\n$/.exec(readFileSync(join(home.path, path), 'utf8')) ?? []
      expect(name).toBe('Team A')
      expect(Number(time)).toBeGreaterThanOrEqual(before)
      expect(Number(time)).toBeLessThanOrEqual(Date.now() / 1000)
      home.write('state/assume/history', '1\tx\n')
      expect(switchFast(home, { XDG_STATE_HOME: join(home.path, 'state') })).toMatchObject({ status: 0 })
      expect(readFileSync(join(home.path, 'state/assume/history'), 'utf8')).toMatch(/^1\tx\n\d+\tTeam A\n$/)
    })

    it('is passed over where it cannot be written', async () => {
      const home = await prepare()
      mkdirSync(join(home.path, path), { recursive: true })
      expect(switchFast(home)).toEqual({ status: 0, stdout: '', stderr: '' })
      rmSync(join(home.path, path), { recursive: true })
      symlinkSync('/dev/full', join(home.path, path))
      expect(switchFast(home)).toEqual({ status: 0, stdout: '', stderr: '' })
      rmSync(join(home.path, path))
      chmodSync(home.write(path, ''), 0o400)
      expect(switchFast(home)).toEqual({ status: 0, stdout: '', stderr: '' })
    })
  })
}

/** All that is expected of the switch that a shell makes without the core. */
export function describeFastPath(shell: Shell): void {
  describeShells('the fast path', [shell], () => {
    describeNoProcess(shell)
    describeEqualSwitch(shell)
    describeWarning(shell)
    describeNextSwitch(shell)
    describeDamagedIndex(shell)
    describeSurface(shell)
    describeHistory(shell)
  })
}
