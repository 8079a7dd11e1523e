import type { Flag } from './command.ts'

/** A flag among the words, by the name that it was given. */
export interface FlagToken {
  readonly kind: 'flag'
  /** Without dashes; of a short flag its long name, where the command has it. */
  readonly name: string
  /** As it was typed, without a value. */
  readonly rawName: string
  readonly value?: string
  /** Whether the value stands in the same word. */
  readonly isInline: boolean
  /** Of the word that it is in. */
  readonly index: number
}

/** A piece of a command line: a flag with its value, a word of its own, or the `--` behind which all words are their own. */
export type LineToken =
  | FlagToken
  | { readonly kind: 'word'; readonly value: string; readonly index: number }
  | { readonly kind: 'end'; readonly index: number }

/**
 * Cuts words by the Utility Syntax Guidelines of POSIX and the long options of GNU: `-a -b`, `-ab`, `-rVALUE`, `-r VALUE`,
 * `--name VALUE`, `--name=VALUE`, `--`. A flag that takes a value gets the next word, whatever that is. Nothing is refused:
 * flags that are not among `flags` take no value. `parseArgs` of Node cuts likewise, and takes as long as all of a switch
 * besides.
 */
export function tokenize(flags: readonly Flag[], words: readonly string[]): readonly LineToken[] {
  const tokens: LineToken[] = []
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as string
    if (word === '--') {
      tokens.push({ kind: 'end', index })
      const own = words.slice(index + 1)
      tokens.push(...own.map((value, at) => ({ kind: 'word', value, index: index + 1 + at }) as const))
      break
    }
    if (word.length < 2 || !word.startsWith('-')) {
      tokens.push({ kind: 'word', value: word, index })
      continue
    }
    const found = word.startsWith('--') ? [cutLongFlag(word, index)] : cutShortFlags(flags, word, index)
    const last = found.at(-1)
    const next = words[index + 1]
    if (last?.value === undefined && last && takesValue(flags, last.name) && next !== undefined) {
      found[found.length - 1] = { ...last, value: next }
      index++
    }
    tokens.push(...found)
  }
  return tokens
}

function cutLongFlag(word: string, index: number): FlagToken {
  const at = word.indexOf('=', 3)
  const rawName = at < 0 ? word : word.slice(0, at)
  const value = at < 0 ? undefined : word.slice(at + 1)
  return makeFlag(rawName.slice(2), rawName, value, index)
}

/** Letter by letter, up to one that takes the rest for its value. */
function cutShortFlags(flags: readonly Flag[], word: string, index: number): FlagToken[] {
  const found: FlagToken[] = []
  let rest = word.slice(1)
  while (rest !== '') {
    const letter = String.fromCodePoint(rest.codePointAt(0) ?? 0)
    const name = flags.find(({ short }) => short === letter)?.name ?? letter
    rest = rest.slice(letter.length)
    const isValue = rest !== '' && takesValue(flags, name)
    // A second dash is no letter: it says that the word is meant otherwise.
    const rawName = letter === '-' ? word : `-${letter}`
    found.push(makeFlag(name, rawName, isValue ? rest : undefined, index))
    if (isValue) break
  }
  return found
}

function makeFlag(name: string, rawName: string, value: string | undefined, index: number): FlagToken {
  return {
    kind: 'flag',
    name,
    rawName,
    ...(value !== undefined && { value }),
    isInline: value !== undefined,
    index,
  }
}

function takesValue(flags: readonly Flag[], name: string): boolean {
  return flags.some((flag) => (flag.name === name || flag.alias === name) && flag.value !== undefined)
}
