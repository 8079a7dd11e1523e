import { isSecretKey, isToken } from '../text/answer-forms.ts'
import { type JsonObject, parseJsonObject, stringIn } from '../text/json-object.ts'

/** A long-lived key as another tool gives it: when AWS made it is not known there. */
export interface ToolKey {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/**
 * The key in what a program for `credential_process` has printed. A text says what it printed instead, and nothing of its values:
 * temporary keys would be dead before long, and are refused.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
export function readPrintedKey(text: string): ToolKey | string {
  const fields = parseJsonObject(text)
  if (fields['Version'] !== 1) return 'no JSON object with "Version": 1'
  if (isThere(fields['SessionToken'])) return 'temporary keys, with a session token'
  if (hasEnd(fields['Expiration'])) return 'keys that expire'
  return readKey(fields['AccessKeyId'], fields['SecretAccessKey'])
}

/** The item of a keyring as programs in Go store it. */
export interface ToolItem {
  /** What the item is called; absent in a store that keeps the value by itself. */
  readonly label?: string
  readonly key: ToolKey | string
}

/**
 * A value of aws-vault or Granted: `aws.Credentials` of the AWS SDK for Go as JSON, in some stores wrapped, in base64, with its name
 * and label. Undefined for one of another name, and for what is neither; temporary keys are a text, as above.
 */
export function readItem(text: string, name: string): ToolItem | undefined {
  const outer = parseJsonObject(text)
  const data = stringIn(outer, 'Data')
  if (data === undefined) return readValue(outer)
  const value = readValue(parseJsonObject(Buffer.from(data, 'base64').toString()))
  return value && stringIn(outer, 'Key') === name
    ? { ...value, label: stringIn(outer, 'Label') ?? '' }
    : undefined
}

function readValue(fields: JsonObject): ToolItem | undefined {
  if (fields['AccessKeyID'] === undefined) return undefined
  if (isThere(fields['SessionToken'])) return { key: 'temporary keys, with a session token' }
  if (fields['CanExpire'] === true || hasEnd(fields['Expires'])) return { key: 'keys that expire' }
  return { key: readKey(fields['AccessKeyID'], fields['SecretAccessKey']) }
}

/** The key of an id and a secret; a text for what can be none. */
export function readKey(accessKeyId: unknown, secretAccessKey: unknown): ToolKey | string {
  if (!isToken(accessKeyId)) return 'no id of an access key'
  // The ids of temporary keys, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
  if (accessKeyId.startsWith('ASIA')) return 'temporary keys'
  return isSecretKey(secretAccessKey) ? { accessKeyId, secretAccessKey } : 'no secret key'
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}

/** Go's zero of times stands for none. */
function hasEnd(time: unknown): boolean {
  return isThere(time) && !(typeof time === 'string' && time.startsWith('0001-01-01T'))
}
