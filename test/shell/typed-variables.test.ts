import { expect, it } from 'vitest'
import { createHome } from '../support/home.ts'
import { makeIndex } from '../support/profile-index.ts'
import { awsOf, describeShells, dumpTo, readDump, runScript, type Shell } from '../support/shell.ts'
import { bash } from '../support/shells/bash.ts'
import { zsh } from '../support/shells/zsh.ts'

/** Variables that are no plain texts, whose names a switch sets or removes. */
const typed: Partial<Record<Shell['name'], readonly string[]>> = {
  bash: [
    "AWS_PROFILE=(a 'b  c' '')",
    'declare -xa AWS_REGION=([3]="x\'y" [7]=z)',
    'declare -xu AWS_DEFAULT_REGION=upper',
    "declare -A AWS_VAULT=([k]='v w')",
    'declare -xi AWS_SESSION_TOKEN=7',
    'declare -l AWS_ROLE_ARN=LOWER',
    'AWS_OTHER=other; declare -n ASSUME_PROFILE=AWS_OTHER',
  ],
  zsh: [
    "AWS_PROFILE=(a 'b  c' '')",
    'typeset -T -x AWS_REGION aws_region; aws_region=(x y)',
    'typeset -xu AWS_DEFAULT_REGION=upper',
    "typeset -A AWS_VAULT; AWS_VAULT=(k 'v w')",
    'typeset -xi AWS_SESSION_TOKEN=7',
    'typeset -l AWS_ROLE_ARN=LOWER',
    'typeset -F ASSUME_PROFILE=1.5',
  ],
}
const names =
  'AWS_PROFILE AWS_REGION AWS_DEFAULT_REGION AWS_VAULT AWS_SESSION_TOKEN AWS_ROLE_ARN ASSUME_PROFILE'

describeShells('variables that are no plain texts', [bash, zsh], (shell) => {
  it('are replaced by a switch and for the command of exec, and are as they were behind it', async () => {
    const home = createHome()
    home.writeAws('[profile one]\nregion = eu-west-1\ncredential_process = /bin/true\n')
    await makeIndex(home)
    const show = `typeset -p ${names}`
    const result = runScript(shell, home, [
      ...(typed[shell.name] ?? []),
      show,
      'echo CUT',
      'assume exec one -- cp /proc/self/environ exec-row; assume exec -p one -- cp /proc/self/environ exec-core',
      show,
      'echo CUT',
      'assume one',
      shell.expectStatus(0),
      dumpTo(shell, home, 'switch-row'),
      'assume -u',
      show,
      'echo CUT',
      'assume -p one',
      dumpTo(shell, home, 'switch-core'),
      'assume --unset',
      show,
    ])
    expect(result).toMatchObject({ status: 0, stderr: '' })
    const [before, ...after] = result.stdout.split('CUT\n')
    expect(after).toEqual([before, before, before])
    for (const way of ['exec-row', 'exec-core', 'switch-row', 'switch-core'])
      expect({ way, ...awsOf(readDump(home, way)) }).toMatchObject({
        way,
        AWS_PROFILE: 'one',
        AWS_REGION: 'eu-west-1',
        AWS_DEFAULT_REGION: 'eu-west-1',
        ASSUME_PROFILE: 'one',
      })
  })
})
