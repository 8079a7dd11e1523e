import type { AccessKey } from '../keys/stored-key.ts'
import { isToken } from '../text/answer-forms.ts'
import { type JsonObject, objectIn, parseJsonObject } from '../text/json-object.ts'
import { splitLines } from '../text/line.ts'
import { parseTimestamp } from '../text/time.ts'

/** A key as somebody gives it; `createdAt`, in milliseconds since the epoch, where that is said. */
export type GivenKey = Pick<AccessKey, 'accessKeyId' | 'secretAccessKey'> &
  Partial<Pick<AccessKey, 'createdAt'>>

/** What is understood on stdin, for whoever gave something else. */
export const knownForms =
  'the CSV file of the console (Access key ID,Secret access key), and the JSON of aws iam create-access-key, of aws-vault export --no-session --format=json and of a credential_process'

/**
 * The one long-lived key in a text of one of the known forms; else what is wrong with it, and nothing of its values.
 * The forms: the CSV of the console, with a header, perhaps a byte order mark
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html), CreateAccessKey's answer
 * (https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKey.html), and what a `credential_process` prints
 * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html).
 */
export function parseGivenKey(text: string): GivenKey | string {
  const plain = text.replace(/^\ufeff/, '').trim()
  if (plain === '') return 'it is empty'
  return plain.startsWith('{') ? parseJsonKey(plain) : parseCsvKey(plain)
}

/** What is wrong with the id of a long-lived key; undefined for nothing. */
export function checkKeyId(id: string): string | undefined {
  if (/^ASIA/.test(id)) return 'an id that begins with ASIA is of a session: its key is temporary'
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKey.html
  return /^\w{16,128}$/.test(id) ? undefined : 'an id of a key has at least 16 letters and digits, as AKIA…'
}

/** The same of the secret. */
export function checkSecret(secret: string): string | undefined {
  return isToken(secret)
    ? undefined
    : 'a secret key has no blanks, and letters, digits and signs of ASCII only'
}

function parseJsonKey(text: string): GivenKey | string {
  const whole = parseJsonObject(text)
  const answer = objectIn(whole, 'AccessKey')
  const fields: JsonObject = Object.keys(answer).length > 0 ? answer : whole
  const { AccessKeyId: id, SecretAccessKey: secret, SessionToken: token, Expiration: end } = fields
  if (Object.keys(fields).length === 0) return 'it is no whole JSON object'
  if (token) return 'it is of a session, with a SessionToken: only long-lived keys are kept'
  // Go's zero stands for a time that never comes.
  if (typeof end === 'string' && end !== '' && !end.startsWith('0001-'))
    return 'it has an Expiration: only long-lived keys are kept'
  if (typeof id !== 'string' || typeof secret !== 'string') return 'it has no AccessKeyId and SecretAccessKey'
  return checkGivenKey(id, secret, parseTimestamp(fields['CreateDate']))
}

function parseCsvKey(text: string): GivenKey | string {
  const [header = [], ...rows] = splitLines(text)
    .map((line) => splitCells(line.trim()))
    .filter((cells) => cells.some((cell) => cell !== ''))
  const titles = header.map((title) => title.toLowerCase())
  const [idAt, secretAt] = [titles.indexOf('access key id'), titles.indexOf('secret access key')]
  if (idAt < 0 || secretAt < 0) return 'it is in no form that is known'
  const [row, ...others] = rows
  if (!row) return 'it has a header and no key'
  if (others.length > 0) return `it has ${rows.length} keys, and one is taken at a time`
  return checkGivenKey(row[idAt] ?? '', row[secretAt] ?? '', undefined)
}

/** The console quotes a cell where it has to; none of those that count holds a comma. */
function splitCells(line: string): string[] {
  return line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
}

function checkGivenKey(
  accessKeyId: string,
  secretAccessKey: string,
  createdAt: number | undefined,
): GivenKey | string {
  const complaint = checkKeyId(accessKeyId) ?? checkSecret(secretAccessKey)
  return complaint ?? { accessKeyId, secretAccessKey, ...(createdAt !== undefined && { createdAt }) }
}
