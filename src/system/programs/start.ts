import { spawn } from 'node:child_process'
import type { StartProgram } from '../../context.ts'

/** It runs without our terminal, and is no longer ours. */
export const startProgram: StartProgram = (program, args, env) => {
  return new Promise<boolean>((resolve) => {
    const child = spawn(program, args, { env, stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
    // Node throws some errors of the system, and emits others.
  }).catch(() => false)
}
