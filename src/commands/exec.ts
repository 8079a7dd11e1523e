import { type Arguments, usageError } from '../cli/parse.ts'
import { readSwitchOptions } from '../cli/switch-options.ts'
import type { Context, Environment, Outcome } from '../context.ts'
import { applyChange } from '../core/change.ts'
import { printable } from '../redact.ts'
import { prepareSwitch } from '../switching/prepare.ts'

/** What a shell returns, too, for a command that is not there and for one that it cannot start. */
const failures = {
  'not-found': { status: 127, reason: 'command not found' },
  'not-executable': { status: 126, reason: 'it cannot be executed' },
} as const

/** `assume exec PROFILE [CMD …]`: runs the command in the environment that a switch would leave. */
export async function run(args: Arguments, context: Context): Promise<Outcome> {
  const [name, ...command] = args.positionals
  if (name === undefined) throw usageError('exec', 'which profile?')
  const { plan, notices } = await prepareSwitch(context, { name, ...readSwitchOptions(args) })
  for (const notice of notices) context.notify(notice)
  const [program = findUserShell(context.env), ...words] = command
  const end = await context.run(program, words, applyChange(context.env, plan.change))
  if ('signal' in end) return { exitStatus: end.signal }
  if ('status' in end) return { exitStatus: end.status }
  const { status, reason } = failures[end.failure]
  return { notices: [`${printable(program)}: ${reason}`], exitStatus: status }
}

function findUserShell(env: Environment): string {
  return env['SHELL'] || '/bin/sh'
}
