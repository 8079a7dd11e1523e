import { readSessionNames } from '../cli/names.ts'
import type { Arguments } from '../cli/parse.ts'
import type { Context, Outcome } from '../context.ts'
import type { SsoSession } from '../profiles/profile.ts'
import { nameSession } from '../profiles/session-list.ts'
import { logIn } from '../sso/login/login.ts'
import { chooseTargets } from '../sso/targets.ts'
import { isRefreshable, type Token } from '../sso/token.ts'
import { tellRejection } from '../status/notice.ts'
import { readProfiles } from '../switch/known-profiles.ts'
import { formatLocalTime } from '../text/time.ts'

/** `assume login [SESSION or PROFILE]`: always a new login, as the user asked for one. */
export async function run(args: Arguments, context: Context): Promise<Outcome> {
  const names = readSessionNames(args, 'login')
  const profiles = readProfiles(context)
  tellRejection(context, profiles)
  const targets = chooseTargets(context, profiles, names)
  const notices: string[] = []
  for (const target of targets) {
    const token = await logIn(context, profiles, target, {
      opensBrowser: args.flags['no-browser'] !== true,
    })
    notices.push(describeLogin(target.session, token, context.now()))
  }
  return { notices }
}

function describeLogin(session: SsoSession, token: Token, now: number): string {
  const renewal = isRefreshable(token, now, session) ? ', renewed by itself while the session lasts' : ''
  return `logged in to ${nameSession(session)} until ${formatLocalTime(token.expiresAt, now)}${renewal}`
}
