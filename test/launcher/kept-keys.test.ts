import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCore } from '../support/core.ts'
import { createHome, fixtures, type Home } from '../support/home.ts'
import { findPosixShells } from '../support/posix-shells.ts'
import { isInstalled } from '../support/shell.ts'
import {
  askCore,
  formatSpaced,
  keepRole,
  keysFor,
  launch,
  launcher,
  note,
  profile,
  secrets,
  session,
  standIn,
  start,
  textOf,
  timeIn,
} from './world.ts'

const user = { AssumedRoleId: 'AROAX:me', Arn: 'arn:aws:sts::111111111111:assumed-role/Dev/me' }
const metadata = {
  RequestId: 'a-b',
  HTTPStatusCode: 200,
  HTTPHeaders: { 'x-amzn-requestid': 'a-b', 'content-type': '', date: 'Mon, 30 Nov 2026 17:28:03 GMT' },
  RetryAttempts: 0,
}
const inZone = (minutes: number) => {
  const keys = keysFor(minutes)
  return { ...keys, Expiration: keys.Expiration.replace('Z', '+00:00') }
}
const { AccountId: _, ...anonymous } = inZone(60)

const recorded = join(fixtures, 'awscli/cli-cache')

/** As the AWS CLI 2.36.7 and we write them. */
const forms: readonly (readonly [string, string])[] = [
  ...readdirSync(recorded).map((name) => {
    const text = readFileSync(join(recorded, name), 'utf8')
    return [name, text.replace(/2026-11-21T\d\d:\d\d:\d\d/, timeIn(60).slice(0, -1))] as const
  }),
  ['of Identity Center', textOf(keysFor(50))],
  ['with a newline at its end', `${textOf(keysFor())}\n`],
  ['of a token of 4,000 characters', textOf(keysFor(60, 4000))],
  ['of an assumed role', formatSpaced({ Credentials: inZone(70), AssumedRoleUser: user })],
  ['without an account', formatSpaced({ Credentials: anonymous })],
  [
    'with all that STS answers',
    formatSpaced({
      Credentials: inZone(60),
      AssumedRoleUser: user,
      PackedPolicySize: 6,
      ResponseMetadata: metadata,
    }),
  ],
]

const { AccessKeyId, SecretAccessKey, ...others } = keysFor()
const whole = textOf(keysFor())

/** What is not, to the letter, what these two write. */
const doubtful: readonly (readonly [string, string])[] = [
  ['for less than 15 minutes', textOf(keysFor(14.9))],
  ['expired', textOf(keysFor(-1))],
  ['in another order', textOf({ SecretAccessKey, AccessKeyId, ...others })],
  ['without spaces', JSON.stringify({ ProviderType: 'sso', Credentials: keysFor() })],
  ['of several lines', JSON.stringify({ ProviderType: 'sso', Credentials: keysFor() }, null, 2)],
  ['with a second line', `${whole}\n${whole}\n`],
  ['with an escape', textOf({ ...keysFor(), AccessKeyId: 'ASIA\\u0041' }).replace('\\\\', '\\')],
  ['with a letter that is not ASCII', whole.replace('TokenOf', 'Tokené')],
  ['with a backslash', whole.replace('TokenOf', 'Token\\u004f')],
  ['with an escape behind', formatSpaced({ Credentials: inZone(60), X: 'x\n' })],
  [
    'with a control character behind',
    formatSpaced({ Credentials: inZone(60), X: 'x' }).replace('"x"', '"\u0001"'),
  ],
  ['with a control character', whole.replace('TokenOf', 'Token\u0001')],
  ['with a space in the token', whole.replace('TokenOf', 'Token Of')],
  ['with no token', whole.replace(/TokenOf\w+==/, '')],
  ['with an account that is none', textOf({ ...keysFor(), AccountId: '1234' })],
  ['with an account that is null', textOf({ ...keysFor(), AccountId: null })],
  [
    'with a part of a second',
    textOf({ ...keysFor(), Expiration: new Date(Date.now() + 3_000_000).toISOString() }),
  ],
  ['with a day that does not exist', textOf({ ...keysFor(), Expiration: '2027-02-29T00:00:00Z' })],
  [
    'with other credentials behind',
    formatSpaced({ Credentials: inZone(60), X: 'x', Credentials_: 1 }).replace('Credentials_', 'Credentials'),
  ],
  ['with a broken number', formatSpaced({ Credentials: inZone(60), X: 1 }).replace(': 1}', ': 01}')],
  ['with a brace too many', `${whole}}`],
  ['with something behind', `${whole} x`],
  ['with a comma at the end', whole.replace(/\}\}$/, ', }}')],
  ['empty', ''],
]

const shells = findPosixShells()

describe.each(shells.map((shell) => [shell.name, shell] as const))(
  '%s',
  (_name, { path, isFine, hasClock }) => {
    const it_ = it.skipIf(path === undefined)
    const run = (home: Home, options = {}) => launch(home, path, options)
    const leaves = { status: 0, stdout: 'core\n', stderr: '' }

    it_('answers what the core would, byte for byte, whoever has renewed the file', async () => {
      const home = await start()
      for (const [index, [title, text]] of forms.entries()) {
        keepRole(home, text)
        const { status, stdout } = await askCore(home, index === 0 ? { run: runCore } : {})
        expect([title, status]).toEqual([title, 0])
        const answer = isFine ? { status: 0, stdout, stderr: '' } : leaves
        expect({ title, ...run(home) }).toEqual({ title, ...answer })
      }
    })

    it_('leaves to the core what it is not sure of', async () => {
      const home = await start()
      for (const [title, text] of doubtful) {
        keepRole(home, text)
        expect({ title, ...run(home) }).toEqual({ title, ...leaves })
      }
    })

    it_('goes by no clock that the environment brings', async () => {
      const home = await start()
      keepRole(home, textOf(keysFor(-1)))
      for (const name of ['EPOCHREALTIME', 'EPOCHSECONDS']) {
        const env = { [name]: String(Date.now() / 1000 - 7200), ZSH_VERSION: '5.9', BASH_VERSION: '5.2' }
        expect(run(home, { env })).toEqual(leaves)
      }
    })

    it_('counts the minutes that are left as the calendar does', () => {
      const [code = ''] =
        readFileSync(launcher, 'utf8').match(/^_assume_is_good\(\) \{\n[\s\S]*?^\}\n/m) ?? []
      const judge = (pairs: readonly (readonly [string, string])[]) => {
        const script = `${code}while [ $# -gt 0 ]; do _assume_is_good "$1" "$2" && echo yes || echo no; shift 2; done`
        const { stdout } = spawnSync(path ?? '', ['-c', script, 'sh', ...pairs.flat()], { encoding: 'utf8' })
        return stdout.trimEnd().split('\n')
      }
      const write = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`
      const inSeconds = (time: number) => String(time / 1000)
      const lefts = [-90_000, -1, 0, 1, 899, 900, 901, 3600, 43_200, 86_399]
      const pairs = Array.from({ length: 600 }, (_, number) => {
        // Every minute and day of the year, over and over.
        const now = Date.UTC(2026, 0, 1, 0, (number * 7) % 1440, number % 60) + number * 86_400_000
        return { now, left: lefts[number % lefts.length] ?? 0 }
      }).filter(({ now, left }) => !write(now + left * 1000).includes('-02-29'))
      expect(judge(pairs.map(({ now, left }) => [write(now + left * 1000), inSeconds(now)]))).toEqual(
        pairs.map(({ left }) => (left > 900 ? 'yes' : 'no')),
      )
      const days = [
        '02-29',
        '02-30',
        '04-31',
        '06-31',
        '09-31',
        '11-31',
        '01-32',
        '13-01',
        '00-01',
        '01-00',
        '1-1',
      ]
      const times = ['24:00:00', '30:00:00', '00:60:00', '00:00:60', '0:0:0', '00:00:00.0', '00:00']
      const odd = [
        ...days.map((day) => `2027-${day}T01:00:00Z`),
        ...times.map((time) => `2027-01-01T${time}Z`),
        ...[
          '2027-01-01 01:00:00Z',
          '2027-01-01T01:00:00',
          '1999-01-01T00:00:00Z',
          '20x7-01-01T00:00:00Z',
          '',
        ],
      ]
      const now = inSeconds(Date.UTC(2026, 0, 1))
      const later = '2027-01-01T01:00:00Z'
      expect(new Set(judge(odd.map((time) => [time, now])))).toEqual(new Set(['no']))
      expect(
        judge([
          [later, now],
          [later, ''],
          [later, `${now}.5`],
        ]),
      ).toEqual(['yes', 'no', 'no'])
    })

    it.skipIf(path === undefined || !isInstalled('strace'))(
      'starts nothing but date, and that where it has no clock, and tells no key, whatever is traced',
      async () => {
        const home = await start()
        const { stdout: answer } = await askCore(home)
        const trace = join(home.path, 'trace')
        const shown = home.write('shown', 'set -xva\n')
        const hostile: Record<string, string> = {
          SHELLOPTS: 'xtrace:verbose:allexport',
          ENV: shown,
          BASH_ENV: shown,
          PS4: '+ $_assume_token ',
          'BASH_FUNC_echo%%': '() { /bin/echo "$@"; }',
          ...Object.fromEntries(
            [...new Set(readFileSync(launcher, 'utf8').match(/_assume_[a-z]+(?==)/g))].map((name) => [
              name,
              'x',
            ]),
          ),
        }
        for (const env of [{}, hostile] as Record<string, string>[])
          for (const flags of [[], ['-x'], ['-v'], ['-a'], ['-xva'], ['-f'], ['-eu']]) {
            const strace = ['-f', '-qq', '-v', '-s', '100000', '-e', 'trace=execve', '-o', trace]
            const words = [path ?? '', ...flags, launcher, 'credential-process', 'dev']
            const { stdout, stderr } = spawnSync('strace', [...strace, ...words], {
              env: { HOME: home.path, PATH: `${standIn(home)}:/usr/bin:/bin`, ...env },
              encoding: 'utf8',
            })
            const started = readFileSync(trace, 'latin1')
            const programs = [...started.matchAll(/execve\("([^"]*)".*= 0$/gm)].map(([, program]) => program)
            if (isFine) {
              expect(stdout).toBe(answer)
              expect(programs).toEqual(hasClock ? [path] : [path, '/bin/date'])
            } else expect(stdout).toBe('core\n')
            expect(secrets.filter((secret) => (stderr + started).includes(secret))).toEqual([])
          }
      },
    )

    it_(
      'hands on the arguments, the environment and its options where it leaves a call to the core',
      async () => {
        const home = await start()
        keepRole(home, textOf(keysFor(1)))
        const folder = standIn(home, `{ shift; printf '%s|' "$@"; env; }`)
        const read = (words: readonly string[]) =>
          spawnSync(path ?? '', [launcher, ...words], {
            env: {
              HOME: home.path,
              PATH: `${folder}:/usr/bin:/bin`,
              SHELLOPTS: 'noglob',
              A: ' b ',
              _assume_key: 'x',
            },
            encoding: 'utf8',
          })
            .stdout.split('\n')
            .filter((line) => !/^(_|PWD|OLDPWD|SHLVL|PPID)=/.test(line))
            .sort()
        const [asked, other] = [read(['credential-process', 'dev']), read(['env', 'dev'])]
        const plain = (lines: readonly string[]) => lines.filter((line) => !/\||^_assume_key=/.test(line))
        expect(plain(asked)).toEqual(plain(other))
        expect(asked.find((line) => line.includes('|'))).toContain('credential-process|dev|')
        expect(asked.join('\n')).not.toMatch(/_assume_|TokenOf/)
      },
    )

    it_('leaves another option, another number of words and odd names to the core', async () => {
      const home = createHome()
      const long = 'l'.repeat(100)
      const names = [
        'prod',
        long,
        `${long}l`,
        'Prod',
        'é',
        'my profile',
        '*',
        '.',
        '..',
        '.x',
        '_x',
        '-x',
        '../x',
        'a+b',
      ]
      home.writeAws(session + names.map((name) => profile(name)).join(''))
      keepRole(home, textOf(keysFor()))
      for (const name of names) await note(home, name)
      const alone = names.filter(
        (name) => run(home, { words: ['credential-process', name] }).stdout !== 'core\n',
      )
      expect(alone).toEqual(isFine ? ['prod', long] : [])
      for (const words of [
        ['prod', '--login'],
        ['--verbose', 'prod'],
        ['--profile=prod'],
        [''],
        ['prod', ''],
        [],
      ])
        expect(run(home, { words: ['credential-process', ...words] })).toEqual(leaves)
    })
  },
)

it('says as the core does that nobody can take the keys', async () => {
  const home = await start()
  const status = (words: string, end: string) =>
    spawnSync('/bin/sh', ['-c', `"${launcher}" credential-process ${words} ${end}`], {
      env: { HOME: home.path, PATH: process.env['PATH'] ?? '' },
      encoding: 'utf8',
    })
  for (const end of ['>&-', '>/dev/full']) {
    const [own, core] = [status('dev', end), status('--profile=dev', end)]
    expect([own.status, own.stderr]).toEqual([core.status, core.stderr])
  }
})
