import type { RunProgram } from '../program-ports.ts'
import { describeEnd } from './program-end.ts'

/** Sent by the terminal to the whole job, so the program has them already. */
const fromTerminal = ['SIGINT', 'SIGQUIT'] as const
const fromElsewhere = ['SIGTERM', 'SIGHUP'] as const

/** Ctrl-Z is not handled: it stops the program and us with it, and `fg` resumes both, as the shell expects of a job. */
export const runProgram: RunProgram = async (program, args, env) => {
  const { execa } = await import('execa')
  // Before the program starts: a signal in between would end us and leave it behind.
  for (const signal of [...fromTerminal, ...fromElsewhere]) process.removeAllListeners(signal)
  for (const signal of fromTerminal) process.on(signal, () => {})
  for (const signal of fromElsewhere) process.on(signal, () => void child.kill(signal))
  const child = execa(program, args, {
    stdio: 'inherit',
    env,
    extendEnv: false,
    reject: false,
    cleanup: false,
  })
  return describeEnd(await child)
}
