import { describe, expect, it } from 'vitest'
import { runCore } from '../support/core.ts'
import { createHome } from '../support/home.ts'

function start() {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  return home
}
const exec = (...words: string[]) => runCore(start(), ['exec', ...words])

describe('assume exec', () => {
  it('runs the command in the environment of a switch', () => {
    const env = {
      AWS_ACCESS_KEY_ID: 'AKIA',
      AWS_VAULT: 'x',
      KEPT: 'yes',
      OLD: 'switched',
      ASSUME_VARS: 'OLD',
    }
    const { status, stdout } = runCore(start(), ['exec', 'dev-profile', '--', 'env'], { env })
    expect(status).toBe(0)
    const lines = stdout.split('\n')
    expect(lines).toEqual(
      expect.arrayContaining(['AWS_PROFILE=dev-profile', 'AWS_REGION=eu-west-1', 'KEPT=yes']),
    )
    expect(stdout).not.toMatch(/^(AWS_ACCESS_KEY_ID|AWS_VAULT|OLD|ASSUME_SHELL|ASSUME_CONTRACT)=/m)
  })

  it('passes arguments as they are, stdin and stdout untouched', () => {
    const words = ['-r', '--help', 'a b', '*', '', '--', '$HOME', 'it\'s "x"']
    expect(exec('dev-profile', 'printf', '%s\\n', ...words).stdout).toBe(`${words.join('\n')}\n`)
    const input = 'x'.repeat(1_000_000)
    expect(runCore(start(), ['exec', 'dev-profile', 'cat'], { input }).stdout).toBe(input)
  })

  it.each([
    [['sh', '-c', 'exit 0'], 0],
    [['sh', '-c', 'exit 7'], 7],
    [['sh', '-c', 'exit 130'], 130],
    [['no-such-program-anywhere'], 127],
    [['/'], 126],
  ])('%j ends with %i', (command, status) => {
    expect(exec('dev-profile', '--', ...command).status).toBe(status)
  })

  it('dies of the signal that its command died of', () => {
    const result = runCore(start(), ['exec', 'dev-profile', 'sh', '-c', 'kill -TERM $$'])
    expect(result.status).toBeNull()
  })

  it('fails with 125 before it starts anything', () => {
    expect(exec('nope', 'true').status).toBe(125)
    expect(exec('--nope', 'x').status).toBe(125)
    expect(exec().status).toBe(125)
  })
})
