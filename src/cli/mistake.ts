import { AssumeError } from '../errors.ts'
import { findNearest, rankTypo } from '../text/matching.ts'
import { printable } from '../text/redact.ts'
import { formatSuggestion } from '../text/suggestion.ts'
import type { Hint } from '../text/words.ts'
import { type Command, takesCommand } from './command.ts'
import {
  fillCommands,
  findProfile,
  hideCodes,
  opensConsole,
  quoteUnlessFlag,
  rewriteLine,
} from './foreign-line.ts'
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

/** AssumeError `usage` for an unknown flag among the words of a command, with what was probably meant. */
export function refuseFlag(
  command: Command,
  words: readonly string[],
  { word, rawName, name }: UnknownFlag,
): AssumeError {
  // All letters of -y=x are flags to the parser.
  if (rawName === '-=') return usageError(command.name, `${word.replace(/=.*/s, '')} takes no value`)
  const whole = translateWord(command, word)
  const translation = whole ?? translateWord(command, rawName)
  const shown = printable(whole ? word : rawName)
  if (translation && 'commands' in translation) {
    const suggestion = formatSuggestion([translation.commands.join(', then ')])
    return new AssumeError('usage', `there is no ${shown}${suggestion}`, {
      hint: fillCommands(command, words, word, translation.commands),
    })
  }
  if (translation && command === switchCommand) {
    const profile = findProfile(command, words)
    const hint: Hint =
      // A code is nothing to repeat.
      translation.flag === '--mfa-code'
        ? (quote) => `assume ${profile === undefined ? 'PROFILE' : quote(profile)} ${translation.option}`
        : rewriteLine(command, words, word)
    const isUseless = translation.flag === '--export' && opensConsole(command, words)
    const suggestion = isUseless ? ', and a console needs none' : formatSuggestion([translation.option])
    return new AssumeError('usage', `there is no ${shown}${suggestion}`, { hint })
  }
  const nearest = translation ? [translation.option] : findNearestFlag(command, rawName, name)
  const error = usageError(command.name, `there is no ${shown}${formatSuggestion(nearest)}`)
  return guessCommand(command, words, error, name)
}

/** Of one letter nothing can be guessed. */
function findNearestFlag({ flags }: Command, rawName: string, name: string): string[] {
  if (!rawName.startsWith('--')) return []
  return [...flags, ...commonFlags]
    .flatMap((flag) => {
      const rank = flag.name.startsWith(name) ? 0 : rankTypo(name, flag.name)
      return rank === undefined ? [] : [{ word: `--${flag.name}`, rank }]
    })
    .sort((a, b) => a.rank - b.rank)
    .slice(0, 1)
    .map(({ word }) => word)
}

/** A subcommand that somebody has probably mistyped, unless `word` is a profile: then `otherwise` is what is wrong. */
export class MistypedCommand extends AssumeError {
  readonly word: string
  readonly otherwise: AssumeError

  constructor(word: string, meant: string, rest: readonly string[], otherwise: AssumeError) {
    super('usage', `there is no command ${printable(word)}${formatSuggestion([`assume ${meant}`])}`, {
      hint: (quote) => ['assume', meant, ...rest.map((each) => quoteUnlessFlag(each, quote))].join(' '),
    })
    this.word = word
    this.otherwise = otherwise
  }
}

/**
 * The MistypedCommand that the first word may be, where the words are none that a switch can have; else `otherwise`.
 * `flagName` is a flag that the subcommand must know.
 */
export function guessCommand(
  command: Command,
  [first, ...rest]: readonly string[],
  otherwise: AssumeError,
  flagName?: string,
): AssumeError {
  if (command !== switchCommand || first === undefined) return otherwise
  const [nearest] = subcommands
    .filter((each) => flagName === undefined || takesCommand(each) || hasFlag(each, flagName))
    .flatMap(({ name }) => {
      const rank = rankTypo(first, name)
      return rank === undefined ? [] : [{ name, rank }]
    })
    .sort((a, b) => a.rank - b.rank)
  return nearest ? new MistypedCommand(first, nearest.name, hideCodes(command, rest), otherwise) : otherwise
}

function hasFlag({ flags }: Command, flagName: string): boolean {
  return flags.some(({ name }) => name === flagName)
}
