import { expect, it } from 'vitest'
import type { ToldFinding } from '../../src/doctor/examine.ts'
import type { ShellName } from '../../src/emit/shell.ts'
import { placeBlock } from '../../src/setup/block.ts'
import { formatBlockLine, startUpFiles } from '../support/doctor.ts'
import { createHome } from '../support/home.ts'
import { describeShells, startScript } from '../support/shell.ts'
import { hostedShells } from '../support/shells/index.ts'

describeShells('assume doctor', hostedShells, (shell) => {
  it('is told by the function that it is loaded, and which shell it is', async () => {
    const home = createHome()
    const name = (shell.name === 'pwsh' ? 'powershell' : shell.name) as ShellName
    home.writeAws('[profile a]\ncredential_process = /bin/true\n')
    home.write(startUpFiles[name], placeBlock('', formatBlockLine(home, name), 'x'))
    const { stdout } = await startScript(shell, home, ['assume doctor --json shell profiles'], {
      env: { SHELL: '/bin/sh' },
    })
    const { findings } = JSON.parse(stdout) as { findings: ToldFinding[] }
    expect(findings.filter(({ level }) => level !== 'info')).toEqual([])
    expect(JSON.stringify(findings)).not.toContain('has not called')
  })
})
