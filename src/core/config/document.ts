import { isBlankAt, trimBlanks } from './blank.ts'
import { type FileKind, identifier, readHeader, type SectionHeader } from './header.ts'
import { endingOf, splitLines } from './line.ts'
import { cutProperty } from './property.ts'
import { loneSurrogate } from './text.ts'

/** A property with the lines (1-based) that it stands on; the key is in lower case. */
export interface ConfigProperty {
  readonly key: string
  value: string
  readonly firstLine: number
  lastLine: number
}

/** A section from its header line to the line before the next header of any kind (1-based). */
export interface ConfigSection extends SectionHeader {
  readonly line: number
  lastLine: number
  readonly properties: ConfigProperty[]
}

/** What is wrong with a line (1-based). The message may hold names from the file, but no values. */
export interface ConfigProblem {
  readonly line: number
  readonly message: string
}

/** A config or credentials file as it was read. `lines` are raw, each with its line ending. */
export interface ConfigDocument {
  readonly kind: FileKind
  readonly lines: readonly string[]
  readonly sections: readonly ConfigSection[]
  readonly problems: readonly ConfigProblem[]
}

interface Reading {
  readonly kind: FileKind
  readonly sections: ConfigSection[]
  readonly problems: ConfigProblem[]
  readonly headers: Map<string, string>
  readonly keys: Map<string, ConfigSection>
  /** Where property lines go; `skipped` after a header that costs its section. */
  section: ConfigSection | 'none' | 'skipped'
  /** What an indented line continues; `ignored` after a line that costs itself. */
  property: ConfigProperty | 'none' | 'ignored'
  /** Whether the value of that property is a nested block: its own line has none. */
  isNested: boolean
}

/**
 * Reads a file by the grammar that the AWS SDKs share, and quoted section names as the AWS CLI reads them.
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
    isNested: false,
  }
  const mayBeInvalid = loneSurrogate.test(text)
  for (let index = 0; index < lines.length; index++) {
    readLine(reading, index + 1, lines[index] as string, mayBeInvalid)
  }
  endSection(reading, lines.length)
  return { kind, lines, sections: reading.sections, problems: reading.problems }
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
  const first = line[0]
  if (first === '[') readHeaderLine(reading, number, line, costs)
  else if (reading.section === 'skipped') return
  else if (first === '#' || first === ';') {
    if (invalid !== undefined) addProblem(reading, number, `${invalid}: the AWS CLI rejects the whole file`)
  } else if (trimBlanks(line) === '') return
  else if (isBlankAt(line, 0)) readContinuation(reading, number, line, costs)
  else readProperty(reading, number, line, costs)
}

function readHeaderLine(reading: Reading, number: number, line: string, costs: string | undefined): void {
  endSection(reading, number - 1)
  reading.section = 'skipped'
  reading.property = 'none'
  const header = costs === undefined ? readHeader(line, reading.kind) : `${costs}: the section is ignored`
  if (header === undefined) return
  if (typeof header === 'string') {
    addProblem(reading, number, header)
    return
  }
  const { type, name, text, bare } = header
  const known = reading.headers.get(`${type} ${name}`)
  if (known !== undefined) addProblem(reading, number, describeRepetition(known, text))
  reading.headers.set(`${type} ${name}`, text)
  reading.section = { type, name, text, bare, line: number, lastLine: number, properties: [] }
  reading.sections.push(reading.section)
}

function readContinuation(reading: Reading, number: number, line: string, costs: string | undefined): void {
  const { property } = reading
  if (property === 'ignored') return
  if (property === 'none') {
    const place =
      reading.section === 'none' ? 'before the first section' : 'without a property above it to continue'
    addProblem(reading, number, `an indented line ${place}: the line is ignored`)
    return
  }
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

function readProperty(reading: Reading, number: number, line: string, costs: string | undefined): void {
  reading.property = 'ignored'
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
  reading.property = { key, value: cut.value, firstLine: number, lastLine: number }
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
  if (typeof reading.section !== 'string') reading.section.lastLine = lastLine
}

function addProblem(reading: Reading, line: number, message: string): void {
  reading.problems.push({ line, message })
}
