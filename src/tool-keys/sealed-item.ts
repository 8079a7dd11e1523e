import { createDecipheriv, pbkdf2Sync } from 'node:crypto'
import { type JsonObject, parseJsonObject, stringIn } from '../text/json-object.ts'

/** More rounds than any library asks for, so that no file keeps us busy for minutes. */
const mostRounds = 1_000_000

/** What wraps a key by RFC 3394 begins so when it is unwrapped. */
const wrapStart = Buffer.from('a6a6a6a6a6a6a6a6', 'hex')

/**
 * The text in a file of the keyring library for Go: a compact JWE with a passphrase, PBES2-HS256+A128KW and A256GCM (RFC 7516,
 * RFC 7518 4.8). `damaged`: it is no such file; `refused`: the passphrase is another one, or it was changed.
 */
export function openSealedItem(
  sealed: string,
  passphrase: string,
): { readonly text: string } | 'damaged' | 'refused' {
  const parts = sealed.trim().split('.')
  const [head = '', ...rest] = parts
  const [wrapped, vector, content, tag] = rest.map((part) => Buffer.from(part, 'base64url'))
  const header = parseJsonObject(Buffer.from(head, 'base64url').toString())
  const salt = readSalt(header)
  const rounds = header['p2c']
  if (parts.length !== 5 || !wrapped || vector?.length !== 12 || !content || tag?.length !== 16)
    return 'damaged'
  if (header['enc'] !== 'A256GCM' || !salt || wrapped.length !== 40) return 'damaged'
  if (!Number.isInteger(rounds) || !(Number(rounds) > 0 && Number(rounds) <= mostRounds)) return 'damaged'
  try {
    const wrapping = pbkdf2Sync(passphrase, salt, Number(rounds), 16, 'sha256')
    const unwrap = createDecipheriv('id-aes128-wrap', wrapping, wrapStart)
    const key = Buffer.concat([unwrap.update(wrapped), unwrap.final()])
    const decipher = createDecipheriv('aes-256-gcm', key, vector)
    decipher.setAAD(Buffer.from(head)).setAuthTag(tag)
    return { text: Buffer.concat([decipher.update(content), decipher.final()]).toString() }
  } catch {
    return 'refused'
  }
}

function readSalt(header: JsonObject): Buffer | undefined {
  const [algorithm, salt] = [header['alg'], stringIn(header, 'p2s')]
  if (algorithm !== 'PBES2-HS256+A128KW' || salt === undefined) return undefined
  return Buffer.concat([Buffer.from(`${algorithm}\0`), Buffer.from(salt, 'base64url')])
}
