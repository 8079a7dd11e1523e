import type { Context, Environment } from '../context.ts'
import { AssumeError } from '../errors.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { describeActive, hasSwitchedKeys } from '../status/active.ts'
import type { Subject } from '../switch/request.ts'
import { findActiveSubject, resolveSubject } from '../switch/subject.ts'
import { canAsk } from '../ui/terminal.ts'

/** Whoever has the keys in the environment. */
export interface KeySubject {
  readonly keys: 'environment'
  /** As a switch has called it that has set them; absent where they come from elsewhere. */
  readonly name?: string
  readonly accountId?: string
  readonly roleName?: string
}

/** As whom a console is opened. */
export type ConsoleSubject = Subject | KeySubject

/**
 * As whom, where nobody is named: who is active, else the keys in the environment, else who is picked, which a switch that opens a
 * console asks for first. Throws AssumeError `terminal-needed`, `usage`, and what `pickProfile` throws.
 */
export async function chooseSubject(
  context: Context,
  profiles: Profiles,
  { picksFirst }: { picksFirst: boolean },
): Promise<ConsoleSubject> {
  const { env, terminal, keptKeyId } = context
  if (picksFirst && canAsk(terminal)) return pick(context)
  const active = findActiveSubject(context)
  if (!('refusal' in active)) {
    const isByKeys = describeActive(env, keptKeyId).mode === 'export'
    return isByKeys && !isAsInFiles(context, profiles, active) ? describeKeys(env) : active
  }
  if (env['AWS_ACCESS_KEY_ID'] && !hasSwitchedKeys(env, keptKeyId)) {
    if (!env['AWS_PROFILE']) return { keys: 'environment' }
    throw new AssumeError('usage', active.refusal, { hint: 'assume console NAME' })
  }
  if (canAsk(terminal)) return pick(context)
  throw new AssumeError(
    'terminal-needed',
    'a profile name is needed: none is active, and there is no terminal to pick one on',
    { hint: 'assume console NAME\nassume console --help' },
  )
}

async function pick(context: Context): Promise<ConsoleSubject> {
  const { pickProfile } = await import('../switch/pick.ts')
  const { name } = await pickProfile(context)
  return { name }
}

/** Whether the files lead to the role that a switch has got keys of: with one more on top they do not. */
function isAsInFiles(context: Context, profiles: Profiles, subject: Subject): boolean {
  const { ASSUME_ACCOUNT_ID: switchedAccount = '', ASSUME_ROLE_NAME: switchedRole = '' } = context.env
  try {
    const { accountId = '', roleName = '' } = resolveSubject(context, profiles, subject)
    return accountId === switchedAccount && roleName === switchedRole
  } catch (error) {
    if (error instanceof AssumeError) return false
    throw error
  }
}

function describeKeys(env: Environment): KeySubject {
  const { ASSUME_PROFILE: name, ASSUME_ACCOUNT_ID: accountId, ASSUME_ROLE_NAME: roleName } = env
  return {
    keys: 'environment',
    ...(name && { name }),
    ...(accountId && { accountId }),
    ...(roleName && { roleName }),
  }
}
