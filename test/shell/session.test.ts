import { chmodSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createHome, type Home } from '../support/home.ts'
import { startSession } from '../support/session.ts'
import { describeShells } from '../support/shell.ts'
import { shells } from '../support/shells/index.ts'

function start(): Home {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  return home
}

describeShells('a person', shells, (shell) => {
  it('presses TAB, switches, sees it in the prompt, goes back and unsets', async () => {
    const session = await startSession(shell, start())
    session.terminal.type('assume dev-p\t')
    await session.terminal.waitFor('assume dev-profile')
    await session.run('', '(dev-profile) ')
    expect(session.terminal.text()).toContain('dev-profile · 123456789011 FullAccess · eu-west-1')
    await session.run('assume test-profile', '(test-profile) ')
    await session.run('assume -', '(dev-profile) ')
    await session.run('assume --unset', '')
  })

  it('picks a profile from the list', async () => {
    const session = await startSession(shell, start())
    session.terminal.type('assume\r')
    await session.terminal.waitFor(/dev-profile.*FullAccess[\s\S]*test-profile.*ReadOnly/)
    session.terminal.type('tst')
    await session.terminal.waitFor((text) => !/FullAccess/.test(text))
    await session.run('', '(test-profile) ')
  })

  it('presses Ctrl-C in the picker: nothing has changed, exit 130', async () => {
    const session = await startSession(shell, start())
    await session.run('assume dev-profile', '(dev-profile) ')
    session.terminal.type('assume\r')
    await session.terminal.waitFor('ReadOnly')
    session.terminal.type('\u0003')
    await session.prompt('(dev-profile) ')
    const status = { bash: '$?', zsh: '$?', fish: '$status', pwsh: '$LASTEXITCODE' }[shell.name]
    await session.run(`echo "status <${status}>"`, '(dev-profile) ')
    expect(session.terminal.text()).toContain('status <130>')
  })

  it('presses Ctrl-Z in the picker and while a list is shown: the terminal is not lost', async () => {
    const session = await startSession(shell, start())
    session.terminal.type('assume\r')
    await session.terminal.waitFor('ReadOnly')
    session.terminal.type('\u001a\u001b')
    await session.prompt('')
    session.terminal.type('assume list | cat\r\u001a')
    session.terminal.type('\u0015')
    session.terminal.type("echo 'still here'\r")
    // What is typed while the list is shown stands above its end; the answer is what counts.
    await session.terminal.waitFor(/^still here$/m)
  })

  it('completes names with any character, and each switches', async () => {
    const home = createHome()
    const names = [
      'Team A prod',
      'dot.ted',
      'co:lon',
      'at@sign',
      'pl+us',
      'sla/sh',
      "it's",
      'dol$lar',
      'equ=al',
      'back\\slash',
      'qu"ote',
    ]
    const quoted = (name: string) =>
      name.includes('"') ? `'${name}'` : `"${name.replace(/[\\$`]/g, (c) => (c === '\\' ? '\\\\' : c))}"`
    home.writeAws(names.map((name) => `[profile ${quoted(name)}]\n`).join(''))
    const session = await startSession(shell, home)
    await session.run('assume list >/dev/null', '')
    for (const name of names) {
      const shown = name
      session.terminal.type(`assume ${name.slice(0, 3)}\t`)
      await session.terminal.waitFor((text) => {
        const line = text.trimEnd().split('\n').at(-1) ?? ''
        return line.length >= `${promptBefore(line)}assume ${name}`.length
      })
      await session.run('', `(${shown}) `)
    }
  })

  it('completes the command after exec as if it were typed alone', async () => {
    const home = start()
    chmodSync(home.write('bin/zzprogram', '#!/bin/sh\necho "ran with $AWS_PROFILE $1"\n'), 0o755)
    home.write('some-file', '')
    const session = await startSession(shell, home, {
      env: { PATH: `${home.path}/bin:${process.env['PATH']}` },
    })
    session.terminal.type('assume exec dev-profile zzpro\t')
    await session.terminal.waitFor('exec dev-profile zzprogram')
    session.terminal.type(shell.name === 'pwsh' ? ' some-f\t' : 'some-f\t')
    await session.terminal.waitFor(/some-file/)
    await session.run('', '')
    expect(session.terminal.text()).toMatch(/^ran with dev-profile .*some-file$/m)
  })

  it('sees a hostile name as text: nothing runs, nothing reaches the terminal raw', async () => {
    const home = createHome()
    const name = 'x$(touch PWN)`touch PWN2`%n\\u\u001b]0;owned\u0007'
    home.writeAws(`[profile '${name}']\nregion = eu-west-1\n[profile xenon]\n`)
    const session = await startSession(shell, home)
    await session.run('assume list', '')
    session.terminal.type('assume x\t')
    await session.run('', '(xenon) ')
    session.terminal.type('assume\r')
    await session.terminal.waitFor(/^2\/2 >[\s\S]*touch PWN2/m)
    session.terminal.type('touch\r')
    await session.prompt('(x$(touch PWN)`touch PWN2`%n\\u?]0;owned?) ')
    await session.run('assume -', '(xenon) ')
    await session.run('assume --unset', '')
    expect(existsSync(join(home.path, 'PWN'))).toBe(false)
    expect(existsSync(join(home.path, 'PWN2'))).toBe(false)
    expect(session.terminal.output.includes('\u001b]0;owned')).toBe(false)
  })
})

/** The part of a row that is prompt. */
function promptBefore(row: string): string {
  return row.slice(0, row.indexOf('READY> ') + 'READY> '.length)
}
