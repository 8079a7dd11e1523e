import { requireOneOf, usageError } from '../cli/mistake.ts'
import type { Arguments } from '../cli/parse.ts'
import type { Context, Outcome } from '../context.ts'
import { dataEmitters, shellEmitters } from '../emit/emitters.ts'
import { shellNames } from '../emit/shell.ts'
import { readSubject, readSwitchOptions } from '../switch/options.ts'
import { prepareSwitch } from '../switch/prepare.ts'
import { findActiveSubject } from '../switch/subject.ts'

/** `assume env [PROFILE]`: the switch as text for `eval`, or as JSON or a dotenv file. */
export async function run(args: Arguments, context: Context): Promise<Outcome> {
  const emit = chooseEmitter(args)
  const subject = readSubject(args, args.positionals[0], 'env') ?? findActiveSubject(context)
  if ('refusal' in subject) throw usageError('env', subject.refusal)
  const options = readSwitchOptions(args, 'env')
  const { plan, notices } = await prepareSwitch(context, { subject, options })
  return { notices, output: emit(plan.change) }
}

function chooseEmitter({ flags }: Arguments) {
  const { format = 'shell', shell } = flags
  requireOneOf('env', 'format', String(format), ['shell', ...Object.keys(dataEmitters)])
  const emitData = dataEmitters[String(format)]
  if (emitData && shell !== undefined) throw usageError('env', '--shell goes with --format shell only')
  if (emitData) return emitData
  if (shell === undefined) {
    throw usageError('env', 'name the shell that will evaluate it: --shell bash, zsh, fish or powershell')
  }
  return shellEmitters[requireOneOf('env', 'shell', String(shell), shellNames)]
}
