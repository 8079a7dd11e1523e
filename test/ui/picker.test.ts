import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { finished } from 'node:stream/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { TerminalSession } from '../../src/context.ts'
import { pickFrom } from '../../src/ui/picker.ts'
import { createHome, type Home, repository } from '../support/home.ts'
import { baseEnvironment } from '../support/shell.ts'
import { TerminalScreen } from '../support/terminal-screen.ts'

/** As a shell function does it; afterwards the files in HOME say what was picked and how the terminal was left. */
const callingShell = `
__assume_apply() {
  for word; do case $word in AWS_PROFILE=*) printf %s "\${word#*=}" >"$HOME/picked" ;; esac; done
}
{ out="$(ASSUME_SHELL=bash ASSUME_CONTRACT=4 bash -c 'echo $$ >"$HOME/pid"; exec node "$MAIN"' 3>&1 >&4 4>&-)"; status=$?; } 4>&1
printf %s "$out" >"$HOME/channel"
eval "$out"
stty -a >"$HOME/modes"
exit "$status"`

interface Picker {
  readonly home: Home
  readonly screen: TerminalScreen
  readonly pid: () => number
  /** The exit status, when the shell has ended. */
  readonly end: () => Promise<number>
  readonly picked: () => string | undefined
}

interface Options {
  readonly config?: string
  readonly history?: string
  readonly env?: Record<string, string>
  readonly rows?: number
  readonly cols?: number
  /** Shell code that runs first in the same terminal. */
  readonly before?: string
}

const threeProfiles = `
[profile dev]
region = eu-west-1
sso_account_id = 111122223333
sso_role_name = Admin
[profile prod]
region = eu-central-1
[profile stage]
region = us-east-1
`

function openPicker({ config = threeProfiles, history, env, rows, cols, before = '' }: Options = {}): Picker {
  const home = createHome()
  home.writeAws(config)
  if (history !== undefined) home.write('.local/state/assume/history', history)
  // A job of a shell with job control: elsewhere the kernel lets no process be stopped by Ctrl-Z.
  const job = ['set -m; bash --norc -c "$1"; exit $?', 'bash', `${before}\n${callingShell}`]
  const screen = TerminalScreen.spawn('bash', ['--norc', '-c', ...job], {
    env: { ...baseEnvironment(home), MAIN: join(repository, 'dist/main.js'), ...env },
    cwd: home.path,
    ...(rows !== undefined && { rows }),
    ...(cols !== undefined && { cols }),
  })
  onTestFinished(() => screen.dispose())
  const read = (name: string) => readFileSync(join(home.path, name), 'utf8')
  return {
    home,
    screen,
    pid: () => Number(read('pid')),
    end: async () => (await screen.exit).status,
    picked: () => (existsSync(join(home.path, 'picked')) ? read('picked') : undefined),
  }
}

const makeProfiles = (count: number) =>
  Array.from({ length: count }, (_, index) => `[profile team-${index}]\nregion = eu-west-1\n`).join('')

/** The names in the list, from the top. */
function listedNames(screen: TerminalScreen): string[] {
  const rows = screen.screen()
  const heading = rows.findIndex((row) => row.includes('PROFILE'))
  return rows
    .slice(heading + 1)
    .filter((row) => row !== '')
    .map((row) => row.slice(3).split(' ')[0] ?? '')
}

function expectTerminalAsBefore(picker: Picker): void {
  expectModesAsBefore(picker)
  expect(picker.screen.text()).toBe('')
}

function expectModesAsBefore({ screen, home }: Picker): void {
  const modes = readFileSync(join(home.path, 'modes'), 'utf8')
  expect(modes).toMatch(/\sicanon\b/)
  expect(modes).toMatch(/\secho\b/)
  expect(modes).toMatch(/\sisig\b/)
  expect(screen.modes).toMatchObject({ cursorVisible: true, bracketedPasteMode: false, wraparoundMode: true })
}

describe('the picker', () => {
  it('picks the profile of which a part was typed', async () => {
    const picker = openPicker()
    await picker.screen.waitFor('3/3 >')
    picker.screen.type('prd')
    await picker.screen.waitFor('1/3 > prd')
    picker.screen.type('\r')
    expect(await picker.end()).toBe(0)
    expect(picker.picked()).toBe('prod')
    expect(picker.screen.text()).not.toContain('PROFILE')
  })

  it('shows name, account, role, region and the session, and marks the active profile', async () => {
    const config = `[sso-session s]\nsso_start_url = https://x/\nsso_region = eu-west-1\n${threeProfiles}`
    const picker = openPicker({
      config: config.replace('[profile dev]', '[profile dev]\nsso_session = s'),
      env: { AWS_PROFILE: 'stage' },
    })
    await picker.screen.waitFor('3/3 >')
    expect(picker.screen.screen().slice(0, 5)).toEqual([
      '3/3 >',
      '   PROFILE  ACCOUNT       ROLE   REGION        SESSION',
      '>  dev      111122223333  Admin  eu-west-1     logged out',
      '   prod                          eu-central-1',
      ' * stage                         us-east-1',
    ])
  })

  it.each([
    ['Esc', '\u001b'],
    ['Ctrl-C', '\u0003'],
    ['Ctrl-G', '\u0007'],
    ['Ctrl-D', '\u0004'],
  ])('%s leaves everything as it was', async (_name, key) => {
    const picker = openPicker()
    await picker.screen.waitFor('3/3 >')
    picker.screen.type(key)
    expect(await picker.end()).toBe(130)
    expect(readFileSync(join(picker.home.path, 'channel'), 'utf8')).toBe('')
    expectTerminalAsBefore(picker)
  })

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
  ] as const)('%s from elsewhere gives the terminal back', async (signal, status) => {
    const picker = openPicker()
    await picker.screen.waitFor('3/3 >')
    process.kill(picker.pid(), signal)
    expect(await picker.end()).toBe(status)
    expect(picker.picked()).toBeUndefined()
    expectTerminalAsBefore(picker)
  })

  it('goes on after Ctrl-Z, and after a stop signal from elsewhere', async () => {
    const picker = openPicker()
    await picker.screen.waitFor('3/3 >')
    picker.screen.type('\u001asta')
    await picker.screen.waitFor('1/3 > sta')
    process.kill(picker.pid(), 'SIGTSTP')
    picker.screen.type('g')
    await picker.screen.waitFor('1/3 > stag')
    picker.screen.type('\r')
    expect(await picker.end()).toBe(0)
    expect(picker.picked()).toBe('stage')
  })

  it('moves by keys, in a list longer than the window', async () => {
    const picker = openPicker({ config: makeProfiles(40) })
    const pressed = [
      ['\u001b[B', 1],
      ['\u000e', 2],
      ['\u001b[A', 1],
      ['\u0010', 0],
      ['\u001b[6~', 10],
      ['\u001b[F', 39],
      ['\u001b[5~', 29],
      ['\u001bOB', 30],
    ] as const
    await picker.screen.waitFor('>  team-0')
    for (const [key, row] of pressed) {
      picker.screen.type(key)
      await picker.screen.waitFor(new RegExp(`^> {2}team-${row}\\b`, 'm'))
    }
    picker.screen.type('\r')
    expect(await picker.end()).toBe(0)
    expect(picker.picked()).toBe('team-30')
  })

  it('does nothing for Enter while nothing matches, and finds again after a correction', async () => {
    const picker = openPicker()
    await picker.screen.waitFor('3/3 >')
    picker.screen.type('prodx\r')
    await picker.screen.waitFor('0/3 > prodx')
    picker.screen.type('\u007f')
    await picker.screen.waitFor('1/3 > prod')
    picker.screen.type('\u0015dev\r')
    expect(await picker.end()).toBe(0)
    expect(picker.picked()).toBe('dev')
  })

  it('lists in the order of use; names that are gone do not matter', async () => {
    const now = Math.floor(Date.now() / 1000)
    const used = ['stage', 'gone', 'gone', 'gone', 'prod', 'stage', 'stage', 'prod']
    const picker = openPicker({ history: used.map((name) => `${now}\t${name}\n`).join('') })
    await picker.screen.waitFor('3/3 >')
    expect(listedNames(picker.screen)).toEqual(['stage', 'prod', 'dev'])
    picker.screen.type('\r')
    expect(await picker.end()).toBe(0)
    expect(picker.picked()).toBe('stage')
  })

  it('runs nothing of a hostile name and sends none of its control characters', async () => {
    const name = 'x$(touch PWN)`touch PWN2`%n\\u\u001b]0;owned\u0007\u009b31m'
    const config = `[profile '${name}']\nsso_role_name = \u001b[5mrole\n[profile other]\nregion = r\u001b[2J\n`
    const picker = openPicker({ config })
    await picker.screen.waitFor('x$(touch PWN)`touch PWN2`%n\\u?]0;owned??31m')
    picker.screen.type('touch\r')
    expect(await picker.end()).toBe(0)
    expect(picker.picked()).toBe(name)
    const sent = picker.screen.output
    for (const sequence of ['\u001b]', '\u0007', '\u009b', '\u001b[2J', '\u001b[5m']) {
      expect(sent.includes(sequence), JSON.stringify(sequence)).toBe(false)
    }
    expect(readdirSync(picker.home.path).filter((file) => file.startsWith('PWN'))).toEqual([])
  })

  it('has room for 5,000 profiles', async () => {
    const picker = openPicker({ config: makeProfiles(5000) })
    await picker.screen.waitFor('5000/5000 >')
    picker.screen.type('team-4321')
    await picker.screen.waitFor('>  team-4321')
    picker.screen.type('\r')
    expect(await picker.end()).toBe(0)
    expect(picker.picked()).toBe('team-4321')
  })

  it.each([1, 2, 3, 5])('fits into %i rows, and clears them', async (rows) => {
    const picker = openPicker({ config: makeProfiles(50), rows })
    await picker.screen.waitFor('50/50 >')
    expect(picker.screen.screen()[0]).toBe('50/50 >')
    picker.screen.type('3')
    await picker.screen.waitFor('14/50 > 3')
    expect(picker.screen.text().split('\n')).toHaveLength(rows)
    picker.screen.type('\u001b')
    expect(await picker.end()).toBe(130)
    expectTerminalAsBefore(picker)
  })

  it('draws at the bottom of a full screen, and keeps what was above', async () => {
    const before = 'for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do echo line-$n; done'
    const picker = openPicker({ before, rows: 15 })
    await picker.screen.waitFor('3/3 >')
    picker.screen.type('\u001b[B\u001b[B\u001b[A')
    await picker.screen.waitFor('>  prod')
    picker.screen.type('\u0003')
    expect(await picker.end()).toBe(130)
    const lines = Array.from({ length: 15 }, (_, index) => `line-${index + 1}`)
    expect(picker.screen.text()).toBe(lines.join('\n'))
  })

  it('draws again in another window size, without a wrapped line', async () => {
    const picker = openPicker({
      config: `${makeProfiles(30)}[profile ${'n'.repeat(200)}]\nregion = eu-west-1\n`,
    })
    await picker.screen.waitFor('31/31 >')
    expect(listedNames(picker.screen)).toHaveLength(10)
    picker.screen.resize(30, 7)
    await picker.screen.waitFor(() => listedNames(picker.screen).length === 5)
    picker.screen.type('nnn')
    // The key may be there before the new size is.
    await picker.screen.waitFor(/ 1\/31 > nnn\n.*\n> {2}n+…/)
    expect(picker.screen.screen().slice(0, 4)).toEqual([
      ' 1/31 > nnn',
      expect.stringContaining('PROFILE'),
      expect.stringMatching(/^> {2}n+…/),
      '',
    ])
    picker.screen.resize(80, 24)
    await picker.screen.waitFor('eu-west-1')
    picker.screen.type('\u0003')
    expect(await picker.end()).toBe(130)
    expectModesAsBefore(picker)
    expect(picker.screen.screen().join('')).not.toContain('>')
  })

  it.each([
    ['marked by the terminal', '\u001b[200~prod\nstage\n\u001b[201~'],
    ['unmarked', 'prod\nstage\n'],
    ['marked, with control characters', '\u001b[200~prod\n\u0007\u0015stage\u0000\n\u001b[201~'],
  ])('pasted lines pick nothing: %s', async (_title, pasted) => {
    const picker = openPicker()
    await picker.screen.waitFor('3/3 >')
    expect(picker.screen.modes.bracketedPasteMode).toBe(true)
    picker.screen.type(pasted)
    await picker.screen.waitFor('0/3 > prod stage')
    picker.screen.type('\u0015prod\r')
    expect(await picker.end()).toBe(0)
    expect(picker.picked()).toBe('prod')
  })

  it('a pasted line picks nothing, even if the end of the paste comes late', async () => {
    const picker = openPicker()
    await picker.screen.waitFor('3/3 >')
    picker.screen.type('\u001b[200~prod\n')
    await picker.screen.waitFor('1/3 > prod')
    picker.screen.type('x\u001b[201~')
    await picker.screen.waitFor('0/3 > prod x')
    picker.screen.type('\u001b')
    expect(await picker.end()).toBe(130)
  })

  it('takes what was typed before it was there', async () => {
    const picker = openPicker({ before: 'read -r first' })
    picker.screen.type('go\nstag\n')
    expect(await picker.end()).toBe(0)
    expect(picker.picked()).toBe('stage')
  })

  it('copes with a terminal that another program left raw, coloured and without a cursor', async () => {
    const picker = openPicker({ before: "stty raw -echo; printf '\\033[?25l\\033[31m'" })
    await picker.screen.waitFor('3/3 >')
    expect(picker.screen.screen()[4]).toBe('   stage                         us-east-1')
    picker.screen.type('\u0003')
    expect(await picker.end()).toBe(130)
    expect(readFileSync(join(picker.home.path, 'modes'), 'utf8')).toMatch(/-icanon/)
    expect(picker.screen.modes.cursorVisible).toBe(true)
  })

  it('keeps one row each, even where the terminal takes characters for wider than they are', async () => {
    const picker = openPicker({
      config: `[profile '${'👨‍👩‍👧‍👦'.repeat(30)}']\nregion = eu-west-1\n${threeProfiles}`,
    })
    await picker.screen.waitFor('4/4 >')
    expect(picker.screen.screen()[3]).toMatch(/^ {3}dev /)
    picker.screen.type('\u0003')
    await picker.end()
    expectTerminalAsBefore(picker)
  })

  it('uses no colours where NO_COLOR is set', async () => {
    const picker = openPicker({ env: { NO_COLOR: '1' } })
    await picker.screen.waitFor('3/3 >')
    expect(picker.screen.output.toString()).not.toMatch(/\u001b\[[1-9][0-9;]*m/)
    picker.screen.type('\u0003')
    await picker.end()
  })

  it('ends when the terminal goes away', async () => {
    // Whoever holds the writing end of the pipe is alive.
    const picker = openPicker({ before: 'mkfifo alive; exec 9<>alive' })
    await picker.screen.waitFor('3/3 >')
    const alive = createReadStream(join(picker.home.path, 'alive'))
    await once(alive, 'open')
    await picker.screen.dispose()
    await finished(alive.resume())
    expect(picker.picked()).toBeUndefined()
  })
})

describe('pickFrom', () => {
  function openSession() {
    const input = Object.assign(new PassThrough(), {
      isRaw: false,
      setRawMode(mode: boolean) {
        this.isRaw = mode
      },
    })
    const output = Object.assign(new PassThrough(), { getWindowSize: () => [80, 24] })
    const session = { input, output, close() {} } as unknown as TerminalSession
    return { input, output, session }
  }

  const choices = {
    heading: ['NAME'],
    rows: ['one', 'two'].map((name) => ({ cells: [name], active: false, usable: true })),
    rank(query: string) {
      if (query === 'boom') throw new Error('boom')
      return query === 'tw' ? [1] : [0, 1]
    },
  }

  it('begins with the query that it is given', async () => {
    const { input, session } = openSession()
    const picked = pickFrom(session, choices, { query: 'tw', colour: true })
    expect(input.isRaw).toBe(true)
    input.write('\r')
    expect(await picked).toBe(1)
    expect(input.isRaw).toBe(false)
  })

  it('gives the terminal back when something fails', async () => {
    const { input, output, session } = openSession()
    const picked = pickFrom(session, choices, { colour: true })
    input.write('boom')
    await expect(picked).rejects.toThrow('boom')
    expect(input.isRaw).toBe(false)
    expect(input.listenerCount('keypress') + output.listenerCount('resize')).toBe(0)
    expect(String(output.read())).toMatch(/\r\u001b\[J\u001b\[\?2004l$/)
  })

  it('gives up when the terminal says no more', async () => {
    const { input, session } = openSession()
    const picked = pickFrom(session, choices, { colour: true })
    input.end()
    expect(await picked).toBeUndefined()
  })
})

describe('the numbered list of a dumb terminal', () => {
  const dumb = { env: { TERM: 'dumb' } }

  it('takes a number', async () => {
    const picker = openPicker({ ...dumb, config: makeProfiles(30) })
    await picker.screen.waitFor('number or part of a name:')
    expect(picker.screen.text()).toMatch(/^20 +team-19/m)
    expect(picker.screen.text()).not.toContain('team-20')
    expect(picker.screen.output.includes('\u001b')).toBe(false)
    picker.screen.type('3\n')
    expect(await picker.end()).toBe(0)
    expect(picker.picked()).toBe('team-2')
  })

  it('takes a part of a name, and asks again while it is not clear', async () => {
    const picker = openPicker({ ...dumb, config: makeProfiles(30) })
    await picker.screen.waitFor('number or part of a name:')
    picker.screen.type('nonsense\n')
    await picker.screen.waitFor('nothing matches')
    picker.screen.type('team-2\n')
    expect(await picker.end()).toBe(0)
    expect(picker.picked()).toBe('team-2')
  })

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('%s picks nothing', async (_name, key) => {
    const picker = openPicker(dumb)
    await picker.screen.waitFor('number or part of a name:')
    picker.screen.type(key)
    expect(await picker.end()).toBe(130)
    expect(picker.picked()).toBeUndefined()
  })
})

describe('assume without a name', () => {
  function runMain(home: Home) {
    return spawnSync('node', [join(repository, 'dist/main.js')], {
      env: { ...baseEnvironment(home), ASSUME_SHELL: 'bash', ASSUME_CONTRACT: '4' },
      encoding: 'utf8',
    })
  }

  it('names the usage where there is no terminal', () => {
    const home = createHome()
    home.writeAws(threeProfiles)
    const { status, stdout, stderr } = runMain(home)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toBe(
      'assume: a profile name is needed: there is no terminal to pick one on\n  assume PROFILE\n  assume --help\n',
    )
  })

  it('says so when there are no profiles', async () => {
    const picker = openPicker({ config: '' })
    expect(await picker.end()).toBe(2)
    expect(picker.screen.text()).toBe(
      'assume: there is no profile to pick: ~/.aws/config has no profiles\n  assume configure',
    )
  })

  it('is followed by what is not understood of the files, also where nothing is picked', async () => {
    const picker = openPicker({ config: `${threeProfiles}[profile ]\n` })
    await picker.screen.waitFor('3/3 >')
    picker.screen.type('\u0003')
    await picker.end()
    expect(picker.screen.text()).toMatch(/^assume: warning: ~\/\.aws\/config: 1 line is not understood; /)
  })
})
