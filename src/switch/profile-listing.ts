import type { Context } from '../context.ts'
import { findFreshIndex, openIndex } from '../index/profile-index.ts'
import { readProfileList } from '../index/profile-list-file.ts'
import { warnOfRejection } from '../profiles/cli-warning.ts'
import { listWarnings, type Profiles } from '../profiles/profiles.ts'
import type { ListedProfiles } from '../status/listed-profile.ts'
import { locatePaths, type Paths } from '../system/paths.ts'
import { discardQuietly, leaveFreshIndex, readKnownProfiles } from './known-profiles.ts'
import type { Place } from './prepare-from-files.ts'
import { listAll } from './refresh-index.ts'

/** All profiles as they are shown, and what is said of the files. */
export interface ProfileListing extends ListedProfiles {
  /** What of the files is not understood. */
  readonly warnings: readonly string[]
  /** That the AWS CLI rejects one of them, if it does. */
  readonly rejection: string | undefined
  readonly paths: Paths
}

/** The listing of the files and of what plugins know: from a fresh index where that is all. Throws as `readKnownProfiles`. */
export async function listKnownProfiles(context: Context): Promise<ProfileListing> {
  const paths = locatePaths(context.env, context.platform)
  const place = { paths, index: openIndex(context, paths) }
  return readListing(context, place) ?? describeListing(context, await readKnownProfiles(context, place))
}

/** Undefined where the index cannot say. */
function readListing(context: Context, place: Place): ProfileListing | undefined {
  const { paths, index } = place
  const fresh = findFreshIndex(context, paths, index)
  if (!fresh) return undefined
  const list = readProfileList(context, fresh)
  if (list === 'torn') discardQuietly(context.files, fresh)
  if (typeof list === 'string') return undefined
  leaveFreshIndex(context, place, fresh)
  return { ...list, rejection: warnOfRejection(list), paths }
}

function describeListing(context: Context, profiles: Profiles): ProfileListing {
  const { config, paths } = profiles
  return {
    ...listAll(profiles, context.platform),
    warnings: listWarnings(profiles),
    rejection: warnOfRejection(config),
    paths,
  }
}
