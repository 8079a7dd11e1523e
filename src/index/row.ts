import type { Switch } from '../emit/change.ts'
import type { SsoSession } from '../profiles/profile.ts'
import { separator } from './format.ts'

/** A session of Identity Center, the one of `aws login` that a profile names, or the role file of one in front of a stored key. */
export type RowSession = SsoSession | { readonly loginSession: string } | { readonly roleFile: string }

/** A switch that a shell can do by itself while the session, where there is one, is valid. */
export interface ProfileRow {
  readonly name: string
  /** The session that has to be valid; absent when the profile needs none. */
  readonly session?: RowSession
  readonly plan: Switch
  /** A line that is said before the switch, without `warning: `. */
  readonly warning?: string
}

/** A row as it is found in a bucket. */
export interface FoundRow {
  /** The line number, from 1, in the generation's list of sessions; 0 when none has to be valid. */
  readonly session: number
  readonly plan: Switch
  /** A line that is said before the switch; mostly empty. */
  readonly warning: string
}

/** A row as text, as far as it can be before its bucket is known: thousands are kept, and plans are ten times larger. */
export interface RowText {
  readonly name: string
  readonly session: RowSession | undefined
  /** The fields of the message, of the warning and of what is set. */
  readonly set: string
  /** The fields of what is removed. */
  readonly unset: string
}

/** The text of a row. */
export function formatRow({ name, session, plan, warning = '' }: ProfileRow): RowText {
  const { message, change } = plan
  const set = change.set.map(([variable, value]) => `${variable}=${value}`)
  return { name, session, set: formatFields([message, warning, ...set]), unset: formatFields(change.unset) }
}

/** How many rows a bucket holds, more or less: as many as a shell can look through in no time. */
const bucketSize = 32

/** Primes, so that each character of a name counts. Each bucket is a file to write; past the last they grow instead. */
const bucketCounts = [1, 3, 7, 13, 31, 61, 127, 251]

/** Into how many buckets so many rows go. */
export function countBuckets(rowCount: number): number {
  return bucketCounts.find((count) => rowCount <= count * bucketSize) ?? Math.max(...bucketCounts)
}

/** The bucket of the names that not every shell can work out one for. */
const otherBucket = 'other'

/** All buckets, be there no row in one. */
export function listBuckets(bucketCount: number): string[] {
  return [...Array.from({ length: bucketCount }, (_, number) => String(number)), otherBucket]
}

/**
 * The bucket of a name, in a way that every shell can work out: the sum of each character's code times the square of its
 * position (from 1), modulo the number of buckets. Names that are not all of printable ASCII are in the bucket `other`.
 */
export function chooseBucket(name: string, bucketCount: number): string {
  let sum = 0
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index)
    if (code < 0x20 || code > 0x7e) return otherBucket
    sum += (index + 1) ** 2 * code
  }
  return String(sum % bucketCount)
}

/** The last line of a bucket: a file without it was torn when the machine lost its power. */
const lastLine = 'end'

/**
 * The text of a bucket. Its first line has the names that every row removes; then comes a line for each row: NAME, SESSION,
 * MESSAGE, WARNING, NAME=VALUE for what is set, AWS_PROFILE first, and NAME for what is removed as well; then `end`. Each
 * field ends with US; where there is nothing to warn of, that one is empty. `numberSession` gives the line of a row's
 * session, 0 for none.
 */
export function formatBucket(
  rows: readonly RowText[],
  numberSession: (session: RowSession | undefined) => number,
): string {
  // Of the texts there are only a few.
  const texts = new Set(rows.map(({ unset }) => unset))
  const lists = new Map([...texts].map((text) => [text, parseFields(text)]))
  const common = intersect([...lists.values()])
  const own = new Map([...lists].map(([text, list]) => [text, formatFields(subtract(list, common))]))
  const lines = rows.map(
    ({ name, session, set, unset }) =>
      formatFields([name, numberSession(session)]) + set + (own.get(unset) ?? ''),
  )
  return `${[formatFields(common), ...lines, lastLine].join('\n')}\n`
}

function formatFields(fields: readonly (string | number)[]): string {
  let text = ''
  for (const field of fields) text += field + separator
  return text
}

function parseFields(line: string): string[] {
  return line.split(separator).slice(0, -1)
}

function intersect([first = [], ...others]: readonly (readonly string[])[]): readonly string[] {
  return first.filter((name) => others.every((list) => list.includes(name)))
}

function subtract(list: readonly string[], taken: readonly string[]): readonly string[] {
  return list.filter((name) => !taken.includes(name))
}

/** Whether a bucket's text is whole. */
export function isWholeBucket(text: string): boolean {
  return text.endsWith(`${lastLine}\n`)
}

/** The row called `name` in the text of its bucket; undefined when there is none, or it is none of ours. */
export function findRow(text: string, name: string): FoundRow | undefined {
  const start = text.indexOf(`\n${name}${separator}`) + 1
  if (start === 0) return undefined
  const line = text.slice(start, text.indexOf('\n', start))
  const [, session = '', message = '', warning = '', ...entries] = parseFields(line)
  if (!/^\d+$/.test(session) || entries[0] !== `AWS_PROFILE=${name}`) return undefined
  const common = parseFields(text.slice(0, text.indexOf('\n')))
  const isSet = (entry: string) => entry.includes('=')
  const set = entries.filter(isSet).map((entry) => {
    const at = entry.indexOf('=')
    return [entry.slice(0, at), entry.slice(at + 1)] as const
  })
  const unset = [...entries.filter((entry) => !isSet(entry)), ...common]
  return {
    session: Number(session),
    plan: { change: { set, unset }, repeat: [`--profile=${name}`], message },
    warning,
  }
}
