import { isPrintable } from '../redact.ts'
import type { AwsConfig } from './config/merge.ts'
import { followChain, needsMfa, type Profile, type SsoSession } from './profile.ts'
import { separator } from './profile-index.ts'
import { toTarget } from './session-list.ts'
import { readSetting, type Settings } from './settings.ts'
import { type Additions, planSwitch, type Switch } from './switch.ts'
import { noOptions } from './switch-options.ts'

/** A switch that a shell can do by itself while the session, where there is one, is valid. */
export interface ProfileRow {
  readonly name: string
  /** The session that has to be valid; absent when the profile needs none. */
  readonly session?: SsoSession
  readonly plan: Switch
}

/** A row as it is found in a bucket. */
export interface FoundRow {
  /** The line number, from 1, in the generation's list of sessions; 0 when none has to be valid. */
  readonly session: number
  readonly plan: Switch
}

/**
 * The row of a profile: what a switch to it without options does. Undefined when such a switch needs the core: to
 * warn, to refuse, to get credentials, or because a value would not survive a line of text. `additions` are those of
 * plugins that plan ahead.
 */
export function planRow(
  config: AwsConfig,
  settings: Settings,
  profile: Profile,
  additions?: Additions,
): ProfileRow | undefined {
  const { name, properties } = profile
  const read = (setting: string) => readSetting(setting, settings, properties)
  const chain = followChain(config, name)
  const needsCore = chain.some((link) => needsMfa(link) || link.kind === 'granted')
  if (needsCore || profile.missingSession !== undefined || read('assume_mode') === 'export') return undefined
  const setsRegion = read('assume_region') !== 'off'
  const plan = planSwitch({ profile, subject: { name }, options: noOptions, setsRegion, additions })
  if (!isPrintable(name) || !plan.change.set.every(([, value]) => isPrintable(value))) return undefined
  const session = toTarget(chain.at(-1))?.session
  return session ? { name, session, plan } : { name, plan }
}

/** How many rows a bucket holds, more or less: as many as a shell can look through in no time. */
const bucketSize = 64

/** Into how many buckets so many rows go. */
export function countBuckets(rowCount: number): number {
  return Math.max(1, Math.ceil(rowCount / bucketSize))
}

/**
 * The bucket of a name, in a way that every shell can work out: the sum of each character's code times its position
 * (from 1), modulo the number of buckets. Names that are not all of printable ASCII are in the bucket `other`.
 */
export function chooseBucket(name: string, bucketCount: number): string {
  let sum = 0
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index)
    if (code < 0x20 || code > 0x7e) return 'other'
    sum += (index + 1) * code
  }
  return String(sum % bucketCount)
}

/** The last line of a bucket: a file without it was torn when the machine lost its power. */
const lastLine = 'end'

/**
 * The text of a bucket. Its first line has the names that every row removes; then comes a line for each row: NAME,
 * SESSION, MESSAGE, NAME=VALUE for what is set, AWS_PROFILE first, and NAME for what is removed as well; then `end`.
 * Each field ends with US. `numberSession` gives the line of a row's session, 0 for none.
 */
export function formatBucket(
  rows: readonly ProfileRow[],
  numberSession: (session: SsoSession | undefined) => number,
): string {
  const common = intersect(rows.map(({ plan }) => plan.change.unset))
  const lines = rows.map(({ name, session, plan: { message, change } }) => {
    const own = change.unset.filter((removed) => !common.includes(removed))
    const set = change.set.map(([variable, value]) => `${variable}=${value}`)
    return formatFields([name, numberSession(session), message, ...set, ...own])
  })
  return `${[formatFields(common), ...lines, lastLine].join('\n')}\n`
}

function formatFields(fields: readonly (string | number)[]): string {
  return fields.map((field) => `${field}${separator}`).join('')
}

function intersect(lists: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = lists
  return first.filter((name) => others.every((list) => list.includes(name)))
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
  const [, session = '', message = '', ...entries] = line.split(separator).slice(0, -1)
  if (!/^\d+$/.test(session) || entries[0] !== `AWS_PROFILE=${name}`) return undefined
  const common = text.slice(0, text.indexOf('\n')).split(separator).slice(0, -1)
  const isSet = (entry: string) => entry.includes('=')
  const set = entries.filter(isSet).map((entry) => {
    const at = entry.indexOf('=')
    return [entry.slice(0, at), entry.slice(at + 1)] as const
  })
  const unset = [...entries.filter((entry) => !isSet(entry)), ...common]
  return {
    session: Number(session),
    plan: { change: { set, unset }, repeat: [`--profile=${name}`], message },
  }
}
