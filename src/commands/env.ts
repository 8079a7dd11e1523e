import { type Arguments, usageError } from '../cli/parse.ts'
import { readSubject, readSwitchOptions } from '../cli/switch-options.ts'
import type { Context, Outcome } from '../context.ts'
import { hasSwitchedKeys } from '../core/active.ts'
import type { Subject } from '../core/switch-options.ts'
import { changeEmitters } from '../emit/index.ts'
import { prepareSwitch } from '../switching/prepare.ts'
import { findActiveSubject } from '../switching/subject.ts'

/** `assume env [PROFILE]`: the switch as text for `eval`, or as JSON or a dotenv file. */
export async function run(args: Arguments, context: Context): Promise<Outcome> {
  const emit = chooseEmitter(args)
  const subject = readSubject(args, args.positionals[0], 'env') ?? requireActive(context)
  const options = readSwitchOptions(args, 'env')
  const { plan, notices } = await prepareSwitch(context, { subject, options })
  return { notices, output: emit(plan.change) }
}

/** Keys that no switch has set are nobody's profile, also beside AWS_PROFILE: tools disagree on which of the two wins. */
function requireActive(context: Context): Subject {
  const { env, keptKeyId } = context
  if (env['AWS_ACCESS_KEY_ID'] && !hasSwitchedKeys(env, keptKeyId)) {
    const open = env['AWS_PROFILE']
      ? 'tools disagree on whether AWS_PROFILE wins: name one'
      : 'no profile is named'
    throw usageError('env', `there are keys in AWS_ACCESS_KEY_ID that no switch has set, and ${open}`)
  }
  const subject = findActiveSubject(context)
  if (!subject) throw usageError('env', 'no profile is active, and none is named')
  return subject
}

function chooseEmitter({ flags }: Arguments) {
  const { format = 'shell', shell } = flags
  if (format !== 'shell' && shell !== undefined)
    throw usageError('env', '--shell goes with --format shell only')
  if (format === 'shell' && shell === undefined) {
    throw usageError('env', 'name the shell that will evaluate it: --shell bash, zsh, fish or powershell')
  }
  const isFormat = format === 'json' || format === 'dotenv'
  const emit = changeEmitters[String(isFormat ? format : shell)]
  if (format !== 'shell' && !isFormat) throw usageError('env', `there is no format "${format}"`)
  if (!emit) throw usageError('env', `there is no shell "${shell}"`)
  return emit
}
