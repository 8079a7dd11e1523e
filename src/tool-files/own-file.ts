import { parse as parseToml, type TomlTable } from 'smol-toml'
import { parseDocument as parseYamlDocument } from 'yaml'
import { AssumeError } from '../errors.ts'
import { isPrintable, printable } from '../text/redact.ts'

/** A file of another tool as it was read. */
export interface OwnFile {
  readonly path: string
  /** The path as a person reads it. */
  readonly shown: string
  readonly text: string
}

/** A table of a tool's file; what is in it is to be looked at before it is used. */
export type FileTable = Readonly<Record<string, unknown>>

/** The table of a TOML file. Throws AssumeError `unreadable-file`. */
export function readToml(file: OwnFile): FileTable {
  return parseTable(file, 'TOML', (text): TomlTable => parseToml(text))
}

/** The table of a YAML file in which every scalar is a text: account ids keep their zeros. Throws AssumeError `unreadable-file`. */
export function readYaml(file: OwnFile): FileTable {
  if (isDeep(file.text)) throw refuseOwnFile(file, 'it is nested too deeply')
  return parseTable(file, 'YAML', (text) => {
    const document = parseYamlDocument(text, {
      schema: 'failsafe',
      logLevel: 'silent',
      // Who looks for a name twice takes time by the square of the names.
      uniqueKeys: false,
    })
    const [problem] = document.errors
    if (problem) throw problem
    // An alias of an alias of an alias: a small file that is endless when it is written out.
    return document.toJS({ maxAliasCount: 100 }) ?? {}
  })
}

/** What no settings need, and what a parser that calls itself for each level would end the process by. */
function isDeep(text: string): boolean {
  if (/^[ \t]{200}|^[ \t]*(?:[-?:][ \t]+){20}/m.test(text)) return true
  let depth = 0
  for (const [bracket] of text.matchAll(/[[{\]}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1
    if (depth > 100) return true
  }
  return false
}

/** The table of a JSON file. Throws AssumeError `unreadable-file`. */
export function readJson(file: OwnFile): FileTable {
  return parseTable(file, 'JSON', (text) => JSON.parse(text))
}

/**
 * The sections of an INI file in their order, as Go programs read them: a title is a name as it stands, whatever is in it,
 * and a later section of a name adds to the earlier. Never fails.
 */
export function readIni(file: OwnFile): Map<string, FileTable> {
  const sections = new Map<string, Record<string, string>>()
  let section: Record<string, string> = Object.create(null)
  for (const line of file.text.split(/\r?\n/)) {
    const entry = line.trim()
    const at = entry.indexOf('=')
    if (entry.startsWith('[') && entry.endsWith(']')) {
      const title = entry.slice(1, -1)
      section = sections.get(title) ?? Object.create(null)
      sections.set(title, section)
    } else if (at > 0 && !/^[#;]/.test(entry)) {
      section[entry.slice(0, at).trimEnd()] = entry
        .slice(at + 1)
        .trimStart()
        .replace(/^(["'`])(.*)\1$/, '$2')
    }
  }
  return sections
}

function parseTable(file: OwnFile, form: string, parse: (text: string) => unknown): FileTable {
  let value: unknown
  try {
    value = parse(file.text)
  } catch {
    // What a parser says may hold a piece of the file.
    throw refuseOwnFile(file, `it is no ${form}`)
  }
  if (!isTable(value)) throw refuseOwnFile(file, `it is no ${form} table`)
  return value
}

/** Whether it is a table. */
function isTable(value: unknown): value is FileTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The AssumeError for a file that is not what the tool writes. */
export function refuseOwnFile({ shown }: OwnFile, reason: string): AssumeError {
  return new AssumeError('unreadable-file', `cannot take anything over from ${printable(shown)}: ${reason}`, {
    hint: 'assume import TOOL  (another tool; nothing was changed)',
  })
}

/** Reads tables of one file, whose texts go into files of ours: none may hold a control character. */
export class TableReader {
  readonly #file: OwnFile

  constructor(file: OwnFile) {
    this.#file = file
  }

  /** A text; undefined where there is none, or it is empty. */
  text(table: FileTable | undefined, key: string): string | undefined {
    const value = table && Object.hasOwn(table, key) ? table[key] : undefined
    if (typeof value !== 'string' || value === '') return undefined
    return this.check(value)
  }

  /** The table below a key; undefined where there is none. */
  table(table: FileTable | undefined, key: string): FileTable | undefined {
    const value = table && Object.hasOwn(table, key) ? table[key] : undefined
    return isTable(value) ? value : undefined
  }

  /** The tables below a key with their names; none where there are none. */
  tables(table: FileTable | undefined, key: string): [name: string, table: FileTable][] {
    return Object.entries(this.table(table, key) ?? {}).map(([name, value]) => [
      this.check(name),
      isTable(value) ? value : {},
    ])
  }

  /** The tables of a list; none where there is none. */
  list(table: FileTable | undefined, key: string): FileTable[] {
    const value = table && Object.hasOwn(table, key) ? table[key] : undefined
    return Array.isArray(value) ? value.filter(isTable) : []
  }

  check(text: string): string {
    if (!isPrintable(text)) throw refuseOwnFile(this.#file, 'it has a control character in a name or a value')
    return text
  }
}
