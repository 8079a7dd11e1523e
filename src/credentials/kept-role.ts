import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { planChain } from './chain.ts'
import { locateRoleEntry } from './role-cache.ts'
import { findRoleFile } from './role-file.ts'

/** The file that keeps the keys of a profile; undefined where nobody keeps them, or the profile leads to none. */
export function locateKeptRole(
  context: Context,
  { config, paths }: Profiles,
  profile: Profile,
): string | undefined {
  try {
    const file = findRoleFile(config, planChain(config, profile, context), context.platform)
    return file && locateRoleEntry(paths, file)
  } catch (error) {
    if (error instanceof AssumeError) return undefined
    throw error
  }
}
