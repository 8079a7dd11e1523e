import type { Context } from '../../context.ts'
import { AssumeError } from '../../errors.ts'
import type { GuardDecision } from '../../plugins/api.ts'
import { printable } from '../../redact.ts'
import { confirm } from '../../ui/question.ts'
import { askForText } from '../../ui/text-question.ts'
import { formatProfileFlag, formatProfileWord } from '../../words.ts'
import { canMoveCursor } from '../pick.ts'

export interface GuardedSwitch {
  /** The plugin that guards. */
  readonly name: string
  readonly decision: GuardDecision
  readonly profileName: string
  readonly isDryRun: boolean
  readonly saysYes: boolean
  readonly warn: (line: string) => void
}

/** Whether there is somebody to ask. */
export function canAsk({ terminal }: Context): boolean {
  return terminal.stdinIsTerminal && terminal.stderrIsTerminal
}

/** The answer to what a plugin wants to know. Throws AssumeError `cancelled`. */
export async function askUser(context: Context, name: string, label: string): Promise<string> {
  const session = context.terminal.open()
  try {
    const question = { label: `${name}: ${label}`, check: () => undefined }
    return await askForText(session, question, {
      colour: !context.env['NO_COLOR'],
      movesCursor: canMoveCursor(context),
    })
  } finally {
    session.close()
  }
}

/**
 * Returns when a guard lets the switch pass, after asking the user what it wants to have confirmed.
 * Throws AssumeError `switch-refused`, `confirmation-needed`, `cancelled`.
 */
export async function passGuard(context: Context, guarded: GuardedSwitch): Promise<void> {
  const { name, decision, profileName, isDryRun, saysYes, warn } = guarded
  if (decision.decision === 'allow') return
  const message = printable(decision.message)
  if (decision.decision === 'deny') throw refuse(name, message)
  if (isDryRun) return warn(`plugin ${name} would ask: ${message}`)
  if (saysYes && decision.acceptsYes) return
  if (!canAsk(context)) {
    throw new AssumeError(
      'confirmation-needed',
      `plugin ${name}: ${message}; there is no terminal to ask on`,
      {
        // Behind an option no name is taken for a subcommand.
        hint: (quote) =>
          decision.acceptsYes
            ? `assume --yes ${formatProfileWord(profileName, quote)}`
            : `assume ${formatProfileFlag(profileName, quote)}     in a terminal`,
      },
    )
  }
  const { type } = decision
  if (type === undefined) {
    if (!(await askForYes(context, `${name}: ${message}`)))
      throw new AssumeError('cancelled', 'nothing was changed')
  } else if ((await askUser(context, name, message)) !== type) {
    throw refuse(name, 'that is not what had to be typed')
  }
}

async function askForYes(context: Context, question: string): Promise<boolean> {
  const session = context.terminal.open()
  try {
    return await confirm(session, question)
  } finally {
    session.close()
  }
}

function refuse(name: string, reason: string): AssumeError {
  return new AssumeError('switch-refused', `plugin ${name}: ${reason}; nothing was changed`)
}
