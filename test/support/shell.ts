import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe } from 'vitest'
import type { Home } from './home.ts'
import { TerminalScreen } from './terminal-screen.ts'

export interface ShellResult {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** An environment by name; values are Latin-1 text, one character a byte. */
export type Dump = ReadonlyMap<string, string>

/** One of the four shells: how it is started, and how it spells what a scenario says. */
export interface Shell {
  readonly name: 'bash' | 'zsh' | 'fish' | 'pwsh'
  /** Arguments that start it without the machine's start-up files, before a script's path. */
  readonly scriptArguments: readonly string[]
  /** Writes the start-up files of an interactive session with assume and its prompt segment before `promptEnd`. */
  prepareSession(home: Home, promptEnd: string): { args: string[]; env: Record<string, string> }
  /** The statement that loads assume. */
  readonly load: string
  /** A statement that fails loudly unless the one before had this status. */
  expectStatus(status: number): string
  /** Quotes a word. */
  quote(word: string): string
  setExported(name: string, value: string): string
  /** Absent where the shell has no such thing. */
  readonly setUnexported?: (name: string, value: string) => string
  unset(name: string): string
  /** Writes the value and the export flag of a variable of the shell itself: `plain:VALUE`, `exported:VALUE`, `absent`. */
  show(name: string): string
  /** Shows the prompt segment, as text without colours on one line of stdout. */
  readonly showPrompt: string
  /** The same with its colours, as setup puts it into the prompt. */
  readonly showColouredPrompt: string
  /** The candidates that TAB would offer at the end of `line`, one each line, as plain names. */
  complete(line: string): string
  /** Runs a script in another way than by a process of its own. A script that runs to its end sets `$global:ended`. */
  run?(job: ScriptJob): ShellResult
  /** The same without blocking this process. */
  start?(job: ScriptJob): Promise<ShellResult>
  /** The same in a terminal of 60 rows and 200 columns, where all that is said is shown. */
  runInTerminal?(job: ScriptJob): Promise<{ status: number; shown: string }>
}

export interface ScriptJob {
  /** The path of the script. */
  readonly script: string
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
}

/**
 * What PowerShell is to leave out. Without the count of calls .NET compiles nothing a second time, better: no test runs for
 * long enough to gain by that, and it takes a third of the time of the processor.
 */
export const powerShellSettings = {
  POWERSHELL_TELEMETRY_OPTOUT: '1',
  POWERSHELL_UPDATECHECK: 'Off',
  DOTNET_TC_CallCounting: '0',
}

/** Variables that every test starts with; nothing of the machine's own AWS settings gets in. */
export function baseEnvironment(home: Home): Record<string, string> {
  return {
    HOME: home.path,
    PATH: process.env['PATH'] ?? '',
    TMPDIR: tmpdir(),
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
    ...powerShellSettings,
  }
}

interface ScriptOptions {
  readonly env?: Record<string, string>
  readonly before?: readonly string[]
  readonly arguments?: readonly string[]
}

/** Runs a script of lines in a new shell, not interactive. */
export function runScript(
  shell: Shell,
  home: Home,
  lines: readonly string[],
  options: ScriptOptions = {},
): ShellResult {
  if (shell.run && !options.arguments) return shell.run(writeJob(shell, home, lines, options))
  const [program, words, settings] = prepareScript(shell, home, lines, options)
  const result = spawnSync(program, words, { ...settings, encoding: 'utf8', timeout: 100_000 })
  return { status: result.status, stdout: result.stdout, stderr: result.stderr }
}

/** The same without blocking this process, which may be the server that the script needs. */
export async function startScript(
  shell: Shell,
  home: Home,
  lines: readonly string[],
  options: ScriptOptions = {},
): Promise<ShellResult> {
  if (shell.start && !options.arguments) return shell.start(writeJob(shell, home, lines, options))
  const [program, words, settings] = prepareScript(shell, home, lines, options)
  const child = spawn(program, words, { ...settings, stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr] = [text(child.stdout), text(child.stderr)]
  const [status] = await once(child, 'close')
  return { status, stdout: await stdout, stderr: await stderr }
}

/** Runs a script in a terminal of 60 rows and 200 columns, and returns all that is shown. */
export async function showScript(
  shell: Shell,
  home: Home,
  lines: readonly string[],
  options: { env?: Record<string, string>; inOwnProcess?: boolean } = {},
): Promise<{ status: number; shown: string }> {
  if (shell.runInTerminal && !options.inOwnProcess)
    return shell.runInTerminal(writeJob(shell, home, lines, options))
  const [program, words, settings] = prepareScript(shell, home, lines, options)
  const terminal = TerminalScreen.spawn(program, words, { ...settings, cols: 200, rows: 60 })
  try {
    const { status, signal } = await terminal.exit
    return { status: signal === 0 ? status : 128 + signal, shown: terminal.text().trim() }
  } finally {
    await terminal.dispose()
  }
}

function prepareScript(
  shell: Shell,
  home: Home,
  lines: readonly string[],
  options: ScriptOptions,
): [string, string[], { env: Record<string, string>; cwd: string }] {
  const script = writeScript(shell, home, lines, options)
  const env = { ...baseEnvironment(home), ...options.env }
  return [shell.name, [...(options.arguments ?? shell.scriptArguments), script], { env, cwd: home.path }]
}

function writeJob(shell: Shell, home: Home, lines: readonly string[], options: ScriptOptions): ScriptJob {
  const script = writeScript(shell, home, [...lines, '$global:ended = $true'], options)
  return { script, env: { ...baseEnvironment(home), ...options.env }, cwd: home.path }
}

function writeScript(shell: Shell, home: Home, lines: readonly string[], options: ScriptOptions): string {
  const extension = shell.name === 'pwsh' ? 'ps1' : 'sh'
  const text = [...(options.before ?? []), shell.load, ...lines, ''].join('\n')
  return home.write(`script.${extension}`, text)
}

/** A statement after which the script goes on, come what may: a program that is not there ends one of PowerShell. */
export function attempt(shell: Shell, statement: string): string {
  return shell.name === 'pwsh' ? `try { ${statement} } catch { }` : statement
}

/** A statement that writes the exported environment to a file, for `readDump`. */
export function dumpTo(shell: Shell, home: Home, name: string): string {
  return `env -0 > ${shell.quote(join(home.path, name))}`
}

export function readDump(home: Home, name: string): Dump {
  const entries = readFileSync(join(home.path, name), 'latin1').split('\0')
  return new Map(
    entries
      .filter((entry) => entry !== '')
      .map((entry) => [entry.split('=', 1)[0] as string, entry.slice(entry.indexOf('=') + 1)]),
  )
}

/** The AWS and ASSUME variables of a dump, as an object. */
export function awsOf(dump: Dump): Record<string, string> {
  return Object.fromEntries([...dump].filter(([name]) => /^(AWS|ASSUME)/.test(name)).sort())
}

/** Whether a program of that name is on the PATH. */
export function isInstalled(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)))
}

/** A suite for each shell; one that is not installed is reported as skipped, or fails where it is required. */
export function describeShells(title: string, shells: readonly Shell[], body: (shell: Shell) => void): void {
  const required = (process.env['ASSUME_REQUIRE_SHELLS'] ?? '').split(',')
  for (const shell of shells) {
    const usable = isInstalled(shell.name) || required.includes(shell.name)
    describe.skipIf(!usable)(`${title} in ${shell.name}${usable ? '' : ' (not installed)'}`, () =>
      body(shell),
    )
  }
}
