import { isTime } from './answer-forms.ts'

const timestamp = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i

/**
 * Milliseconds since the epoch of a time in an AWS cache file, in any of the forms that its writers use:
 * `…SSZ`, `….mmmZ`, `…+00:00`, `…SSUTC`, and no zone at all, read as UTC. Undefined when it is none of them.
 */
export function parseTimestamp(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined
  const match = timestamp.exec(text.trim())
  if (!match) return undefined
  const [, date, time, fraction = '0', zone = 'Z'] = match
  const offset = /^(z|utc)$/i.test(zone) ? 'Z' : zone.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2')
  const parsed = Date.parse(`${date}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`)
  // A zone can lead out of the years of four digits, which no reader knows.
  return isTime(parsed) ? parsed : undefined
}

/** The zone behind a time of the day. */
const zone = /\d:\d{2}.*?(?:z|utc|gmt|[+-]\d{2}(?::?\d{2})?)$/i

/**
 * Milliseconds since the epoch of a time that botocore can compare with its clock: one with a zone, in these forms or
 * those of a mail (`dateutil.parser.parse` takes more). Undefined for every other text.
 */
export function parseZonedTime(text: string): number | undefined {
  const plain = text.trim()
  if (!zone.test(plain)) return undefined
  const parsed = parseTimestamp(plain) ?? Date.parse(plain.replace(/[+-]\d{2}$/, '$&:00'))
  return Number.isNaN(parsed) ? undefined : parsed
}

/** A time in the one form that every reader of AWS's cache files understands: `YYYY-MM-DDTHH:MM:SSZ`, rounded down. */
export function formatTimestamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}

/** A time to the millisecond, as commands print it in JSON; undefined for none. */
export function formatInstant(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : new Date(milliseconds).toISOString()
}

/** A time on the clock of the user, `14:05`; where it is not on the same day as `now`, `2026-11-10 14:05`. */
export function formatLocalTime(milliseconds: number, now: number): string {
  const [[day, clock], [today]] = [splitLocalTime(milliseconds), splitLocalTime(now)]
  return day === today ? clock : `${day} ${clock}`
}

function splitLocalTime(milliseconds: number): [day: string, clock: string] {
  const date = new Date(milliseconds)
  const pad = (part: number) => String(part).padStart(2, '0')
  return [
    [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(pad).join('-'),
    [date.getHours(), date.getMinutes()].map(pad).join(':'),
  ]
}

/** A span in words, to the minute and rounded down: `2d 3h`, `7h 12m`, `5m`, `less than a minute`. */
export function describeSpan(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000)
  if (minutes < 1) return 'less than a minute'
  const parts = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor(minutes / 60) % 24, 'h'],
    [minutes % 60, 'm'],
  ] as const
  return parts
    .filter(([count]) => count > 0)
    .slice(0, 2)
    .map(([count, unit]) => `${count}${unit}`)
    .join(' ')
}

/** Seconds of a time such as `1h`, `90m`, `1h30m`, `3600s` or `3600`; undefined for anything else, and for no time at all. */
export function parseDuration(text: string): number | undefined {
  const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/.exec(text.trim())
  if (!match) return undefined
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0))
  return hours * 3600 + minutes * 60 + seconds || undefined
}
