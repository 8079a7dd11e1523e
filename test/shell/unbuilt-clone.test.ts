import { chmodSync, cpSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createHome, type Home, repository } from '../support/home.ts'
import { promptEnd, startSession } from '../support/session.ts'
import { describeShells, runScript, type Shell } from '../support/shell.ts'
import { hostedShells as shells } from '../support/shells/index.ts'
import { zsh } from '../support/shells/zsh.ts'

const prepend: Record<Shell['name'], (folder: string) => string> = {
  bash: (folder) => `PATH='${folder}':"$PATH"`,
  zsh: (folder) => `PATH='${folder}':"$PATH"`,
  fish: (folder) => `set -gx PATH '${folder}' $PATH`,
  pwsh: (folder) => `$env:PATH = '${folder}:' + $env:PATH`,
}

/** A copy of the shell files in a folder that has no program. */
function installShells(home: Home): string {
  const folder = join(realpathSync(home.path), 'an installation')
  cpSync(join(repository, 'shell'), join(folder, 'shell'), { recursive: true })
  return folder
}

describeShells('an installation without its program', shells, (shell) => {
  it.each(['never there', 'gone since', 'gone with the bundle'])('%s: says what is missing, once', (when) => {
    const home = createHome()
    const folder = installShells(home)
    if (when === 'gone since') home.write('an installation/dist/main.js', '')
    const load = shell.load.replace(repository, folder)
    const file = join(folder, 'bin/assume')
    const lines = [
      ...['assume dev', shell.expectStatus(1), 'assume list', shell.expectStatus(1)],
      ...['assume exec dev true', shell.expectStatus(125), 'assume', shell.expectStatus(1)],
    ]
    if (when === 'gone with the bundle') {
      const program = home.write('an installation/bin/assume', '')
      home.write('an installation/dist/main.js', '')
      lines.unshift(`rm -r '${join(folder, 'dist')}' '${program}'`)
    }
    const message = `assume: ${file} is missing: run install.sh of a clone again\n`
    expect(runScript({ ...shell, load }, home, lines)).toEqual({
      status: 0,
      stdout: '',
      stderr: message.repeat(4),
    })
  })
})

describeShells('an installation without its program, typed', [zsh], () => {
  it('says so too', async () => {
    const home = createHome()
    const folder = installShells(home)
    home.write('an installation/dist/main.js', '')
    const shell: Shell = {
      ...zsh,
      prepareSession() {
        const file = zsh.quote(join(folder, 'shell/zsh/assume.plugin.zsh'))
        home.write('.zshrc', `PROMPT='${promptEnd} '\n. ${file}\n`)
        return { args: ['--no-globalrcs', '-i'], env: {} }
      },
    }
    const { terminal } = await startSession(shell, home, { cols: 200 })
    terminal.type('assume list\r')
    await terminal.waitFor(/an installation\/bin\/assume is missing: run install.sh of a clone again/)
  })
})

describeShells('a clone that is not built', shells, (shell) => {
  it('says so once for each command, and goes by a program that comes to be on PATH before', () => {
    const home = createHome()
    const clone = join(realpathSync(home.path), 'a clone')
    for (const part of ['bin', 'shell', 'install.sh'])
      cpSync(join(repository, part), join(clone, part), { recursive: true })
    chmodSync(home.write('later/assume', '#!/bin/sh\nexec >&2; echo "from PATH: $1"\n'), 0o755)
    const load = shell.load.replace(repository, clone)
    const call = (words: string) => `assume ${words}\n${shell.expectStatus(1)}`
    const first = runScript({ ...shell, load }, home, [call('dev'), call('list')])
    const message = `assume: ${clone} is not built: run ./install.sh there, or npm ci and npm run build\n`
    expect(first).toEqual({ status: 0, stdout: '', stderr: message.repeat(2) })
    const lines = [prepend[shell.name](join(home.path, 'later')), 'assume list']
    expect(runScript({ ...shell, load }, home, lines).stderr).toBe('from PATH: list\n')
  })
})
