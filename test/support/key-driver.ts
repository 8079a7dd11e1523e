import { endBySignal, takeInterruption } from '../../src/system/interruption.ts'
import { createContext } from './context.ts'
import type { Home } from './home.ts'
import { type KeyStep, takeStep } from './key-steps.ts'

export interface KeyJob {
  readonly installation: string
  readonly steps: readonly KeyStep[]
  /** What is typed; absent: there is no terminal. */
  readonly answers?: readonly string[]
}

const job = JSON.parse(process.env['KEY_JOB'] ?? '{}') as KeyJob
const { signal, cleanups } = takeInterruption()
const home = { path: process.env['HOME'] ?? '' } as Home
const screen: string[] = []
const context = {
  ...createContext(home, {
    env: process.env as Record<string, string>,
    screen,
    ...(job.answers && { answers: job.answers }),
  }),
  installation: job.installation,
  interruption: signal,
  cleanups,
  notify: (line: string) => void process.stderr.write(`${line}\n`),
}

for (const step of job.steps) {
  const answer = await takeStep(context, step).catch(() => {
    // As main.ts does.
    endBySignal('SIGINT')
  })
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}
