import { spawnSync } from 'node:child_process'

/** Runs a program without a shell, at most 10 s, and returns its stdout; undefined when that did not work. */
export function captureOutput(program: string, args: readonly string[]): string | undefined {
  const result = spawnSync(program, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 10_000,
  })
  return result.status === 0 ? result.stdout : undefined
}
