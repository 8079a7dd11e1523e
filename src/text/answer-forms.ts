import { isPrintable, printable } from './redact.ts'

/** The forms of what servers say. All take whatever a field holds. */

/** Twelve digits. */
export function isAccountId(value: unknown): value is string {
  return typeof value === 'string' && /^\d{12}$/.test(value)
}

/** As IAM names roles and Identity Center permission sets. */
export function isRoleName(value: unknown): value is string {
  return typeof value === 'string' && /^[\w+=,.@-]{1,64}$/.test(value)
}

/** The ARN of somebody or something in an account. */
export function isAccountArn(value: unknown): value is string {
  return typeof value === 'string' && /^arn:[\w-]+:[\w-]+:[\w-]*:\d{12}:[!-~]+$/.test(value)
}

/** Visible ASCII, which can stand in a header, a variable and a row: tokens, ids of keys, codes. */
export function isToken(value: unknown): value is string {
  return typeof value === 'string' && /^[!-~]+$/.test(value)
}

/** A secret key: it signs, and is put into a variable, but is sent nowhere. */
export function isSecretKey(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && isPrintable(value)
}

/** The years that can be written in AWS's files: 1, where the zero of Go lies, to 9999. */
const [earliestTime, latestTime] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59Z')]

/** Milliseconds since the epoch that every reader of AWS's files can be told. */
export function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= earliestTime && value <= latestTime
}

/** A number of seconds, from one to a century of them. */
export function isLifetime(value: unknown): value is number {
  return typeof value === 'number' && value >= 1 && value <= 100 * 365 * 86_400
}

const longestText = 1000

/** What is said to people, printable and not too long for a line or two; undefined for what is no text, or empty. */
export function readWords(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const words = printable(value).trim()
  if (words.length <= longestText) return words || undefined
  return `${words.slice(0, longestText).replace(/\p{Surrogate}$/u, '')}…`
}
