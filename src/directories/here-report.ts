import { printable } from '../text/redact.ts'
import { type QuoteWord, writeAnywhere } from '../text/words.ts'
import type { ProfileFile } from './place.ts'
import type { Recorded } from './record-store.ts'
import type { Standing } from './standing.ts'
import { describeWish, noProfile } from './wish.ts'
import { formatSwitch } from './wish-check.ts'

/** All that `assume here` knows. */
export interface HereReport {
  /** The current one, as the shell shows it. */
  readonly directory: string
  /** The last directory upwards that was looked into. */
  readonly end: string
  /** Absent where there is none. */
  readonly found?: {
    readonly file: ProfileFile
    readonly standing: Standing
    /** Why the directory does not switch though the file is in force or could be; absent where it does. */
    readonly hindrance?: string
  }
  readonly recorded: Recorded
  /** Whether directories are on in this shell. */
  readonly isOn: boolean
  /** A path as a person reads it. */
  readonly shorten: (path: string) => string
}

/**
 * The report as an object for other programs; what is not known is absent. `name` and `region` are what the file says,
 * `none` is true where that is no profile. `reason` is `allowed` or `tree` where it is in force, else why it is not:
 * `unrecorded`, `changed`, `denied`, `tree-denied`, `tree-region`, `tree-pattern`, `link`, `not-own`, `no-file`,
 * `unreadable`, `too-large`, `no-text`, `grammar`, `unknown-profile`, `unknown-region`, `other-partition`,
 * `region-of-none`.
 */
export function toHereJson({ directory, found, recorded, isOn }: HereReport): object {
  const { record, tree, faults } = recorded
  const { standing, file, hindrance } = found ?? {}
  const { name, region } = standing?.wish ?? {}
  return {
    directory,
    file: file?.path,
    fileDirectory: file?.directory,
    name: name === noProfile ? undefined : name,
    none: name === undefined ? undefined : name === noProfile,
    region,
    inForce: standing?.isInForce ?? false,
    reason: standing?.code,
    detail: standing?.reason,
    hindrance,
    record: record?.kind,
    allowed: record?.kind === 'allow' ? { name: record.name, region: record.region } : undefined,
    tree: tree && {
      directory: tree.directory,
      kind: tree.kind,
      profiles: tree.kind === 'allow' ? tree.patterns : undefined,
    },
    problems: faults.map(({ message }) => message),
    on: isOn,
  }
}

/** The report as lines for a person, with their line feeds, and below them what to type, each with a word on it. */
export function formatHere(report: HereReport, quote: QuoteWord): string {
  const { found, isOn, shorten, end, directory } = report
  const way = directory === end ? '' : `, nor above it up to ${shorten(end)}`
  const rows: (readonly [string, string])[] = found
    ? [
        ['file', shorten(found.file.path)],
        ['says', found.standing.wish ? describeWish(found.standing.wish) : ''],
        ['in force', `${found.standing.isInForce ? 'yes' : 'no'}: ${found.standing.reason}`],
      ]
    : [['file', `none in ${shorten(directory)}${way}`]]
  rows.push(['shell', isOn ? 'goes by directories' : 'does not go by directories'])
  const lines = rows
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name.padEnd(9)}${printable(value)}\n`)
  const advice = listAdvice(report, quote).map(([what, command]) => `\n${printable(what)}:\n  ${command}\n`)
  return [...lines, ...advice].join('')
}

function listAdvice(
  { found, isOn }: HereReport,
  quote: QuoteWord,
): (readonly [what: string, command: string])[] {
  const advice: (readonly [string, string])[] = []
  if (!found) advice.push(['to give this directory a profile', 'assume here PROFILE'])
  else advice.push(...adviseOnFile(found, quote))
  if (!isOn) advice.push(['for shells to go by directories', 'assume setup --directories'])
  return advice
}

function adviseOnFile(
  { standing, hindrance }: NonNullable<HereReport['found']>,
  quote: QuoteWord,
): (readonly [string, string])[] {
  const { code, wish, canBeAllowed, isInForce, error } = standing
  if (code === 'denied') return [['to take that back', 'assume here --forget']]
  if (!isInForce && canBeAllowed) return [['to allow it as it is', 'assume here --allow']]
  const command = error?.adviseIn(quote, writeAnywhere)
  if (command !== undefined) return [['to see to that', command]]
  if (!isInForce || hindrance === undefined || !wish) return []
  return [
    [`the directory does not switch to ${wish.name} by itself: ${hindrance}`, formatSwitch(wish, quote)],
  ]
}
