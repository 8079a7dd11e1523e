import { consoleSwitchFlags } from '../cli/console-command.ts'
import { usageError } from '../cli/mistake.ts'
import type { Arguments } from '../cli/parse.ts'
import { ownWords } from '../cli/table.ts'
import type { Context, Environment, Outcome } from '../context.ts'
import type { ShellName } from '../emit/shell.ts'
import { AssumeError } from '../errors.ts'
import { recordUse } from '../index/uses.ts'
import { hasOptionsForActive, readSubject, readSwitchOptions } from '../switch/options.ts'
import { prepareSwitch } from '../switch/prepare.ts'
import type { PreparedSwitch, SwitchRequest } from '../switch/prepare-from-files.ts'
import type { Subject } from '../switch/request.ts'
import { findActiveSubject, resolveSubject } from '../switch/subject.ts'
import { printable } from '../text/redact.ts'
import { formatProfileWord, type Hint } from '../text/words.ts'

/** `assume [PROFILE] [options]`: works the switch out and hands it to the calling shell's function. */
export async function run(args: Arguments, context: Context): Promise<Outcome> {
  const { flags } = args
  if (flags['console'] === true || flags['service'] !== undefined) return openConsole(args, context)
  const stray = consoleSwitchFlags.find(({ name }) => flags[name] !== undefined)
  if (stray) throw usageError('', `--${stray.name} goes with --console`)
  if (flags['unset'] === true) throw refuseOwnWord('--unset', args, context)
  const isRehearsal = flags['dry-run'] === true
  const typed = readSwitchOptions(args, '')
  const options = context.isRenewal ? { ...typed, exports: true, noLogin: true } : typed
  const { subject, profiles } = await chooseSubject(args, context)
  if (!isRehearsal && context.callingShell === undefined) {
    await requireKnown(context, subject)
    throw noShellFunction(context, subject)
  }
  const prepared = await prepareSwitch(context, {
    subject,
    options,
    isRehearsal,
    ...(profiles && { profiles }),
    ...(args.positionals.length > 0 && { ownWords }),
  })
  if (isRehearsal) return { notices: prepared.notices, output: formatPlan(prepared, context.env) }
  if (context.isRenewal) {
    const { planKeyRenewal } = await import('../switch/key-renewal.ts')
    return { switch: planKeyRenewal(prepared, context.env, context.now()) }
  }
  if ('name' in subject) recordUse(context, prepared.paths, subject.name)
  return { notices: prepared.notices, switch: prepared.plan }
}

/** What it does is that of `assume console`. */
async function openConsole(args: Arguments, context: Context): Promise<Outcome> {
  const [{ openConsoles }, { readConsoleRequest }] = await Promise.all([
    import('../console/open-consoles.ts'),
    import('../console/request.ts'),
  ])
  return openConsoles(context, readConsoleRequest(args, ''), { picksFirst: true })
}

/** Throws AssumeError `unknown-profile`: nothing that is proposed for the name would work. */
async function requireKnown(context: Context, subject: Subject): Promise<void> {
  if (!('name' in subject)) return
  const { readKnownProfiles } = await import('../switch/known-profiles.ts')
  const profiles = await readKnownProfiles(context)
  if (!profiles.config.profiles.has(subject.name)) resolveSubject(context, profiles, subject, ownWords)
}

type Choice = Pick<SwitchRequest, 'subject' | 'profiles'>

/** What is named, else what is active when there are options for it, else the profile that is picked. */
async function chooseSubject(args: Arguments, context: Context): Promise<Choice> {
  const [word] = args.positionals
  if (word === '-' && args.flags['profile'] === undefined) throw refuseOwnWord('-', args, context)
  const named = readSubject(args, word, '')
  if (named) return { subject: named }
  if (hasOptionsForActive(args)) {
    const active = findActiveSubject(context)
    if ('refusal' in active) throw usageError('', active.refusal)
    return { subject: active }
  }
  const { pickProfile } = await import('../switch/pick.ts')
  const { name, profiles } = await pickProfile(context)
  return { subject: { name }, profiles }
}

/** The statement that a shell takes a switch from, without a function. */
const evaluations: Readonly<Record<ShellName, (call: string) => string>> = {
  bash: (call) => `eval "$(${call} --shell bash)"`,
  zsh: (call) => `eval "$(${call} --shell zsh)"`,
  fish: (call) => `${call} --shell fish | source`,
  powershell: (call) => `${call} --shell powershell | Out-String | Invoke-Expression`,
}

function noShellFunction({ userShell }: Context, subject: Subject): AssumeError {
  const hint: Hint = (quote) => {
    const word = 'name' in subject ? formatProfileWord(subject.name, quote) : 'NAME'
    const ways = [
      ['assume setup', 'loads it in new shells'],
      [evaluations[userShell](`assume env ${word}`), 'changes this one'],
      [`assume exec ${word} -- COMMAND`, 'runs one command'],
    ] as const
    const width = Math.max(...ways.map(([command]) => command.length))
    return ways.map(([command, effect]) => `${command.padEnd(width)}     ${effect}`).join('\n')
  }
  return new AssumeError(
    'no-shell-function',
    `a program cannot change the shell that started it, and assume's shell function is not loaded here`,
    { hint },
  )
}

/** `-` and `--unset` are the shell function's own affair, where they are all that is said. */
function refuseOwnWord(word: string, { positionals, flags }: Arguments, context: Context): AssumeError {
  const isAlone = positionals.length + Object.keys(flags).length === 1
  return isAlone && context.callingShell === undefined
    ? noShellFunction(context, { name: 'NAME' })
    : usageError('', `${word} goes alone`)
}

/** What is not set is not removed. */
function formatPlan({ plan: { change, message }, secret }: PreparedSwitch, env: Environment): string {
  const set = change.set.map(
    ([name, value]) => `  set    ${name}=${secret.has(name) ? '(hidden)' : printable(value)}\n`,
  )
  const unset = change.unset.filter((name) => env[name] !== undefined).map((name) => `  remove ${name}\n`)
  return `${message}\n${[...set, ...unset].join('')}`
}
