import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'

/** Milliseconds: together less than what whoever waits at the prompt gives all of it. */
const limits = { connect: 2_000, answer: 2_000, together: 2_000, notice: 60_000 }

/**
 * The same context for what nobody has asked for: there is no terminal, nothing is said but how it ends, programs run without
 * the terminal and are killed where they are late, and nothing is done at the end that can wait for the next command.
 */
export function leaveUnattended(context: Context): Context {
  const partner = { input: '', answersOn: 'stdout', onLine: () => {} } as const
  return {
    ...context,
    terminal: {
      stdinIsTerminal: false,
      stdoutIsTerminal: false,
      stderrIsTerminal: false,
      open() {
        throw new AssumeError('terminal-needed', 'there is nobody to ask')
      },
    },
    limits: { ...context.limits, ...limits },
    notify: () => {},
    notifyOnce: () => {},
    leave: () => {},
    askProgram: (program, args, question) =>
      context.askProgram(program, args, {
        ...question,
        partner: typeof question.partner === 'object' ? question.partner : partner,
      }),
  }
}
