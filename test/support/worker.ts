import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, onTestFinished } from 'vitest'
import { repository } from './home.ts'

const bundler = join(repository, 'node_modules/rolldown/bin/cli.mjs')

/** Bundles a TypeScript program below test/ so that any number of processes can run it. Call it outside of tests. */
export function bundleWorker(entry: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'assume-worker-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const outfile = join(folder, basename(entry).replace(/\.ts$/, '.mjs'))
  const options = ['--file', outfile, '--format', 'esm', '--platform', 'node', '--no-codeSplitting']
  execFileSync(process.execPath, [bundler, entry, ...options], { stdio: ['ignore', 'ignore', 'inherit'] })
  return outfile
}

/** A process that runs a bundled program; it is killed when the test is over. */
export class Worker {
  readonly process: ChildProcess
  readonly ended: Promise<unknown[]>
  output = ''

  constructor(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    this.process = spawn(process.execPath, [program, ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...env },
    })
    this.ended = once(this.process, 'close')
    this.process.stdout?.setEncoding('utf8').on('data', (text) => {
      this.output += text
    })
    onTestFinished(() => void this.process.kill('SIGKILL'))
  }

  get pid(): number {
    return this.process.pid as number
  }

  /** Waits until the process has printed `text`. */
  async says(text: string): Promise<void> {
    while (!this.output.includes(text)) {
      const [event] = await Promise.race([once(this.process.stdout as NodeJS.ReadStream, 'data'), this.ended])
      if (typeof event !== 'string' && !this.output.includes(text))
        throw new Error(`the process ended without "${text}": ${this.output}`)
    }
  }

  /** Ends it and waits until it is gone. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.process.kill(signal)
    await this.ended
  }
}
