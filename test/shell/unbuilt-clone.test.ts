import { chmodSync, cpSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createHome, repository } from '../support/home.ts'
import { describeShells, runScript, type Shell } from '../support/shell.ts'
import { shells } from '../support/shells/index.ts'

const prepend: Record<Shell['name'], (folder: string) => string> = {
  bash: (folder) => `PATH='${folder}':"$PATH"`,
  zsh: (folder) => `PATH='${folder}':"$PATH"`,
  fish: (folder) => `set -gx PATH '${folder}' $PATH`,
  pwsh: (folder) => `$env:PATH = '${folder}:' + $env:PATH`,
}

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
