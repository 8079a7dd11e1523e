import { createHash, randomBytes } from 'node:crypto'
import type { Registration } from '../core/registration.ts'
import { AssumeError } from '../errors.ts'
import { listenForCallback, registeredRedirectUri } from './callback.ts'
import { type LogIn, wait } from './login.ts'

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
    ports.say(`log in in the browser; if none opens, go to\n  ${url}`)
    await ports.openBrowser(url)
    const code = await waitForCode(listener.code, ports.signal)
    const answer = await service.createToken(registration, {
      grantType: 'authorization_code',
      code,
      codeVerifier: verifier,
      redirectUri: listener.redirectUri,
    })
    if (typeof answer === 'string') {
      throw new AssumeError('login-failed', `Identity Center did not accept the login (${answer})`, {
        hint: `check sso_region: it is ${session.region}`,
      })
    }
    return { registration, grant: answer }
  } finally {
    listener.close()
  }
}

function waitForCode(code: Promise<string>, signal: AbortSignal): Promise<string> {
  const done = new AbortController()
  const late = wait(patience, AbortSignal.any([signal, done.signal])).then(() => {
    throw new AssumeError('login-failed', 'nobody logged in within 10 minutes', { hint: 'assume login' })
  })
  late.catch(() => {})
  return Promise.race([code, late]).finally(() => done.abort())
}

function buildAuthorizeUrl(
  endpoint: string,
  { clientId }: Registration,
  request: { state: string; verifier: string; redirectUri: string; scopes: readonly string[] },
): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: request.redirectUri,
    state: request.state,
    code_challenge_method: 'S256',
    scopes: request.scopes.join(' '),
    code_challenge: createHash('sha256').update(request.verifier).digest('base64url'),
  })
  return `${endpoint}/authorize?${query}`
}
