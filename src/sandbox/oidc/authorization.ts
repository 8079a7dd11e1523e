import { escapeMarkup } from '../../text/markup.ts'
import { type Call, type Reply, readForm, redirect, regionOf } from '../call.ts'
import { replyQuestion } from '../page.ts'
import { signBrowserIn } from '../portal/browser-login.ts'
import { Refusal } from '../refusal.ts'
import type { SandboxState } from '../state.ts'
import type { AuthorizationRequest } from './authorizations.ts'
import { loopbackRedirect } from './client.ts'
import { chooseUser } from './user.ts'

/** GET /authorize: the page with the buttons, or the redirect at once when nobody is to be asked. */
export function authorize(state: SandboxState, call: Call): Reply {
  const request = readRequest(state, call)
  const problem = findProblem(call.query, request)
  if (problem) return sendBack(request, { error: problem })
  if (state.answer !== 'ask') return sendAnswer(state, request, state.answer === 'allow', null)
  return replyQuestion({
    action: '/authorize',
    fields: { request: state.authorizations.open(request) },
    text: `<p><b>${escapeMarkup(request.client.name)}</b> wants to access your AWS accounts.</p>`,
    users: state.directory.users,
  })
}

/** POST /authorize: a button of that page. */
export function answerAuthorize(state: SandboxState, call: Call): Reply {
  const form = readForm(call)
  const request = state.authorizations.close(form.get('request') ?? '')
  return sendAnswer(state, request, form.get('decision') === 'allow', form.get('user'))
}

/** What must be right before the browser may be sent anywhere, RFC 6749 4.1.2.1. */
function readRequest(state: SandboxState, call: Call): AuthorizationRequest {
  const client = state.clients.find(call.query.get('client_id') ?? '')
  const region = regionOf(call.host)
  if (!client || (region !== undefined && region !== state.settings.region))
    throw new Refusal(400, 'invalid_client', 'The client is unknown here, or its registration is over.')
  const redirectUri = call.query.get('redirect_uri') ?? ''
  const [, port] = /^http:\/\/127\.0\.0\.1:(\d{1,5})\/oauth\/callback$/.exec(redirectUri) ?? []
  if (port === undefined || !client.redirectUris.includes(loopbackRedirect))
    throw new Refusal(400, 'invalid_request', 'The redirect URI is not the one that the client registered.')
  return {
    client,
    redirectUri,
    state: call.query.get('state') ?? '',
    challenge: call.query.get('code_challenge') ?? '',
  }
}

/** What the client is told through the browser. The scopes' parameter is `scopes`, not OAuth's `scope`. */
function findProblem(query: URLSearchParams, { client, state, challenge }: AuthorizationRequest) {
  if (query.get('response_type') !== 'code') return 'unsupported_response_type'
  if (!client.grantTypes.includes('authorization_code')) return 'unauthorized_client'
  if (state === '' || query.get('code_challenge_method') !== 'S256') return 'invalid_request'
  if (!/^[\w-]{43}$/.test(challenge)) return 'invalid_request'
  const scopes = (query.get('scopes') ?? '').split(' ').filter((scope) => scope !== '')
  return scopes.every((scope) => client.scopes.includes(scope)) ? undefined : 'invalid_scope'
}

function sendAnswer(
  state: SandboxState,
  request: AuthorizationRequest,
  isAllowed: boolean,
  userName: string | null,
): Reply {
  if (!isAllowed) return sendBack(request, { error: 'access_denied', error_description: 'Access denied' })
  const user = chooseUser(state, userName)
  const reply = sendBack(request, { code: state.authorizations.issueCode(request, user) })
  return signBrowserIn(state, user, reply)
}

function sendBack(request: AuthorizationRequest, parameters: Record<string, string>): Reply {
  const query = new URLSearchParams({ ...parameters, ...(request.state !== '' && { state: request.state }) })
  return redirect(`${request.redirectUri}?${query}`)
}
