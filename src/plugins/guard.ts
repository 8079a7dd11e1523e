import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { printable } from '../text/redact.ts'
import { formatProfileFlag, formatProfileWord } from '../text/words.ts'
import { confirm } from '../ui/confirm.ts'
import { canAsk, holdTerminal } from '../ui/terminal.ts'
import type { GuardDecision } from './api.ts'
import { askUser } from './ask-user.ts'

export interface GuardedSwitch {
  /** The plugin that guards. */
  readonly name: string
  readonly decision: GuardDecision
  readonly profileName: string
  readonly isDryRun: boolean
  readonly saysYes: boolean
  /** What is guarded, as a command without its words: `assume`, or one that goes as the profile, too. */
  readonly command: string
  readonly warn: (line: string) => void
}

/**
 * Returns when a guard lets the switch pass, after asking the user what it wants to have confirmed.
 * Throws AssumeError `switch-refused`, `confirmation-needed`, `cancelled`.
 */
export async function passGuard(context: Context, guarded: GuardedSwitch): Promise<void> {
  const { name, decision, profileName, isDryRun, saysYes, command, warn } = guarded
  if (decision.decision === 'allow') return
  const message = printable(decision.message)
  if (decision.decision === 'deny') throw refuse(name, message)
  if (isDryRun) return warn(`plugin ${name} would ask: ${message}`)
  if (saysYes && decision.acceptsYes) return
  if (!canAsk(context.terminal)) {
    throw new AssumeError(
      'confirmation-needed',
      `plugin ${name}: ${message}; there is no terminal to ask on`,
      {
        // Behind an option no name is taken for a subcommand.
        hint: (quote) =>
          decision.acceptsYes
            ? `${command} --yes ${formatProfileWord(profileName, quote)}`
            : `${command} ${formatProfileFlag(profileName, quote)}     in a terminal`,
      },
    )
  }
  const { type } = decision
  if (type === undefined) {
    const isAgreed = await holdTerminal(context.terminal, (session) =>
      confirm(session, `${name}: ${message}`),
    )
    if (!isAgreed) throw new AssumeError('cancelled', 'nothing was changed')
  } else if ((await askUser(context, name, message)) !== type) {
    throw refuse(name, 'that is not what had to be typed')
  }
}

function refuse(name: string, reason: string): AssumeError {
  return new AssumeError('switch-refused', `plugin ${name}: ${reason}; nothing was changed`)
}
