import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { runCore } from '../support/core.ts'
import { createHome, type Home, repository } from '../support/home.ts'
import { baseEnvironment, describeShells, runScript } from '../support/shell.ts'
import { shells } from '../support/shells/index.ts'

const keys = 'aws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = fake\n'
const config = `[profile dev]\n${keys}region = eu-west-1\n`

let home: Home
beforeEach(() => {
  home = createHome()
  home.writeAws(config)
})

/** The environment in which Ctrl-C comes to a core that opens the file whose path ends so. */
function interruptAt(end: string): Record<string, string> {
  const interrupter = join(repository, 'test/support/interrupt-at-open.cjs')
  return { NODE_OPTIONS: `--require "${interrupter}"`, INTERRUPT_AT: end }
}

describe.each([
  ['while it reads the files', '/.aws/config'],
  ['while it writes the index', '/rows-0'],
])('Ctrl-C that comes to the core %s', (_when, end) => {
  it('ends a switch, and the shell gets nothing', () => {
    const env = { ...baseEnvironment(home), ...interruptAt(end), ASSUME_SHELL: 'zsh', ASSUME_CONTRACT: '4' }
    const stdio = ['ignore', 'pipe', 'pipe', 'pipe'] as const
    const { status, output } = spawnSync(join(repository, 'bin/assume'), ['dev'], {
      env,
      stdio: [...stdio],
      encoding: 'utf8',
    })
    expect([status, ...output.slice(1)]).toEqual([130, '', '', ''])
  })

  it('ends assume env, and nothing is printed', () => {
    const result = runCore(home, ['env', 'dev', '--shell', 'bash'], { env: interruptAt(end) })
    expect(result).toEqual({ status: 130, stdout: '', stderr: '' })
  })

  it('ends assume exec before its command', () => {
    const result = runCore(home, ['exec', 'dev', '--', 'touch', 'marker'], { env: interruptAt(end) })
    expect(result).toMatchObject({ status: 130, stderr: '' })
    expect(existsSync(join(home.path, 'marker'))).toBe(false)
  })

  describeShells('its function', shells, (shell) => {
    it('leaves the shell as it was', () => {
      const env = interruptAt(end)
      const result = runScript(
        shell,
        home,
        ['assume dev', shell.expectStatus(130), shell.show('AWS_PROFILE')],
        { env },
      )
      expect(result).toMatchObject({ status: 0, stdout: 'absent\n', stderr: '' })
    })
  })
})
