import { printable } from '../text/redact.ts'
import { type Command, type Flag, takesCommand } from './command.ts'
import { isForeignWord } from './foreign-words.ts'
import { guessCommand, refuseFlag, requireOneOf, usageError } from './mistake.ts'
import { commonFlags } from './table.ts'
import { type FlagToken, type LineToken, tokenize } from './tokens.ts'

/** A parsed command line: flags by their long name, the rest in order. */
export interface Arguments {
  readonly positionals: readonly string[]
  readonly flags: Readonly<Record<string, string | true>>
  /** All values of each flag that can be given several times, in their order; absent where none is. */
  readonly lists?: Readonly<Record<string, readonly string[]>>
}

/**
 * Parses the words after the command's name by its row of the table.
 * Throws AssumeError `usage` for a flag that is not in the table, a flag without its value or with one too many,
 * a word that its place cannot have, and more words than the command takes; of whoever asks for help or the version, only
 * what is wrong with the flags. `losesDashes`: PowerShell takes the first `--` away from what it calls a function with.
 */
export function parseArguments(command: Command, words: readonly string[], losesDashes = false): Arguments {
  const flags = [...command.flags, ...commonFlags]
  const tokens = tokenize(flags, words)
  const own = takesCommand(command) ? countOwnWords(command, words, { tokens, losesDashes }) : words.length
  const positionals: string[] = []
  const values: Record<string, string | true> = {}
  const lists: Record<string, readonly string[]> = {}
  for (const token of own === words.length ? tokens : tokenize(flags, words.slice(0, own))) {
    const word = words[token.index] ?? ''
    if (token.kind === 'word') positionals.push(token.value)
    if (token.kind !== 'flag') continue
    const flag = flags.find(({ name, alias }) => name === token.name || alias === token.name)
    if (!flag || isForeignWord(command, word)) throw refuseFlag(command, words, { ...token, word })
    const value = readValue(command, flag, token, flags)
    values[flag.name] = value
    if (flag.repeats && typeof value === 'string') lists[flag.name] = [...(lists[flag.name] ?? []), value]
  }
  const isHelp = values['help'] !== undefined || values['version'] !== undefined
  if (!isHelp && command.positionals.at(-1)?.isBehindDashes) checkDashes(command, positionals)
  positionals.push(...words.slice(words[own] === '--' ? own + 1 : own))
  if (!isHelp) checkPlaces(command, positionals, values, words)
  return { positionals, flags: values, ...(Object.keys(lists).length > 0 && { lists }) }
}

/**
 * How many of the words are ours to read, where a command of another program comes last: all up to where it begins,
 * behind the words before it, or at the first word that is no flag when there are none. One behind dashes that are lost begins
 * at the first word that is one too many.
 */
function countOwnWords(
  command: Command,
  words: readonly string[],
  { tokens, losesDashes }: { readonly tokens: readonly LineToken[]; readonly losesDashes: boolean },
): number {
  const before = command.positionals.length - 1
  const places = tokens.filter(({ kind }) => kind === 'word').map(({ index }) => index)
  if (command.positionals[before]?.isBehindDashes) {
    const dashes = tokens.find(({ kind }) => kind === 'end')?.index ?? words.length
    const first = places[before - 1] ?? dashes
    const isNamed = tokens.some(
      (token) => token.kind === 'flag' && token.name === 'profile' && token.index < first,
    )
    return losesDashes ? Math.min(dashes, isNamed ? first : (places[before] ?? dashes)) : dashes
  }
  if (before === 0) return places[0] ?? words.length
  const last = places[before - 1]
  return last === undefined ? words.length : last + 1
}

/** A flag in the place of a value is a value that was forgotten; whoever means it writes it behind a `=`. */
function readValue(
  command: Command,
  flag: Flag,
  { rawName, value, isInline }: FlagToken,
  flags: readonly Flag[],
): string | true {
  if (!flag.value) {
    if (value !== undefined) throw usageError(command.name, `${rawName} takes no value`)
    return true
  }
  if (value === undefined || (!isInline && isFlag(value, flags)))
    throw usageError(command.name, `${rawName} needs a value: ${rawName} ${flag.value.label}`)
  return value
}

function isFlag(word: string, flags: readonly Flag[]): boolean {
  return flags.some(
    ({ name, short, alias }) =>
      word === `--${name}` || word === `-${short}` || (alias !== undefined && word === `--${alias}`),
  )
}

/** Throws AssumeError `usage` for a word that is not one of those for its place, and for a word too many. */
function checkPlaces(
  command: Command,
  positionals: readonly string[],
  flags: Arguments['flags'],
  words: readonly string[],
): void {
  for (const [index, { name, kind }] of command.positionals.entries()) {
    const word = positionals[index]
    if (word !== undefined && typeof kind !== 'string') requireOneOf(command.name, name, word, kind)
  }
  const extra = positionals[command.positionals.length]
  if (extra === undefined || takesCommand(command) || takesMore(command, flags)) return
  const error = usageError(command.name, `one word too many: ${printable(extra) || '""'}`)
  throw guessCommand(command, words, error)
}

/** Throws AssumeError `usage` where the command of another program is not behind `--`. */
function checkDashes({ name, positionals }: Command, own: readonly string[]): void {
  const extra = own[positionals.length - 1]
  if (extra === undefined) return
  throw usageError(name, `one word too many: ${printable(extra)}; a command comes behind --`)
}

function takesMore({ positionals }: Command, flags: Arguments['flags']): boolean {
  const { repeats } = positionals.at(-1) ?? {}
  return repeats === true || (repeats?.some((name) => flags[name] !== undefined) ?? false)
}
