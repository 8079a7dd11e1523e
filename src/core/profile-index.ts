import { printable } from '../redact.ts'
import type { Profile } from './profile.ts'

/**
 * The profile index, read by the shells with builtins. Line 1: `assume-index VERSION` and the values of the path
 * variables; line 2: the generation, which names the folder of its stamps; then one line a source: its path and
 * its modification time in nanoseconds, `-` when it is absent; then one line a profile: `NAME TAB DESCRIPTION`.
 * Fields of the first lines are separated by US (0x1f), which no path in an index contains.
 */
export interface IndexHeader {
  /** What `identifyIndex` says of the environment in which the index was built. */
  readonly identity: string
  readonly generation: string
  readonly sources: readonly IndexSource[]
}

export interface IndexSource {
  readonly path: string
  /** In nanoseconds since the epoch; absent when there was no such file. */
  readonly mtimeNs?: bigint
}

const version = 1
const separator = '\u001f'

/** The variables that decide where the sources lie, in the order of the first line. */
export const pathVariables = ['HOME', 'AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'XDG_CONFIG_HOME']

/** The first line of an index built in this environment; another line means that the index is of no use here. */
export function identifyIndex(env: Readonly<Record<string, string | undefined>>): string {
  return [`assume-index ${version}`, ...pathVariables.map((name) => env[name] ?? '')].join(separator)
}

/**
 * The text of an index. Profiles come in the order given; one whose name holds a control character is left out,
 * since no shell could show or insert it. Undefined when a path has a control character: then there can be none.
 */
export function formatIndex(header: IndexHeader, profiles: readonly Profile[]): string | undefined {
  const fields = [...header.identity.split(separator), ...header.sources.map(({ path }) => path)]
  if (fields.some((field) => printable(field) !== field)) return undefined
  const sources = header.sources.map(({ path, mtimeNs }) => `${path}${separator}${mtimeNs ?? '-'}`)
  const rows = profiles
    .filter(({ name }) => printable(name) === name)
    .map((profile) => `${profile.name}\t${describeProfileRow(profile)}`)
  return `${[header.identity, header.generation, ...sources, ...rows].join('\n')}\n`
}

/** The header of an index text; undefined when it is not one of this version. */
export function parseIndexHeader(text: string, sourceCount: number): IndexHeader | undefined {
  const [identity, generation, ...lines] = text.split('\n', sourceCount + 2)
  if (!identity?.startsWith(`assume-index ${version}${separator}`) || !generation) return undefined
  const sources: IndexSource[] = []
  for (const line of lines) {
    const [path, mtime] = line.split(separator)
    if (path === undefined || mtime === undefined || !/^(-|\d+)$/.test(mtime)) return undefined
    sources.push(mtime === '-' ? { path } : { path, mtimeNs: BigInt(mtime) })
  }
  return sources.length === sourceCount ? { identity, generation, sources } : undefined
}

/** What stands beside a name in completions: account, role, region, as far as known. ASCII, no tab. */
function describeProfileRow({ accountId, roleName, region, kind }: Profile): string {
  const facts = [accountId, roleName, region].filter((fact) => fact !== undefined)
  return printable(facts.length > 0 ? facts.join(' ') : kind)
}
