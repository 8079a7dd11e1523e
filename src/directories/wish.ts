import { isUtf8 } from 'node:buffer'
import { endingOf, splitLines } from '../text/line.ts'

/** The files in which a directory says its profile; the first that is there counts. */
export const directoryFileNames = ['.aws-profile', '.awsprofile'] as const

/** What stands for no profile in them. */
export const noProfile = 'none'

/** Bytes of such a file. */
export const mostBytes = 1000

/** What a file asks for. */
export interface Wish {
  /** The name of a profile, or `none`. */
  readonly name: string
  /** As it is written; absent where the file names none. */
  readonly region?: string
}

/** Why a text asks for nothing: a code, and a clause on the file. */
export interface TextFault {
  readonly code: 'too-large' | 'no-text' | 'grammar'
  readonly reason: string
}

/** The text of a file, or why it can be none: it has to be UTF-8 without control characters but line ends and tabs. */
export function decodeWish(bytes: Uint8Array): string | TextFault {
  if (bytes.length > mostBytes) {
    return { code: 'too-large', reason: `it has more than ${mostBytes} bytes` }
  }
  if (!isUtf8(bytes)) return { code: 'no-text', reason: 'it is no text in UTF-8' }
  const text = Buffer.from(bytes).toString('utf8')
  const line = splitLines(text).findIndex(hasControl)
  if (line < 0) return text
  return { code: 'no-text', reason: `line ${line + 1} has a control character` }
}

function hasControl(line: string): boolean {
  return /\p{Cc}/u.test(line.replace(/[\n\r\t]/g, ''))
}

/**
 * What a text asks for: blanks at both ends of its lines are cut, empty lines and those that begin with `#` left out; the first is a name or
 * `none`, the second, if there is one, a region.
 */
export function parseWish(text: string): Wish | TextFault {
  const [first, second, third] = listSpeakingLines(text)
  if (text.startsWith('\ufeff')) return { code: 'grammar', reason: 'it begins with a byte order mark' }
  if (!first) return { code: 'grammar', reason: 'it names no profile' }
  if (third) {
    return {
      code: 'grammar',
      reason: `line ${third.index + 1} is one too many: a profile, perhaps a region, nothing more`,
    }
  }
  const odd = [first, second].find((line) => line?.word.includes('\r'))
  if (odd) return { code: 'grammar', reason: `line ${odd.index + 1} has a carriage return within` }
  return { name: first.word, ...(second && { region: second.word }) }
}

/** What a file says, for a person. */
export function describeWish({ name, region }: Wish): string {
  if (name === noProfile) return 'no profile'
  return region === undefined ? name : `${name}, region ${region}`
}

/** Whether a name can stand in a file as it is. */
export function isWritable(name: string): boolean {
  return !/\p{Cc}/u.test(name) && listSpeakingLines(name)[0]?.word === name
}

/** A file's text with this wish in it: comments, and lines that say it already, stay as they are. */
export function editWish(text: string, { name, region }: Wish): string {
  const lines = splitLines(text)
  const speaking = listSpeakingLines(text)
  const wanted = [name, ...(region === undefined ? [] : [region])]
  for (const { index, word } of speaking) {
    const next = wanted.shift()
    if (next === word) continue
    lines[index] = next === undefined ? '' : `${next}${endingOf(lines[index] ?? '') || '\n'}`
  }
  const before = lines.join('')
  const separator = before === '' || before.endsWith('\n') ? '' : '\n'
  return wanted.length === 0 ? before : `${before}${separator}${wanted.join('\n')}\n`
}

function listSpeakingLines(text: string): { readonly index: number; readonly word: string }[] {
  return text
    .split('\n')
    .map((line, index) => ({ index, word: line.replace(/^[ \t\r]+|[ \t\r]+$/g, '') }))
    .filter(({ word }) => word !== '' && !word.startsWith('#'))
}
