import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

/** Runs a program and kills it after so many milliseconds, if it still runs. */
export async function runAndKill(
  program: string,
  args: readonly string[],
  { env, after }: { readonly env: Readonly<Record<string, string>>; readonly after: number },
): Promise<void> {
  const child = spawn(program, args, { env, stdio: 'ignore' })
  const ended = once(child, 'close')
  await Promise.race([sleep(after), ended])
  child.kill('SIGKILL')
  await ended
}
