import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import type { ProgramAnswer } from '../program-ports.ts'
import { printable } from '../text/redact.ts'

/** What is used of the world to ask a program for a key. */
export type ToolPorts = Pick<
  Context,
  'askProgram' | 'env' | 'files' | 'interruption' | 'ownEnv' | 'platform' | 'trace'
>

export interface ToolQuestion {
  readonly program: string
  readonly args: readonly string[]
  /** What its environment has besides ours; undefined for a variable that is not to be there. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** It asks on the terminal, and what it says there is shown. Absent: it has a dialog of its own, or none. */
  readonly isOnTerminal?: boolean
}

/** Milliseconds: somebody may have to look for a passphrase or a token first, and has Ctrl-C. */
const limit = 5 * 60_000

/**
 * Runs a program that prints a secret, and returns what it printed and its exit status; undefined where there is no such program.
 * Throws AssumeError `program-failed` where it ends in any other way, `cancelled`, and what the interruption brings.
 */
export async function askTool(
  { askProgram, interruption, ownEnv, trace }: ToolPorts,
  { program, args, env, isOnTerminal = false }: ToolQuestion,
): Promise<{ readonly text: string; readonly status: number } | undefined> {
  trace(`asks ${printable(program)} for a key`)
  const { text, end } = await askProgram(program, args, {
    env: { ...ownEnv, ...env },
    limit,
    signal: interruption,
    partner: isOnTerminal ? 'user' : undefined,
  })
  if ('status' in end) return { text, status: end.status }
  if ('failure' in end && end.failure === 'not-found') return undefined
  // Ctrl-C reaches the tool as well, and its end may be seen here first.
  if ('signal' in end && end.signal === 'SIGINT') throw new AssumeError('cancelled', 'cancelled')
  throw new AssumeError('program-failed', `${printable(program)} ${explainEnd(end)}`)
}

function explainEnd(end: Exclude<ProgramAnswer['end'], { status: number }>): string {
  if ('signal' in end) return `was ended by ${end.signal}`
  return {
    'not-found': 'is not found',
    'not-executable': 'cannot be executed',
    'too-slow': `has not answered within ${limit / 60_000} minutes`,
    'too-long': 'prints more than a key',
  }[end.failure]
}
