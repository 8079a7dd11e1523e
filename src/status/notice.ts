import type { Context } from '../context.ts'
import { describeLoginNeed } from '../credentials/from/login-session.ts'
import { lookUpSessionOf } from '../credentials/session-lookup.ts'
import { describeRoot } from '../credentials/session-root.ts'
import { warnOfRejection, warnOfSection } from '../profiles/cli-warning.ts'
import { findRootProfile, followChain, type Profile } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { formatAwsLogin, formatLoginOfProfile, nameRootSession } from '../profiles/session-list.ts'
import { warnOfSwitch } from './profile-warning.ts'

/** That the AWS CLI rejects a file, which it reads beside keys in the environment too, as a line; mostly none. */
export function listRejection({ config }: Pick<Profiles, 'config'>): string[] {
  const rejection = warnOfRejection(config)
  return rejection === undefined ? [] : [`warning: ${rejection}`]
}

/** Says once what `listRejection` says, before a command goes on that has no switch to say it with. */
export function tellRejection(context: Context, profiles: Pick<Profiles, 'config'>): void {
  for (const notice of listRejection(profiles)) context.notifyOnce(notice)
}

/** Says once that profiles of a session which is written for them will not work in the AWS CLI, where that is so. */
export function tellOfSession(context: Context, { config }: Pick<Profiles, 'config'>, name: string): void {
  const warning = warnOfSection(config, `sso-session ${name}`)
  if (warning !== undefined) context.notifyOnce(`warning: ${warning}`)
}

/** What stands between the tools and credentials for this profile, one line each; none when nothing does. */
export function listNotices(context: Context, profiles: Profiles, profile: Profile): string[] {
  const { config } = profiles
  const warning = warnOfSwitch(config, followChain(config, profile.name), context.platform)
  if (warning !== undefined) return [`warning: ${warning}`]
  const root = findRootProfile(config, profile.name) ?? profile
  const session = lookUpSessionOf(context, profiles, describeRoot(root))
  if (!session || session.state === 'valid' || session.state === 'refreshable') return []
  if (root.kind === 'login') {
    const login = formatAwsLogin(root, context.quoteWord)
    return [`warning: ${describeLoginNeed(root, session)}; log in with: ${login}`]
  }
  const login = formatLoginOfProfile(config, profile.name, context.quoteWord)
  return [`no valid session for ${nameRootSession(root)}; log in with: ${login}`]
}
