/** What the user has said of one directory. */
export type DirectoryRecord =
  | {
      readonly kind: 'allow'
      /** As the shell shows it. */
      readonly directory: string
      readonly name: string
      /** Absent: none. */
      readonly region?: string
      /** The whole text of the file that was allowed. */
      readonly content: string
    }
  | { readonly kind: 'deny'; readonly directory: string }

/** What the user has said of a directory and all below it. */
export type TreeRecord =
  | { readonly kind: 'allow'; readonly directory: string; readonly patterns: readonly string[] }
  | { readonly kind: 'deny'; readonly directory: string }

/** The file of the trees. */
export const treesFile = 'trees'

const firstLine = 'assume-directories 1'
const unit = '\u001f'
const newline = '\u001e'

/** A file of records whose text is not ours: `version` where the first line is another, else the number of the line from 1. */
export class DamagedRecords extends Error {
  readonly at: 'version' | number

  constructor(at: 'version' | number) {
    super(`damaged records: ${at}`)
    this.at = at
  }
}

/** The name of the file that holds the record of a directory: shells find it by the length of the path alone. */
export function nameRecordFile(directory: string): string {
  return /^[ -~]*$/.test(directory) ? String(directory.length) : 'other'
}

/** Whether the path of a directory can stand in a record: it has to be text, and be printable. */
export function isRecordable(directory: string): boolean {
  return !/[\p{Cc}\p{Surrogate}\ufffd]/u.test(directory)
}

/**
 * The records of a file, whose format is: the line `assume-directories 1`, then a line for each directory,
 * `allow US DIRECTORY US NAME US REGION US CONTENT` or `deny US DIRECTORY`, with U+001F for US and U+001E for each line
 * feed of CONTENT. Throws DamagedRecords.
 */
export function parseRecords(text: string): DirectoryRecord[] {
  return parseLines(text, ([kind, directory = '', name = '', region, content, ...more]) => {
    if (kind === 'deny' && name === '') return { kind, directory }
    if (kind !== 'allow' || name === '' || content === undefined || more.length > 0) return undefined
    return {
      kind,
      directory,
      name,
      ...(region && { region }),
      content: content.replaceAll(newline, '\n'),
    }
  })
}

/** The text of such a file. */
export function formatRecords(records: readonly DirectoryRecord[]): string {
  return formatLines(records, (record) =>
    record.kind === 'deny'
      ? [record.kind, record.directory]
      : [
          record.kind,
          record.directory,
          record.name,
          record.region ?? '',
          record.content.replaceAll('\n', newline),
        ],
  )
}

/**
 * The records of the file of trees: the same with the lines `allow US DIRECTORY US PATTERN,PATTERN...` and
 * `deny US DIRECTORY`. Throws DamagedRecords.
 */
export function parseTrees(text: string): TreeRecord[] {
  return parseLines(text, ([kind, directory = '', list, ...more]) => {
    if (more.length > 0) return undefined
    if (kind === 'deny' && list === undefined) return { kind, directory }
    const patterns = list?.split(',') ?? []
    return kind === 'allow' && patterns.length > 0 && patterns.every(isPattern)
      ? { kind, directory, patterns }
      : undefined
  })
}

/** The text of such a file. */
export function formatTrees(trees: readonly TreeRecord[]): string {
  return formatLines(trees, (tree) =>
    tree.kind === 'deny' ? [tree.kind, tree.directory] : [tree.kind, tree.directory, tree.patterns.join(',')],
  )
}

/** The records with this one in the place of the one of its directory; undefined takes that out. */
export function replaceRecord<Kind extends { readonly directory: string }>(
  records: readonly Kind[],
  directory: string,
  record: Kind | undefined,
): Kind[] {
  const others = records.filter((each) => each.directory !== directory)
  return record ? [...others, record] : others
}

/** Whether a text can be a pattern of profile names, in which `*` stands for any run of characters. */
export function isPattern(text: string): boolean {
  return /^[\w.@+=:/*-]+$/.test(text)
}

/** Whether a name is of the characters that patterns are about, and one of these patterns matches the whole of it. */
export function matchesPatterns(name: string, patterns: readonly string[]): boolean {
  return isPlainName(name) && patterns.some((pattern) => matchParts(name, pattern.split('*')))
}

/** Whether a name has only the characters that can stand in a pattern. */
export function isPlainName(name: string): boolean {
  return /^[\w.@+=:/-]+$/.test(name)
}

/** By searching each part from the left: a regular expression of many `.*` can take for ever. */
function matchParts(name: string, parts: readonly string[]): boolean {
  const [first = '', ...rest] = parts
  const last = rest.pop()
  if (last === undefined) return name === first
  if (!name.startsWith(first)) return false
  let at = first.length
  for (const part of rest) {
    const found = name.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return name.length - last.length >= at && name.endsWith(last)
}

/** The tree that decides about a directory: of those that it is, or lies below, the one with the longest path. */
export function findTree(trees: readonly TreeRecord[], directory: string): TreeRecord | undefined {
  return trees
    .filter((tree) => directory === tree.directory || directory.startsWith(`${tree.directory}/`))
    .sort((a, b) => b.directory.length - a.directory.length)[0]
}

function parseLines<Parsed>(
  text: string,
  parse: (fields: readonly string[]) => Parsed | undefined,
): Parsed[] {
  const [head, ...lines] = text.split('\n')
  if (head !== firstLine) throw new DamagedRecords('version')
  if (lines.pop() !== '') throw new DamagedRecords(lines.length + 2)
  return lines.map((line, index) => {
    const fields = line.split(unit)
    const parsed = fields[1]?.startsWith('/') ? parse(fields) : undefined
    if (parsed === undefined) throw new DamagedRecords(index + 2)
    return parsed
  })
}

function formatLines<Kind>(records: readonly Kind[], format: (record: Kind) => readonly string[]): string {
  return [firstLine, ...records.map((record) => format(record).join(unit))]
    .map((line) => `${line}\n`)
    .join('')
}
