import { splitWords } from '../text/shell-words.ts'
import type { Hint, QuoteWord } from '../text/words.ts'
import type { Command } from './command.ts'
import { isForeignWord, translateWord } from './foreign-words.ts'
import { tokenize } from './tokens.ts'

/** The line to type instead of one with a word of another tool that is an option of ours, or several letters that are. */
export function rewriteLine(command: Command, words: readonly string[], word: string): Hint {
  const at = words.indexOf(word)
  const next = words[at + 1]
  const isOpen = next === undefined || next.startsWith('-')
  const written = hideCodes(command, words).flatMap((each, index) =>
    index === at ? rewriteWord(command, word, isOpen) : [each],
  )
  const isUseless = opensConsole(command, words)
  const line = written.filter((each) => !(isUseless && each === '--export'))
  return (quote) => ['assume', ...line.map((each) => quoteUnlessFlag(each, quote))].join(' ')
}

/** Whether the line opens a console, which needs no keys in the shell. */
export function opensConsole(command: Command, words: readonly string[]): boolean {
  return tokenize(command.flags, words).some(
    (token) => token.kind === 'flag' && ['console', 'service'].includes(token.name),
  )
}

/** `isOpen`: no value comes behind it. */
function rewriteWord(command: Command, word: string, isOpen: boolean): string[] {
  const whole = translateWord(command, word)
  if (whole && 'flag' in whole) {
    if (word.includes('=')) return [whole.flag + word.replace(/^[^=]*/, '')]
    return isOpen ? whole.option.split(' ') : [whole.flag]
  }
  const written: string[] = []
  for (let rest = word.slice(1); rest !== ''; ) {
    const letter = rest.charAt(0)
    rest = rest.slice(1)
    const ours = translateWord(command, `-${letter}`)
    const option = ours && 'flag' in ours ? ours.option.split(' ') : [`-${letter}`]
    const [flag = '', label] = option
    written.push(flag)
    if (label === undefined) continue
    if (rest !== '') written.push(rest)
    else if (isOpen) written.push(label)
    break
  }
  return written
}

/** The commands to type instead of such a word, with the profile and the command that were typed. */
export function fillCommands(
  command: Command,
  words: readonly string[],
  word: string,
  commands: readonly string[],
): Hint {
  const { profile, program } = readLine(command, words, word)
  return (quote) =>
    commands
      .map((each) =>
        each
          .replace(/\bPROFILE\b/, () => (profile === undefined ? 'PROFILE' : quote(profile)))
          .replace(
            /\bCOMMAND\b/,
            () => program?.map((part) => quoteUnlessFlag(part, quote)).join(' ') || 'COMMAND',
          ),
      )
      .join('\n')
}

/** Whose keys are wanted, and of `--exec` what is to be run: behind a `=`, or all that comes behind it. */
function readLine(
  command: Command,
  words: readonly string[],
  word: string,
): { profile: string | undefined; program?: readonly string[] | undefined } {
  const at = words.indexOf(word)
  if (!word.startsWith('--exec')) return { profile: findProfile(command, words) }
  const before = findProfile(command, words.slice(0, at))
  const behind = words.slice(words[at + 1] === '--' ? at + 2 : at + 1)
  if (word.includes('='))
    return { profile: before ?? findProfile(command, behind), program: split([word.replace(/^[^=]*=/, '')]) }
  if (before !== undefined) return { profile: before, program: split(behind) }
  return { profile: behind[1], program: split(behind.slice(0, 1)) }
}

/** One word may be a whole command line. */
function split(words: readonly string[]): readonly string[] | undefined {
  return words.length === 1 ? splitWords(words[0] as string, 'linux') : words
}

/** The profile that a line names; undefined for none. The value of an option of another tool is none. */
export function findProfile(command: Command, words: readonly string[]): string | undefined {
  const own = words.filter((each) => !isForeignWord(command, each))
  for (const token of tokenize(command.flags, own)) {
    if (token.kind === 'flag' && token.name === 'profile') return token.value
    if (token.kind !== 'word') continue
    const before = own[token.index - 1] ?? ''
    const foreign = before.includes('=') ? undefined : translateWord(command, before)
    if (!(foreign && 'flag' in foreign && foreign.option !== foreign.flag)) return token.value
  }
  return undefined
}

/** The words of a line to type, without a code for MFA: that is nothing to repeat, and is over by then. */
export function hideCodes({ flags }: Command, words: readonly string[]): readonly string[] {
  const label = flags.find(({ name }) => name === 'mfa-code')?.value?.label
  const shown = [...words]
  for (const token of tokenize(flags, words)) {
    if (token.kind !== 'flag' || token.name !== 'mfa-code' || !token.value || label === undefined) continue
    if (token.isInline) shown[token.index] = `${token.rawName}=${label}`
    else shown[token.index + 1] = label
  }
  return shown
}

/** A word as it is typed; a flag needs no quotes. */
export function quoteUnlessFlag(word: string, quote: QuoteWord): string {
  return /^--?[\w-]*$/.test(word) ? word : quote(word)
}
