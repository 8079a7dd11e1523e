import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  constants,
  fstatSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { powerShellSettings, type ScriptJob, type ShellResult } from './shell.ts'
import { TerminalScreen } from './terminal-screen.ts'

const statements = join(import.meta.dirname, 'pwsh-host.ps1')

/** Milliseconds after which a script that has not ended is given up: only one that hangs gets there, also on a busy machine. */
const patience = 120_000

/** A folder with the two pipes by which PowerShell gets scripts and says how each has ended. */
class ScriptPipes {
  readonly folder = mkdtempSync(join(tmpdir(), 'pwsh-'))
  /** How PowerShell is started at their other end. */
  readonly words: readonly string[]
  readonly env = { PATH: process.env['PATH'], HOME: this.folder, ...powerShellSettings }
  readonly #requests: number
  readonly #answers: number

  constructor() {
    const [requests, answers] = ['requests', 'answers'].map((name) => join(this.folder, name)) as [
      string,
      string,
    ]
    execFileSync('mkfifo', [requests, answers])
    this.#requests = openSync(requests, 'r+')
    this.#answers = openSync(answers, constants.O_RDWR | constants.O_NONBLOCK)
    this.words = ['-NoProfile', '-NonInteractive', '-File', statements, requests, answers]
  }

  /** Runs a script, and returns its status. */
  run(job: ScriptJob): number {
    this.#send(job)
    const pause = new Int32Array(new SharedArrayBuffer(4))
    const bytes = Buffer.alloc(16)
    const deadline = Date.now() + patience
    while (Date.now() < deadline) {
      try {
        return Number(bytes.toString('latin1', 0, readSync(this.#answers, bytes)))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      }
      Atomics.wait(pause, 0, 0, 3)
    }
    throw new Error(`PowerShell has not ended ${readFileSync(job.script, 'utf8')}`)
  }

  /** The same without blocking this process. */
  async start(job: ScriptJob): Promise<number> {
    const answers = new Socket({
      fd: openSync(join(this.folder, 'answers'), constants.O_RDONLY | constants.O_NONBLOCK),
    })
    this.#send(job)
    const [line] = await once(answers, 'data')
    answers.destroy()
    return Number(line)
  }

  close(): void {
    for (const fd of [this.#requests, this.#answers]) closeSync(fd)
    rmSync(this.folder, { recursive: true, force: true })
  }

  #send(job: ScriptJob): void {
    writeSync(this.#requests, `${JSON.stringify(job)}\n`)
  }
}

/**
 * One PowerShell that runs many scripts, each as if it had just been started: a start of its own, and the first use of
 * everything in it, cost twenty times what most scripts do. Not for what is about starting, or a terminal.
 */
export class PowerShellHost {
  readonly #pipes = new ScriptPipes()
  readonly #stdout = openSync(join(this.#pipes.folder, 'stdout'), 'a+')
  readonly #stderr = openSync(join(this.#pipes.folder, 'stderr'), 'a+')
  readonly #child: ChildProcess

  constructor() {
    const { words, env, folder } = this.#pipes
    this.#child = spawn('pwsh', words, { env, cwd: folder, stdio: ['ignore', this.#stdout, this.#stderr] })
    this.#child.unref()
  }

  run(job: ScriptJob): ShellResult {
    const readNew = this.#mark()
    return readNew(this.#pipes.run(job))
  }

  /** The same without blocking this process, which may be the server that the script needs. */
  async start(job: ScriptJob): Promise<ShellResult> {
    const readNew = this.#mark()
    return readNew(await this.#pipes.start(job))
  }

  close(): void {
    this.#child.kill('SIGKILL')
    for (const fd of [this.#stdout, this.#stderr]) closeSync(fd)
    this.#pipes.close()
  }

  /** A function that returns what has been said from now on. */
  #mark(): (status: number) => ShellResult {
    const [stdout, stderr] = [fstatSync(this.#stdout).size, fstatSync(this.#stderr).size]
    return (status) => ({
      status,
      stdout: readFrom(this.#stdout, stdout),
      stderr: readFrom(this.#stderr, stderr),
    })
  }
}

/** The same in a terminal. */
export class PowerShellTerminal {
  readonly #pipes = new ScriptPipes()
  readonly #terminal: TerminalScreen
  #count = 0

  constructor() {
    const { words, env, folder } = this.#pipes
    const size = { cols: 200, rows: 60, deadline: 10 * patience }
    this.#terminal = TerminalScreen.spawn('pwsh', words, { env, cwd: folder, ...size })
  }

  /** Runs a script, and returns all that it shows. */
  async show(job: ScriptJob): Promise<{ status: number; shown: string }> {
    const before = await this.#mark()
    const status = await this.#pipes.start(job)
    const after = await this.#mark()
    const [, shown = ''] = this.#terminal.text().split(before)
    return { status, shown: shown.slice(0, shown.indexOf(after)).trim() }
  }

  async close(): Promise<void> {
    await this.#terminal.dispose()
    this.#pipes.close()
  }

  /** Resolves with a line that stands below all that has been shown. */
  async #mark(): Promise<string> {
    this.#count += 1
    const mark = `mark ${this.#count}.`
    const script = join(this.#pipes.folder, 'mark.ps1')
    writeFileSync(script, `[Console]::WriteLine('${mark}')\n$global:ended = $true\n`)
    await this.#pipes.start({ script, env: {}, cwd: this.#pipes.folder })
    await this.#terminal.waitFor(mark)
    return mark
  }
}

function readFrom(fd: number, start: number): string {
  const bytes = Buffer.alloc(fstatSync(fd).size - start)
  readSync(fd, bytes, 0, bytes.length, start)
  return bytes.toString()
}
