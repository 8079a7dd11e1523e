import { randomInt } from 'node:crypto'

export type SecretKind =
  | 'client-secret'
  | 'device-code'
  | 'user-code'
  | 'authorization-code'
  | 'code-verifier'
  | 'access-token'
  | 'refresh-token'
  | 'access-key-id'
  | 'user-key-id'
  | 'secret-access-key'
  | 'session-token'
  | 'signin-token'
  | 'session-cookie'
  | 'id-token'
  | 'private-key'

export interface Secret {
  readonly kind: SecretKind
  readonly value: string
}

/** Prefix and length of what is handed out, like AWS's own where that is known. */
const shapes: Readonly<Record<SecretKind, readonly [prefix: string, length: number, alphabet: string]>> =
  (() => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
    const base64 = `${letters}${letters.toLowerCase()}0123456789`
    return {
      'client-secret': ['eyJraWQiOiJrZXkt', 480, `${base64}-_`],
      'device-code': ['', 86, `${base64}-_`],
      'user-code': ['', 8, 'BCDFGHJKLMNPQRSTVWXZ'],
      'authorization-code': ['', 120, `${base64}-_`],
      'code-verifier': ['', 64, base64],
      'access-token': ['aoaAAAAA', 280, `${base64}-_`],
      'refresh-token': ['aorAAAAA', 280, `${base64}-_`],
      'access-key-id': ['ASIA', 16, `${letters}234567`],
      'user-key-id': ['AKIA', 16, `${letters}234567`],
      'secret-access-key': ['', 40, `${base64}+/`],
      'session-token': ['IQoJb3JpZ2luX2Vj', 380, `${base64}+/`],
      'signin-token': ['', 240, `${base64}-_`],
      'session-cookie': ['', 43, `${base64}-_`],
      'id-token': ['eyJraWQiOiJrZXkt', 240, `${base64}-_`],
      'private-key': ['', 160, `${base64}+/`],
    }
  })()

/** Everything secret that the sandbox handed out, so that a test can look for it where it must not be. */
export class Secrets {
  readonly #known = new Map<string, Secret>()

  issue(kind: SecretKind): string {
    const [prefix, length, alphabet] = shapes[kind]
    const text = prefix + pickCharacters(alphabet, length)
    const value = kind === 'user-code' ? `${text.slice(0, 4)}-${text.slice(4)}` : text
    this.remember(kind, value)
    return value
  }

  /** Adds a secret that came from elsewhere: configured keys, the client's code verifier. */
  remember(kind: SecretKind, value: string): void {
    this.#known.set(value, { kind, value })
  }

  all(): Secret[] {
    return [...this.#known.values()]
  }
}

export function pickCharacters(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
}
