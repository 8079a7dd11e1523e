import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createHome, type Home, repository } from '../support/home.ts'
import { promptEnd, startSession } from '../support/session.ts'
import { describeShells, runScript } from '../support/shell.ts'
import { zsh } from '../support/shells/zsh.ts'

function start(): Home {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  return home
}

const hooks = 'print hooks ${(M)precmd_functions:#h[12]} ${(M)preexec_functions:#h[12]}'

describeShells('zsh with KSH_ARRAYS', [zsh], () => {
  it.each([
    ['before', 'behind'],
    ['behind', 'before'],
  ])('set %s assume keeps the hooks of others, which are added %s it', async (option, added) => {
    const home = start()
    const lines = { before: [] as string[], behind: [] as string[] }
    lines[added as 'before'].push(
      'h1() { : }; h2() { : }',
      'precmd_functions+=(h1 h2) preexec_functions+=(h1 h2)',
    )
    lines[option as 'before'].push('setopt ksh_arrays')
    const file = zsh.quote(join(repository, 'shell/zsh/assume.plugin.zsh'))
    const shell = {
      ...zsh,
      prepareSession(of: Home) {
        const text = [
          ...lines.before,
          `PROMPT='${promptEnd} '`,
          `. ${file}`,
          ...lines.behind,
          '__assume_place_prompt',
          '',
        ]
        of.write('.zshrc', text.join('\n'))
        return { args: ['--no-globalrcs', '-i'], env: {} }
      },
    }
    const session = await startSession(shell, home)
    await session.run('assume dev-profile', '(dev-profile) ')
    await session.run('assume list --names', '(dev-profile) ')
    await session.run('assume test-profile', '(test-profile) ')
    await session.run(`emulate zsh; ${hooks}`, '(test-profile) ')
    expect(session.terminal.text()).toContain('\nhooks h1 h2 h1 h2\n')
  })
})

describeShells('zsh with set -e', [zsh], () => {
  it.each(['assume nosuch', 'assume dev-profile --nope', 'assume -', 'assume exec nosuch true'])(
    'ends where %s fails',
    (words) => {
      const { status, stdout } = runScript(zsh, start(), ['set -e', words, 'print went on'])
      expect([status, stdout]).not.toEqual([0, expect.anything()])
      expect(stdout).not.toContain('went on')
    },
  )
})
