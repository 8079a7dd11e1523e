import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from './cli/command.ts'
import { MistypedCommand } from './cli/mistake.ts'
import { type Arguments, parseArguments } from './cli/parse.ts'
import { findSubcommand, switchCommand } from './cli/table.ts'
import * as credentialProcessModule from './commands/credential-process.ts'
import * as envModule from './commands/env.ts'
import * as execModule from './commands/exec.ts'
import * as switchModule from './commands/switch.ts'
import type { Context, Outcome } from './context.ts'
import { drainPipes } from './system/files/drained-files.ts'
import { warnOfHome } from './system/home.ts'

type CommandModule = { run(args: Arguments, context: Context): Outcome | Promise<Outcome> }

/** What is imported statically is in the one file that every call loads; all else is loaded for its command. */
const modules: Readonly<Record<string, () => CommandModule | Promise<CommandModule>>> = {
  '': () => switchModule,
  env: () => envModule,
  exec: () => execModule,
  list: () => import('./commands/list.ts'),
  status: () => import('./commands/status.ts'),
  'credential-process': () => credentialProcessModule,
  'credentials-file': () => import('./commands/credentials-file.ts'),
  whoami: () => import('./commands/whoami.ts'),
  serve: () => import('./commands/serve.ts'),
  login: () => import('./commands/login.ts'),
  logout: () => import('./commands/logout.ts'),
  configure: () => import('./commands/configure.ts'),
  sandbox: () => import('./commands/sandbox.ts'),
  sync: () => import('./commands/sync.ts'),
  plugin: () => import('./commands/plugin.ts'),
  keys: () => import('./commands/keys.ts'),
  here: () => import('./commands/here.ts'),
  import: () => import('./commands/import.ts'),
  setup: () => import('./commands/setup.ts'),
  console: () => import('./commands/console.ts'),
  settings: () => import('./commands/settings.ts'),
  doctor: () => import('./commands/doctor.ts'),
  help: loadHelp,
}

/**
 * Runs the command that these words are in this context, and returns its outcome. Throws AssumeError, with what is wrong with
 * the words or the command's own.
 */
export async function runCommand(words: readonly string[], context: Context): Promise<Outcome> {
  const command = await chooseCommand(words, context)
  const args = await parseWords(command, command === switchCommand ? words : words.slice(1), context)
  if (args.flags['help'] === true) {
    const { run } = await loadHelp()
    return run({ positionals: [command.name], flags: {} }, context)
  }
  if (args.flags['version'] === true) return { output: `assume ${readVersion(context)}\n` }
  const warning = warnOfHome(context.env, context.platform)
  if (warning !== undefined) context.notify(`warning: ${warning}`)
  const load = modules[command.name]
  if (!load) throw new Error(`no module for command "${command.name}"`)
  const isVerbose = args.flags['verbose'] === true
  const trace = isVerbose ? context.notify : context.trace
  await drainPipes(context)
  const loginFlow = args.flags['device-code'] === true ? 'device-code' : undefined
  return (await load()).run(args, { ...context, isVerbose, trace, ...(loginFlow && { loginFlow }) })
}

/** Words that can be a switch are one where there is a profile that is called like a command that yields. */
async function chooseCommand([name, next]: readonly string[], context: Context): Promise<Command> {
  const command = findSubcommand(name)
  if (!command) return switchCommand
  if (!command.yields || (next !== undefined && !next.startsWith('-'))) return command
  return (await isProfile(command.name, context)) ? switchCommand : command
}

async function parseWords(command: Command, words: readonly string[], context: Context): Promise<Arguments> {
  try {
    return parseArguments(command, words, context.userShell === 'powershell')
  } catch (error) {
    if (!(error instanceof MistypedCommand)) throw error
    throw (await isProfile(error.word, context)) ? error.otherwise : error
  }
}

async function isProfile(name: string, context: Context): Promise<boolean> {
  await drainPipes(context)
  const { isKnownProfile } = await import('./switch/known-profiles.ts')
  return isKnownProfile(context, name)
}

function loadHelp() {
  return import('./commands/help.ts')
}

function readVersion({ installation }: Context): string {
  const { version } = JSON.parse(readFileSync(join(installation, 'package.json'), 'utf8')) as {
    version: string
  }
  return version
}
