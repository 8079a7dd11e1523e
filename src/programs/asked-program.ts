import type { Readable } from 'node:stream'
import type { Environment } from '../context.ts'
import type { ProgramEnd, StartFailure } from '../program-ports.ts'

/** A program that has been started for its answer. */
export interface AskedProgram {
  /** Where its answer comes. */
  readonly answers: Readable
  /** Resolves when nothing more is expected of it. */
  readonly ended: Promise<ProgramEnd>
  /** Ends it with all that it has started; `isInterrupted`: because of Ctrl-C. */
  readonly end: (isInterrupted: boolean) => void | Promise<void>
  /** Lets go of what it has open. */
  readonly leave: () => void
}

/** Starts one, or says why that cannot be. */
export type StartAsked = (
  program: string,
  args: readonly string[],
  env: Environment,
) => AskedProgram | { readonly failure: StartFailure }
