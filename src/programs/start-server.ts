import { spawn } from 'node:child_process'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import type { StartServer } from '../program-ports.ts'

/** It runs in a session of its own, so that neither the terminal nor the end of this process ends it. */
export const startServer: StartServer = (program, args, start) =>
  // Node throws some errors of the system, and emits others.
  startAndWait(program, args, start).catch(() => undefined)

const startAndWait: StartServer = async (program, args, { env, input }) => {
  const child = spawn(program, args, {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
    // Else the folder could not be unmounted.
    cwd: dirname(program),
    windowsHide: true,
  })
  const end = new Promise<undefined>((resolve) => {
    child.once('error', () => resolve(undefined))
    child.once('exit', () => resolve(undefined))
  })
  child.stdin.on('error', () => {}).end(input)
  const lines = createInterface({ input: child.stdout.on('error', () => {}) })
  const line = new Promise<string>((resolve) => lines.once('line', resolve))
  try {
    return await Promise.race([line, end])
  } finally {
    lines.close()
    child.stdout.destroy()
    child.unref()
  }
}
