import { readSessionNames } from '../cli/names.ts'
import type { Arguments } from '../cli/parse.ts'
import type { Context, Outcome } from '../context.ts'
import type { Profile, SsoSession } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { nameRootSession, nameSession } from '../profiles/session-list.ts'
import { logIn } from '../sso/login/login.ts'
import { chooseTargets } from '../sso/targets.ts'
import { isRefreshable, type Token } from '../sso/token.ts'
import { tellRejection } from '../status/notice.ts'
import { readProfiles } from '../switch/known-profiles.ts'
import { formatLocalTime } from '../text/time.ts'

/** `assume login [SESSION or PROFILE]`: always a new login, or a new session in front of a stored key, as the user asked for one. */
export async function run(args: Arguments, context: Context): Promise<Outcome> {
  const names = readSessionNames(args, 'login')
  const profiles = readProfiles(context)
  tellRejection(context, profiles)
  const targets = chooseTargets(context, profiles, names)
  const notices: string[] = []
  for (const target of targets) {
    if ('keyProfile' in target) {
      notices.push(await renewKeySession(context, profiles, target.keyProfile))
      continue
    }
    const token = await logIn(context, profiles, target, {
      opensBrowser: args.flags['no-browser'] !== true,
    })
    notices.push(describeLogin(target.session, token, context.now()))
  }
  return { notices }
}

async function renewKeySession(context: Context, profiles: Profiles, profile: Profile): Promise<string> {
  const { fetchCredentials } = await import('../credentials/credentials.ts')
  const request = { profile, refresh: true, mayLogIn: true, mayAsk: true }
  const { expiresAt = 0 } = await fetchCredentials(context, profiles, request)
  return `${nameRootSession(profile)}: a session until ${formatLocalTime(expiresAt, context.now())}`
}

function describeLogin(session: SsoSession, token: Token, now: number): string {
  const renewal = isRefreshable(token, now, session) ? ', renewed by itself while the session lasts' : ''
  return `logged in to ${nameSession(session)} until ${formatLocalTime(token.expiresAt, now)}${renewal}`
}
