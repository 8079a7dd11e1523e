import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { type Home, repository } from './home.ts'
import { baseEnvironment, type ShellResult } from './shell.ts'

interface RunningCore {
  readonly pid: number | undefined
  /** The one that it has ended by. */
  readonly signal: Promise<NodeJS.Signals | null>
  /** Resolves with all of stderr as soon as that holds this text. */
  shows(text: string): Promise<string>
}

/** Runs the built executable without blocking this process, which may be the server that it talks to. */
export function startCore(
  home: Home,
  args: readonly string[],
  options: { env?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<ShellResult> & RunningCore {
  const child = spawn(join(repository, 'bin/assume'), args, {
    env: { ...baseEnvironment(home), ...options.env },
    cwd: home.path,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.signal && { signal: options.signal, killSignal: 'SIGINT' }),
  })
  let stdout = ''
  let stderr = ''
  const waiting: (() => void)[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
    for (const look of waiting) look()
  })
  const result = new Promise<ShellResult>((resolve) => {
    child.on('error', () => {})
    // As a shell tells it.
    child.on('close', (status, signal) =>
      resolve({ status: signal ? 128 + constants.signals[signal] : status, stdout, stderr }),
    )
  })
  const signal = new Promise<NodeJS.Signals | null>((resolve) => {
    child.on('close', (_status, name) => resolve(name))
  })
  const shows = (text: string) =>
    new Promise<string>((resolve) => {
      const look = () => {
        if (stderr.includes(text)) resolve(stderr)
      }
      waiting.push(look)
      look()
    })
  return Object.assign(result, { pid: child.pid, signal, shows })
}
