import { findNearest, rankTypo } from '../core/matching.ts'
import { formatSuggestion } from '../core/suggestion.ts'
import { AssumeError } from '../errors.ts'
import { printable } from '../redact.ts'
import { type Command, takesCommand } from './command.ts'
import { translateWord } from './foreign-words.ts'
import { commonFlags, subcommands, switchCommand } from './table.ts'

/** AssumeError `usage` whose hint is the help of the command called `commandName` (empty for the switch). */
export function usageError(commandName: string, message: string): AssumeError {
  if (commandName === '') return new AssumeError('usage', message, { hint: 'assume --help' })
  return new AssumeError('usage', `assume ${commandName}: ${message}`, {
    hint: `assume ${commandName} --help`,
  })
}

/** Which of those that there are `word` is. Throws AssumeError `usage`, with the nearest `what`, for one that is none. */
export function requireOneOf<Known extends string>(
  commandName: string,
  what: string,
  word: string,
  known: readonly Known[],
): Known {
  const found = known.find((each) => each === word)
  if (found !== undefined) return found
  const suggestion = formatSuggestion(findNearest(word, known, 1)) || `; there are ${known.join(', ')}`
  throw usageError(commandName, `there is no ${what} ${printable(word) || '""'}${suggestion}`)
}

/** A flag that no row of the table has. */
export interface UnknownFlag {
  /** The word that it stands in, as it was typed. */
  readonly word: string
  /** The flag by itself, with its dashes, and its name without them. */
  readonly rawName: string
  readonly name: string
}

/**
 * AssumeError `usage` for an unknown flag among the words of a command, with what was probably meant. Of one letter nothing
 * can be guessed.
 */
export function refuseFlag(
  command: Command,
  words: readonly string[],
  { word, rawName, name }: UnknownFlag,
): AssumeError {
  const flags = [...command.flags, ...commonFlags]
  const translation = translateWord(command, word)
  if (translation?.startsWith('assume ')) {
    return new AssumeError('usage', `there is no ${printable(word)}${formatSuggestion([translation])}`, {
      hint: translation,
    })
  }
  const names = rawName.startsWith('--') ? flags.map((flag) => `--${flag.name}`) : []
  const nearest = translation === undefined ? findNearest(rawName, names, 1) : [translation]
  const shown = printable(translation === undefined ? rawName : word)
  return (
    refuseCommand(command, words, name) ??
    usageError(command.name, `there is no ${shown}${formatSuggestion(nearest)}`)
  )
}

/**
 * AssumeError `usage` for a subcommand that somebody mistyped, whose words no switch can have; undefined where none is near.
 * `flagName` is one that it must know.
 */
export function refuseCommand(
  command: Command,
  [first]: readonly string[],
  flagName?: string,
): AssumeError | undefined {
  if (command !== switchCommand || first === undefined) return undefined
  const [nearest] = subcommands
    .filter((each) => flagName === undefined || takesCommand(each) || hasFlag(each, flagName))
    .flatMap(({ name }) => {
      const rank = rankTypo(first, name)
      return rank === undefined ? [] : [{ line: `assume ${name}`, rank }]
    })
    .sort((a, b) => a.rank - b.rank)
  if (!nearest) return undefined
  const { line } = nearest
  return new AssumeError('usage', `there is no command ${printable(first)}${formatSuggestion([line])}`, {
    hint: line,
  })
}

function hasFlag({ flags }: Command, flagName: string): boolean {
  return flags.some(({ name }) => name === flagName)
}
