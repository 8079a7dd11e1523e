import { encodeText } from '../../text/utf-8.ts'

/** What all file systems tell apart, whatever they make of case, and take as it is. */
const plainName = /^[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9_-])?$/

/** A plain name begins with a letter or digit. */
const digestMark = '_'

/**
 * The name of the file that belongs to a name of the user's: the name itself where every file system takes it and has it
 * for itself, else a digest of it. Others may have the same digest, so the file has to hold the name, and whoever reads it
 * compares.
 */
export function nameFile(name: string): string {
  return plainName.test(name) ? name : digestMark + digest(encodeText(name))
}

/**
 * FNV-1a of 128 bits (http://www.isthe.com/chongo/tech/comp/fnv/), in hexadecimal. Names have to be told apart, not
 * kept secret, and to load crypto takes 3 ms of a command of 20.
 */
function digest(bytes: Uint8Array): string {
  let hash = 0x6c62272e07bb014262b821756295c58dn
  for (const byte of bytes) hash = BigInt.asUintN(128, (hash ^ BigInt(byte)) * 0x1000000000000000000013bn)
  return hash.toString(16).padStart(32, '0')
}
