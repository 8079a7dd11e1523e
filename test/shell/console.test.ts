import { expect, it } from 'vitest'
import { createHome } from '../support/home.ts'
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
