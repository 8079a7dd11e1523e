import { toAsciiJson } from './json-text.ts'

/** What JSON can hold. A property that is undefined is left out. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined }

interface Options {
  /** Keys of every object in the order of their code points (`sort_keys=True`), else in insertion order. */
  readonly sortKeys?: boolean
  /** No blanks after commas and colons (`separators=(',', ':')`). */
  readonly compact?: boolean
}

/**
 * The text that Python's `json.dumps` makes of a value, ASCII only: what the AWS CLI writes into its caches and
 * what it hashes for their file names. Numbers have to be integers: of others Python keeps forms (`1.0`) that
 * JavaScript cannot tell apart.
 */
export function formatPythonJson(value: JsonValue, options: Options = {}): string {
  if (typeof value === 'string') return formatString(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const [comma, colon] = options.compact ? [',', ':'] : [', ', ': ']
  if (isArray(value)) return `[${value.map((item) => formatPythonJson(item, options)).join(comma)}]`
  const entries = Object.entries(value).filter(
    (entry): entry is [string, JsonValue] => entry[1] !== undefined,
  )
  if (options.sortKeys) entries.sort(([a], [b]) => compareCodePoints(a, b))
  const members = entries.map(([key, item]) => formatString(key) + colon + formatPythonJson(item, options))
  return `{${members.join(comma)}}`
}

function isArray(value: object): value is readonly JsonValue[] {
  return Array.isArray(value)
}

function formatString(text: string): string {
  return toAsciiJson(JSON.stringify(text))
}

function compareCodePoints(a: string, b: string): number {
  // The bytes of UTF-8 sort as code points do, which UTF-16 code units do not.
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
