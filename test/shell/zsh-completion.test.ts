import { chmodSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createHome, type Home, repository } from '../support/home.ts'
import { promptEnd, startSession } from '../support/session.ts'
import { describeShells, runScript, type Shell } from '../support/shell.ts'
import { zsh } from '../support/shells/zsh.ts'

function start(): Home {
  const home = createHome()
  home.useExample('sso-session')
  return home
}

/** zsh with these lines in .zshrc: before assume is loaded, and behind it. */
function startingWith(before: readonly string[], after: readonly string[] = []): Shell {
  const file = zsh.quote(join(repository, 'shell/zsh/assume.plugin.zsh'))
  return {
    ...zsh,
    prepareSession(home) {
      home.write('.zshrc', [...before, `PROMPT='${promptEnd} '`, `. ${file}`, ...after, ''].join('\n'))
      return { args: ['--no-globalrcs', '-i'], env: {} }
    },
  }
}

const ask = 'print "compinit $+functions[compdef], widget ${$(zle -lL expand-or-complete):-none}"'

describeShells('zsh without compinit', [zsh], () => {
  it('runs it at the first TAB behind assume, asks nothing, and leaves no file', async () => {
    const home = start()
    mkdirSync(join(home.path, 'open'))
    chmodSync(join(home.path, 'open'), 0o777)
    const { terminal } = await startSession(startingWith(['fpath=(~/open $fpath)']), home)
    terminal.type('ls .aws/conf\t')
    await terminal.waitFor('ls .aws/config')
    terminal.type(`\u0015${ask}\r`)
    await terminal.waitFor(/^compinit 0/m)
    terminal.type('assume dev\t')
    await terminal.waitFor('assume dev-profile')
    terminal.type('\u0015assume exec dev-profile -- ls .aws/conf\t')
    await terminal.waitFor('-- ls .aws/config')
    terminal.type(`\u0015${ask}\r`)
    await terminal.waitFor(/^compinit 1, widget zle -C/m)
    expect(terminal.text()).not.toContain('insecure')
    expect(readdirSync(home.path).filter((name) => name.includes('zcompdump'))).toEqual([])
  })

  it('leaves it to whoever loads it later', async () => {
    const later = ['autoload -Uz compinit', 'compinit -u -D']
    const { terminal } = await startSession(startingWith([], later), start())
    terminal.type(`${ask}\r`)
    await terminal.waitFor(/^compinit 1, widget zle -C/m)
    terminal.type('assume dev\t')
    await terminal.waitFor('assume dev-profile')
  })

  it('is without the widgets when assume is unloaded', async () => {
    const { terminal } = await startSession(startingWith([]), start())
    terminal.type(`assume_plugin_unload; ${ask}\r`)
    await terminal.waitFor(/^compinit 0, widget none/m)
    terminal.type('ls .aws/conf\t')
    await terminal.waitFor('ls .aws/config')
  })

  it('completes by a widget of the user, and beside a function that zoxide has', async () => {
    const lines = ['my-tab() { zle complete-word }', 'zle -N my-tab', "bindkey '^I' my-tab", 'zi() { : }']
    const { terminal } = await startSession(startingWith([], lines), start())
    terminal.type('ls .aws/conf\t')
    await terminal.waitFor('ls .aws/config')
    terminal.type('\u0015assume dev\t')
    await terminal.waitFor('assume dev-profile')
    terminal.type('\u0015ls .aws/conf\t')
    await terminal.waitFor('ls .aws/config')
    expect(terminal.text()).not.toContain('No such widget')
  })

  it('does not run ahead of a framework that has not done it yet', async () => {
    const { terminal } = await startSession(startingWith(['function zinit { : }']), start())
    terminal.type('assume .aws/conf\t')
    await terminal.waitFor('assume .aws/config')
    terminal.type(`\u0015${ask}\r`)
    await terminal.waitFor(/^compinit 0/m)
  })
})

describeShells('a list in zsh at 80 columns', [zsh], () => {
  it('has each flag in one row, and ends between two words', async () => {
    const { terminal } = await startSession(zsh, start(), { cols: 80, rows: 40 })
    terminal.type('assume sync --\t')
    await terminal.waitFor(/--version +-- show the version/)
    const rows = terminal.screen().filter((row) => row !== '' && !row.includes(promptEnd))
    expect(rows.filter((row) => !/^--[a-z-]+ +-- \S/.test(row))).toEqual([])
    expect(rows.filter((row) => row.endsWith(' ...')).length).toBeGreaterThan(1)
  })

  it('has one column for the names of profiles, commands and sessions', async () => {
    const home = start()
    expect(runScript(zsh, home, ['assume list >/dev/null']).status).toBe(0)
    const { terminal } = await startSession(zsh, home, { cols: 80, rows: 40 })
    const columns = () => new Set(terminal.screen().map((row) => row.indexOf('  -- ')))
    terminal.type('assume \t\t')
    await terminal.waitFor(/whoami +-- /)
    expect(columns()).toEqual(new Set([-1, 18]))
    terminal.type('\u0015assume login \t\t')
    await terminal.waitFor(/devto-article +-- session/)
    expect(columns()).toEqual(new Set([-1, 13]))
  })

  it('is aligned above 300 profiles, and says where a row is cut', async () => {
    const home = createHome()
    const names = Array.from({ length: 310 }, (_, index) => `${'p'.repeat((index % 9) + 1)}${index}`)
    const names2 = ['zeta', 'zeta:with-a-longer-name']
    home.writeAws(
      [...names, ...names2]
        .map(
          (name) =>
            `[profile ${name}]\nregion = eu-west-1\nrole_arn = arn:aws:iam::123456789012:role/${'R'.repeat(60)}\nsource_profile = zeta\n`,
        )
        .join(''),
    )
    expect(runScript(zsh, home, ['assume list >/dev/null']).status).toBe(0)
    expect(existsSync(join(home.path, '.cache/assume/index'))).toBe(true)
    const { terminal } = await startSession(zsh, home, { cols: 80 })
    terminal.type('assume env zeta\t\t')
    await terminal.waitFor(/zeta:with-a-longer-name +-- /)
    const rows = terminal.screen().filter((row) => row !== '' && !row.includes(promptEnd))
    expect(rows.map((row) => row.indexOf('  -- 123456789012'))).toEqual([23, 23])
    expect(rows.map((row) => [row.length, row.slice(-4)])).toEqual(Array(2).fill([79, 'R...']))
  })
})
