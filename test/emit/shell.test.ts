import { expect, it } from 'vitest'
import { findUserShell } from '../../src/emit/shell.ts'

it.each([
  ['fish', '/bin/bash', 'linux', 'fish'],
  ['powershell', undefined, 'linux', 'powershell'],
  [undefined, '/usr/local/bin/fish', 'darwin', 'fish'],
  [undefined, '/usr/bin/pwsh', 'linux', 'powershell'],
  ['sh', '/bin/zsh', 'linux', 'zsh'],
  [undefined, '/bin/tcsh', 'linux', 'bash'],
  [undefined, undefined, 'linux', 'bash'],
  [undefined, undefined, 'win32', 'powershell'],
] as const)('the shell of a user: function %s, SHELL %s, on %s: %s', (caller, login, platform, shell) => {
  expect(findUserShell({ caller, login }, platform)).toBe(shell)
})
