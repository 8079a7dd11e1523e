import { expect, it } from 'vitest'
import { createHome } from '../support/home.ts'
import { startSession } from '../support/session.ts'
import { describeShells } from '../support/shell.ts'
import { bash } from '../support/shells/bash.ts'
import { zsh } from '../support/shells/zsh.ts'

describeShells('the job list', [bash, zsh], (shell) => {
  it('shows assume and its words, and the function is there again', async () => {
    const home = createHome()
    home.useExample('sso-session')
    home.logIn('devto-article')
    const session = await startSession(shell, home)
    const { terminal } = session
    await session.run('assume dev-profile', '(dev-profile) ')
    terminal.type("assume exec test-profile -- sh -c 'echo up; exec cat'\r")
    await terminal.waitFor(/^up$/m)
    terminal.type('\u001a')
    await session.prompt('(dev-profile) ')
    terminal.type('jobs\r')
    await terminal.waitFor(
      /^\[1\].*(Stopped|suspended) +\$?assume exec test-profile -- sh -c 'echo up; exec cat'$/m,
    )
    await session.run('assume test-profile', '(test-profile) ')
    terminal.type('fg\r')
    await terminal.waitFor(/(continued.*|^\S*)assume exec test-profile -- sh -c.*\n$/m)
    terminal.type('\u0003')
    await session.prompt('(test-profile) ', '^C')
    await session.run('echo "<$?> <${ASSUME_CALLER-}${ASSUME_KEY_ID-}>"', '(test-profile) ')
    expect(terminal.text()).toContain('<130> <>')
    await session.run('assume exec dev-profile sh -c \'exit 7\'; assume -; echo "<$?>"', '(dev-profile) ')
    await session.run("assume exec dev-profile -- sh -c 'exit 7'", '(dev-profile) ')
    await session.run('echo "status <$?>"', '(dev-profile) ')
    expect(terminal.text()).toContain('status <7>')
  })
})
