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
  writeSync,
} from 'node:fs'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { powerShellSettings, type ScriptJob, type ShellResult } from './shell.ts'

const statements = join(import.meta.dirname, 'pwsh-host.ps1')

/** Milliseconds after which a script that has not ended is given up: only one that hangs gets there, also on a busy machine. */
const patience = 120_000

/**
 * One PowerShell that runs many scripts, each as if it had just been started: a start of its own, and the first use of
 * everything in it, cost twenty times what most scripts do. Not for what is about starting, or a terminal.
 */
export class PowerShellHost {
  readonly #folder = mkdtempSync(join(tmpdir(), 'pwsh-'))
  readonly #requests: number
  readonly #answers: number
  readonly #stdout: number
  readonly #stderr: number
  readonly #child: ChildProcess

  constructor() {
    const [requests, answers, stdout, stderr] = ['requests', 'answers', 'stdout', 'stderr'].map((name) =>
      join(this.#folder, name),
    ) as [string, string, string, string]
    execFileSync('mkfifo', [requests, answers])
    this.#requests = openSync(requests, 'r+')
    this.#answers = openSync(answers, constants.O_RDWR | constants.O_NONBLOCK)
    this.#stdout = openSync(stdout, 'a+')
    this.#stderr = openSync(stderr, 'a+')
    const words = ['-NoProfile', '-NonInteractive', '-File', statements, requests, answers]
    this.#child = spawn('pwsh', words, {
      env: { PATH: process.env['PATH'], HOME: this.#folder, ...powerShellSettings },
      cwd: this.#folder,
      stdio: ['ignore', this.#stdout, this.#stderr],
    })
    this.#child.unref()
  }

  run(job: ScriptJob): ShellResult {
    const [stdout, stderr] = [fstatSync(this.#stdout).size, fstatSync(this.#stderr).size]
    writeSync(this.#requests, `${JSON.stringify(job)}\n`)
    const status = this.#waitForAnswer(job)
    return { status, stdout: readFrom(this.#stdout, stdout), stderr: readFrom(this.#stderr, stderr) }
  }

  /** The same without blocking this process, which may be the server that the script needs. */
  async start(job: ScriptJob): Promise<ShellResult> {
    const [stdout, stderr] = [fstatSync(this.#stdout).size, fstatSync(this.#stderr).size]
    const answers = new Socket({
      fd: openSync(join(this.#folder, 'answers'), constants.O_RDONLY | constants.O_NONBLOCK),
    })
    writeSync(this.#requests, `${JSON.stringify(job)}\n`)
    const [line] = await once(answers, 'data')
    answers.destroy()
    return {
      status: Number(line),
      stdout: readFrom(this.#stdout, stdout),
      stderr: readFrom(this.#stderr, stderr),
    }
  }

  close(): void {
    this.#child.kill('SIGKILL')
    for (const fd of [this.#requests, this.#answers, this.#stdout, this.#stderr]) closeSync(fd)
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #waitForAnswer({ script }: ScriptJob): number {
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
    throw new Error(`PowerShell has not ended ${readFileSync(script, 'utf8')}`)
  }
}

function readFrom(fd: number, start: number): string {
  const bytes = Buffer.alloc(fstatSync(fd).size - start)
  readSync(fd, bytes, 0, bytes.length, start)
  return bytes.toString()
}
