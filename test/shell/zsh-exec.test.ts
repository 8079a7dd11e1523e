import { chmodSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createHome } from '../support/home.ts'
import { makeIndex } from '../support/profile-index.ts'
import { startSession } from '../support/session.ts'
import { zsh } from '../support/shells/zsh.ts'

/** A session in which every Node says that it was started. */
async function start() {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  await makeIndex(home)
  chmodSync(home.write('stub/node', '#!/bin/sh\necho a Node was started >&2\nexit 1\n'), 0o755)
  const session = await startSession(zsh, home)
  await session.run('PATH="$HOME/stub:$PATH"; export AWS_PAGER=mine', '')
  return session
}

describe('a line with assume exec in zsh', () => {
  it('is lent what the command needs, without the core, until the next prompt', async () => {
    const session = await start()
    await session.run('assume dev-profile', '(dev-profile) ')
    await session.run(
      'assume exec test-profile -- printenv AWS_PROFILE AWS_PAGER ASSUME_VARS',
      '(dev-profile) ',
    )
    await session.run('echo "now <$AWS_PROFILE> <${ASSUME_READY-none}>"', '(dev-profile) ')
    expect(session.terminal.text()).toMatch(/^test-profile\nmine\nAWS_PROFILE /m)
    expect(session.terminal.text()).toContain('now <dev-profile> <none>')
    expect(session.terminal.text()).not.toContain('a Node')
    await session.run('assume -u', '')
    await session.run('echo "then <${AWS_PROFILE-none}>"', '')
    expect(session.terminal.text()).toContain('then <none>')
  })

  it('is the function’s where the line says something of variables', async () => {
    const session = await start()
    await session.run('assume dev-profile', '(dev-profile) ')
    await session.run('assume exec test-profile -- echo "$AWS_PROFILE" stays', '(dev-profile) ')
    expect(session.terminal.text()).toMatch(/^dev-profile stays$/m)
    expect(session.terminal.text()).not.toContain('a Node')
  })

  it('of another shell is not believed', async () => {
    const session = await start()
    await session.run('export ASSUME_READY="1:test-profile"', '')
    await session.run('"${__assume_core}" exec test-profile -- printenv AWS_PROFILE', '')
    expect(session.terminal.text()).toMatch(/^test-profile$/m)
  })

  it('is the function’s where something of the user could see what is lent, or its type would be lost', async () => {
    const session = await start()
    await session.run('export AWS_REGION=mine; precmd() { seen+=" <$AWS_PROFILE>"; }', '')
    await session.run('assume dev-profile', '(dev-profile) ')
    await session.run('seen=; assume exec test-profile -- true', '(dev-profile) ')
    await session.run('echo "seen$seen"', '(dev-profile) ')
    expect(session.terminal.text()).toMatch(/^seen <dev-profile>/m)
    await session.run('unfunction precmd; assume -u', '')
    await session.run('typeset -a AWS_VAULT; AWS_VAULT=(a b); assume exec test-profile -- true', '')
    await session.run('typeset -p AWS_VAULT', '')
    expect(session.terminal.text()).toMatch(/^typeset -a AWS_VAULT=\( a b \)$/m)
    await session.run('unset AWS_VAULT; export AWS_REGION=mine; assume dev-profile', '(dev-profile) ')
    await session.run("assume 'exec' test-profile -- printenv AWS_VAULT AWS_PROFILE", '(dev-profile) ')
    expect(session.terminal.text()).toMatch(/^test-profile$/m)
  })
})
