/** The ports for other programs, which stand among the others in `context.ts`. */

/** Why a program could not be started. */
export type StartFailure = 'not-found' | 'not-executable'

/** How a program ended; `signal` is a name such as SIGTERM. */
export type ProgramEnd =
  | { readonly status: number }
  | { readonly signal: NodeJS.Signals }
  | { readonly failure: StartFailure }

/**
 * Runs a program in place of this one, as far as that can be: the terminal, the standard streams and the job are
 * its own, and signals that are sent to us are passed on. Nothing but `env` is in its environment.
 */
export type RunProgram = (
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
) => Promise<ProgramEnd>

/** What a program gets that is asked for something, and how long it may take. */
export interface ProgramQuestion {
  /** All that is in its environment. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Milliseconds; then it is ended, with all that it has started. */
  readonly limit: number
  /** Ends it too when it is aborted. */
  readonly signal?: AbortSignal
  /**
   * Whom it talks with besides its answer. `user`: it reads our stdin, and what it prints on stderr is shown at once, made
   * printable. Absent: nobody; it reads nothing, and its stderr is dropped. Both stay in our job, are asked to end before
   * they are forced, and are waited for as long as anything holds their stdout.
   */
  readonly partner?: 'user' | ProgramPartner | undefined
}

/**
 * One who talks with a program in place of the user: it runs without the terminal, is killed at once where it is ended,
 * and what it leaves behind is not waited for.
 */
export interface ProgramPartner {
  /** Written to its stdin. */
  readonly input: string
  /**
   * Where its answer comes. With a descriptor of its own for that, what it writes to stdout is as good as stderr.
   * Descriptor 3 is never passed on: the shell's function reads there.
   */
  readonly answersOn: 'stdout' | 'descriptor 4'
  /** Gets each line that is not part of the answer, without its end, as soon as it is there. */
  readonly onLine: (line: string) => void
}

/** What a program has answered (UTF-8, at most 1 MiB), and how it ended; `too-long` is one that answers with more. */
export interface ProgramAnswer {
  readonly text: string
  readonly end: ProgramEnd | { readonly failure: 'too-slow' | 'too-long' }
}

/** Asks a program without a shell. Fails with the reason of the question's signal when that is aborted. */
export type AskProgram = (
  program: string,
  args: readonly string[],
  question: ProgramQuestion,
) => Promise<ProgramAnswer>

/**
 * Starts a program that goes on by itself; `env` is all of its environment. False when it could not be started, or, within
 * `watched` milliseconds, has ended with a status that is not 0; absent: nobody waits for that.
 */
export type StartProgram = (
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  watched?: number,
) => Promise<boolean>

/** What a server gets that outlives the command: all of its environment, and what it reads from its stdin. */
export interface ServerStart {
  readonly env: Readonly<Record<string, string>>
  readonly input: string
}

/**
 * Starts a program that serves something after this process has ended, and waits for the line in which it says where. Undefined
 * where it could not be started, or ended without one.
 */
export type StartServer = (
  program: string,
  args: readonly string[],
  start: ServerStart,
) => Promise<string | undefined>
