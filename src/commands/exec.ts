import { type Arguments, usageError } from '../cli/parse.ts'
import { readSubject, readSwitchOptions } from '../cli/switch-options.ts'
import type { Context, Outcome, StartFailure } from '../context.ts'
import { applyChange, replaceSwitch } from '../core/change.ts'
import { findLoginShell } from '../core/shell.ts'
import type { Subject } from '../core/switch-options.ts'
import { printable } from '../redact.ts'
import { findStartFailure } from '../store/programs.ts'
import { prepareSwitch } from '../switching/prepare.ts'

/** What a shell returns, too, for a command that is not there and for one that it cannot start. */
const failures = {
  'not-found': { status: 127, reason: 'command not found' },
  'not-executable': { status: 126, reason: 'it cannot be executed' },
} as const

/** `assume exec PROFILE [CMD …]`: runs the command in the environment that a switch would leave. */
export async function run(args: Arguments, context: Context): Promise<Outcome> {
  const { subject, command } = readWords(args)
  const options = readSwitchOptions(args, 'exec')
  const { plan, notices } = await prepareSwitch(context, { subject, options })
  for (const notice of notices) context.notify(notice)
  const [program = findLoginShell(context.env), ...words] = command
  if (context.isReplaceable) {
    const failure = findStartFailure(context, program)
    if (failure) return describeFailure(program, failure)
    return { replacement: { change: replaceSwitch(context.env, plan.change), command: [program, ...words] } }
  }
  const end = await context.run(program, words, applyChange(context.env, plan.change))
  if ('signal' in end) return { exitStatus: end.signal }
  if ('status' in end) return { exitStatus: end.status }
  return describeFailure(program, end.failure)
}

function describeFailure(program: string, failure: StartFailure): Outcome {
  const { status, reason } = failures[failure]
  return { notices: [`${printable(program)}: ${reason}`], exitStatus: status }
}

/** With --account there is no profile among the words. */
function readWords(args: Arguments): { subject: Subject; command: readonly string[] } {
  const withoutProfile = readSubject(args, undefined, 'exec')
  if (withoutProfile) return { subject: withoutProfile, command: args.positionals }
  const [name, ...command] = args.positionals
  if (name === undefined) throw usageError('exec', 'which profile?')
  return { subject: { name }, command }
}
