import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it, onTestFinished } from 'vitest'
import { quoteAnywhere } from '../../src/text/words.ts'
import { createHome, repository } from '../support/home.ts'
import { copyCheckout } from '../support/install-home.ts'
import { give, isRoot, otherUser, runAs } from '../support/other-user.ts'
import { baseEnvironment, describeShells } from '../support/shell.ts'
import { bash } from '../support/shells/bash.ts'
import { shells } from '../support/shells/index.ts'
import { TerminalScreen } from '../support/terminal-screen.ts'

const launcher = join(repository, 'bin/assume')

/** A home with a folder for temporary files of its own; `left` is what is in there. */
function createPlace() {
  const home = createHome()
  const temporary = join(home.path, 'tmp')
  mkdirSync(temporary)
  return {
    home,
    env: { ...baseEnvironment(home), TMPDIR: temporary },
    left: () => readdirSync(temporary, { recursive: true }),
  }
}

function open(
  shell: string,
  words: readonly string[] = [],
  more: Readonly<Record<string, string>> = {},
  cols = 80,
) {
  const { env, left } = createPlace()
  const terminal = TerminalScreen.spawn(launcher, ['sandbox', ...words], {
    env: { ...env, SHELL: shell, ...more },
    cwd: '/',
    cols,
    rows: 40,
  })
  onTestFinished(() => terminal.dispose())
  return { terminal, left }
}

const prompt = /^\[sandbox\] [^\n]*$/m

describeShells('the sandbox', shells, (shell) => {
  it('is seen in the prompt, beside the profile, and leaves nothing behind', async () => {
    const { terminal, left } = open(shell.name)
    await terminal.waitFor(prompt)
    const banner = terminal.screen().slice(0, 4)
    expect(banner.map((row) => row.slice(0, 14))).toEqual([
      'assume: a loca',
      '  assume dev-p',
      '  assume list ',
      expect.not.stringMatching(/^ {2}/),
    ])
    terminal.type('assume dev-profile --no-login\r')
    await terminal.waitFor(/^\(dev-profile\) \[sandbox\] /m)
    terminal.type('exit\r')
    expect(await terminal.exit).toEqual({ status: 0, signal: 0 })
    expect(terminal.text()).not.toContain('bug')
    expect(left()).toEqual([])
  })
})

describeShells('the sandbox', [bash], () => {
  it('breaks its banner between words at 40 columns', async () => {
    const { terminal } = open('bash', [], {}, 40)
    await terminal.waitFor(prompt)
    expect(terminal.screen().slice(0, 3)).toEqual([
      'assume: a local Identity Center, and a',
      'home that goes when you leave it: exit',
      '  assume dev-p<TAB>',
    ])
    terminal.type('exit\r')
    await terminal.exit
  })

  it.each([
    ['over SSH', [], { SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22' }],
    ['with --approve', ['--approve'], {}],
  ] as const)('shows the code of a login %s, and needs no page', async (_title, words, env) => {
    const { terminal, left } = open('bash', words, env)
    await terminal.waitFor(prompt)
    terminal.type('assume dev-profile\r')
    await terminal.waitFor(/^\(dev-profile\) \[sandbox\] /m)
    expect(terminal.text()).toMatch(/with the code [A-Z]{4}-[A-Z]{4}/)
    terminal.type('exit\r')
    expect(await terminal.exit).toEqual({ status: 0, signal: 0 })
    expect(left()).toEqual([])
  })

  it.runIf(isRoot)('removes folders that nobody may write to', () => {
    const { home, left } = createPlace()
    const checkout = copyCheckout()
    chmodSync(checkout, 0o755)
    give(home.path, otherUser)
    const write = 'mkdir -p "$HOME/go/mod"; : >"$HOME/go/mod/f"; chmod 555 "$HOME/go/mod" "$HOME/go"'
    const env = { TMPDIR: join(home.path, 'tmp') }
    const result = runAs(otherUser, checkout, home, ['sandbox', '--', 'sh', '-c', write], { env })
    expect({ ...result, left: left() }).toEqual({ status: 0, stdout: '', stderr: '', left: [] })
  })

  it.runIf(isRoot)(
    'says what stays because it belongs to somebody else, and ends as its command did',
    async () => {
      const { home, left } = createPlace()
      const checkout = copyCheckout()
      chmodSync(checkout, 0o755)
      give(home.path, otherUser)
      const command = ['sh', '-c', 'echo "$HOME"; read -r line; exit 5']
      const child = spawn(join(checkout, 'bin/assume'), ['sandbox', '--', ...command], {
        uid: otherUser,
        gid: otherUser,
        env: { ...baseEnvironment(home), TMPDIR: join(home.path, 'tmp') },
        cwd: '/',
      })
      const stderr = text(child.stderr)
      const [said] = await once(child.stdout, 'data')
      const folder = String(said).trim()
      mkdirSync(join(folder, 'rooted/x'), { recursive: true })
      writeFileSync(join(folder, 'rooted/x/f'), '')
      child.stdin.end('\n')
      const [status] = await once(child, 'close')
      expect({ status, stderr: await stderr }).toEqual({
        status: 5,
        stderr: `assume: not all of ${folder} may be removed by you; whoever may: rm -rf ${quoteAnywhere(folder)}\n`,
      })
      expect(left()).toContain(join(basename(folder), 'rooted/x/f'))

      const result = runAs(otherUser, checkout, home, ['sandbox', '--', 'true'], {
        env: { TMPDIR: '/nonexist' },
      })
      expect(result).toEqual({
        status: 1,
        stdout: '',
        stderr: expect.stringMatching(
          /^assume: cannot create \/nonexist\/assume-sandbox-\w+: permission denied\n {2}ls -ld \/\n$/,
        ),
      })
    },
  )

  it('waits for programs that still write to its home when it ends, and that make folders anew', async () => {
    const { env, left } = createPlace()
    const write =
      'n=0; while [ "$n" -lt 400 ]; do n=$((n + 1)); mkdir -p "$HOME/late/$n"; : >"$HOME/late/$n/x"; done'
    // The command is over while its background job still is at work.
    const command = [
      'sh',
      '-c',
      `mkdir "$HOME/late"; (${write}) >/dev/null 2>&1 & while [ ! -d "$HOME/late/9" ]; do :; done`,
    ]
    const child = spawn(launcher, ['sandbox', '--', ...command], { env, stdio: ['ignore', 'ignore', 'pipe'] })
    const stderr = text(child.stderr)
    const [status] = await once(child, 'close')
    // Said where it takes longer than a second.
    const waits = /^(assume: waiting for a program that still writes to .*\n)?$/
    expect({ status, stderr: await stderr, left: left() }).toEqual({
      status: 0,
      stderr: expect.stringMatching(waits),
      left: [],
    })
  })
})
