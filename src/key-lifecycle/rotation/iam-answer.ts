import type { AccessKey } from '../../keys/stored-key.ts'
import { isSecretKey, isTime, isToken } from '../../text/answer-forms.ts'
import { type JsonObject, objectIn } from '../../text/json-object.ts'

/** A key of a user as IAM lists it. */
export interface IamKey {
  readonly accessKeyId: string
  /** Whether it is `Active`, and nothing else. */
  readonly isActive: boolean
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}

/** When a key signed last, in milliseconds since the epoch. */
export type LastUse = number | 'never'

export interface KeyPage {
  readonly keys: readonly IamKey[]
  /** Where the next page begins; absent from the last one. */
  readonly marker?: string
}

/** A page of what `ListAccessKeys` answers; undefined for anything else. */
export function parseKeyPage(answer: JsonObject): KeyPage | undefined {
  const list = answer['AccessKeyMetadata']
  if (!Array.isArray(list)) return undefined
  const keys = list.map((each) => parseIamKey(Object(each)))
  if (!keys.every((each) => each !== undefined)) return undefined
  if (answer['IsTruncated'] !== true) return { keys }
  const marker = answer['Marker']
  return isToken(marker) ? { keys, marker } : undefined
}

function parseIamKey({ AccessKeyId, Status, CreateDate }: JsonObject): IamKey | undefined {
  const createdAt = readTime(CreateDate)
  if (!isToken(AccessKeyId) || !isToken(Status) || createdAt === undefined) return undefined
  return { accessKeyId: AccessKeyId, isActive: Status === 'Active', createdAt }
}

/**
 * The key that `CreateAccessKey` answers; undefined for anything else. Its secret comes this once: a time that is none is no
 * reason to lose it, and `now` stands in.
 */
export function parseCreatedKey(answer: JsonObject, now: number): AccessKey | undefined {
  const { AccessKeyId, SecretAccessKey, CreateDate } = objectIn(answer, 'AccessKey')
  if (!isToken(AccessKeyId) || !isSecretKey(SecretAccessKey)) return undefined
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    createdAt: readTime(CreateDate) ?? now,
  }
}

/** What `GetAccessKeyLastUsed` answers; undefined for anything else. A key that was never used has no date. */
export function parseLastUse(answer: JsonObject): LastUse | undefined {
  const use = answer['AccessKeyLastUsed']
  if (typeof use !== 'object' || use === null) return undefined
  const { LastUsedDate } = objectIn(answer, 'AccessKeyLastUsed')
  return LastUsedDate === undefined ? 'never' : readTime(LastUsedDate)
}

function readTime(value: unknown): number | undefined {
  const time = value instanceof Date ? value.getTime() : undefined
  return isTime(time) ? time : undefined
}
