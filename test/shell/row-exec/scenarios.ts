import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createHome, type Home, repository } from '../../support/home.ts'
import { makeIndex } from '../../support/profile-index.ts'
import { countStarted } from '../../support/session.ts'
import { type Dump, describeShells, readDump, runScript, type Shell } from '../../support/shell.ts'

const role = 'arn:aws:iam::333333333333:role'

/** A profile for every kind of row. */
const kinds: Record<string, string> = {
  sso: 'sso_session = corp\nsso_account_id = 111111111111\nsso_role_name = Admin\nregion = eu-west-1',
  legacy:
    'sso_start_url = https://old.awsapps.com/start\nsso_region = eu-west-1\nsso_account_id = 222222222222\nsso_role_name = Reader',
  chain: `role_arn = ${role}/path/Deploy\nsource_profile = sso\nregion = us-east-2`,
  web: `role_arn = ${role}/Web\nweb_identity_token_file = /tmp/token`,
  static:
    'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\nregion = eu-west-3',
  process: 'credential_process = /bin/true',
  instance: `role_arn = ${role}/Instance\ncredential_source = Ec2InstanceMetadata`,
  'no-region': 'region = eu-west-1\nassume_region = off',
  none: '',
  forced: `role_arn = ${role}/Mfa\nsource_profile = static\nmfa_serial = arn:aws:iam::555555555555:mfa/me\nassume_mode = profile`,
  lost: `role_arn = ${role}/Lost\nsource_profile = "no  where"`,
  circle: `role_arn = ${role}/Round\nsource_profile = circle`,
  broken: 'sso_session = absent\nsso_account_id = 111111111111\nsso_role_name = Admin',
  'x;y $(touch PWN) `touch PWN`':
    'sso_session = corp\nsso_account_id = 111111111111\nsso_role_name = it\'s "$(touch PWN)" `x` \\ \u00e9',
  "it's *": '',
  list: 'region = eu-west-1',
  '\u00e9t\u00e9': '',
  '\u65e5\u672c': 'region = eu-west-1',
}
const names = Object.keys(kinds)
/** One of each list of variables that a row sets; those of other kinds are in the scenarios of a switch. */
const lists = ['sso', 'no-region', 'static', 'web']
/** The one that sets all of them, and the one that sets the fewest. */
const few = ['sso', 'no-region']
const odd = names.slice(-5)

const config = `[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
${names.map((name) => `[profile "${name}"]\n${kinds[name]}\n`).join('')}`

async function start(): Promise<Home> {
  const home = createHome()
  home.writeAws(config)
  home.logInEverywhere(config)
  await makeIndex(home)
  return home
}

/** What PowerShell leaves to the core, since it would reach the command as something else. */
const isTypeable = (shell: Shell, name: string) => shell.name !== 'pwsh' || !/['"*?[~]/.test(name)

function call(shell: Shell, ...words: string[]): string {
  return ['assume', ...words.map((word) => shell.quote(word))].join(' ')
}

/** A statement that loads assume anew from where no core is, so that whatever still starts a command is the shell itself. */
function removeCore(shell: Shell, home: Home): string {
  const alone = join(home.path, 'alone/shell')
  if (!existsSync(alone)) cpSync(join(repository, 'shell'), alone, { recursive: true })
  return shell.load.replaceAll(join(repository, 'shell'), alone)
}

/** The words of a command that writes its environment to a file as it got it, to the byte. */
const copyTo = (home: Home, name: string) => ['cp', '/proc/self/environ', join(home.path, name)]

/** The value with a byte that is no UTF-8, in the shells that can say it. */
const notUtf8: Partial<Record<Shell['name'], string>> = {
  bash: "export AWS_ROLE_SESSION_NAME=$'a\\xff\\nb'",
  zsh: "export AWS_ROLE_SESSION_NAME=$'a\\xff\\nb'",
  fish: 'set -gx AWS_ROLE_SESSION_NAME a\\xff\\nb',
}

/** What the user has before the first switch. */
const own = (shell: Shell) => [
  shell.setExported('AWS_PROFILE', 'before'),
  shell.setExported('AWS_REGION', 'mars-north-1'),
  shell.setExported('AWS_DEFAULT_REGION', ''),
  shell.setExported('AWS_ACCESS_KEY_ID', 'AKIABEFORE'),
  shell.setExported('AWS_PAGER', "it's $a `b`\n two "),
  ...(shell.setUnexported ? [shell.setUnexported('AWS_SECURITY_TOKEN', 'two\nlines')] : []),
  ...(notUtf8[shell.name] ? [notUtf8[shell.name] as string] : []),
]

const inherited = {
  ASSUME_VARS: 'AWS_PROFILE AWS_REGION ASSUME_PROFILE AWS_MADE_UP a[$(touch PWN)] PATH',
  AWS_PROFILE: 'old',
  AWS_REGION: 'old-1',
  ASSUME_PROFILE: 'old',
  AWS_MADE_UP: 'old',
  AWS_CA_BUNDLE: 'kept',
}

/** What a shell may hold when the command is started, and the profiles that are tried from there. */
const beginnings: Record<
  string,
  { lines?: (shell: Shell) => string[]; env?: Record<string, string>; profiles: readonly string[] }
> = {
  'an empty environment': { profiles: [...lists, 'forced', ...odd] },
  'variables of all kinds': { lines: own, profiles: lists },
  'variables of all kinds and two switches': {
    lines: (shell) => [...own(shell), call(shell, 'sso'), call(shell, 'no-region')],
    profiles: few,
  },
  'a switch, and changes by hand': {
    lines: (shell) => [
      shell.setExported('AWS_REGION', 'mars-north-1'),
      call(shell, 'sso'),
      shell.setExported('AWS_REGION', 'by-hand-1'),
      shell.unset('AWS_PROFILE'),
      shell.setExported('AWS_VAULT', 'by hand'),
    ],
    profiles: few,
  },
  'an inherited switch': { env: inherited, profiles: few },
  'an inherited switch and one of its own': {
    lines: (shell) => [call(shell, 'web')],
    env: inherited,
    profiles: few,
  },
  'a switch that was taken back': {
    lines: (shell) => [...own(shell), call(shell, 'sso'), call(shell, '--unset')],
    profiles: few,
  },
  'the C locale': { env: { LC_ALL: 'C' }, profiles: odd },
}

/** Without the name of the program, which every shell sets for itself, and names that sh cannot hold. */
function comparable(dump: Dump): Record<string, string> {
  return Object.fromEntries([...dump].filter(([name]) => /^(?!_$)[A-Za-z_]\w*$/.test(name)).sort())
}

function describeEnvironment(shell: Shell): void {
  describe('the environment of the command', () => {
    it.each(Object.entries(beginnings))('is the same on both ways from %s', async (_, beginning) => {
      const home = await start()
      const profiles = beginning.profiles.filter((name) => isTypeable(shell, name))
      mkdirSync(join(home.path, 'at'))
      const run = (way: 'row' | 'core') =>
        profiles.flatMap((name, index) => [
          call(
            shell,
            'exec',
            ...(way === 'row' ? [name] : ['-p', name]),
            '--',
            ...copyTo(home, `at/${way}-${index}`),
          ),
          shell.expectStatus(0),
        ])
      const result = runScript(
        shell,
        home,
        [
          ...(beginning.lines?.(shell) ?? []),
          removeCore(shell, home),
          ...run('row'),
          shell.load,
          ...run('core'),
        ],
        { env: beginning.env ?? {} },
      )
      expect(result).toMatchObject({ status: 0, stdout: '' })
      expect(existsSync(join(home.path, 'PWN'))).toBe(false)
      const read = (way: string) =>
        profiles.map((_, index) => comparable(readDump(home, `at/${way}-${index}`)))
      expect(read('row')).toEqual(read('core'))
      expect(
        read('row').map(({ AWS_PROFILE, ASSUME_PROFILE }) =>
          [AWS_PROFILE, ASSUME_PROFILE].map((value) => Buffer.from(value ?? '', 'latin1').toString()),
        ),
      ).toEqual(profiles.map((name) => [name, name]))
    })

    it('is what was there before the first switch, with what this profile sets', async () => {
      const home = await start()
      const lines = [
        shell.setExported('AWS_REGION', 'mars-north-1'),
        shell.setExported('AWS_VAULT', 'mine'),
        call(shell, 'sso'),
      ]
      const run = (way: string, ...words: string[]) => [
        call(shell, 'exec', ...words, '--', ...copyTo(home, way)),
        shell.expectStatus(0),
      ]
      runScript(shell, home, [...lines, ...run('row', 'process'), ...run('core', '-p', 'process')])
      for (const way of ['row', 'core']) {
        const { AWS_PROFILE, AWS_REGION, AWS_DEFAULT_REGION, AWS_VAULT, ASSUME_ACCOUNT_ID, ASSUME_VARS } =
          comparable(readDump(home, way))
        expect({
          AWS_PROFILE,
          AWS_REGION,
          AWS_DEFAULT_REGION,
          AWS_VAULT,
          ASSUME_ACCOUNT_ID,
          ASSUME_VARS,
        }).toEqual({
          AWS_PROFILE: 'process',
          AWS_REGION: 'mars-north-1',
          ASSUME_VARS: 'AWS_PROFILE ASSUME_PROFILE',
        })
      }
    })
  })
}

function describeShellItself(shell: Shell): void {
  describe('the shell', () => {
    it('starts nothing but the command, and stays as it was', async () => {
      const home = await start()
      const end = shell.setExported('ENDED', '1')
      const before = [shell.load, call(shell, 'sso'), call(shell, 'process')]
      const alone = countStarted(shell, home, [...before, '/bin/true', end])
      expect(countStarted(shell, home, [...before, call(shell, 'exec', 'sso', '--', '/bin/true'), end])).toBe(
        alone,
      )
      expect(countStarted(shell, home, [...before, call(shell, 'exec', 'sso', 'true'), end])).toBe(alone)
    })

    it('keeps its variables, and notes nothing in the history', async () => {
      const home = await start()
      const history = home.write('.local/state/assume/history', '')
      // PowerShell takes a quoted word for a text, not for a command.
      const dump = (name: string) => copyTo(home, name).join(' ')
      const result = runScript(shell, home, [
        ...own(shell),
        removeCore(shell, home),
        dump('at-1'),
        call(shell, 'exec', 'sso', '--', 'true'),
        dump('at-2'),
        call(shell, 'process'),
        dump('switched-1'),
        call(shell, 'exec', 'sso', '--', 'true'),
        dump('switched-2'),
        call(shell, '-u'),
        dump('at-3'),
      ])
      expect(result).toMatchObject({ status: 0, stdout: '', stderr: '' })
      const read = (name: string) => comparable(readDump(home, name))
      expect(read('at-2')).toEqual(read('at-1'))
      expect(read('at-3')).toEqual(read('at-1'))
      expect(read('switched-2')).toEqual(read('switched-1'))
      expect(
        readFileSync(history, 'utf8')
          .split('\n')
          .map((line) => line.split('\t')[1]),
      ).toEqual(['process', undefined])
    })
  })
}

function describeCommand(shell: Shell): void {
  describe('the command', () => {
    it('has its words, its streams and its status, and nothing is said but the warning of a row', async () => {
      const home = await start()
      // PowerShell leaves a word with a quote to the core.
      const program = home.write('program', '#!/bin/sh\nprintf %s. "$@"\necho said >&2\n')
      chmodSync(program, 0o755)
      const words = ['two words', '$HOME', '-r', '--help', 'caf\u00e9', 'a\\b', '--', 'x;y']
      const result = runScript(shell, home, [
        removeCore(shell, home),
        call(shell, 'exec', 'process', '--', 'sh', '-c', 'exit 7'),
        shell.expectStatus(7),
        call(shell, 'exec', 'forced', program, ...words),
        shell.expectStatus(0),
      ])
      expect(result).toEqual({
        status: 0,
        stdout: words.map((word) => `${word}.`).join(''),
        stderr:
          'assume: warning: profile forced needs an MFA code (mfa_serial), which not every tool asks for; assume --export forced\nsaid\n',
      })
    })

    it('that is a script without a first line for its shell, or with a wrong one, is as the core runs it', async () => {
      const home = await start()
      chmodSync(home.write('plain', 'echo plain $AWS_PROFILE "$@"\n'), 0o755)
      chmodSync(home.write('lost', '#!/no/such/shell\n'), 0o755)
      const run = (...words: string[]) => [
        call(shell, 'exec', ...words, './plain', 'a', 'b c'),
        shell.expectStatus(0),
        call(shell, 'exec', ...words, './lost'),
        shell.expectStatus(127),
        shell.show('AWS_PROFILE'),
      ]
      const piped = shell.name === 'pwsh' ? "'in' | assume exec process -- ./plain in" : 'true'
      const result = runScript(shell, home, [...run('process', '--'), ...run('-p', 'process', '--'), piped])
      const once = 'plain process a b c\nabsent\n'
      expect(result).toMatchObject({
        status: 0,
        stdout: `${once}${once}${shell.name === 'pwsh' ? 'plain process in\n' : ''}`,
      })
    })

    it('that is missing or cannot be executed is what the core says', async () => {
      const home = await start()
      home.write('file', '')
      const lines = [
        [call(shell, 'exec', 'process', '--', 'no-such-program-anywhere'), 127],
        [call(shell, 'exec', 'process', '--', './file'), 126],
        [call(shell, 'exec', 'process', '/'), 126],
      ] as const
      const result = runScript(
        shell,
        home,
        lines.flatMap(([line, status]) => [line, shell.expectStatus(status)]),
      )
      expect(result).toEqual({
        status: 0,
        stdout: '',
        stderr:
          'assume: no-such-program-anywhere: command not found\nassume: ./file: it cannot be executed\nassume: /: it cannot be executed\n',
      })
    })
  })
}

function describeCore(shell: Shell): void {
  it('leaves to the core what is no plain name, and a session that has ended', async () => {
    const home = await start()
    const calls = [
      ['exec', '--export', 'none', '--', 'true'],
      ['exec', '-p', 'none', '--', 'true'],
      ['exec', '--profile=none', 'true'],
      ['exec', '--', 'none', 'true'],
      ['exec', 'none'],
      ['exec', 'none', '--'],
      ['exec', 'none', '-r', 'eu-west-1'],
      ['exec', 'no-such-profile', '--', 'true'],
      ['exec', '', 'true'],
    ]
    const isLeft = (at: Home, words: readonly string[]) => [
      removeCore(shell, at),
      call(shell, ...words),
      shell.expectStatus(125),
    ]
    expect(
      runScript(
        shell,
        home,
        calls.flatMap((words) => isLeft(home, words)),
      ),
    ).toMatchObject({ status: 0 })
    expect(runScript(shell, home, isLeft(home, ['exec', 'sso', 'true'])).status).not.toBe(0)
    const ending = createHome()
    ending.writeAws(config)
    ending.logIn('corp', Date.now() + 600_000)
    await makeIndex(ending)
    expect(runScript(shell, ending, isLeft(ending, ['exec', 'sso', 'true']))).toMatchObject({ status: 0 })
  })
}

/** Scenarios of `assume exec` where a row of the profile index does: the shell itself starts the command. */
export function describeRowExec(shell: Shell): void {
  describeShells('assume exec without the core', [shell], () => {
    describeEnvironment(shell)
    describeShellItself(shell)
    describeCommand(shell)
    describeCore(shell)
  })
}
