import type { Context } from '../context.ts'
import { type Profile, usesMfa } from '../core/profile.ts'
import { findTargetOfProfile, nameSession } from '../core/session-list.ts'
import { printable } from '../redact.ts'
import type { Profiles } from '../store/profiles.ts'
import { lookUpSession } from '../store/token-cache.ts'

/** What stands between the tools and credentials for this profile, one line each; none when nothing does. */
export function listNotices(context: Context, profiles: Profiles, profile: Profile): string[] {
  const { config, paths } = profiles
  const name = printable(profile.name)
  if (usesMfa(config, profile.name)) {
    return [`warning: profile ${name} needs an MFA code, which not every tool asks for`]
  }
  if (profile.kind === 'granted') {
    return [`warning: profile ${name} has only granted_sso_ keys, which the AWS tools do not read`]
  }
  const target = findTargetOfProfile(config, profile.name)
  if (!target) return []
  const { state } = lookUpSession(context, paths.ssoCache, target.session, context.now())
  if (state === 'valid' || state === 'refreshable') return []
  const login = `assume login ${context.quoteWord(profile.name)}`
  return [`no valid session for ${nameSession(target.session)}; log in with: ${login}`]
}
