import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { findSessionRoute } from '../profiles/route.ts'
import { formatLogin, type LoginTarget, nameSession } from '../profiles/session-list.ts'
import { locateSessionLock, withLock } from '../system/lock/lock.ts'
import { describeSpan } from '../text/time.ts'
import { logIn, suggestLogin } from './login/login.ts'
import { isRefreshable, needsRefresh, renewToken, type Token, type TokenAnswer } from './token.ts'
import { checkTokenWritable, readToken, writeToken } from './token-cache.ts'

export interface SessionOptions {
  /** Whether a login may be started, which needs a terminal too. */
  readonly mayLogIn?: boolean
}

/**
 * A token that can be used in place of `token`, the one in the cache, which is over or nearly so: refreshed, else that
 * of a login. Throws AssumeError `login-needed` when a login is needed and there can be none, and what a login throws.
 */
export async function renewSession(
  context: Context,
  profiles: Profiles,
  target: LoginTarget,
  token: Token | undefined,
  { mayLogIn = true }: SessionOptions,
): Promise<Token> {
  const { session } = target
  const now = context.now()
  if (token && isRefreshable(token, now, session)) {
    const isGood = (found: Token) => !needsRefresh(found, context.now())
    const refreshed = await refresh(context, profiles, target, isGood).catch((error) => {
      // What is still good for some minutes is better than a failure; the tools will try again.
      const isUsable = error instanceof AssumeError && error.code !== 'cancelled' && token.expiresAt > now
      if (!isUsable) throw suggestLogin(error, session)
      context.notify(`warning: ${error.message}`)
      return token
    })
    if (refreshed) return refreshed
  } else if (token && token.expiresAt > now) return token
  if (!mayLogIn || !context.terminal.stderrIsTerminal) {
    if (!token || token.expiresAt <= now) throw loginNeeded(context, target)
    const left = describeSpan(token.expiresAt - now)
    context.notify(
      `warning: ${nameSession(session)} ends in ${left}; log in with: ${formatLogin(session, context.quoteWord)}`,
    )
    return token
  }
  return logIn(context, profiles, target, { opensBrowser: true })
}

/**
 * Another token in place of one that the service refuses although its time is not over: somebody has logged out
 * elsewhere. Throws as `ensureSession`.
 */
export async function replaceToken(
  context: Context,
  profiles: Profiles,
  target: LoginTarget,
  refused: Token,
  { mayLogIn = true }: SessionOptions = {},
): Promise<Token> {
  const isGood = ({ accessToken }: Token) => accessToken !== refused.accessToken
  const refreshed = await refresh(context, profiles, target, isGood).catch((error) => {
    throw suggestLogin(error, target.session)
  })
  if (refreshed) return refreshed
  if (!mayLogIn || !context.terminal.stderrIsTerminal) throw loginNeeded(context, target)
  return logIn(context, profiles, target, { opensBrowser: true })
}

/** AssumeError `login-needed`, with the command that logs in. */
function loginNeeded({ terminal }: Context, { session }: LoginTarget): AssumeError {
  const reason = terminal.stderrIsTerminal ? '' : ', and there is no terminal to do it on'
  return new AssumeError('login-needed', `a login to ${nameSession(session)} is needed${reason}`, {
    hint: (quote) => formatLogin(session, quote),
  })
}

/**
 * The token that a refresh brings; undefined when the session is over. One process refreshes, the others re-read: what
 * `isGood` is taken as it is.
 */
function refresh(
  context: Context,
  profiles: Profiles,
  target: LoginTarget,
  isGood: (found: Token) => boolean,
): Promise<Token | undefined> {
  const { session } = target
  const { ssoCache, locks } = profiles.paths
  const read = () => readToken(context, ssoCache, session, context.now())
  const task = `the refresh of ${nameSession(session)}`
  return withLock(context, locateSessionLock(locks, session), task, async () => {
    const token = read()
    const now = context.now()
    if (token && isGood(token)) return token
    if (!token?.refreshToken || !isRefreshable(token, now, session)) return undefined
    const { clientId = '', clientSecret = '', refreshToken } = token
    const { OidcService } = await import('./oidc.ts')
    const route = findSessionRoute(context, profiles, target, 'sso_oidc')
    const service = await OidcService.open(route)
    // The service may take the refresh token back as soon as it has given another.
    checkTokenWritable(context, ssoCache, session)
    let renewed: Token | undefined
    const keep = (answer: TokenAnswer) => {
      renewed = renewToken(token, session, answer, context.now())
      writeToken(context.files, ssoCache, session, renewed)
    }
    const grant = { grantType: 'refresh_token', refreshToken } as const
    const answer = await service.createToken({ clientId, clientSecret }, grant, keep)
    return typeof answer === 'string' ? findNewer(read(), token, context.now()) : renewed
  })
}

/** Another program may have refreshed in between, which makes our refresh token a used one. */
function findNewer(found: Token | undefined, tried: Token, now: number): Token | undefined {
  const isNewer = found !== undefined && found.accessToken !== tried.accessToken && found.expiresAt > now
  return isNewer ? found : undefined
}
