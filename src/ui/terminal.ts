import type { Context, Outcome, Terminal, TerminalSession } from '../context.ts'
import { AssumeError } from '../errors.ts'
import type { Hint } from '../text/words.ts'

/** How a terminal can be drawn on. */
export interface Look {
  readonly colour: boolean
  /** False for a terminal that only knows lines. */
  readonly movesCursor: boolean
  /**
   * Whether a list wants a screen of its own. tmux wraps what is drawn again when its pane becomes narrower, and moves the
   * upper rows out of reach, into the history, from where a wider pane brings them back.
   */
  readonly wantsOwnScreen: boolean
}

/** What the environment says of the terminal. */
export function chooseLook({ env, platform }: Pick<Context, 'env' | 'platform'>): Look {
  return {
    colour: !env['NO_COLOR'],
    movesCursor: env['TERM'] ? env['TERM'] !== 'dumb' : platform === 'win32',
    wantsOwnScreen: Boolean(env['TMUX']),
  }
}

/** Whether there is somebody to ask. */
export function canAsk({ stdinIsTerminal, stderrIsTerminal }: Terminal): boolean {
  return stdinIsTerminal && stderrIsTerminal
}

/** Opens the terminal for as long as `ask` takes. Throws AssumeError `terminal-needed`, and what `ask` throws. */
export async function holdTerminal<Answer>(
  terminal: Terminal,
  ask: (session: TerminalSession) => Promise<Answer>,
): Promise<Answer> {
  const session = terminal.open()
  try {
    return await ask(session)
  } finally {
    session.close()
  }
}

/** The AssumeError for a yes that nobody can be asked for; `hint` is the command that says it. */
export function needYes(hint: Hint): AssumeError {
  return new AssumeError('confirmation-needed', 'there is no terminal to ask on; nothing was changed', {
    hint,
  })
}

/** The same as an outcome with what there is to see, so that the caller knows what a yes would do. */
export function refuseToAsk(notices: readonly string[], output: string, command: string): Outcome {
  const { message, exitStatus } = needYes(command)
  return { notices: [...notices, `${message}\n  ${command}`], output, exitStatus }
}
