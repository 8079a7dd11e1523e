import { constants } from 'node:os'
import type { ProgramEnd, RunProgram } from '../context.ts'

/** Sent by the terminal to the whole job, so the program has them already. */
const fromTerminal = ['SIGINT', 'SIGQUIT'] as const
const fromElsewhere = ['SIGTERM', 'SIGHUP'] as const

/** Ctrl-Z is not handled: it stops the program and us with it, and `fg` resumes both, as the shell expects of a job. */
export const runProgram: RunProgram = async (program, args, env) => {
  const { execa } = await import('execa')
  const child = execa(program, args, {
    stdio: 'inherit',
    env,
    extendEnv: false,
    reject: false,
    cleanup: false,
  })
  const ignore = () => {}
  const pass = (signal: NodeJS.Signals) => void child.kill(signal)
  for (const signal of [...fromTerminal, ...fromElsewhere]) process.removeAllListeners(signal)
  for (const signal of fromTerminal) process.on(signal, ignore)
  for (const signal of fromElsewhere) process.on(signal, pass)
  const { exitCode, signal, code } = await child
  return describeEnd(exitCode, signal, code)
}

function describeEnd(status: number | undefined, signal: string | undefined, code: unknown): ProgramEnd {
  if (signal !== undefined && signal in constants.signals) return { signal: signal as NodeJS.Signals }
  if (status !== undefined) return { status }
  return { failure: code === 'ENOENT' ? 'not-found' : 'not-executable' }
}
