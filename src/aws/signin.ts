import { createPrivateKey, type KeyObject } from 'node:crypto'
import { type JsonObject, objectIn, parseJsonObject, stringIn } from '../core/json-object.ts'
import type { LoginGrant, LoginToken } from '../core/login-token.ts'
import { type Call, strangeAnswer, translateFailure } from './failure.ts'
import type { HttpAnswer } from './http.ts'
import type { Route } from './network.ts'
import { sendPatiently } from './patience.ts'
import { proveKey } from './proof-of-possession.ts'

/** Why a session is not renewed: it is over, its user has a new password, or may not renew it. */
export type LoginRefusal = 'over' | 'changed' | 'forbidden'

/** https://github.com/aws/aws-cli/blob/v2/awscli/botocore/data/signin/2023-01-01/service-2.json, OAuth2ErrorCode */
const refusals: Readonly<Record<string, LoginRefusal>> = {
  TOKEN_EXPIRED: 'over',
  USER_CREDENTIALS_CHANGED: 'changed',
  INSUFFICIENT_PERMISSIONS: 'forbidden',
}

/**
 * Renews a session of `aws login` (CreateOAuth2Token of AWS Sign-In), or says why it is refused. `now` gives milliseconds
 * since the epoch. Throws AssumeError `network`, `service`.
 */
export async function renewLogin(
  route: Route,
  { clientId, refreshToken, dpopKey }: LoginToken,
  now: () => number,
): Promise<LoginGrant | LoginRefusal> {
  const key = readKey(dpopKey)
  if (!key) return 'over'
  const url = `${route.endpoint}/v1/token`
  const call = { ...route, doing: 'renew the session of aws login', settings: 'the region of the profile' }
  const answer = await sendPatiently({ attempts: 3, pause: 500 }, route, () => ({
    method: 'POST',
    url,
    // A proof is good for one request.
    headers: { 'content-type': 'application/json', dpop: proveKey(key, { method: 'POST', url, at: now() }) },
    body: JSON.stringify({ clientId, refreshToken, grantType: 'refresh_token' }),
  })).catch((error) => {
    throw translateFailure(error, call)
  })
  return readAnswer(answer, call)
}

/** Undefined for a text that holds no key of the curve P-256. */
function readKey(pem: string): KeyObject | undefined {
  try {
    const key = createPrivateKey(pem)
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : undefined
  } catch {
    return undefined
  }
}

function readAnswer({ status, body }: HttpAnswer, call: Call): LoginGrant | LoginRefusal {
  const fields = parseJsonObject(body.toString())
  const grant = status === 200 ? readGrant(fields) : undefined
  const error = stringIn(fields, 'error')
  const answer = grant ?? refusals[error ?? '']
  if (answer) return answer
  if (status === 200 || error === undefined) throw strangeAnswer(call, status)
  const refusal = new Error(stringIn(fields, 'message') ?? error)
  // As the clients of the SDK throw what a service answers.
  throw translateFailure(
    Object.assign(refusal, { name: error, $fault: 'client', $metadata: { httpStatusCode: status } }),
    call,
  )
}

function readGrant(fields: JsonObject): LoginGrant | undefined {
  const keys = objectIn(fields, 'accessToken')
  const [accessKeyId, secretAccessKey, sessionToken, refreshToken] = [
    stringIn(keys, 'accessKeyId'),
    stringIn(keys, 'secretAccessKey'),
    stringIn(keys, 'sessionToken'),
    stringIn(fields, 'refreshToken'),
  ]
  const { expiresIn } = fields
  if (!accessKeyId || !secretAccessKey || !sessionToken || !refreshToken) return undefined
  if (typeof expiresIn !== 'number') return undefined
  return { accessKeyId, secretAccessKey, sessionToken, expiresIn, refreshToken }
}
