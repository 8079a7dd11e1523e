import type { TerminalSession } from '../context.ts'
import type { Choices } from './choices.ts'
import { type Dialogue, holdDialogue } from './dialogue.ts'
import { pressKey, searchFor } from './picker-state.ts'
import { countShown, makeTable, renderPicker } from './picker-view.ts'

export interface PickerOptions {
  /** What is in the query line at first. */
  readonly query?: string
  /** What is to be picked; shown before the query. */
  readonly label?: string
  readonly colour: boolean
  /** See Look; absent: it is drawn below what is there. */
  readonly wantsOwnScreen?: boolean
}

/**
 * Lets the user pick a row by typing parts of it: its index, or undefined when the user cancels or the terminal goes
 * away. It draws from the line of the cursor down, and leaves the terminal as it was.
 */
export function pickFrom(
  session: TerminalSession,
  choices: Choices,
  { query = '', wantsOwnScreen = false, ...view }: PickerOptions,
): Promise<number | undefined> {
  const table = makeTable(choices)
  let state = searchFor({ before: query, after: '' }, choices.rank)
  const dialogue: Dialogue<number> = {
    draw: (size) => renderPicker(state, table, size, view),
    press: (key, size) => {
      const step = pressKey(state, key, { rank: choices.rank, pageSize: Math.max(1, countShown(size)) })
      if (step.kind === 'cancel') return 'cancel'
      if (step.kind === 'pick') return { answer: step.index }
      state = step.state
      return 'draw'
    },
  }
  return holdDialogue(session, dialogue, wantsOwnScreen)
}
