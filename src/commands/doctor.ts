import { type CheckName, checkNames } from '../cli/doctor-command.ts'
import { requireOneOf } from '../cli/mistake.ts'
import type { Arguments } from '../cli/parse.ts'
import type { Context, Outcome } from '../context.ts'
import { examineFacts } from '../doctor/examine.ts'
import { gatherFacts } from '../doctor/gather.ts'
import { describeExamination, formatExamination } from '../doctor/report.ts'
import { askVersions } from '../doctor/versions.ts'
import { writeFor } from '../emit/word.ts'
import { AssumeError } from '../errors.ts'
import { formatJson } from '../text/json-text.ts'

/** `assume doctor [CHECK …]`: what is wrong with the set-up, and the command that mends it. */
export async function run({ positionals, flags }: Arguments, context: Context): Promise<Outcome> {
  const isOnline = flags['online'] === true
  const named = positionals.map((word) => requireOneOf('doctor', 'check', word, checkNames))
  if (named.includes('network') && !isOnline) throw refuseNetwork(positionals)
  const names = (named.length > 0 ? named : checkNames).filter((name) => isOnline || name !== 'network')
  const [versions, facts] = await Promise.all([askVersions(context), gatherFacts(context, { isOnline })])
  const words = { quote: context.quoteWord, write: writeFor(context.userShell) }
  const examination = examineFacts(facts, names as readonly CheckName[], words)
  const isBroken = examination.findings.some(({ level }) => level === 'error')
  return {
    output:
      flags['json'] === true
        ? formatJson(describeExamination(versions, examination))
        : formatExamination(versions, examination, context.isVerbose),
    exitStatus: isBroken ? 1 : 0,
  }
}

/** AssumeError `usage`: nobody is asked without being told to. The words are names of checks. */
function refuseNetwork(names: readonly string[]): AssumeError {
  return new AssumeError('usage', 'assume doctor: the network is asked with --online alone', {
    hint: `assume doctor ${names.join(' ')} --online`,
  })
}
