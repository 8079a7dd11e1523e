import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { printable } from '../text/redact.ts'
import type { Hint } from '../text/words.ts'
import { chooseRow } from '../ui/choose-row.ts'
import { confirm } from '../ui/confirm.ts'
import { locateIn, rankProfiles } from '../ui/ranking.ts'
import { prepareRows } from '../ui/row-ranking.ts'
import { chooseLook, holdTerminal } from '../ui/terminal.ts'

interface YesQuestion {
  /** What there is to know before, a sentence. */
  readonly reason: string
  readonly question: string
  /** The command that says yes. */
  readonly hint: Hint
  /** Whether the user has said yes on the command line. */
  readonly saysYes: boolean
}

interface RowQuestion {
  readonly label: string
  readonly heading: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** What is wrong where nobody can be asked, and the command that answers. */
  readonly refusal: string
  readonly hint: Hint
}

/** Whether there is a terminal to ask on; stdin may be a file that holds a key. */
export function canBeAsked({ terminal }: Pick<Context, 'terminal'>): boolean {
  return terminal.stderrIsTerminal
}

/**
 * Whether the user says yes, which Enter is not. Throws AssumeError `cancelled`, and `confirmation-needed` where nobody can
 * be asked.
 */
export async function askForYes(
  context: Pick<Context, 'terminal' | 'notify'>,
  { reason, question, hint, saysYes }: YesQuestion,
): Promise<boolean> {
  if (saysYes) {
    context.notify(`warning: ${reason}`)
    return true
  }
  if (!canBeAsked(context)) throw refuseUnasked(`${reason}; nothing was changed`, hint)
  return holdTerminal(context.terminal, (session) => {
    session.output.write(`${reason}\n`)
    return confirm(session, question, false)
  })
}

/** The index of the row that the user picks. Throws AssumeError `cancelled`, and `confirmation-needed` where nobody can be asked. */
export async function pickRow(
  context: Pick<Context, 'terminal' | 'env' | 'platform'>,
  { label, heading, rows, refusal, hint }: RowQuestion,
): Promise<number> {
  if (!canBeAsked(context)) throw refuseUnasked(refusal, hint)
  const candidates = prepareRows(rows)
  const choices = {
    heading,
    rows: rows.map((cells) => ({ cells, active: false, usable: true })),
    rank: (query: string) => rankProfiles(query, candidates),
    locate: (query: string, row: number) => locateIn(query, candidates, row),
  }
  return holdTerminal(context.terminal, async (session) => {
    const index = await chooseRow(session, choices, chooseLook(context), label)
    if (index === undefined) throw new AssumeError('cancelled', 'cancelled')
    session.output.write(`${printable(label)}: ${printable(rows[index]?.[0] ?? '')}\n`)
    return index
  })
}

/** The AssumeError for what nobody can be asked. */
export function refuseUnasked(reason: string, hint: Hint): AssumeError {
  return new AssumeError('confirmation-needed', reason, { hint })
}
