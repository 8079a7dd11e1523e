import { isBlankAt, trimBlanks } from './blank.ts'
import { quoteWord, splitHeaderWords } from './quoting.ts'

/** Which of the two files a text is: their headers differ. */
export type FileKind = 'config' | 'credentials'

/** The kinds of sections that AWS tools read. */
export type SectionType = 'profile' | 'sso-session' | 'services'

/** What a header line says. `text` is what stands between the brackets; `bare`: without a type before the name. */
export interface SectionHeader {
  readonly type: SectionType
  readonly name: string
  readonly text: string
  readonly bare: boolean
  /** That the AWS CLI and boto3 do not find the section: for blanks inside the brackets, or a `]` in the comment behind. */
  readonly hidden: boolean
}

/** The names and keys that all SDKs read as they are. */
export const identifier = /^[A-Za-z0-9_\-/.%@:+]+$/

/** Sections of the AWS CLI alone. */
const foreign = new Set(['plugins', 'preview'])
/** What Granted puts around the sections that it has from a registry. */
const registryMarker = /^granted_registry_(?:start|end)[ \t]/

/**
 * Reads a line that starts with `[`. The result is the header; or `undefined` for a section of the AWS CLI's own, or a
 * marker of Granted's, which is skipped; or the text of a problem, which costs the section.
 * Rules: the grammar that the AWS SDKs share, to which a header ends before a comment, and what botocore reads beyond it: all
 * up to the last `]` of the line, in the config file as `shlex.split` takes it.
 */
export function readHeader(line: string, kind: FileKind): SectionHeader | string | undefined {
  const shared = cutComment(line)
  const end = line.lastIndexOf(']')
  const plain = shared.endsWith(']') ? shared : line.slice(0, end + 1)
  if (plain === '') return 'a section header has to end with `]`: the section is ignored'
  if (kind === 'config' && /['"\\]/.test(plain)) return readWords(line.slice(0, end + 1))
  const text = trimBlanks(plain.slice(1, -1))
  if (text === '') return 'a section header without a name: the section is ignored'
  if (text === 'DEFAULT') return '[DEFAULT] is ignored: the AWS CLI would add its keys to every section'
  const isLonger = end >= plain.length
  return kind === 'config' ? readPlain(text, plain, isLonger) : readCredentialsName(text, plain, isLonger)
}

/** A header line as the SDKs cut it: what is left has to end with `]`. */
export function cutComment(line: string): string {
  const comment = line.search(/[#;]/)
  return trimBlanks(comment < 0 ? line : line.slice(0, comment))
}

/** The header line of a section as the AWS CLI writes it: plain where it can be read so, else quoted. */
export function formatHeader(type: SectionType, name: string, kind: FileKind): string {
  if (kind === 'credentials' || (type === 'profile' && name === 'default')) return `[${name}]`
  return `[${type} ${mustBeQuoted.test(name) ? quoteWord(name) : name}]`
}

/** Blanks, quotes, and what ends a header or begins a comment. */
const mustBeQuoted = /[ \t'"\\#;[\]]/
/** What makes more or less than one word of a name that is not quoted. */
const falls = /[ \t'"\\]/

/** `isLonger`: whether the AWS CLI takes more of the line for the header. */
function readPlain(text: string, plain: string, isLonger: boolean): SectionHeader | string | undefined {
  if (text === 'default')
    return { type: 'profile', name: text, text, bare: true, hidden: isLonger || plain !== '[default]' }
  if (foreign.has(text) || registryMarker.test(text)) return undefined
  const [word, name] = cutWord(text)
  if (!isSectionType(word)) {
    if (name !== '') return `[${text}] is no profile, sso-session or services section: it is ignored`
    return `[${text}] is ignored in the config file: write ${formatHeader('profile', text, 'config')}`
  }
  if (name === '') return `[${text}] has no name: the section is ignored`
  const hidden = isLonger || isBlankAt(plain, 1)
  if (identifier.test(name)) return { type: word, name, text, bare: false, hidden }
  return !falls.test(name) && !hidden
    ? { type: word, name, text, bare: false, hidden: false }
    : `[${text}] is ignored: write ${formatHeader(word, name, 'config')}`
}

function readWords(plain: string): SectionHeader | string {
  const text = trimBlanks(plain.slice(1, -1))
  const words = splitHeaderWords(plain.slice(1, -1))
  if (words === undefined) {
    const [word, name] = cutWord(text)
    const isKnown = isSectionType(word) && name !== ''
    const advice = isKnown ? `: write ${formatHeader(word, name, 'config')}` : ': the section is ignored'
    return `a section header with an open quote${advice}`
  }
  const [word = '', name = '', ...more] = words
  if (more.length === 0 && name !== '' && isSectionType(word) && text.startsWith(word)) {
    // Nobody finds it then: the AWS CLI because of the blank, the others because of the quotes.
    if (isBlankAt(plain, 1)) return `[ ${text}] is ignored: write ${formatHeader(word, name, 'config')}`
    return { type: word, name, text, bare: false, hidden: false }
  }
  if (words.length === 1 && word !== '' && !isSectionType(word)) {
    return `[${text}] is ignored in the config file: write ${formatHeader('profile', word, 'config')}`
  }
  return `[${text}] is ignored: a section is a type and one name, which is quoted as a whole`
}

function readCredentialsName(text: string, plain: string, isLonger: boolean): SectionHeader | string {
  const hidden = isLonger || plain !== `[${text}]`
  if (identifier.test(text)) return { type: 'profile', name: text, text, bare: true, hidden }
  const [word, name] = cutWord(text)
  if (word === 'profile' && name !== '')
    return `[${text}] is ignored in the credentials file: write [${name}]`
  if (word === 'sso-session' || word === 'services')
    return `[${text}] is ignored: it belongs in the config file`
  if (/['"]/.test(text)) return `[${text}] is ignored: in this file names have no quotes around them`
  if (!hidden) return { type: 'profile', name: text, text, bare: true, hidden }
  return `[${text}] is ignored: write [${text}] without blanks around the name`
}

/** The first word of a trimmed text, and what follows it after spaces and tabs. */
function cutWord(text: string): [word: string, rest: string] {
  const length = text.search(/[ \t]/)
  return length < 0 ? [text, ''] : [text.slice(0, length), trimBlanks(text.slice(length))]
}

function isSectionType(word: string): word is SectionType {
  return word === 'profile' || word === 'sso-session' || word === 'services'
}
