import yargs, { type Argv } from 'yargs'
import type { Command, Flag, ValueKind } from './command.ts'
import type { Arguments } from './parse.ts'
import { usageError } from './parse.ts'
import { commonFlags, subcommands, switchCommand } from './table.ts'

/** The help text of a command, wrapped to `columns`. */
export function formatHelp(command: Command, columns: number): Promise<string> {
  const parser = addCommand(createParser(), command).wrap(Math.min(columns, 100)).usage(usageOf(command))
  if (command === switchCommand) {
    for (const each of subcommands) parser.command(`${each.name}${wordsOf(each)}`, each.describe)
  }
  for (const [line, describe] of command.examples) parser.example(line, describe)
  return parser.getHelp()
}

/**
 * Parses the words after a subcommand's name with yargs, by its row of the table.
 * Throws AssumeError `usage` for what does not fit.
 */
export function parseWithYargs(command: Command, words: readonly string[]): Arguments {
  const parser = addCommand(createParser(), command)
    .strictOptions()
    .fail((message) => {
      throw usageError(command.name, message)
    })
  const parsed = parser.parseSync([...words])
  const positionals = parsed._.map(String)
  if (positionals.length > command.positionals.length && parsed['help'] !== true) {
    throw usageError(command.name, `one word too many: "${positionals[command.positionals.length]}"`)
  }
  const flags: Record<string, string | true> = {}
  for (const { name } of [...command.flags, ...commonFlags]) {
    const value: unknown = parsed[name]
    if (value === true || typeof value === 'string') flags[name] = value
  }
  return { positionals, flags }
}

function createParser(): Argv {
  return yargs([])
    .scriptName('assume')
    .locale('en')
    .detectLocale(false)
    .help(false)
    .version(false)
    .exitProcess(false)
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'duplicate-arguments-array': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
}

function addCommand(parser: Argv, command: Command): Argv {
  for (const flag of [...command.flags, ...commonFlags]) {
    parser.option(flag.name, {
      alias: [flag.short, flag.alias].filter((name) => name !== undefined),
      ...(flag.value ? { type: 'string', requiresArg: true } : { type: 'boolean' }),
      describe: describeFlag(flag),
    })
  }
  return parser
}

function usageOf(command: Command): string {
  const line = `assume ${command.name}${wordsOf(command)} [options]`.replace('  ', ' ')
  const words = command.positionals.map(
    ({ name, kind, describe }) => `  ${name}  ${describe}${listChoices(kind)}`,
  )
  return [line, '', command.describe, ...(words.length > 0 ? ['', ...words] : [])].join('\n')
}

function wordsOf(command: Command): string {
  return command.positionals.map(({ name, optional }) => (optional ? ` [${name}]` : ` <${name}>`)).join('')
}

function describeFlag(flag: Flag): string {
  return flag.value ? `${flag.value.label}: ${flag.describe}${listChoices(flag.value.kind)}` : flag.describe
}

function listChoices(kind: ValueKind): string {
  return Array.isArray(kind) && kind.length < 10 ? ` (${kind.join(', ')})` : ''
}
