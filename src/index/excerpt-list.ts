import type { Rejections } from '../profiles/config/document.ts'
import type { FileKind } from '../profiles/config/header.ts'
import { toAsciiJson } from '../text/json-text.ts'
import type { Piece } from '../text/piece.ts'
import type { Excerpt } from './excerpt-plan.ts'

/** What only a whole read of the AWS files tells. */
export interface WholeReading {
  /** Why readers reject each of the files. */
  readonly rejections: Readonly<Record<FileKind, Rejections>>
  /** Whether there can be profiles that are in no file: plugins know them, or the settings do not say which plugins. */
  readonly isPartial: boolean
  /** What concerns every profile. */
  readonly base: Excerpt
}

/** The first line of a list of excerpts. */
export interface ExcerptHead extends WholeReading {
  /** Where each bucket begins behind the first line, and where the last one ends, in bytes. */
  readonly starts: readonly number[]
}

/** For each piece its start and its length. */
type Numbers = readonly number[]
type Packed = readonly [config: Numbers, credentials: Numbers]

/** The version of what is written here. */
const format = 2

interface PackedHead extends Omit<ExcerptHead, 'base'> {
  readonly format: number
  readonly base: Packed
}

/** How many excerpts a bucket holds, more or less. */
const bucketSize = 32

/**
 * A list of excerpts as text, all ASCII: a line of JSON that says where each bucket begins, and a line for each bucket, a JSON
 * object of the excerpts by the names of their profiles. So two short reads find one.
 */
export function formatExcerpts(
  reading: WholeReading,
  excerpts: Iterable<readonly [name: string, excerpt: Excerpt]>,
): string {
  const all = [...excerpts]
  const count = Math.max(1, Math.ceil(all.length / bucketSize))
  const buckets: Record<string, Packed>[] = Array.from({ length: count }, () => Object.create(null))
  for (const [name, excerpt] of all) {
    const bucket = buckets[chooseBucket(name, count)]
    if (bucket) bucket[name] = pack(excerpt)
  }
  const lines = buckets.map((bucket) => `${toAsciiJson(JSON.stringify(bucket))}\n`)
  const starts = [0]
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length)
  const head = toAsciiJson(JSON.stringify({ format, ...reading, base: pack(reading.base), starts }))
  return `${head}\n${lines.join('')}`
}

/** The first line, in a text that begins with it; undefined where that goes on behind its end, or is of another version. */
export function parseExcerptHead(text: string): (ExcerptHead & { readonly length: number }) | undefined {
  const end = text.indexOf('\n')
  if (end < 0) return undefined
  const { format: written, base, ...head } = JSON.parse(text.slice(0, end)) as PackedHead
  if (written !== format) return undefined
  return { ...head, base: unpack(base), length: end + 1 }
}

/** Which piece of the list has the excerpt of a profile, if it has one. */
export function locateExcerpt(
  { starts, length }: Pick<ExcerptHead, 'starts'> & { length: number },
  name: string,
): Piece {
  const bucket = chooseBucket(name, starts.length - 1)
  const [start = 0, end = 0] = starts.slice(bucket, bucket + 2)
  return { start: length + start, length: end - start }
}

/** The excerpt of a profile in the text of its bucket; undefined when it has none. */
export function findExcerpt(text: string, name: string): Excerpt | undefined {
  const bucket = JSON.parse(text) as Record<string, Packed>
  const packed = Object.hasOwn(bucket, name) ? bucket[name] : undefined
  return packed && unpack(packed)
}

function chooseBucket(name: string, count: number): number {
  let sum = 0
  for (let at = 0; at < name.length; at++) sum += (at + 1) ** 2 * name.charCodeAt(at)
  return sum % count
}

function pack({ config, credentials }: Excerpt): Packed {
  const flatten = (pieces: readonly Piece[]) => pieces.flatMap(({ start, length }) => [start, length])
  return [flatten(config), flatten(credentials)]
}

function unpack([config, credentials]: Packed): Excerpt {
  return { config: pair(config), credentials: pair(credentials) }
}

function pair(numbers: Numbers): Piece[] {
  return Array.from({ length: numbers.length / 2 }, (_, at) => ({
    start: numbers[2 * at] ?? 0,
    length: numbers[2 * at + 1] ?? 0,
  }))
}
