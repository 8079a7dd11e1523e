import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { createHome, type Home } from '../support/home.ts'
import { countProcesses, startSession, traced } from '../support/session.ts'
import { baseEnvironment, describeShells, type Shell } from '../support/shell.ts'
import { shells } from '../support/shells/index.ts'

function start(): Home {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  return home
}

/** How many processes a shell starts, itself included, for a script. */
function countOf(shell: Shell, home: Home, line: string): number {
  const script = home.write(shell.name === 'pwsh' ? 'script.ps1' : 'script.sh', `${line}\n`)
  const trace = `${home.path}/trace`
  const [program, args] = traced(trace, shell.name, [...shell.scriptArguments, script])
  const result = spawnSync(program, args, { env: baseEnvironment(home), encoding: 'utf8' })
  expect(result).toMatchObject({ status: 0, stdout: '', stderr: '' })
  return countProcesses(trace)
}

describeShells('no process is started', shells, (shell) => {
  it('by loading the file', () => {
    const home = start()
    const nothing = countOf(shell, home, '')
    expect(countOf(shell, home, shell.load)).toBe(nothing)
    expect(
      countOf(shell, home, `${shell.load}\nassume list > ${shell.quote(`${home.path}/out`)}`),
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
    await session.run('assume test-profile', '(test-profile) ')
    expect(countProcesses(trace)).toBeGreaterThan(before)
  })
})
