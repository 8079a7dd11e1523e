import type { Credentials } from '../../aws/credentials.ts'
import type { Region } from '../../aws/region.ts'
import type { Context } from '../../context.ts'
import { AssumeError } from '../../errors.ts'
import type { Profile } from '../../profiles/profile.ts'
import type { Profiles } from '../../profiles/profiles.ts'
import { requireRegion } from '../../profiles/region.ts'
import { findRoute } from '../../profiles/route.ts'
import { formatAwsLogin } from '../../profiles/session-list.ts'
import { findConfiguredRegion } from '../../profiles/written-region.ts'
import { locateLoginLock, withLock } from '../../system/lock/lock.ts'
import { printable } from '../../text/redact.ts'
import { formatProfileFlag, type Hint } from '../../text/words.ts'
import type { SourceOf } from '../source.ts'
import { checkLoginTokenWritable, locateLoginToken, readLoginToken, writeLoginToken } from './login-cache.ts'
import { describeLoginNeed } from './login-session.ts'
import { type LoginToken, needsRenewal, renewLoginToken } from './login-token.ts'
import type { LoginRefusal } from './signin.ts'

/**
 * The credentials of a session that `aws login` has started: those in its cache, renewed when they are over or nearly so,
 * and where `refresh` asks for it. Throws AssumeError `login-needed` when there is no session or it is over, which only
 * `aws login` mends, `not-assigned`, `incomplete-profile`, `invalid-region`, `unwritable-file`, `network`, `service`,
 * `cancelled`.
 */
export async function fetchLoginSession(
  context: Context,
  profiles: Profiles,
  source: SourceOf<'login'>,
  { refresh = false }: { readonly refresh?: boolean } = {},
): Promise<Credentials> {
  const token = read(context, profiles, source)
  if (!token) throw needLogin(source.profile, describeLoginNeed(source.profile, { state: 'none' }))
  if (!refresh && !needsRenewal(token, context.now())) return token.credentials
  const { credentials } = token
  try {
    return (await renew(context, profiles, source, token)).credentials
  } catch (error) {
    // What is still good for some minutes is better than a failure.
    const isFailure = error instanceof AssumeError && error.code !== 'cancelled'
    if (!isFailure || credentials.expiresAt <= context.now()) throw error
    context.notify(`warning: ${error.message}`)
    return credentials
  }
}

function read(
  context: Context,
  { paths }: Profiles,
  { loginSession }: SourceOf<'login'>,
): LoginToken | undefined {
  return readLoginToken(context, paths.loginCache, loginSession, context.now())
}

/** The session after a renewal. One process renews; the others, which wait for it, re-read what it has written. */
function renew(
  context: Context,
  profiles: Profiles,
  source: SourceOf<'login'>,
  seen: LoginToken,
): Promise<LoginToken> {
  const { files, now } = context
  const { loginSession, profile } = source
  const { locks, loginCache } = profiles.paths
  const task = `the renewal of profile ${printable(profile.name)}`
  return withLock(context, locateLoginLock(locks, loginSession), task, async () => {
    const token = read(context, profiles, source) ?? seen
    if (isNewer(token, seen, now())) return token
    const { renewLogin } = await import('./signin.ts')
    const route = findRoute(
      context,
      profiles,
      profile,
      'signin',
      findRegion(context, profiles, source, token),
    )
    // The service may take the refresh token back as soon as it has given another.
    checkLoginTokenWritable(context, loginCache, loginSession)
    let renewed = token
    const answer = await renewLogin(route, token, now, (parts) => {
      renewed = renewLoginToken(token, parts, now())
      writeLoginToken(files, loginCache, loginSession, renewed)
    })
    if (answer === 'renewed') return renewed
    // Another program, which knows no lock, may have renewed it in between.
    const found = read(context, profiles, source)
    if (found && isNewer(found, token, now())) return found
    throw explain(answer, profile)
  })
}

function isNewer(found: LoginToken, than: LoginToken, now: number): boolean {
  return found.refreshToken !== than.refreshToken && !needsRenewal(found, now)
}

/** As the AWS CLI finds it, which has started the session there; newer SDKs note it in the file. */
function findRegion(
  { ownEnv }: Context,
  profiles: Profiles,
  source: SourceOf<'login'>,
  token: LoginToken,
): Region {
  const { profile, loginSession } = source
  const path = locateLoginToken(profiles.paths.loginCache, loginSession)
  const remedy: Hint = (quote) => formatAwsLogin(profile, quote)
  const place = { path, key: 'signInRegion', remedy }
  const written =
    token.region === undefined ? findConfiguredRegion(ownEnv, profile) : { text: token.region, place }
  if (written) return requireRegion(profiles, written)
  throw new AssumeError(
    'incomplete-profile',
    `profile ${printable(profile.name)} has no region to renew its session in`,
    { hint: (quote) => `aws configure set region REGION ${formatProfileFlag(profile.name, quote)}` },
  )
}

function explain(refusal: LoginRefusal, profile: Profile): AssumeError {
  if (refusal === 'over') return needLogin(profile, describeLoginNeed(profile, { state: 'expired' }))
  const name = printable(profile.name)
  if (refusal === 'changed') {
    return needLogin(profile, `profile ${name} has a session of aws login with a password that has changed`)
  }
  return new AssumeError(
    'not-assigned',
    `profile ${name} may not renew its session of aws login: it has no permission for signin:CreateOAuth2Token`,
    {
      hint: (quote) => `have SignInLocalDevelopmentAccess attached, then: ${formatAwsLogin(profile, quote)}`,
    },
  )
}

function needLogin(profile: Profile, why: string): AssumeError {
  return new AssumeError('login-needed', why, { hint: (quote) => formatAwsLogin(profile, quote) })
}
