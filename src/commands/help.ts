import { formatHelp } from '../cli/help.ts'
import type { Arguments } from '../cli/parse.ts'
import { findSubcommand, switchCommand } from '../cli/table.ts'
import type { Context, Outcome } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { readKnownProfiles } from '../switch/known-profiles.ts'

/** `assume help [COMMAND]`, and `--help` of every command. */
export async function run({ positionals }: Arguments, { terminal, env }: Context): Promise<Outcome> {
  const command = findSubcommand(positionals[0]) ?? switchCommand
  const { stdoutColumns: columns = 80, stdoutIsTerminal } = terminal
  const help = await formatHelp(command, { columns, colour: stdoutIsTerminal && !env['NO_COLOR'] })
  return { output: `${help}\n` }
}

/** Whether there is a profile called `name`; none where the profiles cannot be read. */
export async function isKnownProfile(context: Context, name: string): Promise<boolean> {
  try {
    return (await readKnownProfiles(context)).config.profiles.has(name)
  } catch (error) {
    if (error instanceof AssumeError) return false
    throw error
  }
}
