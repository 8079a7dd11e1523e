import type { TerminalSession } from '../context.ts'
import { printable } from '../text/redact.ts'
import type { Choices } from './choices.ts'
import type { Look } from './terminal.ts'

/** The index of the row that the user picks, in the way that the terminal allows; undefined when the user cancels. */
export async function chooseRow(
  session: TerminalSession,
  choices: Choices,
  { movesCursor, colour, wantsOwnScreen }: Look,
  label?: string,
): Promise<number | undefined> {
  if (movesCursor) {
    const { pickFrom } = await import('./picker.ts')
    return pickFrom(session, choices, { colour, wantsOwnScreen, ...(label !== undefined && { label }) })
  }
  const { pickByNumber } = await import('./numbered-list.ts')
  if (label !== undefined) session.output.write(`${printable(label)}:\n`)
  return pickByNumber(session, choices)
}
