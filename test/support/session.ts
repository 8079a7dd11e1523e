import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, onTestFinished } from 'vitest'
import type { Home } from './home.ts'
import { baseEnvironment, type Shell } from './shell.ts'
import { TerminalScreen } from './terminal-screen.ts'

/** What the prompt of a session ends with. */
export const promptEnd = 'READY>'

/** An interactive shell in a terminal, with assume loaded by its start-up files and the segment in its prompt. */
export class ShellSession {
  readonly terminal: TerminalScreen

  constructor(terminal: TerminalScreen) {
    this.terminal = terminal
  }

  /** Types a line and Enter, and waits until the prompt is there again behind `segment`, below that line: the newest, of several. */
  async run(line: string, segment: string): Promise<void> {
    // Without a TAB, in whose place there is something else.
    const typed = line.replaceAll('\t', '').trim()
    const count = () => this.terminal.text().split('\n').slice(0, -1).join('\n').split(typed).length
    const before = count()
    this.terminal.type(`${line}\r`)
    // What an Enter answers may go from the screen, and leave less than there was.
    if (typed === '') return this.prompt(segment)
    await this.terminal.waitFor(
      (text) => text.trimEnd().split('\n').at(-1) === `${segment}${promptEnd}` && count() > before,
    )
  }

  /** Waits for a prompt with this segment below everything else; `after` is what must stand above it. */
  async prompt(segment: string, after = ''): Promise<void> {
    await this.terminal.waitFor((text) => {
      const rows = text.trimEnd().split('\n')
      const above = rows.slice(0, -1).join('\n')
      return rows.at(-1) === `${segment}${promptEnd}` && above.includes(after.replaceAll('\t', '').trim())
    })
  }
}

/** Resolves when a job has the terminal of a shell, which is said of `fg` before it is so: until then Ctrl-C is the shell's own. */
export async function waitForJob({ terminal }: ShellSession): Promise<void> {
  // Behind the name, which may hold anything: proc_pid_stat(5).
  const read = () => readFileSync(`/proc/${terminal.pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
  for (let fields = read(); fields[2] === fields[5]; fields = read()) await delay(10)
}

/** A command under strace, which writes every process that starts to a file. */
export function traced(path: string, program: string, args: readonly string[]): [string, string[]] {
  return [
    'strace',
    [
      '--seccomp-bpf',
      '-f',
      '-qq',
      '-e',
      'trace=fork,vfork,clone,clone3,execve',
      '-o',
      path,
      program,
      ...args,
    ],
  ]
}

/** How many processes a trace has seen start; threads are none. */
export function countProcesses(path: string): number {
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.filter((line) => /(fork|clone|clone3|execve)\(/.test(line) && !line.includes('CLONE_THREAD'))
    .length
}

/** How many processes a shell starts, itself included, for a script that says nothing. */
export function countStarted(shell: Shell, home: Home, lines: readonly string[]): number {
  const script = home.write(shell.name === 'pwsh' ? 'script.ps1' : 'script.sh', `${lines.join('\n')}\n`)
  const trace = `${home.path}/trace`
  const [program, args] = traced(trace, shell.name, [...shell.scriptArguments, script])
  const result = spawnSync(program, args, { env: baseEnvironment(home), encoding: 'utf8' })
  expect(result).toMatchObject({ status: 0, stdout: '', stderr: '' })
  return countProcesses(trace)
}

/** Starts a session that ends with the test, and waits for its first prompt. */
export async function startSession(
  shell: Shell,
  home: Home,
  options: { env?: Record<string, string>; cols?: number; rows?: number; trace?: string; cwd?: string } = {},
): Promise<ShellSession> {
  const { args, env } = shell.prepareSession(home, promptEnd)
  const [program, words] = options.trace ? traced(options.trace, shell.name, args) : [shell.name, args]
  const terminal = TerminalScreen.spawn(program, words, {
    env: { ...baseEnvironment(home), ...env, ...options.env },
    cwd: options.cwd ?? home.path,
    cols: options.cols ?? 120,
    rows: options.rows ?? 30,
  })
  onTestFinished(() => terminal.dispose())
  await terminal.waitFor(promptEnd)
  return new ShellSession(terminal)
}
