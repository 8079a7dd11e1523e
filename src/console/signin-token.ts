import type { Credentials } from '../aws/credentials.ts'
import { strangeAnswer, translateFailure } from '../aws/failure.ts'
import type { HttpAnswer } from '../aws/http.ts'
import { sendPatiently } from '../aws/patience.ts'
import type { Route } from '../aws/route.ts'
import { AssumeError } from '../errors.ts'
import { isToken } from '../text/answer-forms.ts'
import { parseJsonObject } from '../text/json-object.ts'

/** How long the sign-in host is waited for, in milliseconds. */
const longestWait = 10_000

export interface TokenRequest {
  readonly credentials: Credentials & { readonly sessionToken: string }
  /** How long the console's session is to last, in seconds; absent: as long as AWS wants. */
  readonly durationSeconds?: number | undefined
  /** Whether a host that takes no POST may be asked by GET, which puts the keys into the address of the request. */
  readonly mayGet: boolean
}

/**
 * A token that signs a browser in as who has these keys: getSigninToken of "Enable custom identity broker access to the AWS
 * console" (IAM guide), by POST. A duration that AWS does not allow is left out, and the user is told. Throws AssumeError
 * `network`, `service`; none quotes an answer, which could repeat the keys.
 */
export async function requestSigninToken(route: Route, request: TokenRequest): Promise<string> {
  const posted = await askForDuration(route, 'POST', request)
  const isRefused = posted.status === 400 || posted.status === 405
  const answer = isRefused && request.mayGet ? await askForDuration(route, 'GET', request) : posted
  if (answer.status !== 200) throw describeRefusal(route, answer.status)
  const token = parseJsonObject(answer.body.toString())?.['SigninToken']
  if (!isToken(token)) throw strangeAnswer({ doing, ...route })
  return token
}

const doing = 'sign in to the console'

/** Once more without the duration, where that may be what is refused; the user is told where it was. */
async function askForDuration(
  route: Route,
  method: 'GET' | 'POST',
  request: TokenRequest,
): Promise<HttpAnswer> {
  const answer = await ask(route, method, request)
  if (answer.status !== 400 || request.durationSeconds === undefined) return answer
  const plain = await ask(route, method, { ...request, durationSeconds: undefined })
  if (plain.status === 200) {
    route.notifyOnce(
      'AWS does not allow this --duration for these keys; the console lasts as long as it does without',
    )
  }
  return plain
}

async function ask(
  route: Route,
  method: 'GET' | 'POST',
  { credentials, durationSeconds }: TokenRequest,
): Promise<HttpAnswer> {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials
  const form = new URLSearchParams({
    Action: 'getSigninToken',
    ...(durationSeconds !== undefined && { SessionDuration: `${durationSeconds}` }),
    Session: JSON.stringify({ sessionId: accessKeyId, sessionKey: secretAccessKey, sessionToken }),
  }).toString()
  const url = `${route.endpoint}/federation`
  const connection = { ...route, limits: { ...route.limits, answer: longestWait } }
  try {
    return await sendPatiently({ attempts: 1, pause: 0 }, connection, () =>
      method === 'GET'
        ? { method, url: `${url}?${form}` }
        : { method, url, headers: formHeaders(form), body: form },
    )
  } catch (error) {
    throw translateFailure(error, { doing, settings: 'region', ...route })
  }
}

function formHeaders(form: string): Record<string, string> {
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': `${Buffer.byteLength(form)}`,
  }
}

function describeRefusal({ endpoint }: Route, status: number): AssumeError {
  const { host } = new URL(endpoint)
  if (status >= 300 && status < 400) {
    return new AssumeError('service', `cannot ${doing}: ${host} leads elsewhere (HTTP ${status})`, {
      hint: 'no keys are sent on; a proxy or a network that asks for a sign-in may answer in its place',
    })
  }
  const hint =
    status >= 500
      ? 'the service has trouble; try again in a minute'
      : 'the keys may be over or refused; get new ones with --refresh, and check the clock of this machine: date'
  return new AssumeError('service', `cannot ${doing}: ${host} answers HTTP ${status}`, { hint })
}
