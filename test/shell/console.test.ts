import { expect, it } from 'vitest'
import { createHome } from '../support/home.ts'
import { startSession } from '../support/session.ts'
import { describeShells, runScript } from '../support/shell.ts'
import { hostedShells } from '../support/shells/index.ts'
import { readStarted, writeStubBrowser } from '../support/stub-browser.ts'

const address =
  'https://sso-portal.awsapps.com/start/#/console?account_id=123456789011&role_name=FullAccess&destination='

describeShells('a console', hostedShells, (shell) => {
  it.each([
    ['assume console dev-profile'],
    ['assume -c dev-profile'],
    ['assume dev-profile -s console/home'],
  ])('opens by %s, and this shell stays as it is', async (line) => {
    const home = createHome()
    home.useExample('sso-session')
    const browser = writeStubBrowser(home, 'bin/stub')
    const { status, stdout, stderr } = runScript(shell, home, [
      `${line} --browser '${browser}'`,
      shell.show('AWS_PROFILE'),
    ])
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: 'assume: opened dev-profile · 123456789011 FullAccess · eu-west-1 in stub\n',
    })
    expect(stdout.trim()).toBe('absent')
    const [, opened] = await readStarted(home)
    expect(opened?.startsWith(address)).toBe(true)
  })

  it('is that of who is picked, and its address goes to the clipboard of the terminal', async () => {
    const home = createHome()
    home.useExample('sso-session')
    const browser = writeStubBrowser(home, 'bin/stub')
    const session = await startSession(shell, home)
    const { terminal } = session
    terminal.type(`assume -c --browser ${browser}\r`)
    await terminal.waitFor('2/2 >')
    terminal.type('test\r')
    await session.prompt('', 'assume: opened test-profile · 123456789012 ReadOnly · eu-west-1 in stub')
    const [, opened] = await readStarted(home)
    expect(opened).toContain('account_id=123456789012')
    await session.run('assume console dev-profile --copy', '')
    const [, text = ''] = /\u001b\]52;c;([^\u0007]*)\u0007/.exec(terminal.output.toString()) ?? []
    expect(Buffer.from(text, 'base64').toString().startsWith(address)).toBe(true)
    expect(terminal.text()).not.toContain('account_id')
    terminal.type('assume -c\r')
    await terminal.waitFor('2/2 >')
    terminal.type('\u0003')
    await session.prompt('')
  })

  it('is printed to whoever reads stdout', () => {
    const home = createHome()
    home.useExample('sso-session')
    for (const line of ['assume console dev-profile --url', 'assume -c dev-profile --url']) {
      const { stdout, stderr } = runScript(shell, home, [line])
      expect(stderr).toBe('')
      expect(stdout.startsWith(address)).toBe(true)
      expect(stdout.trimEnd().split('\n')).toHaveLength(1)
    }
  })
})
