import type { Context } from '../context.ts'
import { locateKeptRole } from '../credentials/kept-role.ts'
import { readRoleEntry } from '../credentials/role-cache.ts'
import { lookUpSessionOf } from '../credentials/session-lookup.ts'
import { describeRoot } from '../credentials/session-root.ts'
import { describeProfile, findRootProfile, type Profile } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { nameRootSession } from '../profiles/session-list.ts'
import { parseTimestamp } from '../text/time.ts'
import { hasSwitchedKeys } from './active.ts'
import { type Expiry, findEnvironmentExpiry, labelEnd } from './expiry.ts'
import { labelSession } from './state.ts'

/**
 * What access hangs on, with the time left of each: the keys in the environment, and of the profile called
 * `profileName`, if the files have it, the session or the keys at the root of its chain, and the keys
 * that are kept of its role.
 */
export function listExpiries(
  context: Context,
  profiles: Profiles,
  profileName: string | undefined,
): Expiry[] {
  const now = context.now()
  const profile = describeProfile(profiles.config, profileName ?? '')
  const keys = findEnvironmentExpiry(context.env, context.keptKeyId, now)
  const expiries = [renewsKeys(context) ? keys && markRenewing(keys) : keys]
  if (profile) {
    expiries.push(findSessionExpiry(context, profiles, profile, now))
    expiries.push(findStaticExpiry(profiles, profile, now))
    expiries.push(findKeyExpiry(profiles, profile))
    expiries.push(findRoleExpiry(context, profiles, profile, now))
  }
  return expiries.filter((expiry) => expiry !== undefined)
}

/** Whether the shell that calls has said that it renews the keys that are in force: it knows when. */
function renewsKeys({ env, keptKeyId, handedFacts = '' }: Context): boolean {
  return handedFacts.split(' ').includes('renews') && hasSwitchedKeys(env, keptKeyId)
}

function markRenewing(keys: Expiry): Expiry {
  return { ...keys, renews: true, label: `${keys.label}, renewed at a prompt` }
}

function findSessionExpiry(
  context: Context,
  profiles: Profiles,
  profile: Profile,
  now: number,
): Expiry | undefined {
  const root = findRootProfile(profiles.config, profile.name)
  const session = root && lookUpSessionOf(context, profiles, describeRoot(root))
  if (!session) return undefined
  const { state, expiresAt, renews = false } = session
  const label = labelSession(session, now)
  return {
    kind: 'session',
    name: nameRootSession(root),
    ...(expiresAt !== undefined && { expiresAt }),
    renews: renews || state === 'refreshable',
    label: renews && state === 'valid' ? `${label}, then renews itself` : label,
  }
}

function findStaticExpiry({ config }: Profiles, profile: Profile, now: number): Expiry | undefined {
  const root = findRootProfile(config, profile.name)
  if (root?.kind !== 'static') return undefined
  const isTemporary = Boolean(root.properties.get('aws_session_token'))
  const expiresAt = parseTimestamp(root.properties.get('assume_expires_at'))
  const label = isTemporary ? 'end unknown' : 'no end'
  return {
    kind: 'keys',
    name: `profile ${root.name}`,
    ...(expiresAt !== undefined && { expiresAt }),
    renews: false,
    label: expiresAt === undefined ? label : labelEnd(expiresAt, now),
  }
}

/** The stored key itself where tools get that. */
function findKeyExpiry({ config }: Profiles, profile: Profile): Expiry | undefined {
  const root = findRootProfile(config, profile.name)
  if (!root?.handsOutKey) return undefined
  return { kind: 'keys', name: `profile ${root.name}`, renews: false, label: 'no end' }
}

/** Nothing for what nobody keeps, or does not keep for long enough to be used. */
function findRoleExpiry(
  context: Context,
  profiles: Profiles,
  profile: Profile,
  now: number,
): Expiry | undefined {
  // That is the session itself.
  if (profile.kind === 'keys') return undefined
  const path = locateKeptRole(context, profiles, profile)
  const expiresAt = path === undefined ? undefined : readRoleEntry(context, path, now)?.expiresAt
  if (expiresAt === undefined) return undefined
  const name = profile.roleName ?? profile.name
  return { kind: 'role', name, expiresAt, renews: true, label: `kept, ${labelEnd(expiresAt, now)}` }
}
