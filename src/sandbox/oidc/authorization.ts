import { createHash, randomUUID } from 'node:crypto'
import { escapeMarkup } from '../../core/markup.ts'
import { type Call, type Reply, readForm, redirect, regionOf } from '../call.ts'
import type { Clock } from '../clock.ts'
import type { SandboxUser } from '../directory.ts'
import { replyQuestion } from '../page.ts'
import { Refusal, refuseOidc } from '../refusal.ts'
import type { Secrets } from '../secrets.ts'
import type { SandboxState } from '../state.ts'
import { type Client, loopbackRedirect } from './client.ts'
import { chooseUser } from './user.ts'

/** What a browser came with to /authorize. */
export interface AuthorizationRequest {
  readonly client: Client
  readonly redirectUri: string
  readonly state: string
  readonly challenge: string
}

const codeLifetime = 600_000

/** Authorization requests that wait for a button, and the codes that came of them; RFC 6749 4.1, RFC 7636. */
export class Authorizations {
  readonly #clock: Clock
  readonly #secrets: Secrets
  readonly #open = new Map<string, AuthorizationRequest>()
  readonly #codes = new Map<string, AuthorizationRequest & { user: SandboxUser; expiresAt: number }>()

  constructor(clock: Clock, secrets: Secrets) {
    this.#clock = clock
    this.#secrets = secrets
  }

  /** Keeps a request until its page is answered and returns its name. */
  open(request: AuthorizationRequest): string {
    const id = randomUUID()
    this.#open.set(id, request)
    return id
  }

  /** The request of a page, which is answered only once. */
  close(id: string): AuthorizationRequest {
    const request = this.#open.get(id)
    if (!request) throw new Refusal(400, 'invalid_request', 'This login is unknown or already answered.')
    this.#open.delete(id)
    return request
  }

  issueCode(request: AuthorizationRequest, user: SandboxUser): string {
    const code = this.#secrets.issue('authorization-code')
    this.#codes.set(code, { ...request, user, expiresAt: this.#clock.now() + codeLifetime })
    return code
  }

  /** The user who allowed the client in. A code is spent by the first attempt, right or wrong. */
  redeem(code: string, client: Client, redirectUri: string, verifier: string): SandboxUser {
    const grant = this.#codes.get(code)
    this.#codes.delete(code)
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    if (
      grant?.client.id !== client.id ||
      grant.redirectUri !== redirectUri ||
      grant.challenge !== challenge ||
      grant.expiresAt <= this.#clock.now()
    )
      throw refuseOidc('InvalidGrantException')
    return grant.user
  }
}

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
  return sendBack(request, { code: state.authorizations.issueCode(request, chooseUser(state, userName)) })
}

function sendBack(request: AuthorizationRequest, parameters: Record<string, string>): Reply {
  const query = new URLSearchParams({ ...parameters, ...(request.state !== '' && { state: request.state }) })
  return redirect(`${request.redirectUri}?${query}`)
}
