import { type Call, type Reply, readForm, redirect, replyJson } from '../call.ts'
import { replyPage } from '../page.ts'
import { Refusal } from '../refusal.ts'
import type { SandboxState } from '../state.ts'
import type { TemporaryKeys } from '../sts/identity.ts'
import { placeConsole } from './console-place.ts'
import { parseConsoleView } from './console-view.ts'

/**
 * /federation?Action=getSigninToken, with its parameters in the URL or in a form,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_enable-console-custom-url.html
 */
export function getSigninToken(state: SandboxState, call: Call): Reply {
  const refusal = refuseMethod(state, call, 'GetSigninToken')
  if (refusal) return refusal
  const form = readForm(call)
  const keys = readKeys(state, form.get('Session') ?? '')
  const seconds = readDuration(state, form.get('SessionDuration'), keys)
  const token = state.signinTokens.issue(keys, seconds)
  return replyJson({ SigninToken: token }, 200, { 'cache-control': 'no-store' })
}

/** /federation?Action=login: starts a console session in the browser and sends it to the sandbox's own page. */
export function logInToConsole(state: SandboxState, call: Call): Reply {
  const refusal = refuseMethod(state, call, 'ConsoleLogin')
  if (refusal) return refusal
  const form = readForm(call)
  const destination = parseConsoleView(form.get('Destination') ?? '')
  if (!destination)
    throw new Refusal(400, 'invalid_destination', 'The destination is no page of the console.')
  const grant = state.signinTokens.redeem(form.get('SigninToken') ?? '')
  if (!grant) throw new Refusal(400, 'invalid_token', 'The sign-in token is not valid.')
  const { keys, sessionEndsAt } = grant
  if (keys.arn.split(':')[1] !== destination.partition)
    throw new Refusal(400, 'invalid_destination', 'The destination is in another partition.')
  const place = placeConsole(keys, destination)
  const reply = redirect(`${originFor(state, call)}${place.location}`)
  const cookie = state.consoleSessions.start(place.cookie, keys, sessionEndsAt)
  return { ...reply, headers: { ...reply.headers, 'set-cookie': cookie } }
}

/** The sandbox's own address for a request that came to a host of AWS's; none for one that is on loopback already. */
function originFor(state: SandboxState, { host }: Call): string {
  return host === '127.0.0.1' || host === 'localhost' ? '' : state.url
}

function refuseMethod(
  state: SandboxState,
  { method }: Call,
  operation: 'GetSigninToken' | 'ConsoleLogin',
): Reply | undefined {
  if (method !== 'POST' || !state.settings.refusesPost.includes(operation)) return undefined
  const reply = replyPage('Method not allowed', '<p>This takes no POST.</p>', 405)
  return { ...reply, headers: { ...reply.headers, allow: 'GET' } }
}

/**
 * Throws a Refusal for keys that are not those of a role or of GetFederationToken. Like AWS's it may hold what was sent,
 * so that a test finds a client that shows the answer.
 */
function readKeys(state: SandboxState, session: string): TemporaryKeys {
  const { sessionId, sessionKey, sessionToken } = parseSession(session)
  const keys = state.identities.find(String(sessionId))
  const isRight = keys?.secretAccessKey === sessionKey && keys?.sessionToken === sessionToken
  if (!isRight || keys?.sessionToken === undefined || keys.expiresAt <= state.clock.now())
    throw new Refusal(400, 'invalid_session', `The credentials of the session are not valid: ${session}`)
  if (!/:(assumed-role|federated-user)\//.test(keys.arn))
    throw new Refusal(400, 'invalid_session', `A user's own session cannot be federated: ${session}`)
  return keys
}

function parseSession(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}

/** Seconds; undefined when none are asked for. The longest is what the role allows, where the sandbox knows it. */
function readDuration(state: SandboxState, text: string | null, keys: TemporaryKeys): number | undefined {
  if (text === null) return undefined
  const role = state.settings.roles.find(({ arn }) => arn === keys.principal)
  const longest = role ? (role.maxSessionDuration ?? 3600) : 43_200
  const isFederated = keys.arn.includes(':federated-user/')
  const isAllowed = /^\d+$/.test(text) && Number(text) >= 900 && Number(text) <= longest
  if (keys.isChained || isFederated || !isAllowed)
    throw new Refusal(400, 'invalid_duration', 'This SessionDuration is not allowed for these credentials.')
  return Number(text)
}
