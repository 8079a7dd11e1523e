import { expect, it } from 'vitest'
import { createHome, type Home } from '../support/home.ts'
import { countProcesses, countStarted, startSession } from '../support/session.ts'
import { describeShells } from '../support/shell.ts'
import { shells } from '../support/shells/index.ts'

function start(): Home {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  return home
}

describeShells('no process is started', shells, (shell) => {
  it('by loading the file', () => {
    const home = start()
    const nothing = countStarted(shell, home, [''])
    expect(countStarted(shell, home, [shell.load])).toBe(nothing)
    expect(
      countStarted(shell, home, [shell.load, `assume list > ${shell.quote(`${home.path}/out`)}`]),
    ).toBeGreaterThan(nothing)
  })

  it.each(['fresh', 'stale'])('by TAB with a %s index, by the prompt, by --unset', async (index) => {
    const home = start()
    const trace = `${home.path}/trace`
    const session = await startSession(shell, home, { trace })
    await session.run('assume dev-profile', '(dev-profile) ')
    if (index === 'stale')
      home.write('.aws/config', '[profile "fresh name"]\n[profile dev-profile]\n[profile test-profile]\n')
    const before = countProcesses(trace)
    await session.run('', '(dev-profile) ')
    await session.run('', '(dev-profile) ')
    session.terminal.type('assume test-p\t')
    await session.terminal.waitFor('assume test-profile')
    session.terminal.type('\u0015')
    session.terminal.type('assume --reg\t')
    await session.terminal.waitFor('assume --region')
    session.terminal.type('\u0015')
    await session.run('assume --unset', '')
    expect(countProcesses(trace)).toBe(before)
    await session.run('assume test-profile -r us-west-2', '(test-profile) ')
    expect(countProcesses(trace)).toBeGreaterThan(before)
  })
})
