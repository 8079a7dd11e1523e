import type { Profile } from '../profiles/profile.ts'
import { type IndexSource, type PathVariables, pathVariables } from '../system/index-source.ts'
import { isPrintable, printable } from '../text/redact.ts'

/**
 * The profile index, read by the shells with builtins. Line 1: `assume-index VERSION` and the values of the path
 * variables; line 2: the generation, which names the folder of its stamps and rows, the number of buckets that the
 * rows are in, and the number of sources; then one line a source, config, credentials, settings and plugin folder first,
 * behind them the files that plugins plan ahead by: its path and `-` when it is absent, else its
 * modification time in nanoseconds, the path where all links are followed, and for the core its change time in
 * nanoseconds, inode and size; then one line a profile: `NAME TAB DESCRIPTION`.
 * Fields of the first lines are separated by US (0x1f), which no path in an index contains.
 */
export interface IndexHeader {
  /** What `identifyIndex` says of the environment in which the index was built. */
  readonly identity: string
  readonly generation: string
  /** 0 where there can be no rows, because no shell could tell whether the sources are as they were. */
  readonly bucketCount: number
  readonly sources: readonly IndexSource[]
}

const version = 6

/** What stands between the fields of a line. */
export const separator = '\u001f'

/** The first line of an index built in this environment; another line means that the index is of no use here. */
export function identifyIndex(variables: PathVariables): string {
  return [`assume-index ${version}`, ...pathVariables.map((name) => variables[name])].join(separator)
}

/**
 * The text of an index. Profiles are sorted by the codes of their characters, so that a shell finds those that begin with
 * ASCII by halving; one whose name holds a control character is left out, since no shell could show or insert it. Undefined when a path has a control character: then there can be none.
 */
export function formatIndex(
  header: IndexHeader,
  profiles: readonly Profile[],
  isGuarded: (profile: Profile) => boolean,
): string | undefined {
  const { identity, generation, bucketCount, sources } = header
  const paths = sources.flatMap(({ path, file }) => [path, file?.resolvedPath ?? path])
  if (![...identity.split(separator), ...paths].every(isPrintable)) return undefined
  const lines = [identity, [generation, bucketCount, sources.length].join(separator)]
  lines.push(...sources.map(formatSource))
  // A tab is less than whatever a name can have.
  const rows = profiles
    .filter(({ name }) => isPrintable(name))
    .map((profile) => `${profile.name}\t${describeProfileRow(profile, isGuarded(profile))}`)
  lines.push(...rows.sort())
  return `${lines.join('\n')}\n`
}

/** The names of sso-sessions as the shells read them, one a line; one that no shell could show is left out. */
export function formatSessionNames(names: Iterable<string>): string {
  return [...names]
    .filter(isPrintable)
    .map((name) => `${name}\n`)
    .join('')
}

/** The header of an index text; undefined when it is not one of this version. */
export function parseIndexHeader(text: string): IndexHeader | undefined {
  const [identity = '', counts = ''] = text.split('\n', 2)
  const [, generation = '', buckets, count] = /^([0-9a-f]+)\u001f(\d+)\u001f(\d+)$/.exec(counts) ?? []
  if (!identity.startsWith(`assume-index ${version}${separator}`) || generation === '') return undefined
  const lines = text.split('\n', 2 + Number(count)).slice(2)
  const sources: IndexSource[] = []
  for (const line of lines) {
    const source = parseSource(line)
    if (!source) return undefined
    sources.push(source)
  }
  if (sources.length !== Number(count)) return undefined
  return { identity, generation, bucketCount: Number(buckets), sources }
}

function formatSource({ path, file }: IndexSource): string {
  if (!file) return `${path}${separator}-`
  const { mtimeNs, resolvedPath, ctimeNs, inode, size } = file
  return [path, mtimeNs, resolvedPath, ctimeNs, inode, size].join(separator)
}

function parseSource(line: string): IndexSource | undefined {
  const [path = '', mtime = '', resolvedPath = '', ...rest] = line.split(separator)
  if (mtime === '-') return { path }
  const [mtimeNs, ctimeNs, inode, size] = [mtime, ...rest].map(parseWhole)
  if (mtimeNs === undefined || ctimeNs === undefined || inode === undefined || size === undefined)
    return undefined
  return { path, file: { resolvedPath, mtimeNs, ctimeNs, inode, size: Number(size) } }
}

function parseWhole(text: string): bigint | undefined {
  return /^-?\d+$/.test(text) ? BigInt(text) : undefined
}

/** What stands beside a name in completions: account, role, region, as far as known. ASCII, no tab. */
function describeProfileRow({ accountId, roleName, region, kind }: Profile, isGuarded: boolean): string {
  const facts = [accountId, roleName, region].filter((fact) => fact !== undefined)
  return printable((facts.length > 0 ? facts.join(' ') : kind) + (isGuarded ? ' guarded' : ''))
}
