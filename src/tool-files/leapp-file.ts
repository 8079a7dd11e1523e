import { createDecipheriv, createHash } from 'node:crypto'
import { type FileTable, type OwnFile, readJson, refuseOwnFile } from './own-file.ts'

/**
 * What is in the workspace file of Leapp: base64 of `Salted__`, a salt of 8 bytes and AES-256-CBC, key and vector by
 * `EVP_BytesToKey` with one round of MD5, as CryptoJS has it. `passphrases` are those that may be it.
 * Throws AssumeError `unreadable-file`.
 */
export function openWorkspace(file: OwnFile, passphrases: readonly string[]): FileTable {
  const bytes = Buffer.from(file.text, 'base64')
  if (bytes.subarray(0, 8).toString('latin1') !== 'Salted__' || bytes.length < 32)
    throw refuseOwnFile(file, 'it is no file that Leapp encrypts')
  const text = passphrases.map((passphrase) => decrypt(bytes, passphrase)).find((each) => each !== undefined)
  if (text === undefined) throw refuseOwnFile(file, 'it does not open with the id of this machine')
  return readJson({ ...file, text })
}

function decrypt(bytes: Uint8Array, passphrase: string): string | undefined {
  const { key, vector } = deriveKey(Buffer.from(passphrase), bytes.subarray(8, 16))
  try {
    const decipher = createDecipheriv('aes-256-cbc', key, vector)
    const text = Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()])
    return new TextDecoder('utf-8', { fatal: true }).decode(text)
  } catch {
    // Another key nearly always ends in wrong padding, and else in what is no text.
    return undefined
  }
}

function deriveKey(passphrase: Uint8Array, salt: Uint8Array): { key: Uint8Array; vector: Uint8Array } {
  let block = Buffer.alloc(0)
  let all = Buffer.alloc(0)
  while (all.length < 48) {
    block = createHash('md5')
      .update(Buffer.concat([block, passphrase, salt]))
      .digest()
    all = Buffer.concat([all, block])
  }
  return { key: all.subarray(0, 32), vector: all.subarray(32, 48) }
}
