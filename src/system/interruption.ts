import { getEventListeners } from 'node:events'
import { AssumeError } from '../errors.ts'

/** What becomes of this process when it is interrupted. */
export interface Interruption {
  /** Is aborted by Ctrl-C. */
  readonly signal: AbortSignal
  /** What is cleared away where nothing waits that could do so. */
  readonly cleanups: Set<() => void>
  /**
   * Whoever waits gets the chance to clean up, and reports the cancellation; where nobody does, or the second time, it ends
   * at once.
   */
  readonly interrupt: () => void
  /** Runs what may hold the only thread, in which nothing of ours hears a signal: Ctrl-C then ends this process at once. */
  readonly holdThread: <Result>(work: () => Result) => Result
  /** From now on SIGTERM and SIGHUP have that cleared away, too, before they end this process. */
  readonly heedTermination: () => void
  /** Lets whoever waits fail with `reason` after so many milliseconds, as by Ctrl-C. */
  readonly interruptAfter: (milliseconds: number, reason: AssumeError) => void
}

/** Takes Ctrl-C from now on. */
export function takeInterruption(): Interruption {
  const controller = new AbortController()
  const { signal } = controller
  const cleanups = new Set<() => void>()
  const interrupt = () => {
    const isAwaited = getEventListeners(signal, 'abort').length > 0
    if (!isAwaited || signal.aborted) {
      for (const clean of cleanups) clean()
      process.exit(130)
    }
    controller.abort(new AssumeError('cancelled', 'cancelled'))
  }
  const heedTermination = () => {
    for (const name of ['SIGTERM', 'SIGHUP'] as const)
      process.on(name, () => {
        for (const clean of cleanups) clean()
        endBySignal(name)
      })
  }
  const interruptAfter = (milliseconds: number, reason: AssumeError) => {
    setTimeout(() => controller.abort(reason), milliseconds).unref()
  }
  const holdThread = <Result>(work: () => Result) => {
    process.off('SIGINT', interrupt)
    try {
      return work()
    } finally {
      process.on('SIGINT', interrupt)
    }
  }
  process.on('SIGINT', interrupt)
  return { signal, cleanups, interrupt, holdThread, heedTermination, interruptAfter }
}

/** Lets the signals be heard that have come while nothing waited: in the second turn at the latest, whatever this one was for. */
export async function hearSignals(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve))
}

/** Whoever ends `assume exec` while it waits for a login knows the process of `bin/assume` only. */
export function interruptWithLauncher({ interrupt }: Interruption): void {
  const launcher = process.ppid
  const look = () => {
    if (process.ppid !== launcher) interrupt()
  }
  setInterval(look, 500).unref()
}

/** Ends without waiting for a name that is being looked up, which no other way does. */
export function endAtOnce(): void {
  process.kill(process.pid, 'SIGKILL')
}

/** Ends as a program does that such a signal ends, so that the shell sees the same. */
export function endBySignal(signal: NodeJS.Signals): void {
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
}
