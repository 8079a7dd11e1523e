import { cpSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { expect, it } from 'vitest'
import { createHome, repository } from '../support/home.ts'
import { awsOf, describeShells, dumpTo, readDump, runScript, type Shell } from '../support/shell.ts'
import { shells } from '../support/shells/index.ts'

const folders: Record<Shell['name'], string> = {
  bash: 'bash',
  zsh: 'zsh',
  fish: 'fish',
  pwsh: 'powershell/Assume',
}

describeShells('the folder of a shell, taken alone', shells, (shell) => {
  it('has all that is needed to switch and to complete, with a core on PATH', () => {
    const home = createHome()
    home.useExample('sso-session')
    home.logIn('devto-article')
    const original = join(repository, 'shell')
    cpSync(join(original, folders[shell.name]), join(home.path, folders[shell.name]), { recursive: true })
    const lines = [
      'assume dev-profile',
      dumpTo(shell, home, 'at'),
      ...['assume te', 'assume --dry', 'assume env -r us-west-'].map((line) => shell.complete(line)),
    ]
    const moved: Shell = { ...shell, load: shell.load.replace(original, home.path) }
    const { stdout, stderr } = runScript(
      moved,
      home,
      lines.map((line) => line.replaceAll(original, home.path)),
      { env: { PATH: [join(repository, 'bin'), process.env['PATH']].join(delimiter) } },
    )
    expect(awsOf(readDump(home, 'at'))).toMatchObject({ AWS_PROFILE: 'dev-profile' })
    expect({ words: stdout.split('\n').filter((line) => line !== ''), stderr }).toEqual({
      words: ['test-profile', '--dry-run', 'us-west-1', 'us-west-2'],
      stderr: '',
    })
  })
})
