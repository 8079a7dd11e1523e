import { createPublicKey, type KeyObject, randomUUID, sign } from 'node:crypto'

/** The request that a proof is for. */
export interface ProvenRequest {
  readonly method: string
  /** Without query and fragment. */
  readonly url: string
  /** When it is sent, in milliseconds since the epoch. */
  readonly at: number
}

/**
 * The value of a DPoP header (RFC 9449, 4.2): a token, good for one request, by which the sender shows that it has the
 * private `key`, one of the curve P-256.
 */
export function proveKey(key: KeyObject, { method, url, at }: ProvenRequest): string {
  const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: createPublicKey(key).export({ format: 'jwk' }) }
  const claims = { jti: randomUUID(), htm: method, htu: url, iat: Math.floor(at / 1000) }
  const text = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' })
  return `${text}.${signature.toString('base64url')}`
}
