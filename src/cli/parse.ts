import { parseArgs } from 'node:util'
import { findNearest } from '../core/matching.ts'
import { AssumeError } from '../errors.ts'
import { printable } from '../redact.ts'
import type { Command, Flag } from './command.ts'
import { translateWord } from './foreign-words.ts'
import { commonFlags } from './table.ts'

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number]

/** A parsed command line: flags by their long name, the rest in order. */
export interface Arguments {
  readonly positionals: readonly string[]
  readonly flags: Readonly<Record<string, string | true>>
}

/**
 * Parses the words after the command's name by its row of the table, without loading yargs.
 * Throws AssumeError `usage` for a flag that is not in the table, a flag without its value or with one too many,
 * and more words than the command takes.
 */
export function parseArguments(command: Command, words: readonly string[]): Arguments {
  const flags = [...command.flags, ...commonFlags]
  const options = Object.fromEntries(
    flags.flatMap((flag) => {
      const type = flag.value ? ('string' as const) : ('boolean' as const)
      const own = [flag.name, { type, ...(flag.short && { short: flag.short }) }] as const
      return flag.alias === undefined ? [own] : [own, [flag.alias, { type }] as const]
    }),
  )
  const tokenize = (args: readonly string[]) =>
    parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true }).tokens
  const own = takesCommand(command) ? countOwnWords(command, words, tokenize(words)) : words.length
  const positionals: string[] = []
  const values: Record<string, string | true> = {}
  for (const token of tokenize(words.slice(0, own))) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const flag = flags.find(({ name, alias }) => name === token.name || alias === token.name)
    if (!flag) throw unknownFlag(command, words[token.index] ?? token.rawName, token.rawName, flags)
    values[flag.name] = readValue(command, flag, token.rawName, token.value)
  }
  positionals.push(...words.slice(words[own] === '--' ? own + 1 : own))
  if (
    positionals.length > command.positionals.length &&
    !takesCommand(command) &&
    values['help'] === undefined
  ) {
    throw usageError(command.name, `one word too many: "${positionals[command.positionals.length]}"`)
  }
  return { positionals, flags: values }
}

/**
 * How many of the words are ours to read, where a command of another program comes last: all up to where it begins,
 * behind the words before it, or at the first word that is no flag when there are none.
 */
function countOwnWords(command: Command, words: readonly string[], tokens: readonly Token[]): number {
  const before = command.positionals.length - 1
  const places = tokens.filter(({ kind }) => kind === 'positional').map(({ index }) => index)
  if (before === 0) return places[0] ?? words.length
  const last = places[before - 1]
  return last === undefined ? words.length : last + 1
}

function takesCommand(command: Command): boolean {
  return command.positionals.at(-1)?.kind === 'command'
}

function readValue(command: Command, flag: Flag, rawName: string, value: string | undefined): string | true {
  if (!flag.value) {
    if (value !== undefined) throw usageError(command.name, `${rawName} takes no value`)
    return true
  }
  if (value === undefined)
    throw usageError(command.name, `${rawName} needs a value: ${rawName} ${flag.value.label}`)
  return value
}

/** Of one letter nothing can be guessed. */
function unknownFlag(command: Command, word: string, rawName: string, flags: readonly Flag[]): AssumeError {
  const translation = translateWord(command, word)
  if (translation?.startsWith('assume ')) {
    return new AssumeError('usage', `there is no ${printable(word)}; did you mean ${translation}?`, {
      hint: translation,
    })
  }
  const names = rawName.startsWith('--') ? flags.map(({ name }) => `--${name}`) : []
  const [nearest] = translation === undefined ? findNearest(rawName, names, 1) : [translation]
  const name = translation === undefined ? rawName : word
  return usageError(command.name, `there is no ${name}${nearest ? `; did you mean ${nearest}?` : ''}`)
}

/** AssumeError `usage` whose hint is the help of the command called `commandName` (empty for the switch). */
export function usageError(commandName: string, message: string): AssumeError {
  if (commandName === '') return new AssumeError('usage', message, { hint: 'assume --help' })
  return new AssumeError('usage', `assume ${commandName}: ${message}`, {
    hint: `assume ${commandName} --help`,
  })
}
