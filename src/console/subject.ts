import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { hasSwitchedKeys } from '../status/active.ts'
import type { Subject } from '../switch/request.ts'
import { findActiveSubject } from '../switch/subject.ts'
import { canAsk } from '../ui/terminal.ts'

/** As whom a console is opened: as a profile, or as whoever has the keys in the environment. */
export type ConsoleSubject = Subject | 'environment'

/**
 * As whom, where nobody is named: who is active, else the keys in the environment, else who is picked, which a switch that opens a
 * console asks for first. Throws AssumeError `terminal-needed`, `usage`, and what `pickProfile` throws.
 */
export async function chooseSubject(
  context: Context,
  { picksFirst }: { picksFirst: boolean },
): Promise<ConsoleSubject> {
  const { env, terminal, keptKeyId } = context
  if (picksFirst && canAsk(terminal)) return pick(context)
  const active = findActiveSubject(context)
  if (!('refusal' in active)) return active
  if (env['AWS_ACCESS_KEY_ID'] && !hasSwitchedKeys(env, keptKeyId)) {
    if (!env['AWS_PROFILE']) return 'environment'
    throw new AssumeError('usage', active.refusal, { hint: 'assume console NAME' })
  }
  if (canAsk(terminal)) return pick(context)
  throw new AssumeError(
    'terminal-needed',
    'a profile name is needed: none is active, and there is no terminal to pick one on',
    {
      hint: 'assume console NAME\nassume console --help',
    },
  )
}

async function pick(context: Context): Promise<ConsoleSubject> {
  const { pickProfile } = await import('../switch/pick.ts')
  const { name } = await pickProfile(context)
  return { name }
}
