import type { Credentials } from '../aws/credentials.ts'
import type { Context } from '../context.ts'
import { type CredentialRequest, fetchCredentials } from '../credentials/credentials.ts'
import { noteKeptKeys, readKeptKeys } from '../index/kept-keys.ts'
import type { FreshIndex } from '../index/profile-index.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { areSame } from '../system/source-stamps.ts'

/**
 * The credentials of a profile: where it is noted in which file they are kept, from there, else as `fetchCredentials` gets
 * them, and then it is noted. `index` as it was before the files were read; absent where it was not fresh.
 */
export async function obtainCredentials(
  context: Context,
  profiles: Profiles,
  index: FreshIndex | undefined,
  request: CredentialRequest,
): Promise<Credentials> {
  const { profile, roleArn, durationSeconds, refresh } = request
  const isPlain = roleArn === undefined && durationSeconds === undefined && profile.files.length > 0
  // What has been read meanwhile from other files would be handed out for as long as the index is fresh.
  const isOfIndex = index !== undefined && areSame(index.header.sources, profiles.snapshot.sources)
  const { name } = profile
  const { paths } = profiles
  const kept = isPlain && !refresh && isOfIndex ? readKeptKeys(context, paths, index, name) : undefined
  if (kept) {
    context.trace(`the credentials of ${name}: kept, by the note beside the profile index`)
    return kept
  }
  return fetchCredentials(context, profiles, {
    ...request,
    ...(isPlain &&
      isOfIndex && {
        onKept: (path, hasPlugin) =>
          noteKeptKeys(context, paths, index, { name, path, isForCore: hasPlugin }),
      }),
  })
}
