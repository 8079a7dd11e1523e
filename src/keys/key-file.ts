import { createCipheriv, createDecipheriv } from 'node:crypto'
import { type JsonObject, parseJsonObject, stringIn } from '../text/json-object.ts'
import { decodeText, encodeText } from '../text/utf-8.ts'
import { formatStoredKey, parseStoredKey, type StoredKey } from './stored-key.ts'

/** What stands in clear at the top of a key file. */
export interface KeyHeader {
  readonly profileName: string
  readonly accessKeyId: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}

/** A key file that nobody has opened yet. */
export interface SealedKey extends KeyHeader {
  /** In base64. Files with the same salt were written with the same passphrase. */
  readonly salt: string
  /** The first line to the byte: it is authenticated. */
  readonly firstLine: string
  readonly nonce: Uint8Array
  readonly ciphertext: Uint8Array
  readonly tag: Uint8Array
}

/** What a file is sealed with. */
export interface Seal {
  /** In base64, of 16 bytes. */
  readonly salt: string
  /** The 32 bytes that scrypt makes of the passphrase and the salt. */
  readonly secret: Uint8Array
  /** 12 bytes that were never used with this secret. */
  readonly nonce: Uint8Array
}

const cipher = 'aes-256-gcm'
const tagLength = 16

/**
 * The text of a key file: a line of JSON with what may be known without the passphrase, and a line of base64 with the key, as
 * `formatStoredKey` writes it, under AES-256-GCM, the tag behind it. The first line is its additional data.
 */
export function sealKey(profileName: string, key: StoredKey, { salt, secret, nonce }: Seal): string {
  const { accessKeyId, createdAt } = key
  const header = { v: 1, profile: profileName, accessKeyId, createdAt, salt, nonce: toBase64(nonce) }
  const firstLine = JSON.stringify(header)
  const sealing = createCipheriv(cipher, secret, nonce, { authTagLength: tagLength })
  sealing.setAAD(encodeText(firstLine))
  const parts = [sealing.update(formatStoredKey(key), 'utf8'), sealing.final(), sealing.getAuthTag()]
  return `${firstLine}\n${toBase64(Buffer.concat(parts))}\n`
}

/** What such a text holds; undefined where it is none, has lost a part, or is of another version. */
export function parseKeyFile(text: string): SealedKey | undefined {
  const [firstLine = '', sealed = '', ...rest] = text.split('\n')
  const fields = parseJsonObject(firstLine)
  const header = fields['v'] === 1 && rest.join('') === '' ? parseKeyHeader(fields) : undefined
  const salt = fromBase64(stringIn(fields, 'salt'))
  const nonce = fromBase64(stringIn(fields, 'nonce'))
  const bytes = fromBase64(sealed)
  if (!header || salt?.length !== 16 || nonce?.length !== 12) return undefined
  if (bytes === undefined || bytes.length <= tagLength) return undefined
  return {
    ...header,
    salt: toBase64(salt),
    firstLine,
    nonce,
    ciphertext: bytes.subarray(0, -tagLength),
    tag: bytes.subarray(-tagLength),
  }
}

/** The key in the file; undefined where `secret` is that of another passphrase, or the file was changed. */
export function unsealKey(
  { firstLine, nonce, ciphertext, tag, accessKeyId }: SealedKey,
  secret: Uint8Array,
): StoredKey | undefined {
  const opening = createDecipheriv(cipher, secret, nonce, { authTagLength: tagLength })
  opening.setAAD(encodeText(firstLine))
  opening.setAuthTag(tag)
  try {
    const text = Buffer.concat([opening.update(ciphertext), opening.final()])
    const key = parseStoredKey(decodeText(text))
    return key?.accessKeyId === accessKeyId ? key : undefined
  } catch {
    return undefined
  }
}

/** The text of the file beside the system's keyring that says what is in there, without the secret. */
export function formatKeyringNote({ profileName, accessKeyId, createdAt }: KeyHeader): string {
  return `${JSON.stringify({ v: 1, profile: profileName, accessKeyId, createdAt })}\n`
}

/** What such a text says; undefined where it is none. */
export function parseKeyringNote(text: string): KeyHeader | undefined {
  const fields = parseJsonObject(text)
  return fields['v'] === 1 ? parseKeyHeader(fields) : undefined
}

function parseKeyHeader(fields: JsonObject): KeyHeader | undefined {
  const profileName = stringIn(fields, 'profile')
  const accessKeyId = stringIn(fields, 'accessKeyId')
  const createdAt = fields['createdAt']
  if (!profileName || !accessKeyId || typeof createdAt !== 'number') return undefined
  return { profileName, accessKeyId, createdAt }
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}

/** Undefined where anything but base64 stands there: Node leaves out what is none. */
function fromBase64(text: string | undefined): Uint8Array | undefined {
  if (text === undefined) return undefined
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}
