import { type Arguments, usageError } from '../cli/parse.ts'
import { readSwitchOptions } from '../cli/switch-options.ts'
import type { Context, Outcome } from '../context.ts'
import type { Switch } from '../core/switch.ts'
import { AssumeError } from '../errors.ts'
import { printable } from '../redact.ts'
import { recordUse } from '../store/history.ts'
import { prepareSwitch } from '../switching/prepare.ts'

/** `assume [PROFILE] [options]`: works the switch out and hands it to the calling shell's function. */
export async function run(args: Arguments, context: Context): Promise<Outcome> {
  const { flags } = args
  if (flags['unset'] === true) throw refuseUnset(args, context)
  const name = await chooseProfile(args, context)
  const isDryRun = flags['dry-run'] === true
  if (!isDryRun && context.callingShell === undefined) throw noShellFunction(name)
  const options = readSwitchOptions(args)
  const prepared = await prepareSwitch(context, { name, ...options, noLogin: options.noLogin || isDryRun })
  if (isDryRun) return { notices: prepared.notices, output: formatPlan(prepared.plan) }
  recordUse(context, prepared.profiles.paths, prepared.profileName)
  return { notices: prepared.notices, switch: prepared.plan }
}

/** The profile that is named, else the active one when there are options for it, else the one that is picked. */
async function chooseProfile({ positionals, flags }: Arguments, context: Context): Promise<string> {
  const [word] = positionals
  const flag = flags['profile']
  if (word !== undefined && flag !== undefined) throw usageError('', 'the profile is named twice')
  if (typeof flag === 'string') return flag
  if (word === '-') throw noShellFunction('-')
  if (word !== undefined) return word
  if (flags['region'] !== undefined) {
    const active = context.env['AWS_PROFILE']
    if (active) return active
    throw usageError('', 'no profile is active, and none is named')
  }
  const { pickProfile } = await import('../switching/pick.ts')
  return pickProfile(context)
}

function noShellFunction(name: string): AssumeError {
  const word = printable(name)
  return new AssumeError(
    'no-shell-function',
    `a program cannot change the shell that started it, and assume's shell function is not loaded here`,
    {
      hint: [
        'assume setup                                  loads it in new shells',
        `eval "$(assume env ${word} --shell bash)"     changes this one`,
        `assume exec ${word} -- COMMAND                runs one command`,
      ].join('\n'),
    },
  )
}

function refuseUnset({ positionals, flags }: Arguments, context: Context): AssumeError {
  const others = positionals.length > 0 || Object.keys(flags).length > 1
  if (others) return usageError('', '--unset goes alone')
  return context.callingShell === undefined ? noShellFunction('NAME') : usageError('', '--unset goes alone')
}

function formatPlan({ change, message }: Switch): string {
  const set = change.set.map(([name, value]) => `  set    ${name}=${printable(value)}\n`)
  const unset = change.unset.map((name) => `  remove ${name}\n`)
  return `${message}\n${[...set, ...unset].join('')}`
}
