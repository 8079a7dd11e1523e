import { type JsonObject, objectIn, parseJsonObject, stringIn } from '../text/json-object.ts'

/** A long-lived access key of an IAM user. */
export interface AccessKey {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** When AWS made it, where that is known, else when it came into the store; milliseconds since the epoch. */
  readonly createdAt: number
}

/** What the store keeps for a profile. */
export interface StoredKey extends AccessKey {
  /** How far its rotation has come; absent where none was begun, or all of it is done. */
  readonly rotation?: Rotation
}

/**
 * `creating`: IAM was, or was about to be, asked for a new key while the user had the keys `knownIds` · `pending`: the new key is
 * here, and not yet in use · `retiring`: the new one is in use, and the old one, `accessKeyId`, may still be active · `retired`:
 * the old one was made inactive, and nothing more was wanted.
 */
export type Rotation =
  | { readonly step: 'creating'; readonly startedAt: number; readonly knownIds: readonly string[] }
  | { readonly step: 'pending'; readonly key: AccessKey }
  | { readonly step: 'retiring' | 'retired'; readonly accessKeyId: string }

/** The text that a store keeps: one line of JSON, with `v` for the version of its form. */
export function formatStoredKey({ accessKeyId, secretAccessKey, createdAt, rotation }: StoredKey): string {
  return JSON.stringify({ v: 1, accessKeyId, secretAccessKey, createdAt, rotation })
}

/** The key in such a text; undefined for any other. */
export function parseStoredKey(text: string): StoredKey | undefined {
  const fields = parseJsonObject(text)
  const key = fields['v'] === 1 ? parseAccessKey(fields) : undefined
  if (!key || fields['rotation'] === undefined) return key
  const rotation = parseRotation(objectIn(fields, 'rotation'))
  return rotation && { ...key, rotation }
}

function parseAccessKey(fields: JsonObject): AccessKey | undefined {
  const accessKeyId = stringIn(fields, 'accessKeyId')
  const secretAccessKey = stringIn(fields, 'secretAccessKey')
  const createdAt = fields['createdAt']
  if (!accessKeyId || !secretAccessKey || typeof createdAt !== 'number') return undefined
  return { accessKeyId, secretAccessKey, createdAt }
}

function parseRotation(fields: JsonObject): Rotation | undefined {
  const step = fields['step']
  const startedAt = fields['startedAt']
  const knownIds = fields['knownIds']
  if (step === 'creating' && typeof startedAt === 'number' && isTexts(knownIds))
    return { step, startedAt, knownIds }
  const key = parseAccessKey(objectIn(fields, 'key'))
  if (step === 'pending' && key) return { step, key }
  const accessKeyId = stringIn(fields, 'accessKeyId')
  const isOver = step === 'retiring' || step === 'retired'
  return isOver && accessKeyId !== undefined ? { step, accessKeyId } : undefined
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}
