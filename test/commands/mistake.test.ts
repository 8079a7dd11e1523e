import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { subcommands, switchCommand } from '../../src/cli/table.ts'
import { callCommand } from '../support/command.ts'
import { runCore } from '../support/core.ts'
import { createHome, repository } from '../support/home.ts'
import { baseEnvironment } from '../support/shell.ts'

const keys = 'aws_access_key_id = A\naws_secret_access_key = x\n'

function start(profiles: readonly string[]) {
  const home = createHome()
  home.writeAws(profiles.map((name) => `[profile ${name}]\n${keys}`).join(''))
  // The status of exec is made by the executable, which answers also for what is no command.
  return async (...words: readonly string[]) =>
    words[0] === 'exec' || words[0]?.startsWith('-') ? runCore(home, words) : callCommand(home, words)
}

/** What is wrong, with what can have been meant, and on the next line the command to type. */
const form = /^assume: [^\n]+[^.\n]\n {2}assume( [^\n]+)?\n$/

describe.each([switchCommand, ...subcommands].map((command) => [command.name, command] as const))(
  'assume %s',
  (name, command) => {
    const own = name === '' ? [] : [name]
    const status = name === 'exec' ? 125 : 2
    const prefix = name === '' ? 'assume: ' : `assume: assume ${name}: `

    it('answers an unknown word, an unknown flag, and a flag with a value it does not take, in one form', async () => {
      const assume = start(['dev'])
      const last = command.positionals.at(-1)
      const takesAll = last?.kind === 'command' || last?.repeats === true
      const full = command.positionals.map(({ kind }) => (typeof kind === 'string' ? 'dev' : (kind[0] ?? '')))
      const cases: [string, string[]][] = [
        [`${prefix}there is no --verbsoe; did you mean --verbose?`, ['--verbsoe']],
        [`${prefix}--verbose takes no value`, ['--verbose=false']],
        [`${prefix}there is no --nothing-like-it`, ['--nothing-like-it']],
        ...(takesAll ? [] : [[`${prefix}one word too many: wrod`, [...full, 'wrod']] as [string, string[]]]),
      ]
      for (const [message, words] of cases) {
        const answer = await assume(...own, ...words)
        expect(answer.stderr.split('\n')[0]).toBe(message)
        expect(answer.stderr).toMatch(form)
        expect([answer.status, answer.stdout]).toEqual([status, ''])
        expect(answer.stderr).toContain(`\n  ${['assume', ...own, '--help'].join(' ')}\n`)
      }
    })

    it('shows its help', async () => {
      const { status: ended, stdout, stderr } = await start([])(...own, '--help')
      expect([ended, stderr]).toEqual([0, ''])
      expect(stdout).toMatch(new RegExp(`^${['assume', ...own].join(' ')} [^\n]*\\[options\\]\n`))
      expect(stdout).not.toContain('\u001b')
    })
  },
)

describe('a mistake', () => {
  it.each<[string, string, string]>([
    ['logut', 'there is no profile logut; did you mean assume logout?', 'assume logout'],
    ['exce', 'there is no profile exce; did you mean assume exec?', 'assume exec'],
    ['exce dev -- ls -l', 'there is no command exce; did you mean assume exec?', 'assume exec dev -- ls -l'],
    ['exce dev ls -l', 'there is no command exce; did you mean assume exec?', 'assume exec dev ls -l'],
    ['syncc --prune', 'there is no --prune', 'assume --help'],
    ['- dev', 'one word too many: dev', 'assume --help'],
    ['- --verbose', '- goes alone', 'assume --help'],
    ['sync -y=x', 'assume sync: -y takes no value', 'assume sync --help'],
    ['sync -y-', 'assume sync: there is no -y-', 'assume sync --help'],
    ['list --nope', 'assume list: there is no --nope', 'assume list --help'],
    [
      'settings set assume_mode exprt',
      'assume_mode has no value exprt; did you mean export?',
      'assume settings set assume_mode export',
    ],
    ['lgoin --all', 'there is no command lgoin; did you mean assume login?', 'assume login --all'],
    ['login --al', 'assume login: there is no --al; did you mean --all?', 'assume login --help'],
    ['list --json=false', 'assume list: --json takes no value', 'assume list --help'],
    ['plugin list --json=false', 'assume plugin: --json takes no value', 'assume plugin --help'],
    [
      'plugin enabel kube',
      'assume plugin: there is no action enabel; did you mean enable?',
      'assume plugin --help',
    ],
    [
      'plugin check',
      'assume plugin: say "list", "enable NAME", "disable NAME" or "check PATH"',
      'assume plugin --help',
    ],
    [
      'settings gte x',
      'assume settings: there is no action gte; did you mean get?',
      'assume settings --help',
    ],
    ['env dev --shell zhs', 'assume env: there is no shell zhs; did you mean zsh?', 'assume env --help'],
    [
      'env dev --shell --format json',
      'assume env: --shell needs a value: --shell SHELL',
      'assume env --help',
    ],
    ['setup --shell bsh', 'assume setup: there is no shell bsh; did you mean bash?', 'assume setup --help'],
    ['help exce', 'assume help: there is no command exce; did you mean exec?', 'assume help --help'],
    ['login wrok', 'there is no session and no profile wrok; did you mean work?', 'assume list'],
    ['unset', 'there is no profile unset; did you mean assume --unset?', 'assume --unset'],
    [
      '-r us-east dev',
      'there is no AWS region us-east; did you mean us-east-1 or us-east-2?',
      'assume NAME -r us-east-1',
    ],
  ])('assume %s', async (line, message, hint) => {
    const answer = await start(['dev', 'work', 'syncc'])(...line.split(' '))
    expect(answer.stderr).toBe(`assume: ${message}\n  ${hint}\n`)
    expect(answer.status).toBe(2)
  })
})

describe('assume help', () => {
  it('shows what --help shows, of everything or of one command', async () => {
    const assume = start(['dev'])
    expect(await assume('help')).toMatchObject({ status: 0, stdout: (await assume('--help')).stdout })
    expect(await assume('help', 'exec')).toMatchObject({
      status: 0,
      stdout: (await assume('exec', '--help')).stdout,
    })
  })

  it('goes behind a profile of that name', async () => {
    const assume = start(['help', 'unset'])
    expect(await assume('help', '--dry-run')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('AWS_PROFILE=help'),
    })
    expect((await assume('unset', '--dry-run')).stdout).toContain('AWS_PROFILE=unset')
    expect(await assume('help')).toMatchObject({ status: 2, stderr: expect.stringContaining('assume setup') })
    expect(await assume('help', 'list')).toMatchObject({
      status: 0,
      stdout: (await assume('list', '--help')).stdout,
    })
    expect(await assume('help', 'help')).toMatchObject({
      status: 0,
      stdout: (await start([])('help', '--help')).stdout,
    })
  })

  it('finds a profile of that name in a pipe', () => {
    const home = createHome()
    home.write('profiles', `[profile help]\n${keys}`)
    const script = 'AWS_CONFIG_FILE=<(cat profiles) "$0" help --dry-run'
    const { stdout, stderr } = spawnSync('bash', ['-c', script, join(repository, 'bin/assume')], {
      env: baseEnvironment(home),
      cwd: home.path,
      encoding: 'utf8',
    })
    expect([stdout, stderr]).toEqual([expect.stringContaining('AWS_PROFILE=help'), ''])
  })

  it('is there where the profiles cannot be read', () => {
    const home = createHome()
    home.writeAws('')
    const { status, stdout } = runCore(home, ['help'], { env: { AWS_CONFIG_FILE: home.path } })
    expect([status, stdout]).toEqual([0, expect.stringContaining('Options:')])
  })
})
