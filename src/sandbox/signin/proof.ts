import { createHash, createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import type { Call } from '../call.ts'
import { refuseSignin } from '../refusal.ts'

/** What the sender of a request has proved: which key it has. */
export interface Proof {
  /** Of the public key, by RFC 7638 for the curve P-256. */
  readonly thumbprint: string
  /** Different in every proof. */
  readonly id: string
}

/** Seconds by which the clocks may differ. */
const leeway = 300

/** Checks the DPoP header of a request by RFC 9449, 4.3, but for `jti`; `now` in seconds. Throws a Refusal. */
export function checkProof(call: Call, now: number): Proof {
  const { dpop } = call.headers
  const [head = '', claims = '', signature = ''] = typeof dpop === 'string' ? dpop.split('.') : []
  const { typ, alg, jwk } = parsePart(head)
  const { htm, htu, iat, jti } = parsePart(claims)
  const uri = `://${call.headers.host}${call.path}`
  const isOfRequest = htm === call.method && (htu === `http${uri}` || htu === `https${uri}`)
  const isTimely = typeof iat === 'number' && Math.abs(now - iat) <= leeway
  const isSigned =
    typ === 'dpop+jwt' && alg === 'ES256' && isSignedBy(jwk as JsonWebKey, `${head}.${claims}`, signature)
  if (!isOfRequest || !isTimely || !isSigned || typeof jti !== 'string' || jti === '')
    throw refuseSignin('INVALID_REQUEST', 'The DPoP proof is not valid')
  return { thumbprint: computeThumbprint(jwk as JsonWebKey), id: jti }
}

export function computeThumbprint({ crv, kty, x, y }: JsonWebKey): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')
}

function isSignedBy(jwk: JsonWebKey, text: string, signature: string): boolean {
  try {
    // A proof that shows the private key would give it away.
    if (jwk.crv !== 'P-256' || jwk.d !== undefined) return false
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    return verify(
      'sha256',
      Buffer.from(text),
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    )
  } catch {
    return false
  }
}

function parsePart(part: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(Buffer.from(part, 'base64url').toString()))
  } catch {
    return {}
  }
}
