import { usageError } from '../cli/mistake.ts'
import type { Arguments } from '../cli/parse.ts'
import type { Context, Outcome } from '../context.ts'
import { applyChange, type EnvironmentChange, replaceSwitch } from '../emit/change.ts'
import { findLoginShell } from '../emit/shell.ts'
import { concludeRun, findStartFailure } from '../programs/programs.ts'
import { readSubject, readSwitchOptions } from '../switch/options.ts'
import { prepareSwitch } from '../switch/prepare.ts'
import type { Subject } from '../switch/request.ts'

/** `assume exec PROFILE [CMD …]`: runs the command in the environment that a switch would leave. */
export async function run(args: Arguments, context: Context): Promise<Outcome> {
  const { subject, command } = readWords(args)
  const options = readSwitchOptions(args, 'exec')
  const { plan, notices } = await prepareSwitch(context, { subject, options })
  const [program = findLoginShell(context.env), ...words] = command
  if (!context.isReplaceable) {
    return { notices, next: () => runBelow(context, program, words, plan.change) }
  }
  const failure = findStartFailure(context, program)
  if (failure) {
    const { notices: reasons = [], ...end } = concludeRun(program, { failure })
    return { ...end, notices: [...notices, ...reasons] }
  }
  const replacement = { change: replaceSwitch(context.env, plan.change), command: [program, ...words] }
  return { notices, replacement }
}

/** Runs the command as a child, where nobody waits to become it. */
async function runBelow(
  context: Context,
  program: string,
  words: readonly string[],
  change: EnvironmentChange,
): Promise<Outcome> {
  return concludeRun(program, await context.run(program, words, applyChange(context.env, change)))
}

/** With --account there is no profile among the words. */
function readWords(args: Arguments): { subject: Subject; command: readonly string[] } {
  const withoutProfile = readSubject(args, undefined, 'exec')
  if (withoutProfile) return { subject: withoutProfile, command: args.positionals }
  const [name, ...command] = args.positionals
  if (name === undefined) throw usageError('exec', 'which profile?')
  return { subject: { name }, command }
}
