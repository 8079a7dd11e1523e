import { expect, it } from 'vitest'
import { startSession } from '../../support/session.ts'
import { describeShells, runScript, type Shell } from '../../support/shell.ts'
import { shells } from '../../support/shells/index.ts'
import { defer, openWorld, type World } from './world.ts'

const waiting = 'if none opens, go to'

/** A session whose $BROWSER hands the URL to `visit`, or logs in by itself. */
async function start(shell: Shell, world: World, visit?: (url: string) => Promise<unknown>) {
  return startSession(shell, world.home, { env: await world.browser(visit) })
}

/** Shows the status of the command before; the prompt has run in between. */
function showStatus({ name }: Shell): string {
  return `echo "status <${{ bash: '$?', zsh: '$?', fish: '$status', pwsh: '$LASTEXITCODE' }[name]}>"`
}

describeShells('a switch without a session', shells, (shell) => {
  it('logs in in the browser, waits, and switches; the next one needs no login', async () => {
    const world = await openWorld({ flow: 'pkce' })
    const session = await start(shell, world)
    await session.run('assume dev-profile', '(dev-profile) ')
    expect(session.terminal.text()).toContain('assume: log in to devto-article in the browser')
    expect(session.terminal.text()).toContain('dev-profile · 123456789011 FullAccess · eu-west-1')
    expect(world.token.accessToken).toMatch(/^aoa/)
    await session.run('assume test-profile', '(test-profile) ')
    expect(world.sandbox.requests.count('Authorize')).toBe(1)
    world.expectNoSecret(session.terminal.output.toString())
  })

  it('logs in with a device code, and switches', async () => {
    const world = await openWorld({ flow: 'device-code', answer: 'ask' })
    const session = await start(shell, world, async () => world.sandbox.approve())
    await session.run('assume dev-profile', '(dev-profile) ')
    expect(session.terminal.text()).toMatch(/with the code [A-Z]{4}-[A-Z]{4}/)
  })

  it.each(['--device-code', '--use-device-code'])('logs in with a code where %s says so', async (flag) => {
    const world = await openWorld({ flow: 'pkce', answer: 'ask' })
    const session = await start(shell, world, async () => world.sandbox.approve())
    await session.run(`assume dev-profile ${flag}`, '(dev-profile) ')
    expect(session.terminal.text()).toMatch(/with the code [A-Z]{4}-[A-Z]{4}/)
    expect(world.sandbox.requests.count('Authorize')).toBe(0)
  })

  it('changes nothing when the login is denied', async () => {
    const world = await openWorld({ flow: 'pkce', answer: 'deny' })
    const session = await start(shell, world)
    await session.run('assume dev-profile', '')
    await session.run(showStatus(shell), '')
    expect(session.terminal.text()).toContain('assume: the login was refused: Access denied')
    expect(session.terminal.text()).toContain('status <1>')
    expect(Object.keys(world.snapshot())).toEqual(['config'])
  })

  it('leaves the shell as it was on Ctrl-C, and is in nobody’s way', async () => {
    const world = await openWorld({ flow: 'pkce' })
    await world.logIn()
    let visit: (url: string) => Promise<unknown> = async () => {}
    const session = await start(shell, world, (url) => visit(url))
    await session.run('assume dev-profile', '(dev-profile) ')
    await session.run('assume logout', '(dev-profile) ')
    const before = world.snapshot()
    session.terminal.type('assume test-profile\r')
    await session.terminal.waitFor(waiting)
    session.terminal.type('\u0003')
    await session.prompt('(dev-profile) ', waiting)
    await session.run(showStatus(shell), '(dev-profile) ')
    // PowerShell ends a captured program with SIGKILL, which may have ended by itself by then.
    expect(session.terminal.text()).toMatch(
      shell.name === 'pwsh' ? /^status <(137|130)>$/m : /^status <130>$/m,
    )
    expect(world.snapshot()).toEqual(before)
    visit = fetch
    await session.run('assume test-profile', '(test-profile) ')
  })

  it('switches with one line and opens nothing when told --no-login', async () => {
    const world = await openWorld({ flow: 'pkce' })
    const opened: string[] = []
    const session = await start(shell, world, async (url) => opened.push(url))
    await session.run('assume dev-profile --no-login', '(dev-profile) ')
    expect(session.terminal.text().match(/^assume: .*$/gm)).toEqual([
      'assume: no valid session for devto-article; log in with: assume login dev-profile',
    ])
    expect(opened).toEqual([])
    expect(world.sandbox.requests.all).toEqual([])
  })

  it('fails with 3 and the command to type where there is no terminal', async () => {
    const world = await openWorld({ flow: 'pkce' })
    const before = world.snapshot()
    const result = runScript(shell, world.home, [
      'assume dev-profile',
      shell.expectStatus(3),
      shell.show('AWS_PROFILE'),
      shell.show('ASSUME_VARS'),
    ])
    expect(result).toEqual({
      status: 0,
      stdout: 'absent\nabsent\n',
      stderr:
        'assume: a login to devto-article is needed, and there is no terminal to do it on\n  assume login devto-article\n',
    })
    expect(world.snapshot()).toEqual(before)
    expect(world.sandbox.requests.all).toEqual([])
  })
})

const jobShells = shells.filter(({ name }) => name !== 'pwsh')

describeShells('Ctrl-Z while a switch waits for the browser', jobShells, (shell) => {
  it('does not lose the terminal: the login goes on, and switches', async () => {
    const world = await openWorld({ flow: 'pkce' })
    const allowed = defer()
    const session = await start(shell, world, async (url) => {
      await allowed.promise
      await fetch(url)
    })
    session.terminal.type('assume dev-profile\r')
    await session.terminal.waitFor(waiting)
    session.terminal.type('\u001a')
    // The terminal echoes it when it has been dealt with.
    await session.terminal.waitFor(/\^Z/)
    allowed.resolve()
    await session.prompt('(dev-profile) ', waiting)
    await session.run('echo still here', '(dev-profile) ')
  })

  it('does not keep Ctrl-C from ending it', async () => {
    const world = await openWorld({ flow: 'pkce' })
    const session = await start(shell, world, async () => {})
    session.terminal.type('assume dev-profile\r')
    await session.terminal.waitFor(waiting)
    session.terminal.type('\u001a')
    await session.terminal.waitFor(/\^Z/)
    session.terminal.type('\u0003')
    await session.prompt('', waiting)
    await session.run(showStatus(shell), '')
    expect(session.terminal.text()).toContain('status <130>')
    expect(Object.keys(world.snapshot())).toEqual(['config'])
  })
})
