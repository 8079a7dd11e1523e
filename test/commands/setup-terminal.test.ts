import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createHome, type Home } from '../support/home.ts'
import { copyCheckout } from '../support/install-home.ts'
import { baseEnvironment } from '../support/shell.ts'
import { TerminalScreen } from '../support/terminal-screen.ts'

const checkout = copyCheckout()
let home: Home
beforeEach(() => {
  home = createHome()
  home.write('.bashrc', 'a\n')
  home.write('.zshenv', 'alias assume=". assume"\n')
})
const read = (name: string) => readFileSync(join(home.path, name), 'utf8')

/** Runs a program on a terminal, answers its questions one by one, and gives its exit status and what was shown. */
async function converse(program: string, args: string[], answers: readonly string[]) {
  const terminal = TerminalScreen.spawn(program, args, {
    cwd: home.path,
    env: { ...baseEnvironment(home), SHELL: '/bin/bash' },
    cols: 200,
    rows: 50,
  })
  onTestFinished(() => terminal.dispose())
  for (const [index, answer] of answers.entries()) {
    await terminal.waitFor((text) => text.split('[Y/n]').length > index + 1)
    terminal.type(answer)
  }
  const { status } = await terminal.exit
  return { status, text: terminal.output.toString() }
}
const setup = (answers: readonly string[]) =>
  converse(join(checkout, 'bin/assume'), ['setup', '--shell', 'bash,zsh'], answers)

describe('on a terminal', () => {
  it('asks for the alias, then for the rest, in colour', async () => {
    const { status, text } = await setup(['n\r', '\r'])
    expect(status).toBe(0)
    expect(text).toContain('\u001b[32m+# >>> assume >>>')
    expect(text).toContain('Make the other changes?')
    expect(text).toContain('changed ~/.bashrc')
    expect(read('.zshenv')).toContain('alias')
    expect(read('.bashrc')).toContain('assume.bash')
  })

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('%s: exit status 130, nothing changed', async (_name, key) => {
    expect((await setup(['\r', key])).status).toBe(130)
    expect([read('.bashrc'), existsSync(join(home.path, '.zshrc'))]).toEqual(['a\n', false])
  })

  it('ends by SIGHUP when the window is closed at a question', async () => {
    const line = 'trap : HUP; "$0" setup --shell bash; echo "$?" > part; mv part status'
    const terminal = TerminalScreen.spawn('bash', ['-c', line, join(checkout, 'bin/assume')], {
      cwd: home.path,
      env: baseEnvironment(home),
    })
    onTestFinished(() => terminal.dispose())
    await terminal.waitFor('[Y/n]')
    terminal.hangUp()
    await vi.waitUntil(() => existsSync(join(home.path, 'status')), { timeout: 100_000 })
    expect([read('status'), read('.bashrc')]).toEqual(['129\n', 'a\n'])
  })

  it('install.sh asks before it does anything', async () => {
    const { status, text } = await converse(join(checkout, 'install.sh'), [], ['n\r'])
    expect([status, text]).toEqual([0, expect.stringContaining('nothing was changed')])
    expect(existsSync(join(home.path, '.local'))).toBe(false)
  })

  it("--try opens the user's shell with assume loaded, and throws the home away", async () => {
    const folder = join(home.path, 'tmp')
    home.write('tmp/x', '')
    chmodSync(folder, 0o700)
    const script = `TMPDIR='${folder}' ${join(checkout, 'install.sh')} --try --approve`
    const talk = 'printf "[Y/n]\\n"; ' // so that `converse` types the next line when the shell is ready
    home.write('sh/bash', `#!/bin/sh\n${talk}exec bash "$@"\n`)
    chmodSync(join(home.path, 'sh/bash'), 0o755)
    const { status, text } = await converse(
      '/bin/sh',
      ['-c', `SHELL='${home.path}/sh/bash' ${script}`],
      ['assume test-profile; echo "<$AWS_PROFILE>" "$HOME"; exit\r'],
    )
    expect(text).toContain('logs in at once, without a page')
    expect(text).toMatch(/with the code [A-Z]{4}-/)
    expect(readdirSync(folder)).toEqual(['x'])
    expect(text).toContain('<test-profile> /')
    expect(text).toMatch(/test-profile · 123456789012 ReadOnly · eu-west-1/)
    expect(status).toBe(0)
    expect(existsSync(join(home.path, '.aws'))).toBe(false)
    expect(read('.bashrc')).toBe('a\n')
  })
})
