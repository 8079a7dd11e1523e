import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { type Home, repository } from './home.ts'
import { baseEnvironment, type ShellResult } from './shell.ts'

/** Runs the built executable directly, as a script would. */
export function runCore(
  home: Home,
  args: readonly string[],
  options: { env?: Record<string, string>; input?: string } = {},
): ShellResult {
  const result = spawnSync(join(repository, 'bin/assume'), args, {
    env: { ...baseEnvironment(home), ...options.env },
    cwd: home.path,
    encoding: 'utf8',
    input: options.input ?? '',
    timeout: 100_000,
  })
  return { status: result.status, stdout: result.stdout, stderr: result.stderr }
}
