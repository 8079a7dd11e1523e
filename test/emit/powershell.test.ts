import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { EnvironmentChange } from '../../src/emit/change.ts'
import { emitPowerShell, emitPowerShellMessage } from '../../src/emit/powershell.ts'
import { quotePowerShell } from '../../src/emit/quote.ts'
import { createHome, repository } from '../support/home.ts'
import { baseEnvironment, describeShells } from '../support/shell.ts'
import { pwsh } from '../support/shells/pwsh.ts'

const codePoints = [...Array.from({ length: 255 }, (_, index) => index + 1), 0x2018, 0x2019, 0x201a, 0x201b]
const characters = codePoints.map((codePoint) => String.fromCodePoint(codePoint))
const values = [
  ...characters.map((character) => `a${character}b`),
  ...characters,
  characters.join(''),
  '',
  '2026-01-02T03:04:05Z',
  '$(touch PWN)`n$HOME"\'@\n"@',
  '\u65e5\u672c \ud83d\ude00',
]
const change: EnvironmentChange = {
  set: values.map((value, index) => [`V_${index}`, value] as const),
  unset: ['V_OLD', 'V_NEVER'],
}

/** The variables V_* that a program has after the lines of a script, in UTF-8. */
function evaluate(home: ReturnType<typeof createHome>, lines: readonly string[]): string[] {
  const script = home.write('script.ps1', [...lines, 'env -0', ''].join('\n'))
  const { status, stdout, stderr } = spawnSync('pwsh', [...pwsh.scriptArguments, script], {
    env: { ...baseEnvironment(home), V_OLD: 'old', V_KEPT: 'kept' },
    cwd: home.path,
    encoding: 'utf8',
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
    .split('\0')
    .filter((entry) => entry.startsWith('V_'))
    .sort()
}

const expected = [...change.set.map(([name, value]) => `${name}=${value}`), 'V_KEPT=kept'].sort()

describeShells('what the core emits', [pwsh], () => {
  it('arrives unchanged through Invoke-Expression', () => {
    const home = createHome()
    const path = home.write('code.ps1', emitPowerShell(change))
    const code = `[IO.File]::ReadAllText(${quotePowerShell(path)})`
    expect(evaluate(home, [`${code} | Invoke-Expression`])).toEqual(expected)
  })

  it('arrives unchanged as the help says it, but for CR: PowerShell makes a line of each', () => {
    const home = createHome()
    const set = change.set.filter(([, value]) => !value.includes('\r'))
    const path = home.write('code.ps1', emitPowerShell({ ...change, set }))
    const entries = evaluate(home, [`cat ${quotePowerShell(path)} | Out-String | Invoke-Expression`])
    expect(entries).toEqual(expected.filter((entry) => !entry.includes('\r')))
  })

  it('arrives unchanged as data for the module, in ASCII', () => {
    const home = createHome()
    const repeat = ['--profile=--x y', ...characters]
    const text = emitPowerShellMessage({ change, repeat, message: 'm' })
    expect(text).toMatch(/^\u0001assume:[\x20-\x7e]*\n$/)
    cpSync(join(repository, 'shell/powershell'), join(home.path, 'i/shell/powershell'), { recursive: true })
    writeFileSync(join(home.path, 'switch'), text)
    home.write('i/dist/main.js', '')
    chmodSync(home.write('i/bin/assume', '#!/bin/sh\necho before; cat switch; echo after\n'), 0o755)
    const lines = [
      "Import-Module ./i/shell/powershell/Assume/Assume.psd1; $out = assume x; if ($out -join ' ' -cne 'before after') { exit 9 }",
      `$repeat = ConvertFrom-Json ${quotePowerShell(JSON.stringify(repeat))}`,
      'for ($i = 0; $i -lt $repeat.Count; $i++) { if ($global:__AssumeState.Now[$i] -cne $repeat[$i]) { exit 8 } }',
      'if ($global:__AssumeState.Now.Count -ne $repeat.Count) { exit 7 }',
    ]
    expect(evaluate(home, lines)).toEqual(expected)
    expect(evaluate(home, [...lines, 'assume --unset'])).toEqual(['V_KEPT=kept', 'V_OLD=old'])
  })
})
