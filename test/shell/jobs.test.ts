import { chmodSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createHome } from '../support/home.ts'
import { type ShellSession, startSession } from '../support/session.ts'
import { describeShells, type Shell } from '../support/shell.ts'
import { bash } from '../support/shells/bash.ts'
import { zsh } from '../support/shells/zsh.ts'

const call = "assume exec test-profile -- sh -c 'echo up; exec cat'"

describeShells('the job list', [bash, zsh], (shell) => {
  it('shows assume and its words, and the function is there again', async () => {
    const session = await start(shell)
    const { terminal } = session
    await session.run('assume dev-profile', '(dev-profile) ')
    await stop(session, call, '(dev-profile) ')
    terminal.type('jobs\r')
    await terminal.waitFor(showing(call))
    await session.run('assume test-profile', '(test-profile) ')
    terminal.type('fg\r')
    await terminal.waitFor(/(continued.*|^\(? ?)assume exec test-profile -- sh -c.*\n$/m)
    // zsh says so before the job has the terminal back, and takes a Ctrl-C until then for its own.
    terminal.type('there\r')
    await terminal.waitFor(/^there\nthere$/m)
    terminal.type('\u0003')
    await session.prompt('(test-profile) ', '^C')
    await session.run('echo "<$?> <${ASSUME_CALLER-}${ASSUME_KEY_ID-}>"', '(test-profile) ')
    expect(terminal.text()).toContain('<130> <>')
    await session.run('assume exec dev-profile sh -c \'exit 7\'; assume -; echo "<$?>"', '(dev-profile) ')
    await session.run("assume exec dev-profile -- sh -c 'exit 7'", '(dev-profile) ')
    await session.run('echo "status <$?>"', '(dev-profile) ')
    expect(terminal.text()).toContain('status <7>')
  })

  it.each([
    ['behind another command', `echo before; ${call}`, call],
    ['before others', `${call} && echo after; true`, call],
    ['behind an assignment', `ANSWER=42 ${call}`, shell.name === 'bash' ? call : `ANSWER=42 ${call}`],
    ['with redirections', `${call} >/dev/tty`, shell.name === 'bash' ? call : `${call} > /dev/tty`],
    ['in a pipe', `${call} | cat`, `${call} | cat`],
  ])('shows a call %s', async (_title, line, shown) => {
    const session = await start(shell)
    await stop(session, line, '')
    session.terminal.type('jobs\r')
    await session.terminal.waitFor(showing(shown))
  })

  it('has the function back after Ctrl-C, and leaves nothing behind', async () => {
    const session = await start(shell)
    session.terminal.type(`${call}\r`)
    await session.terminal.waitFor(/^up$/m)
    session.terminal.type('\u0003')
    await session.prompt('', '^C')
    await session.run('hash | grep -c "bin[/]assume"', '')
    expect(session.terminal.text()).toMatch(/^0$/m)
    await session.run('assume dev-profile', '(dev-profile) ')
  })

  it('has the function for what else stands in the line', async () => {
    const session = await start(shell)
    await session.run('change() { assume dev-profile; }', '')
    await session.run('assume exec test-profile -- true; change', '(dev-profile) ')
    await session.run('assume exec test-profile -- true && eval "assume test-profile"', '(test-profile) ')
  })

  it('never runs another assume', async () => {
    const home = createHome()
    home.useExample('sso-session')
    home.logIn('devto-article')
    chmodSync(home.write('other/assume', '#!/bin/sh\necho the other one\n'), 0o755)
    const session = await startSession(shell, home)
    await session.run('PATH="$HOME/other:$PATH"', '')
    await session.run('assume exec test-profile -- echo one', '')
    await session.run('PATH="$HOME/other:$PATH" assume exec test-profile -- echo two', '')
    await session.run('alias assume="assume "; hash -r', '')
    await session.run('assume exec test-profile -- echo three', '')
    await session.run("unalias assume; alias assume='assume list;'", '')
    await session.run('\\assume exec test-profile -- echo four', '')
    expect(session.terminal.text()).toMatch(/^one$[\s\S]*^two$[\s\S]*^three$[\s\S]*^four$/m)
    expect(session.terminal.text()).not.toMatch(/^the other one$/m)
    expect(session.terminal.text()).not.toMatch(/^PROFILE/m)
  })
})

async function start(shell: Shell): Promise<ShellSession> {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  return startSession(shell, home)
}

/** Types a line, waits until its command runs, and presses Ctrl-Z. */
async function stop(session: ShellSession, line: string, segment: string): Promise<void> {
  const { terminal } = session
  terminal.type(`${line}\r`)
  await terminal.waitFor(/^up$/m)
  terminal.type('\u001a')
  await session.prompt(segment, 'up')
}

/** How a list of jobs shows a stopped one, which in bash is a subshell. */
function showing(text: string): RegExp {
  const shown = text.replace(call, `(\\( )?${call}( \\))?`).replace('|', '\\|')
  return new RegExp(`^\\[1\\].*(Stopped|suspended) +${shown}$`, 'm')
}
