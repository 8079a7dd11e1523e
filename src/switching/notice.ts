import type { Context } from '../context.ts'
import { followChain, type Profile } from '../core/profile.ts'
import { warnOfProfile } from '../core/profile-warning.ts'
import { findTargetOfProfile, formatLoginOfProfile, nameSession } from '../core/session-list.ts'
import type { Profiles } from '../store/profiles.ts'
import { lookUpSession } from '../store/token-cache.ts'

/** What stands between the tools and credentials for this profile, one line each; none when nothing does. */
export function listNotices(context: Context, profiles: Profiles, profile: Profile): string[] {
  const { config, paths } = profiles
  const warning = warnOfProfile(config, followChain(config, profile.name), context.platform)
  if (warning !== undefined) return [`warning: ${warning}`]
  const target = findTargetOfProfile(config, profile.name)
  if (!target) return []
  const { state } = lookUpSession(context, paths.ssoCache, target.session, context.now())
  if (state === 'valid' || state === 'refreshable') return []
  const login = formatLoginOfProfile(config, profile.name, context.quoteWord)
  return [`no valid session for ${nameSession(target.session)}; log in with: ${login}`]
}
