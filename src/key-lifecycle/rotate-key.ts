import type { Context } from '../context.ts'
import { removeKeySessions } from '../credentials/role-cache.ts'
import { findKeyFacts } from '../keys/key-facts.ts'
import { type KeyStore, type KeyStoreName, keyStoreNames } from '../keys/key-store.ts'
import { openKeyStore } from '../keys/open-key-store.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { resolveProfile } from '../profiles/resolve.ts'
import { locateKeyLock, withLock } from '../system/lock/lock.ts'
import { shortenPath } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import { canAsk } from '../ui/terminal.ts'
import { KeyRotation, type RotationEnd, reportNoKey } from './key-rotation.ts'
import { RotationCalls } from './rotation-calls.ts'

export interface RotationRequest {
  readonly profileName: string
  /** Whether the old key is deleted, too. */
  readonly deletes: boolean
  readonly saysYes: boolean
  readonly mfaCode?: string | undefined
}

/**
 * Puts a new key in the place of the stored one of a profile, or goes on with that where it was interrupted. Throws AssumeError
 * `unknown-profile`, `unknown-key`, `rotation-stopped`, `keys-refused`, `confirmation-needed`, `cancelled`, and what stores, AWS and
 * `fetchCredentials` fail with; run again it goes on in every case.
 */
export async function rotateKey(
  context: Context,
  profiles: Profiles,
  request: RotationRequest,
): Promise<RotationEnd> {
  const { paths } = profiles
  const { profileName } = request
  const profile = resolveProfile(profiles.config, profileName, shortenPath(paths.awsConfig, paths))
  const store = await openStoreOf(context, profiles, profile)
  const task = `the rotation of the key of ${printable(profileName)}`
  return withLock(context, locateKeyLock(paths.locks, profileName), task, () => {
    const calls = new RotationCalls(context, profiles, profile, request.mfaCode)
    const forgetSessions = () => removeKeySessions(context.files, paths, profileName)
    return new KeyRotation(context, { ...request, store, calls, forgetSessions }).run()
  })
}

/** The store that the profile names, else the one that has its key. */
async function openStoreOf(context: Context, { paths }: Profiles, profile: Profile): Promise<KeyStore> {
  const named = profile.properties.get('assume_keys')?.toLowerCase()
  const found = findKeyFacts(context, paths, profile.name)
  const name: KeyStoreName | undefined = keyStoreNames.find((each) => each === named) ?? found[0]?.store
  if (name === undefined) throw reportNoKey(profile.name)
  return openKeyStore(context, paths, name, { mayAsk: canAsk(context.terminal) })
}
