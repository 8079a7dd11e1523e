import { endingOf, splitLines } from '../../text/line.ts'
import { loneSurrogate } from '../../text/utf-8.ts'
import { skipBlanks, trimBlanks } from './blank.ts'
import { describeRepetition, findNestedFault, findPropertyFault, type RepeatedHeader } from './fault.ts'
import { cutComment, type FileKind, readHeader, type SectionHeader } from './header.ts'
import { cutProperty } from './property.ts'

/** A property with the lines (1-based) that it stands on; the key is in lower case. */
export interface ConfigProperty {
  readonly key: string
  value: string
  /** What stands behind the value as a comment, blanks before it included: a part of the value to the AWS CLI. */
  readonly comment?: string
  /** The value with the comments that are indented below it, which the SDKs for Java and Rust take for a part of it. */
  valueWithComments?: string
  readonly firstLine: number
  lastLine: number
}

/** A section from its header line to the line before the next header of any kind (1-based). */
export interface ConfigSection extends SectionHeader {
  readonly line: number
  lastLine: number
  /** How far its last line is indented that a line could continue; without end where there is none. */
  indent: number
  readonly properties: ConfigProperty[]
}

/** What is wrong with a line (1-based). The message may hold names from the file, but no values. */
export interface ConfigProblem {
  readonly line: number
  readonly message: string
}

/** Readers that reject a whole file for one line: the AWS CLI with boto3, and the SDKs for Java and Rust. */
export type StrictReader = 'aws-cli' | 'java-and-rust'

/** The first line that each of them rejects the file for, with the reason; absent: it reads the file. */
export type Rejections = Readonly<Partial<Record<StrictReader, ConfigProblem>>>

/** A config or credentials file as it was read. `lines` are raw, each with its line ending. */
export interface ConfigDocument {
  readonly kind: FileKind
  readonly lines: readonly string[]
  readonly sections: readonly ConfigSection[]
  readonly problems: readonly ConfigProblem[]
  readonly rejections: Rejections
}

interface Reading {
  readonly kind: FileKind
  readonly sections: ConfigSection[]
  readonly problems: ConfigProblem[]
  readonly rejections: Partial<Record<StrictReader, ConfigProblem>>
  readonly headers: Map<string, RepeatedHeader>
  /** What stands between the brackets of each header, as the AWS CLI compares them. */
  readonly rawHeaders: Set<string>
  /** The line of the header that each key was last seen below. */
  readonly keys: Map<string, number>
  headerLine: number
  /** Where property lines go; `skipped` after a header that costs its section. */
  section: ConfigSection | 'none' | 'skipped'
  /** What a line continues that is indented further; `ignored` after a line that costs itself. */
  property: ConfigProperty | 'none' | 'ignored'
  /** How far the line is indented that could be continued; without end where none can be. */
  indent: number
  /** Whether the value of that property is a nested block: its own line has none. */
  isNested: boolean
}

/**
 * Reads a file by the grammar that the AWS SDKs share, and what the AWS CLI takes beyond it: the names that it knows, and
 * keys and headers that are indented no further than the key above (`configparser` of Python).
 * Never fails: a line that is not understood costs that line, a broken header its section, and each is a problem.
 * Sections and keys that occur twice are all in the document; the last one counts.
 */
export function parseDocument(text: string, kind: FileKind): ConfigDocument {
  const lines = splitLines(text)
  const reading: Reading = {
    kind,
    sections: [],
    problems: [],
    rejections: {},
    headers: new Map(),
    rawHeaders: new Set(),
    keys: new Map(),
    headerLine: 0,
    section: 'none',
    property: 'none',
    indent: Number.POSITIVE_INFINITY,
    isNested: false,
  }
  const mayBeInvalid = loneSurrogate.test(text)
  for (let index = 0; index < lines.length; index++) {
    readLine(reading, index + 1, lines[index] as string, mayBeInvalid)
  }
  endSection(reading, lines.length)
  const { sections, problems, rejections } = reading
  return { kind, lines, sections, problems, rejections }
}

function readLine(reading: Reading, number: number, raw: string, mayBeInvalid: boolean): void {
  let line = raw.slice(0, raw.length - endingOf(raw).length)
  if (number === 1 && line.charCodeAt(0) === 0xfeff) {
    line = line.slice(1)
    addProblem(reading, number, 'the file starts with a byte order mark: the AWS CLI rejects the whole file')
    reject(reading, number, 'a byte order mark', both)
  }
  const invalid = mayBeInvalid && loneSurrogate.test(line) ? 'not valid UTF-8' : undefined
  if (invalid !== undefined) reject(reading, number, invalid, both)
  const costs = invalid ?? (line.includes('\r') ? 'a carriage return inside the line' : undefined)
  const indent = skipBlanks(line, 0, line.length)
  const first = line[indent]
  if (first === undefined) return
  const isContinuation = indent > reading.indent
  if (first === '#' || first === ';') {
    if (invalid !== undefined) addProblem(reading, number, `${invalid}: the AWS CLI rejects the whole file`)
    if (indent > 0) readIndentedComment(reading, number, line.slice(indent))
  } else if (first === '[' && !isContinuation) readHeaderLine(reading, number, line, indent, costs)
  else if (reading.section === 'skipped') {
    if (isContinuation) return
    reading.indent = indent
    rejectProperty(reading, number, line)
  } else if (isContinuation) readContinuation(reading, number, line, costs)
  else readProperty(reading, number, line, indent, costs)
}

function readHeaderLine(
  reading: Reading,
  number: number,
  line: string,
  indent: number,
  costs: string | undefined,
): void {
  endSection(reading, number - 1)
  reading.section = 'skipped'
  reading.property = 'none'
  reading.indent = Number.POSITIVE_INFINITY
  reading.headerLine = number
  rejectHeader(reading, number, line.slice(indent), indent)
  const header =
    costs === undefined ? readHeader(line.slice(indent), reading.kind) : `${costs}: the section is ignored`
  if (header === undefined) return
  if (typeof header === 'string') {
    addProblem(reading, number, header)
    return
  }
  const { type, name, text, bare, hidden } = header
  const known = reading.headers.get(`${type} ${name}`)
  const written = { text, raw: cutBrackets(line.slice(indent)), hidden }
  if (known) addProblem(reading, number, describeRepetition(known, written))
  reading.headers.set(`${type} ${name}`, written)
  reading.section = {
    type,
    name,
    text,
    bare,
    hidden,
    line: number,
    lastLine: number,
    indent: reading.indent,
    properties: [],
  }
  reading.sections.push(reading.section)
}

function readContinuation(reading: Reading, number: number, line: string, costs: string | undefined): void {
  const { property } = reading
  if (typeof property === 'string') return
  property.lastLine = number
  const text = trimBlanks(line)
  const fault = reading.isNested ? findNestedFault(text) : undefined
  if (fault !== undefined) reject(reading, number, fault, text.includes('=') ? ['java-and-rust'] : both)
  const message = costs ?? fault
  if (message !== undefined) {
    addProblem(reading, number, `${message}: the line is ignored`)
    return
  }
  if (!reading.isNested && /^\[.*\]/.test(text)) {
    addProblem(
      reading,
      number,
      'an indented line belongs to the value above it: move a header to the first column',
    )
  }
  if (property.valueWithComments !== undefined) property.valueWithComments += `\n${text}`
  property.value += `\n${text}`
}

/** A comment as far as it is indented too: none to the SDKs for Java and Rust, which know them in the first column only. */
function readIndentedComment(reading: Reading, number: number, comment: string): void {
  const { property, section } = reading
  if (property === 'none') {
    if (section !== 'skipped') reject(reading, number, 'an indented comment above any key', ['java-and-rust'])
    return
  }
  if (property === 'ignored') return
  property.lastLine = number
  property.valueWithComments = `${property.valueWithComments ?? property.value}\n${trimBlanks(comment)}`
  if (reading.isNested && !comment.includes('='))
    reject(reading, number, 'an indented comment in a nested block', ['java-and-rust'])
}

function readProperty(
  reading: Reading,
  number: number,
  line: string,
  indent: number,
  costs: string | undefined,
): void {
  reading.property = 'ignored'
  reading.indent = indent
  if (indent > 0) reject(reading, number, 'an indented key', ['java-and-rust'])
  const { section } = reading
  const cut = cutProperty(line)
  const message =
    costs ?? (section === 'none' ? 'a line before the first section' : findPropertyFault(cut?.name))
  if (message !== undefined || cut === undefined || typeof section === 'string') {
    addProblem(reading, number, `${message}: the line is ignored`)
    if (section === 'none') reject(reading, number, 'a line before the first section', both)
    else if (costs === undefined) rejectProperty(reading, number, line)
    if (cut === undefined || cut.name === '') reject(reading, number, `${message}`, ['java-and-rust'])
    return
  }
  const key = cut.name.toLowerCase()
  if (reading.keys.get(key) === reading.headerLine) {
    addProblem(reading, number, `the AWS CLI rejects a file with the key ${key} twice in a section`)
    reject(reading, number, `the key ${key} twice in a section`, ['aws-cli'])
  }
  reading.keys.set(key, reading.headerLine)
  reading.property = makeProperty(
    key,
    cut.value,
    number,
    skipBlanks(line, cut.end, line.length) < line.length ? line.slice(cut.end) : '',
  )
  reading.isNested = cut.value === ''
  section.properties.push(reading.property)
}

/** Rejects the file for a header as `configparser` of Python does, and for its indentation or lack of an end. */
function rejectHeader(reading: Reading, number: number, header: string, indent: number): void {
  if (indent > 0) reject(reading, number, 'an indented section header', ['java-and-rust'])
  const raw = cutBrackets(header)
  if (raw === '') {
    reject(reading, number, 'a section header without a name and `]`', both)
    return
  }
  if (!cutComment(header).endsWith(']'))
    reject(reading, number, 'a section header that does not end with `]`', ['java-and-rust'])
  if (reading.rawHeaders.has(raw) && raw !== 'DEFAULT')
    reject(reading, number, `the section [${raw}] twice`, ['aws-cli'])
  reading.rawHeaders.add(raw)
}

/** What `configparser` takes for the name of a section: all up to the last bracket. */
function cutBrackets(header: string): string {
  return header.slice(1, Math.max(header.lastIndexOf(']'), 1))
}

/** Rejects the file for a line as `configparser` does, to which a colon ends a key as well, in sections that are not read too. */
function rejectProperty(reading: Reading, number: number, line: string): void {
  const end = line.search(/[=:]/)
  const key = trimBlanks(line.slice(0, Math.max(end, 0))).toLowerCase()
  if (end < 0) reject(reading, number, 'no `=` in the line', ['aws-cli'])
  else if (key === '') reject(reading, number, 'no key before the `=`', ['aws-cli'])
  else if (reading.keys.get(key) === reading.headerLine)
    reject(reading, number, 'a key twice in a section', ['aws-cli'])
  reading.keys.set(key, reading.headerLine)
}

/** There are so many of them that objects put together of parts would take twice the time. */
function makeProperty(key: string, value: string, line: number, comment: string): ConfigProperty {
  return comment === ''
    ? { key, value, firstLine: line, lastLine: line }
    : { key, value, comment, firstLine: line, lastLine: line }
}

function endSection(reading: Reading, lastLine: number): void {
  if (typeof reading.section === 'string') return
  reading.section.lastLine = lastLine
  reading.section.indent = reading.indent
}

const both: readonly StrictReader[] = ['aws-cli', 'java-and-rust']

function reject(reading: Reading, line: number, message: string, readers: readonly StrictReader[]): void {
  for (const reader of readers) reading.rejections[reader] ??= { line, message }
}

function addProblem(reading: Reading, line: number, message: string): void {
  reading.problems.push({ line, message })
}
