import type { Context } from '../context.ts'
import { warnOfRejection } from '../core/cli-warning.ts'
import { describeLoginNeed, formatAwsLogin } from '../core/login-session.ts'
import { findRootProfile, followChain, type Profile } from '../core/profile.ts'
import { warnOfSwitch } from '../core/profile-warning.ts'
import { formatLoginOfProfile, nameSession } from '../core/session-list.ts'
import type { Profiles } from '../store/profiles.ts'
import { lookUpSessionOf } from './session-state.ts'

/** That the AWS CLI rejects a file, which it reads beside keys in the environment too, as a line; mostly none. */
export function listRejection({ config }: Profiles): string[] {
  const rejection = warnOfRejection(config)
  return rejection === undefined ? [] : [`warning: ${rejection}`]
}

/** What stands between the tools and credentials for this profile, one line each; none when nothing does. */
export function listNotices(context: Context, profiles: Profiles, profile: Profile): string[] {
  const { config } = profiles
  const warning = warnOfSwitch(config, followChain(config, profile.name), context.platform)
  if (warning !== undefined) return [`warning: ${warning}`]
  const root = findRootProfile(config, profile.name) ?? profile
  const session = lookUpSessionOf(context, profiles, root)
  if (!session || session.state === 'valid' || session.state === 'refreshable') return []
  if (!root.session) {
    const login = formatAwsLogin(root, context.quoteWord)
    return [`warning: ${describeLoginNeed(root, session)}; log in with: ${login}`]
  }
  const login = formatLoginOfProfile(config, profile.name, context.quoteWord)
  return [`no valid session for ${nameSession(root.session)}; log in with: ${login}`]
}
