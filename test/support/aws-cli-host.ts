import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { ShellResult } from './shell.ts'

const program = join(import.meta.dirname, 'aws-cli-host.py')

interface Run {
  readonly words: readonly string[]
  readonly env: Readonly<Record<string, string>> & { readonly HOME: string }
  readonly cwd: string
}

/** One interpreter with the AWS CLI in it, which is forked for each run. */
class AwsCliHost {
  readonly #folder = mkdtempSync(join(tmpdir(), 'aws-'))
  /** A link to the home of a run: the paths below it are made by the imports. */
  readonly #home = join(this.#folder, 'home')
  #target: string | undefined
  readonly #child: ChildProcess
  readonly #endings: ((status: number) => void)[] = []

  constructor(python: string) {
    this.#child = spawn(python, [program], {
      env: { PATH: process.env['PATH'], HOME: this.#home, LANG: 'C.UTF-8' },
      cwd: this.#folder,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    createInterface({ input: this.#child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      const [number = -1, status = -1] = line.split(' ').map(Number)
      this.#endings[number]?.(status)
    })
    this.#child.unref()
  }

  /** Runs for one home do not overlap with those for another. */
  async run(run: Run): Promise<ShellResult> {
    if (run.env.HOME !== this.#target) {
      rmSync(this.#home, { force: true })
      symlinkSync(run.env.HOME, this.#home)
      this.#target = run.env.HOME
    }
    const env = { ...run.env, HOME: this.#home }
    const number = this.#endings.length
    const [stdout, stderr] = ['out', 'err'].map((name) => join(this.#folder, `${name}-${number}`)) as [
      string,
      string,
    ]
    const status = await new Promise<number>((resolve, reject) => {
      const fail = () => reject(new Error('the AWS CLI has no interpreter any more'))
      this.#endings.push((ending) => {
        this.#child.removeListener('exit', fail)
        resolve(ending)
      })
      this.#child.once('exit', fail)
      this.#child.stdin?.write(`${JSON.stringify({ ...run, env, number, stdout, stderr })}\n`)
    })
    return { status, stdout: readFileSync(stdout, 'utf8'), stderr: readFileSync(stderr, 'utf8') }
  }

  close(): void {
    this.#child.removeAllListeners('exit').kill('SIGKILL')
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

let host: AwsCliHost | undefined

/** Runs the AWS CLI, a script of this Python, without a start of its own. It has an empty stdin. */
export function runInAwsCliHost(python: string, run: Run): Promise<ShellResult> {
  host ??= new AwsCliHost(python)
  return host.run(run)
}

/** Ends the interpreter of this test file. */
export function endAwsCliHost(): void {
  host?.close()
  host = undefined
}
