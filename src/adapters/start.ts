import { spawn } from 'node:child_process'

/**
 * Starts a program that goes on by itself, without our terminal; whether it could be started. It gets the environment
 * of this process and is no longer ours.
 */
export function startProgram(program: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
