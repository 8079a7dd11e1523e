import type { Profile } from '../profiles/profile.ts'
import { nameKeySession } from './role-file.ts'

/** The profile at the root of a chain, as far as it says which session that hangs on. */
export interface SessionRoot extends Pick<Profile, 'kind' | 'session' | 'loginSession'> {
  /** The name of the file that keeps the session in front of a stored key. */
  readonly keySession?: string
}

/** What of the profile at the root of a chain says which session that hangs on. */
export function describeRoot(profile: Profile): SessionRoot {
  const { kind, session, loginSession } = profile
  const keySession = nameKeySession(profile)
  return {
    kind,
    ...(session && { session }),
    ...(loginSession !== undefined && { loginSession }),
    ...(keySession !== undefined && { keySession }),
  }
}
