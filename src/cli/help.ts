import yargs, { type Argv } from 'yargs'
import { type Command, type CommandGroup, commandGroups, type ValueKind } from './command.ts'
import { nameHelpFile } from './help-page.ts'
import { commonFlags, subcommands, switchCommand } from './table.ts'

/** Columns that a help is laid out for. Longer lines are read with more effort. */
const widths = [40, 50, 60, 70, 80, 90, 100]

/**
 * The files with the help of every command, by their names, for the build: to lay them out takes longer than all else that a
 * help does, yargs and what measures text included.
 */
export async function generateHelpFiles(): Promise<[name: string, text: string][]> {
  const files = [switchCommand, ...subcommands].map(async (command): Promise<[string, string]> => {
    const pages = widths.map(async (width) => [width, await formatHelp(command, width)] as const)
    return [nameHelpFile(command), JSON.stringify(Object.fromEntries(await Promise.all(pages)))]
  })
  return Promise.all(files)
}

/** The help text of a command for so many columns, with its titles in bold and without a line feed at its end. */
export async function formatHelp(command: Command, width: number): Promise<string> {
  const groups = command === switchCommand ? commandGroups.map(formatGroup) : []
  const parts = [
    await layOut([formatUsage(command), ...groups].join('\n\n'), width),
    await formatOptions(command, width, emphasize('Options:')),
    `${emphasize('Examples:')}\n${await formatExamples(command, width)}`,
  ]
  return parts.join('\n\n')
}

/** Wrapped to `width`; a tab begins the second column of a line. */
async function layOut(text: string, width: number): Promise<string> {
  return (await createParser(width).epilogue(text).getHelp()).trimEnd()
}

function createParser(width: number): Argv {
  return yargs([]).locale('en').detectLocale(false).help(false).version(false).wrap(width)
}

function emphasize(title: string): string {
  return `\u001b[1m${title}\u001b[0m`
}

function formatUsage(command: Command): string {
  const words = command.positionals.map(
    ({ name, kind, describe }) => `  ${name}\t  ${describe}${listChoices(kind)}`,
  )
  const line = ['assume', command.name, wordsOf(command), '[options]'].filter((word) => word !== '').join(' ')
  return [line, '', command.describe, ...(words.length > 0 ? ['', ...words] : [])].join('\n')
}

function formatGroup(group: CommandGroup): string {
  const rows = [switchCommand, ...subcommands]
    .filter((each) => each.group === group)
    .map(({ name, describe }) => `  assume ${name || '[profile]'}\t  ${describe}`)
  return [emphasize(`${group.charAt(0).toUpperCase()}${group.slice(1)}:`), ...rows].join('\n')
}

function formatOptions(command: Command, width: number, title: string): Promise<string> {
  const parser = createParser(width).updateStrings({ 'Options:': title })
  for (const { name, short, value, describe } of [...command.flags, ...commonFlags]) {
    parser.option(value ? `${name} ${value.label}` : name, {
      ...(short !== undefined && { alias: short }),
      describe: `${describe}${listChoices(value?.kind)}`,
    })
  }
  return parser.getHelp()
}

function wordsOf({ positionals }: Command): string {
  return positionals
    .map(({ name, optional, repeats }) => {
      const word = repeats === true ? `${name} ...` : name
      return optional ? `[${word}]` : `<${word}>`
    })
    .join(' ')
}

function listChoices(kind: ValueKind | undefined): string {
  return typeof kind === 'object' && kind.length < 10 ? ` (${kind.join(', ')})` : ''
}

/** A command is never broken, since it is there to be copied: where a line is too long, what it does stands below it. */
async function formatExamples({ examples }: Command, width: number): Promise<string> {
  const longest = Math.max(...examples.map(([line]) => line.length))
  const isAligned = examples.every(([, describe]) => longest + describe.length + 6 <= width)
  if (isAligned)
    return examples.map(([line, describe]) => `  ${line.padEnd(longest)}  ${describe}`).join('\n')
  const blocks = examples.map(async ([line, describe]) => [
    `  ${line}`,
    await layOut(`      ${describe}\n`, width),
  ])
  return (await Promise.all(blocks)).flat().join('\n')
}
