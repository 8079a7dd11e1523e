import { skipBlanks, trimBlanks } from './blank.ts'
import { type FileKind, identifier, readHeader, type SectionHeader } from './header.ts'
import { endingOf, splitLines } from './line.ts'
import { cutProperty } from './property.ts'
import { loneSurrogate } from './text.ts'

/** A property with the lines (1-based) that it stands on; the key is in lower case. */
export interface ConfigProperty {
  readonly key: string
  value: string
  /** What stands behind the value as a comment, blanks before it included: a part of the value to the AWS CLI. */
  readonly comment?: string
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
  /** That the AWS CLI and boto3 reject the whole file for it. */
  readonly rejects?: true
}

/** A config or credentials file as it was read. `lines` are raw, each with its line ending. */
export interface ConfigDocument {
  readonly kind: FileKind
  readonly lines: readonly string[]
  readonly sections: readonly ConfigSection[]
  readonly problems: readonly ConfigProblem[]
  /** The first line that Java and Rust reject the whole file for, though it is read: an indented key or header. */
  readonly firstIndented?: number
}

interface Reading {
  readonly kind: FileKind
  readonly sections: ConfigSection[]
  readonly problems: ConfigProblem[]
  readonly headers: Map<string, string>
  readonly keys: Map<string, ConfigSection>
  /** Where property lines go; `skipped` after a header that costs its section. */
  section: ConfigSection | 'none' | 'skipped'
  /** What a line continues that is indented further; `ignored` after a line that costs itself. */
  property: ConfigProperty | 'none' | 'ignored'
  /** How far the line is indented that could be continued; without end where none can be. */
  indent: number
  /** Whether the value of that property is a nested block: its own line has none. */
  isNested: boolean
  firstIndented: number | undefined
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
    headers: new Map(),
    keys: new Map(),
    section: 'none',
    property: 'none',
    indent: Number.POSITIVE_INFINITY,
    isNested: false,
    firstIndented: undefined,
  }
  const mayBeInvalid = loneSurrogate.test(text)
  for (let index = 0; index < lines.length; index++) {
    readLine(reading, index + 1, lines[index] as string, mayBeInvalid)
  }
  endSection(reading, lines.length)
  const { sections, problems, firstIndented } = reading
  return { kind, lines, sections, problems, ...(firstIndented !== undefined && { firstIndented }) }
}

/** The text of a document: the text that it was parsed from. */
export function serializeDocument(document: ConfigDocument): string {
  return document.lines.join('')
}

function readLine(reading: Reading, number: number, raw: string, mayBeInvalid: boolean): void {
  let line = raw.slice(0, raw.length - endingOf(raw).length)
  if (number === 1 && line.charCodeAt(0) === 0xfeff) {
    line = line.slice(1)
    addProblem(reading, number, 'the file starts with a byte order mark: the AWS CLI rejects the whole file')
  }
  const invalid = mayBeInvalid && loneSurrogate.test(line) ? 'not valid UTF-8' : undefined
  const costs = invalid ?? (line.includes('\r') ? 'a carriage return inside the line' : undefined)
  const indent = skipBlanks(line, 0, line.length)
  const first = line[indent]
  if (first === undefined) return
  const isContinuation = indent > reading.indent
  if (first === '[' && !isContinuation) readHeaderLine(reading, number, line, indent, costs)
  else if ((first === '#' || first === ';') && !isContinuation) {
    if (invalid !== undefined) addProblem(reading, number, `${invalid}: the AWS CLI rejects the whole file`)
  } else if (reading.section === 'skipped') {
    if (!isContinuation) reading.indent = indent
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
  if (indent > 0) reading.firstIndented ??= number
  const header =
    costs === undefined ? readHeader(line.slice(indent), reading.kind) : `${costs}: the section is ignored`
  if (header === undefined) return
  if (typeof header === 'string') {
    addProblem(reading, number, header)
    return
  }
  const { type, name, text } = header
  const known = reading.headers.get(`${type} ${name}`)
  if (known !== undefined) addProblem(reading, number, describeRepetition(known, text))
  reading.headers.set(`${type} ${name}`, text)
  reading.section = { ...header, line: number, lastLine: number, indent: reading.indent, properties: [] }
  reading.sections.push(reading.section)
}

function readContinuation(reading: Reading, number: number, line: string, costs: string | undefined): void {
  const { property } = reading
  if (typeof property === 'string') return
  property.lastLine = number
  const text = trimBlanks(line)
  const message = costs ?? (reading.isNested ? findNestedFault(text) : undefined)
  if (message !== undefined) {
    addProblem(reading, number, `${message}: the line is ignored`)
    return
  }
  if (!reading.isNested && /^[#;]|^\[.*\]/.test(text)) {
    addProblem(
      reading,
      number,
      'an indented line belongs to the value above it: move a comment or header to the first column',
    )
  }
  property.value += `\n${text}`
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
  if (indent > 0) reading.firstIndented ??= number
  const { section } = reading
  const cut = cutProperty(line)
  const message =
    costs ?? (section === 'none' ? 'a line before the first section' : findPropertyFault(cut?.name))
  if (message !== undefined || cut === undefined || typeof section === 'string') {
    addProblem(reading, number, `${message}: the line is ignored`)
    return
  }
  const key = cut.name.toLowerCase()
  if (reading.keys.get(key) === section) {
    addProblem(reading, number, `the AWS CLI rejects a file with the key ${key} twice in a section`)
  }
  reading.keys.set(key, section)
  const comment = line.slice(cut.end)
  reading.property = {
    key,
    value: cut.value,
    ...(comment !== '' && trimBlanks(comment) !== '' && { comment }),
    firstLine: number,
    lastLine: number,
  }
  reading.isNested = cut.value === ''
  section.properties.push(reading.property)
}

function findPropertyFault(name: string | undefined): string | undefined {
  if (name === undefined) return 'no `=` in the line'
  if (name === '') return 'no key before the `=`'
  // The key is not named: the line may be a part of a secret.
  return identifier.test(name) ? undefined : 'a key that is not of letters, digits and - _ / . % @ : +'
}

function findNestedFault(text: string): string | undefined {
  const cut = cutProperty(text)
  if (cut === undefined) return 'no `=` in a line of a nested block'
  return cut.name === '' ? 'no key before the `=` in a line of a nested block' : undefined
}

function describeRepetition(earlier: string, later: string): string {
  if (earlier === later) return `the AWS CLI rejects a file with the section [${later}] twice`
  if (earlier === 'default' || later === 'default') {
    return 'the SDKs read only [profile default] of it and [default], the AWS CLI only the later one'
  }
  return `the AWS CLI reads only the later one of [${earlier}] and [${later}]`
}

function endSection(reading: Reading, lastLine: number): void {
  if (typeof reading.section === 'string') return
  reading.section.lastLine = lastLine
  reading.section.indent = reading.indent
}

function addProblem(reading: Reading, line: number, message: string): void {
  reading.problems.push({ line, message })
}
