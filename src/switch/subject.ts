import type { Context } from '../context.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { type OwnWord, resolveProfile } from '../profiles/resolve.ts'
import { describeActive } from '../status/active.ts'
import { shortenPath } from '../system/paths.ts'
import { describeAssignment, parseAssignment } from './assignment-profile.ts'
import type { Subject } from './request.ts'

/**
 * The profile that is meant (or one of `ownWords`, which a message says), which for a role in an account is one that stands
 * in no file. Throws AssumeError `unknown-profile`, `invalid-profile`, `incomplete-profile` for a role in an account whose
 * session is missing, and `usage` when it is not clear which session is meant.
 */
export function resolveSubject(
  { env }: Context,
  { config, paths }: Profiles,
  subject: Subject,
  ownWords: readonly OwnWord[] = [],
): Profile {
  const configPath = shortenPath(paths.awsConfig, paths)
  if ('name' in subject) return resolveProfile(config, subject.name, configPath, ownWords)
  return describeAssignment(config, subject, env['AWS_PROFILE'], configPath)
}

/**
 * What is active in this environment, to be switched to once more, or why nothing is. Keys that no switch has set are
 * nobody's profile, also beside AWS_PROFILE: tools disagree on which of the two wins.
 */
export function findActiveSubject({ env, keptKeyId }: Context): Subject | { readonly refusal: string } {
  const { profile, keys, mode } = describeActive(env, keptKeyId)
  if (keys === 'elsewhere') {
    const open = env['AWS_PROFILE']
      ? 'tools disagree on whether AWS_PROFILE wins: name one'
      : 'no profile is named'
    return { refusal: `there are keys in AWS_ACCESS_KEY_ID that no switch has set, and ${open}` }
  }
  if (profile === undefined) return { refusal: 'no profile is active, and none is named' }
  return (mode === 'export' ? parseAssignment(profile) : undefined) ?? { name: profile }
}
