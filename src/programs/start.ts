import { type ChildProcess, spawn } from 'node:child_process'
import type { StartProgram } from '../program-ports.ts'

/** It runs without our terminal, and is no longer ours. */
export const startProgram: StartProgram = (program, args, env, watched) => {
  return new Promise<boolean>((resolve) => {
    const child = spawn(program, args, { env, stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      if (watched === undefined) resolve(true)
      else watch(child, watched).then(resolve)
    })
    // Node throws some errors of the system, and emits others.
  }).catch(() => false)
}

/** Whether it has done well, or still runs, when its time is up. */
function watch(child: ChildProcess, milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds, true)
    child.once('exit', (status) => {
      clearTimeout(timer)
      resolve(status === 0)
    })
  })
}
