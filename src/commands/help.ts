import { join } from 'node:path'
import { chooseHelpPage, type HelpPages, nameHelpFile } from '../cli/help-page.ts'
import type { Arguments } from '../cli/parse.ts'
import { findSubcommand, switchCommand } from '../cli/table.ts'
import type { Context, Outcome } from '../context.ts'
import { decodeText } from '../text/utf-8.ts'

/** `assume help [COMMAND]`, and `--help` of every command. */
export function run({ positionals }: Arguments, { terminal, env, files, installation }: Context): Outcome {
  const command = findSubcommand(positionals[0]) ?? switchCommand
  const { stdoutColumns: columns = 80, stdoutIsTerminal } = terminal
  const file = files.read(join(installation, 'dist/help', nameHelpFile(command)))
  const pages = JSON.parse(decodeText(file)) as HelpPages
  const help = chooseHelpPage(pages, { columns, colour: stdoutIsTerminal && !env['NO_COLOR'] })
  return { output: `${help}\n` }
}
