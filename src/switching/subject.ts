import type { Context } from '../context.ts'
import { hasSwitchedKeys } from '../core/active.ts'
import { describeAssignment, parseAssignment } from '../core/assignment-profile.ts'
import type { Profile } from '../core/profile.ts'
import { type OwnWord, resolveProfile } from '../core/resolve.ts'
import type { Subject } from '../core/switch-options.ts'
import { shortenPath } from '../store/paths.ts'
import type { Profiles } from '../store/profiles.ts'

/**
 * The profile that is meant (or one of `ownWords`, which a message says), which for a role in an account is one that stands
 * in no file. Throws AssumeError `unknown-profile`, `incomplete-profile`, and `usage` when it is not clear which session is
 * meant.
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

/** What is active in this environment, to be switched to once more; undefined when nothing is, or keys of somebody else. */
export function findActiveSubject({ env, keptKeyId }: Context): Subject | undefined {
  if (env['AWS_PROFILE']) return { name: env['AWS_PROFILE'] }
  const name = hasSwitchedKeys(env, keptKeyId) ? env['ASSUME_PROFILE'] : undefined
  return name ? (parseAssignment(name) ?? { name }) : undefined
}
