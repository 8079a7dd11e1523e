import { chmodSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { World } from '../interop/world.ts'
import { writeProgram } from '../support/programs.ts'
import { promptEnd, type ShellSession, startSession, waitForJob } from '../support/session.ts'
import { describeShells, type Shell } from '../support/shell.ts'
import { bash } from '../support/shells/bash.ts'
import { shells } from '../support/shells/index.ts'

/** A terminal at which somebody is logged in, and SHELL is this shell, with assume loaded. */
async function start(shell: Shell): Promise<ShellSession & { readonly world: World }> {
  const world = await World.open()
  await world.logIn()
  mkdirSync(join(world.home.path, 'run'), { mode: 0o700 })
  const { args, env } = shell.prepareSession(world.home, promptEnd)
  const words = [shell.name, ...args].map((word) => `'${word}'`).join(' ')
  const inner = world.home.write('inner', `#!/bin/sh\nexec ${words}\n`)
  chmodSync(inner, 0o755)
  const own = { SHELL: inner, XDG_RUNTIME_DIR: join(world.home.path, 'run') }
  const session = await startSession(shell, world.home, { env: { ...world.env, ...env, ...own } })
  return Object.assign(session, { world })
}

describeShells('assume serve with a command', shells, (shell) => {
  it('brings Ctrl-C and a new size to it once, and has its status', async () => {
    const session = await start(shell)
    const { terminal, world } = session
    terminal.type(`assume serve dev-profile -- ${writeProgram(world.home, 'signal-counter')}\r`)
    await terminal.waitFor(/^ready \d+$/m)
    terminal.type('\u0003')
    await terminal.waitFor('SIGINT 1')
    terminal.resize(100, 25)
    await terminal.waitFor('size 100,25')
    terminal.type('\u001c')
    await session.prompt('', 'all {"SIGINT":1,"SIGWINCH":1,"SIGQUIT":1}')
    await session.run(
      `echo "<${shell.name === 'pwsh' ? '$LASTEXITCODE' : shell.name === 'fish' ? '$status' : '$?'}>"`,
      '',
    )
    expect(terminal.text()).toMatch(/^<42>$/m)
  })

  it('fails with 125 before that starts', async () => {
    const session = await start(shell)
    const status = shell.name === 'pwsh' ? '$LASTEXITCODE' : shell.name === 'fish' ? '$status' : '$?'
    await session.run(`assume serve nobody -- touch started; echo "<${status}>"`, '')
    expect(session.terminal.text()).toMatch(/^<125>$/m)
    expect(readdirSync(session.world.home.path)).not.toContain('started')
  })

  it('serves a shell, which shows the profile, says whom it asks, and goes elsewhere and back', async () => {
    const session = await start(shell)
    session.terminal.type(`assume serve dev-profile -- ${session.world.home.path}/inner\r`)
    await session.prompt('(dev-profile) ')
    await session.run('assume status', '(dev-profile) ')
    expect(session.terminal.text()).toMatch(
      /^tools +a server for credentials: AWS_CONTAINER_CREDENTIALS_FULL_URI is set$/m,
    )
    await session.run('assume test-profile', '(test-profile) ')
    await session.run('assume whoami', '(test-profile) ')
    await session.run('assume --unset', '')
    await session.run('env | grep -c "^AWS_CONTAINER\\|^AWS_CONFIG_FILE"', '')
    expect(session.terminal.text()).toMatch(/^0$/m)
    await session.run('exit 0', '')
  })
})

describeShells('assume serve as a job', [bash], (shell) => {
  it('is stopped by Ctrl-Z as a whole, and fg resumes it', async () => {
    const session = await start(shell)
    const { terminal, world } = session
    terminal.type(`assume serve dev-profile -- ${writeProgram(world.home, 'signal-counter')}\r`)
    await terminal.waitFor(/^ready \d+$/m)
    terminal.type('\u001a')
    await session.prompt('', 'ready')
    terminal.type('fg\r')
    await terminal.waitFor('SIGCONT 1')
    terminal.type('\u001c')
    await session.prompt('', 'all {"SIGCONT":1,"SIGQUIT":1}')
  })

  it('serves on after Ctrl-C, as long as the command does', async () => {
    const session = await start(shell)
    const ask =
      'curl -s -o /dev/null -w "code %{http_code}\\n" -H "Authorization: $AWS_CONTAINER_AUTHORIZATION_TOKEN"'
    // Ctrl-C may come before any sleep has started.
    const script = `trap 'heard=yes' INT; echo up; until [ "$heard" ]; do sleep 1; done; ${ask} "$AWS_CONTAINER_CREDENTIALS_FULL_URI"; exit 7`
    session.world.home.write('script', script)
    session.terminal.type('assume serve dev-profile --socket run/s -- sh script\r')
    await session.terminal.waitFor(/^up$/m)
    session.terminal.type('\u0003')
    await session.prompt('', 'code 200')
    expect(readdirSync(join(session.world.home.path, 'run'))).not.toContain('s')
  })

  it('stops by Ctrl-C where there is none, and stopped in between', async () => {
    const session = await start(shell)
    session.terminal.type('assume serve dev-profile 2>&1 | grep -v credential_process\r')
    await session.terminal.waitFor('serving dev-profile')
    session.terminal.type('\u001a')
    await session.prompt('', 'serving dev-profile')
    session.terminal.type('fg\r')
    await session.terminal.waitFor(/^assume serve dev-profile 2>&1 \| .*$/m)
    await waitForJob(session)
    session.terminal.type('\u0003')
    await session.prompt('', 'fg')
    expect(readdirSync(join(session.world.home.path, 'run/assume'))).toEqual([])
  })
})
