import { expect, it } from 'vitest'
import { startProgram } from '../../src/programs/start.ts'

it.each([
  ['is not there', 'no-such-browser'],
  ['lies below a file', '/etc/passwd/x'],
  ['has a name that is too long', `/${'x'.repeat(5000)}`],
])('a program that %s is one that cannot be started', async (_how, program) => {
  expect(await startProgram(program, [], { PATH: '/usr/bin' })).toBe(false)
})
