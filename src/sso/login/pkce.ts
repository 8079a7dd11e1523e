import { createHash, randomBytes } from 'node:crypto'
import { wait } from '../../aws/wait.ts'
import { parseLoginUrl } from '../../aws/web-url.ts'
import { AssumeError } from '../../errors.ts'
import type { SsoSession } from '../../profiles/profile.ts'
import type { OidcService } from '../oidc.ts'
import type { Registration } from '../registration.ts'
import type { TokenGrant } from '../token.ts'
import { listenForCallback, type Redirect, registeredRedirectUri } from './callback.ts'
import { type LogIn, waitingLine } from './way.ts'

const patience = 10 * 60_000

/**
 * Logs in with an authorization code and PKCE (RFC 7636, S256), as AWS CLI 2.22 and newer do. The listener stands
 * before the browser opens. Throws AssumeError `login-failed`, `network`, `service`; the signal's reason when aborted.
 */
export const logInWithPkce: LogIn = async (service, session, register, ports) => {
  const registration = await register(registeredRedirectUri)
  const state = randomBytes(24).toString('base64url')
  const verifier = randomBytes(48).toString('base64url')
  const listener = await listenForCallback(state)
  try {
    const url = buildAuthorizeUrl(service.endpoint, registration, {
      state,
      verifier,
      redirectUri: listener.redirectUri,
      scopes: session.scopes ?? ['sso:account:access'],
    })
    ports.say(
      `log in to ${ports.sessionName} in the browser; if none opens, go to\n  ${url.href}\n  ${waitingLine}`,
    )
    await ports.openBrowser(url)
    const { code, conclude } = await waitForRedirect(listener.redirect, ports.signal)
    const { redirectUri } = listener
    const grant = await conclude(exchange(service, session, registration, { code, verifier, redirectUri }))
    return { registration, grant }
  } finally {
    listener.close()
  }
}

async function exchange(
  service: OidcService,
  session: SsoSession,
  registration: Registration,
  { code, verifier, redirectUri }: { code: string; verifier: string; redirectUri: string },
): Promise<TokenGrant> {
  const grant = { grantType: 'authorization_code', code, codeVerifier: verifier, redirectUri } as const
  const answer = await service.createToken(registration, grant)
  if (typeof answer !== 'string') return answer
  throw new AssumeError('login-failed', `Identity Center did not accept the login (${answer})`, {
    hint: `check sso_region: it is ${session.region}`,
  })
}

function waitForRedirect(redirect: Promise<Redirect>, signal: AbortSignal): Promise<Redirect> {
  const end = new AbortController()
  const abort = () => end.abort(signal.reason)
  // Whoever interrupts looks whether the signal itself is listened to.
  signal.addEventListener('abort', abort, { once: true })
  const late = wait(patience, end.signal).then(() => {
    throw new AssumeError('login-failed', 'nobody logged in within 10 minutes')
  })
  late.catch(() => {})
  return Promise.race([redirect, late]).finally(() => {
    signal.removeEventListener('abort', abort)
    end.abort()
  })
}

function buildAuthorizeUrl(
  endpoint: string,
  { clientId }: Registration,
  request: { state: string; verifier: string; redirectUri: string; scopes: readonly string[] },
): URL {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: request.redirectUri,
    state: request.state,
    code_challenge_method: 'S256',
    scopes: request.scopes.join(' '),
    code_challenge: createHash('sha256').update(request.verifier).digest('base64url'),
  })
  return parseLoginUrl(`${endpoint}/authorize?${query}`)
}
