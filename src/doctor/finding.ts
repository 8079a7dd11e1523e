import type { Hint } from '../text/words.ts'

/**
 * `error`: a command, a profile or a shell does not work, or others can read or change what is secret · `warning`: it will,
 * or works otherwise than one thinks · `info`: the rest.
 */
export const levels = ['error', 'warning', 'info'] as const

export type Level = (typeof levels)[number]

/** One thing that is wrong with a set-up. Never a secret. */
export interface SetUpFinding {
  readonly level: Level
  /** What is seen, and where. */
  readonly seen: string
  /** Why it matters. */
  readonly why: string
  /** The command that mends it; absent where none does. */
  readonly mend?: Hint | undefined
}
