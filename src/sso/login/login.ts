import { isNamed } from '../../aws/failure.ts'
import { type BrowserPreference, chooseBrowserPreference } from '../../browser/preference.ts'
import { describeSurroundings } from '../../browser/surroundings.ts'
import type { Context } from '../../context.ts'
import { AssumeError } from '../../errors.ts'
import type { SsoSession } from '../../profiles/profile.ts'
import type { Profiles } from '../../profiles/profiles.ts'
import { findSessionRoute } from '../../profiles/route.ts'
import { formatLogin, type LoginTarget, nameSession } from '../../profiles/session-list.ts'
import { readSetting } from '../../settings/settings.ts'
import { locateSessionLock, withLock } from '../../system/lock/lock.ts'
import type { Hint } from '../../text/words.ts'
import type { OidcService } from '../oidc.ts'
import {
  type RegistrationKey,
  readRegistration,
  removeRegistration,
  writeRegistration,
} from '../registration-cache.ts'
import { issueToken, type Token } from '../token.ts'
import { checkTokenWritable, readToken, writeToken } from '../token-cache.ts'
import { chooseLoginFlow } from './choice.ts'
import type { LoginPorts, Register } from './way.ts'

export interface LoginRequest {
  readonly opensBrowser: boolean
}

/**
 * Logs in to a session and writes its token where all AWS tools find it. Of several processes that want the same
 * login one performs it, and the others take what it has got. Throws AssumeError `login-failed`, `invalid-region`,
 * `network`, `service`, `unwritable-file`, `cancelled`.
 */
export async function logIn(
  context: Context,
  profiles: Profiles,
  target: LoginTarget,
  request: LoginRequest,
): Promise<Token> {
  const { session } = target
  const { ssoCache, locks } = profiles.paths
  const read = () => readToken(context, ssoCache, session, context.now())
  const before = read()
  const task = `the login to ${nameSession(session)}`
  return withLock(context, locateSessionLock(locks, session), task, async () => {
    const now = read()
    if (now && now.expiresAt > context.now() && now.accessToken !== before?.accessToken) return now
    checkTokenWritable(context, ssoCache, session)
    const token = await perform(context, profiles, target, request).catch((error) => {
      throw suggestLogin(error, session)
    })
    writeToken(context.files, ssoCache, session, token)
    return token
  })
}

async function perform(
  context: Context,
  profiles: Profiles,
  target: LoginTarget,
  { opensBrowser }: LoginRequest,
): Promise<Token> {
  const { session } = target
  const route = findSessionRoute(context, profiles, target, 'sso_oidc')
  const flow = chooseLoginFlow(session, describeSurroundings(context), {
    asked: context.loginFlow,
    configured: readSetting('assume_login', profiles.settings, sectionOf(profiles, target)),
  })
  context.trace(`login to ${nameSession(session)} by ${flow}`)
  const [{ OidcService }, { resolveStartUrl }, logInWith] = await Promise.all([
    import('../oidc.ts'),
    import('../portal-address.ts'),
    flow === 'pkce'
      ? import('./pkce.ts').then((module) => module.logInWithPkce)
      : import('./device.ts').then((module) => module.logInWithDeviceCode),
  ])
  const startUrl = await resolveStartUrl(session.startUrl, {
    ...route,
    proxy: context.findProxy(session.startUrl),
  })
  const service = await OidcService.open(route)
  const key: RegistrationKey = { region: session.region, startUrl, scopes: session.scopes ?? [], flow }
  const { registrations } = profiles.paths
  const isKnown = readRegistration(context, registrations, key, context.now()) !== undefined
  const register = takeRegistration(context, profiles, service, key, nameSession(session))
  const ports = createPorts(context, profiles, target, opensBrowser)
  const attempt = () => logInWith(service, { ...session, startUrl }, register, ports)
  const { registration, grant } = await attempt().catch((error) => {
    if (isKnown && isNamed(error.cause, 'InvalidClientException')) return attempt()
    throw error
  })
  writeRegistration(context.files, registrations, key, registration)
  return issueToken(session, registration, grant, context.now())
}

/** An error of a login or a refresh with the command that tries again as its last hint. */
export function suggestLogin(error: unknown, session: SsoSession): unknown {
  if (!(error instanceof AssumeError) || !repeatable.has(error.code)) return error
  const { code, message, cause } = error
  const hint: Hint = (quote, write) =>
    [error.adviseIn(quote, write), formatLogin(session, quote)]
      .filter((line) => line !== undefined)
      .join('\n')
  return new AssumeError(code, message, { hint, cause })
}

const repeatable: ReadonlySet<string> = new Set(['network', 'service', 'login-failed'])

/**
 * Takes our registration out of its place until the login has succeeded: the service may have forgotten it, and with
 * PKCE only the browser would tell, however the wait for that ends.
 */
function takeRegistration(
  context: Context,
  { paths }: Profiles,
  service: OidcService,
  key: RegistrationKey,
  name: string,
): Register {
  return async (redirectUri) => {
    const kept = readRegistration(context, paths.registrations, key, context.now())
    removeRegistration(context.files, paths.registrations, key)
    if (kept) return kept
    const scopes = key.scopes.length > 0 ? key.scopes : redirectUri ? ['sso:account:access'] : undefined
    return service.register({
      clientName: `assume-${name}`,
      ...(scopes && { scopes }),
      ...(redirectUri && { redirectUri, issuerUrl: key.startUrl }),
    })
  }
}

function createPorts(
  context: Context,
  profiles: Profiles,
  target: LoginTarget,
  opensBrowser: boolean,
): LoginPorts {
  const { session } = target
  return {
    sessionName: nameSession(session),
    say: context.notify,
    signal: context.interruption,
    async openBrowser(url) {
      if (!opensBrowser) return
      const { openInBrowser } = await import('../../browser/open.ts')
      await openInBrowser(context, url, choosePreference(profiles, target))
    },
  }
}

function choosePreference(profiles: Profiles, target: LoginTarget): BrowserPreference {
  const { session, profile } = target
  return chooseBrowserPreference({
    name: profile.name || (session.name ?? session.startUrl),
    profile: profile.properties,
    session: sectionOf(profiles, target),
    settings: profiles.settings,
  })
}

function sectionOf({ config }: Profiles, { session }: LoginTarget): ReadonlyMap<string, string> | undefined {
  return session.name === undefined ? undefined : config.sessions.get(session.name)
}
