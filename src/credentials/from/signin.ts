import { createPrivateKey, type KeyObject } from 'node:crypto'
import { type ServiceCall, strangeAnswer, translateFailure } from '../../aws/failure.ts'
import type { HttpAnswer } from '../../aws/http.ts'
import { sendPatiently } from '../../aws/patience.ts'
import type { Route } from '../../aws/route.ts'
import { parseJsonObject, stringIn } from '../../text/json-object.ts'
import type { LoginToken } from './login-token.ts'
import { proveKey } from './proof-of-possession.ts'
import { type LoginAnswer, parseLoginAnswer } from './signin-answer.ts'

/** Why a session is not renewed: it is over, its user has a new password, or may not renew it. */
export type LoginRefusal = 'over' | 'changed' | 'forbidden'

/** https://github.com/aws/aws-cli/blob/v2/awscli/botocore/data/signin/2023-01-01/service-2.json, OAuth2ErrorCode */
const refusals: ReadonlyMap<string | undefined, LoginRefusal> = new Map([
  ['TOKEN_EXPIRED', 'over'],
  ['USER_CREDENTIALS_CHANGED', 'changed'],
  ['INSUFFICIENT_PERMISSIONS', 'forbidden'],
])

/**
 * Renews a session of `aws login` (CreateOAuth2Token of AWS Sign-In), or says why it is refused. `keep` gets what there is
 * in the answer before anything else is made of it: the old refresh token may be good no more. `now` gives milliseconds
 * since the epoch. Throws AssumeError `network`, `service`.
 */
export async function renewLogin(
  route: Route,
  { clientId, refreshToken, dpopKey }: LoginToken,
  now: () => number,
  keep: (answer: LoginAnswer) => void,
): Promise<'renewed' | LoginRefusal> {
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
  return judge(answer, call, keep)
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

function judge(
  { status, body }: HttpAnswer,
  call: ServiceCall,
  keep: (answer: LoginAnswer) => void,
): 'renewed' | LoginRefusal {
  const fields = parseJsonObject(body.toString())
  if (status >= 200 && status < 300) {
    const answer = parseLoginAnswer(fields)
    if (answer.keys || answer.refreshToken !== undefined) keep(answer)
    if (answer.keys) return 'renewed'
    throw strangeAnswer(call, status)
  }
  const error = stringIn(fields, 'error')
  const known = refusals.get(error)
  if (known) return known
  if (error === undefined) throw strangeAnswer(call, status)
  const refusal = new Error(stringIn(fields, 'message') ?? error)
  // As the clients of the SDK throw what a service answers.
  throw translateFailure(
    Object.assign(refusal, { name: error, $fault: 'client', $metadata: { httpStatusCode: status } }),
    call,
  )
}
