import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { defer, openWorld } from '../sso/login/world.ts'
import { createHome, type Home, repository } from '../support/home.ts'
import { writeProgram } from '../support/programs.ts'
import { promptEnd, type ShellSession, startSession } from '../support/session.ts'
import { describeShells, type Shell } from '../support/shell.ts'
import { bash } from '../support/shells/bash.ts'
import { shells } from '../support/shells/index.ts'

function start(): Home {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  return home
}

const statusOf = { bash: '$?', zsh: '$?', fish: '$status', pwsh: '$LASTEXITCODE' }

/** The environment in which SHELL is this shell, with assume loaded. */
function prepareInnerShell(shell: Shell, home: Home): Record<string, string> {
  const { args, env } = shell.prepareSession(home, promptEnd)
  const words = [shell.name, ...args].map((word) => `'${word}'`).join(' ')
  const inner = home.write('inner', `#!/bin/sh\nexec ${words}\n`)
  chmodSync(inner, 0o755)
  return { ...env, SHELL: inner }
}

/** Types a line and expects the status that the shell then has. */
async function expectStatus(shell: Shell, session: ShellSession, line: string, status: number) {
  const mark = `${line.length}-${Math.random().toString(36).slice(2, 8)}`
  if (line !== '') await session.run(line, '')
  await session.run(`echo "${mark} <${statusOf[shell.name]}>"`, '')
  const [, shown] = new RegExp(`^${mark} <(.*)>$`, 'm').exec(session.terminal.text()) ?? []
  expect([line, shown]).toEqual([line, String(status)])
}

describeShells('assume exec', shells, (shell) => {
  it('has the status of the command, whatever that is or how it ends', async () => {
    const session = await startSession(shell, start())
    const statuses = {
      "sh -c 'exit 0'": 0,
      "sh -c 'exit 7'": 7,
      "sh -c 'exit 125'": 125,
      "sh -c 'exit 130'": 130,
      "sh -c 'kill -TERM $$'": 143,
      '/': 126,
      'no-such-program-anywhere': 127,
    }
    for (const [command, status] of Object.entries(statuses))
      await expectStatus(shell, session, `assume exec dev-profile ${command}`, status)
  })

  it('fails with 125 and a hint before the command', async () => {
    const session = await startSession(shell, start())
    await expectStatus(shell, session, 'assume exec dev-profil true', 125)
    expect(session.terminal.text()).toMatch(/assume: there is no profile dev-profil[\s\S]*dev-profile/)
  })

  it('leaves the terminal to the command: its size, its keys, its modes', async () => {
    const home = start()
    const program = writeProgram(home, 'key-reader')
    const session = await startSession(shell, home)
    await session.run("assume exec dev-profile sh -c 'test -t 0 && test -t 1 && test -t 2 && stty size'", '')
    expect(session.terminal.text()).toMatch(/^30 120$/m)
    session.terminal.type(`assume exec dev-profile ${program}\r`)
    await session.terminal.waitFor(/^ready$/m)
    session.terminal.type('\u0003')
    await session.terminal.waitFor('keys 3')
    session.terminal.type('\u001a')
    await session.terminal.waitFor('keys 26')
    session.terminal.type('q')
    await session.prompt('', 'keys 113')
    await expectStatus(shell, session, '', 43)
  })

  it('brings Ctrl-C and a new size to the command once, and goes on', async () => {
    const home = start()
    const session = await startSession(shell, home)
    await startCounter(session, home)
    session.terminal.type('\u0003')
    await session.terminal.waitFor('SIGINT 1')
    session.terminal.resize(100, 25)
    await session.terminal.waitFor('size 100,25')
    session.terminal.type('\u001c')
    await session.prompt('', 'all {"SIGINT":1,"SIGWINCH":1,"SIGQUIT":1}')
    await expectStatus(shell, session, '', 42)
  })

  it('ends by Ctrl-C as the command does, and the shell goes on', async () => {
    const session = await startSession(shell, start())
    session.terminal.type("assume exec dev-profile sh -c 'echo begun; exec sleep 100'\r")
    await session.terminal.waitFor(/^begun$/m)
    session.terminal.type('\u0003')
    await session.prompt('', 'exec dev-profile')
    await session.run('echo "after <42>"', '')
    expect(session.terminal.text()).toMatch(/^after <42>$/m)
  })

  it('runs the shell of the user without a command, with what --unset needs', async () => {
    const home = start()
    const session = await startSession(shell, home, { env: prepareInnerShell(shell, home) })
    session.terminal.type('assume exec dev-profile\r')
    await session.prompt('(dev-profile) ')
    await session.run('assume test-profile', '(test-profile) ')
    await session.run('assume --unset', '')
    await session.run('exit 5', '')
    await expectStatus(shell, session, '', 5)
  })

  it('gives the command the words that were typed', async () => {
    const home = start()
    const words = [
      'two words',
      "it's",
      '"x"',
      '*',
      '~',
      '$HOME',
      '-r',
      '--help',
      '',
      'caf\u00e9 \u65e5',
      'a\\b',
      '--',
    ]
    const session = await startSession(shell, home, { cols: 200 })
    const typed = words.map((word) => shell.quote(word)).join(' ')
    await session.run(`assume exec dev-profile -- ${writeProgram(home, 'word-printer')} ${typed}`, '')
    expect(session.terminal.text()).toContain(JSON.stringify(words))
  })
})

describeShells('assume exec without a session', shells, (shell) => {
  it('logs in first, and leaves the terminal to the command', async () => {
    const world = await openWorld({ flow: 'pkce' })
    const session = await startSession(shell, world.home, { env: await world.browser() })
    await session.run("assume exec dev-profile sh -c 'test -t 0 && test -t 1 && stty size; exit 4'", '')
    expect(session.terminal.text()).toMatch(/^30 120$/m)
    await expectStatus(shell, session, '', 4)
    world.expectNoSecret(session.terminal.output.toString())
  })

  it('gives keys to the command only', async () => {
    const world = await openWorld()
    await world.logIn()
    const session = await startSession(shell, world.home, { cols: 200 })
    const show =
      'test -n "$AWS_SECRET_ACCESS_KEY" && echo "keys-${ASSUME_EXPIRES_AT:+expire} $ASSUME_PROFILE"'
    await session.run(`assume exec --export dev-profile sh -c ${shell.quote(show)}`, '')
    expect(session.terminal.text()).toMatch(/^keys-expire dev-profile$/m)
    await session.run(`sh -c ${shell.quote('echo "outside <$AWS_SECRET_ACCESS_KEY$ASSUME_PROFILE>"')}`, '')
    expect(session.terminal.text()).toMatch(/^outside <>$/m)
    world.expectNoSecret(session.terminal.output.toString())
  })

  it('shows whose keys they are in a shell that it starts, also from a shell with a switch of its own', async () => {
    const world = await openWorld()
    await world.logIn()
    const session = await startSession(shell, world.home, { env: prepareInnerShell(shell, world.home) })
    await session.run('assume test-profile', '(test-profile) ')
    session.terminal.type('assume exec --export dev-profile\r')
    await session.terminal.waitFor(/^\(dev-profile (\d+h\d+m|\d+m)\) READY>$/m)
    await session.run(shell.setExported('AWS_PROFILE', 'p'), '(p, but keys of dev-profile) ')
    await session.run('exit', '(test-profile) ')
  })

  it('starts no command after Ctrl-C, status 130', async () => {
    const world = await openWorld({ flow: 'pkce' })
    const session = await startSession(shell, world.home, { env: await world.browser(async () => {}) })
    session.terminal.type('assume exec dev-profile touch started\r')
    await session.terminal.waitFor('if none opens, go to')
    session.terminal.type('\u0003')
    await session.prompt('', 'if none opens, go to')
    await expectStatus(shell, session, '', 130)
    expect(existsSync(join(world.home.path, 'started'))).toBe(false)
  })
})

describeShells('assume exec that is ended while it waits for a login', [bash], (shell) => {
  it('leaves nothing that waits', async () => {
    const world = await openWorld({ flow: 'pkce' })
    const session = await startSession(shell, world.home, { env: await world.browser(async () => {}) })
    session.terminal.type(`'${join(repository, 'bin/assume')}' exec dev-profile touch started &\r`)
    await session.terminal.waitFor('if none opens, go to')
    session.terminal.type('kill -TERM $!\r')
    await session.terminal.waitFor('assume: cancelled')
  })
})

describeShells(
  'assume exec as a job',
  shells.filter(({ name }) => name !== 'pwsh'),
  (shell) => {
    it('is stopped by Ctrl-Z as a whole, and fg resumes it', async () => {
      const home = start()
      const session = await startSession(shell, home)
      const pid = await startCounter(session, home)
      session.terminal.type('\u001a')
      await session.prompt('', 'ready')
      expect(stateOf(pid)).toMatch(/^T/)
      await session.run('jobs', '')
      expect(session.terminal.text()).toMatch(/stopped|suspended/i)
      session.terminal.type('fg\r')
      await session.terminal.waitFor('SIGCONT 1')
      session.terminal.type('\u0003')
      await session.terminal.waitFor('SIGINT 1')
      session.terminal.type('\u001c')
      await session.prompt('', 'all {"SIGCONT":1,"SIGINT":1,"SIGQUIT":1}')
      await expectStatusOfJob(shell, session, 42)
    })

    it('is stopped while it waits for a login, and goes on from there', async () => {
      const world = await openWorld({ flow: 'pkce' })
      const url = defer<string>()
      const env = await world.browser(async (opened) => url.resolve(opened))
      const session = await startSession(shell, world.home, { env })
      session.terminal.type("assume exec dev-profile sh -c 'echo done-$((6 * 7))'\r")
      await session.terminal.waitFor('if none opens, go to')
      session.terminal.type('\u001a')
      await session.prompt('', 'if none opens, go to')
      session.terminal.type('fg\r')
      await fetch(await url.promise)
      await session.prompt('', 'done-42')
    })

    it('goes on in the background', async () => {
      const home = start()
      const session = await startSession(shell, home)
      const pid = await startCounter(session, home)
      session.terminal.type('\u001a')
      await session.prompt('', 'ready')
      session.terminal.type('bg\r')
      await session.terminal.waitFor('SIGCONT 1')
      expect(stateOf(pid)).toMatch(/^[^T+]*$/)
      session.terminal.type(`kill -QUIT ${pid}\r`)
      await session.terminal.waitFor('all {"SIGCONT":1,"SIGQUIT":1}')
    })

    it.each(['kill -STOP $$', 'kill -TSTP 0'])('is stopped when its command does %s', async (stop) => {
      const session = await startSession(shell, start())
      session.terminal.type(`assume exec dev-profile sh -c '${stop}; echo done-$((6 * 7)); exit 9'\r`)
      await session.prompt('', 'exec dev-profile')
      session.terminal.type('fg\r')
      await session.prompt('', 'done-42')
      await expectStatusOfJob(shell, session, 9)
    })
  },
)

/** Starts the counter of signals and returns its process id. */
async function startCounter(session: ShellSession, home: Home): Promise<number> {
  session.terminal.type(`assume exec dev-profile ${writeProgram(home, 'signal-counter')}\r`)
  await session.terminal.waitFor(/^ready \d+$/m)
  return Number(/^ready (\d+)$/m.exec(session.terminal.text())?.[1])
}

/** After fg, zsh has the status of a function that was stopped as 0, and fish 3 that of any job. */
async function expectStatusOfJob(shell: Shell, session: ShellSession, status: number) {
  if (shell.name === 'bash') await expectStatus(shell, session, '', status)
  else await session.run('echo "still here"', '')
}

/** The state of a process: T is stopped, + in the foreground (`ps`, "PROCESS STATE CODES"). */
function stateOf(pid: number): string {
  return spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()
}
