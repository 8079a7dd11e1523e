import type { Piece } from '../context.ts'
import type { AwsConfig } from '../profiles/config/merge.ts'
import type { ListedProfile, SessionRoot } from '../status/listed-profile.ts'
import type { Excerpt } from './excerpt-plan.ts'

/** What only a whole read of the AWS files tells. */
export interface WholeReading {
  /** What is not understood, a line each. */
  readonly warnings: readonly string[]
  readonly rejections: AwsConfig['rejections']
  /** Whether there can be profiles that are in no file: plugins know them, or the settings do not say which plugins. */
  readonly isPartial: boolean
  /** What concerns every profile. */
  readonly base: Excerpt
}

/** A profile in the list, and where to read of it; without an excerpt all has to be read. */
export interface ListEntry {
  readonly profile: ListedProfile
  readonly excerpt?: Excerpt
}

type Row = readonly [
  name: string,
  kind: ListedProfile['kind'],
  accountId: string | null,
  roleName: string | null,
  region: string | null,
  sessionName: string | null,
  /** Its place in the list of roots. */
  root: number,
  problem: string | null,
  warning: string | null,
  guarded: boolean,
  /** For each piece its start and its length. */
  config: Numbers | null,
  credentials: Numbers | null,
]

type Numbers = readonly number[]

interface Head extends Omit<WholeReading, 'base'> {
  readonly base: readonly [config: Numbers, credentials: Numbers]
  readonly roots: readonly SessionRoot[]
}

const headEnd = ',"profiles":[\n'
const lastLine = '\n]}\n'

/**
 * The list of all profiles as text: JSON with a line for each, so that one can be cut out. It holds none of the keys and
 * values that are secret.
 */
export function formatProfileList(reading: WholeReading, entries: readonly ListEntry[]): string {
  const roots = new Map<string, number>()
  const rows = entries.map(({ profile, excerpt }): Row => {
    const root = JSON.stringify(profile.root)
    const number = roots.get(root) ?? roots.size
    roots.set(root, number)
    return [
      profile.name,
      profile.kind,
      profile.accountId ?? null,
      profile.roleName ?? null,
      profile.region ?? null,
      profile.sessionName ?? null,
      number,
      profile.problem ?? null,
      profile.warning ?? null,
      profile.guarded,
      ...(excerpt ? formatExcerpt(excerpt) : ([null, null] as const)),
    ]
  })
  const head = JSON.stringify({ ...reading, base: formatExcerpt(reading.base) }).slice(0, -1)
  return (
    `${head},"roots":[${[...roots.keys()].join(',')}]${headEnd}` +
    rows.map((row) => JSON.stringify(row)).join(',\n') +
    lastLine
  )
}

/** Whether the text of a list is whole. */
export function isWholeList(text: string): boolean {
  return text.endsWith(lastLine)
}

/** The profiles of a whole list, in its order. */
export function parseProfileList(text: string): ListedProfile[] {
  const { roots, profiles } = JSON.parse(text) as Head & { profiles: readonly Row[] }
  return profiles.map((row) => parseRow(row, roots).profile)
}

/** What a whole list says beside the profiles. */
export function parseWholeReading(text: string): WholeReading {
  const { warnings, rejections, isPartial, base } = parseHead(text)
  return { warnings, rejections, isPartial, base: parseExcerpt(base) }
}

/** The entry of the profile `name` in a whole list; undefined when it has none. */
export function findListEntry(text: string, name: string): ListEntry | undefined {
  const start = text.indexOf(`\n[${JSON.stringify(name)},`)
  if (start < 0) return undefined
  const line = text.slice(start + 1, text.indexOf('\n', start + 1))
  return parseRow(JSON.parse(line.replace(/,$/, '')) as Row, parseHead(text).roots)
}

function parseHead(text: string): Head {
  return JSON.parse(`${text.slice(0, text.indexOf(headEnd))}}`) as Head
}

function parseRow(row: Row, roots: readonly SessionRoot[]): ListEntry {
  const [name, kind, accountId, roleName, region, sessionName, root, problem, warning, guarded] = row
  const [config, credentials] = row.slice(10) as [Row[10], Row[11]]
  const profile: ListedProfile = {
    name,
    kind,
    ...(accountId !== null && { accountId }),
    ...(roleName !== null && { roleName }),
    ...(region !== null && { region }),
    ...(sessionName !== null && { sessionName }),
    root: roots[root] ?? { kind },
    ...(problem !== null && { problem }),
    ...(warning !== null && { warning }),
    guarded,
  }
  if (!config || !credentials) return { profile }
  return { profile, excerpt: parseExcerpt([config, credentials]) }
}

function formatExcerpt({ config, credentials }: Excerpt): readonly [Numbers, Numbers] {
  const format = (pieces: readonly Piece[]) => pieces.flatMap(({ start, length }) => [start, length])
  return [format(config), format(credentials)]
}

function parseExcerpt([config, credentials]: Head['base']): Excerpt {
  return { config: parsePieces(config), credentials: parsePieces(credentials) }
}

function parsePieces(numbers: Numbers): Piece[] {
  return Array.from({ length: numbers.length / 2 }, (_, at) => ({
    start: numbers[2 * at] ?? 0,
    length: numbers[2 * at + 1] ?? 0,
  }))
}
