import { printable } from '../../text/redact.ts'
import type { ImportFacts } from '../facts.ts'
import type { PlanDraft } from '../plan.ts'
import { editProfile } from '../sso.ts'
import { findHolder } from './aws-vault-sources.ts'

type Values = ReadonlyMap<string, string>

/** What a profile has from one that it includes. */
const includedKeys: ReadonlySet<string> = new Set([
  'mfa_serial',
  'region',
  'output',
  'role_arn',
  'role_session_name',
  'external_id',
  'duration_seconds',
  'source_profile',
  'sso_session',
  'sso_start_url',
  'sso_region',
  'sso_account_id',
  'sso_role_name',
  'sso_registration_scopes',
  'sts_regional_endpoints',
  'web_identity_token_file',
])

/** What says whose keys they are, and is looked at alone. */
const seenKeys: ReadonlySet<string> = new Set(['credential_process', 'login_session'])

/** What of `[default]` counts in every profile without a question: nobody becomes somebody else by it. */
const defaultKeys: readonly string[] = [
  'mfa_serial',
  'region',
  'role_session_name',
  'external_id',
  'duration_seconds',
  'source_profile',
  'sts_regional_endpoints',
]
/** What is a matter of roles alone. */
const roleKeys = /^(?:mfa_serial|role_session_name|external_id|duration_seconds|source_profile)$/

/** A profile with all that it says, and what it has from those that it includes. */
export type Included = ReadonlyMap<string, Map<string, string>>

/**
 * The keys that each profile has by itself and from what it includes, which is never two times the same. Takes the time of
 * as many steps as there are profiles, however long the chains are.
 */
export function resolveIncludes(profiles: ReadonlyMap<string, Values>): Included {
  const resolved = new Map<string, Map<string, string>>()
  for (const start of profiles.keys()) {
    const path: string[] = []
    const places = new Map<string, number>()
    let next: string | undefined = start
    while (next !== undefined && profiles.has(next) && !resolved.has(next) && !places.has(next)) {
      places.set(next, path.length)
      path.push(next)
      next = profiles.get(next)?.get('include_profile')
    }
    // Once more round a circle, so that each in it has what all others in it say.
    const circle = next === undefined ? undefined : places.get(next)
    if (circle !== undefined) path.push(...path.slice(circle))
    let rest = resolved.get(next ?? '') ?? new Map<string, string>()
    for (const name of path.reverse()) {
      const values: Values = profiles.get(name) ?? new Map()
      rest = new Map([...[...rest].filter(([key]) => includedKeys.has(key) || seenKeys.has(key)), ...values])
      resolved.set(name, rest)
    }
  }
  return resolved
}

/** What counts for all profiles alike. */
export interface VaultWorld {
  readonly facts: Pick<ImportFacts, 'credentials' | 'platform'>
  readonly profiles: ReadonlyMap<string, Values>
  readonly included: Included
  /** The names in its store. */
  readonly stored: ReadonlySet<string>
  /** Seconds; undefined where AWS tools take as many by themselves. */
  readonly roleTtl: number | undefined
}

/** Writes out what AWS tools do not inherit: that of what is included, and that of `[default]`, in which every chain ends. */
export function planInheritance(draft: PlanDraft, world: VaultWorld, name: string, values: Values): void {
  const { facts, profiles, included, stored, roleTtl } = world
  const shown = printable(name)
  const include = values.get('include_profile')
  if (include !== undefined && !profiles.has(include))
    draft.note('cannot', `${shown}: it includes ${printable(include)}, and there is no such profile`)
  const whole = new Map(included.get(name))
  const base = name === 'default' ? undefined : included.get('default')
  const isRole = whole.has('role_arn')
  // One by a web identity needs no keys, and no code.
  const isAssumed =
    isRole && !values.has('web_identity_token_process') && !whole.has('web_identity_token_file')
  const isOnOwnKeys = isAssumed && stored.has(name) && !whole.has('source_profile')
  if (values.get('source_profile') === name || isOnOwnKeys) {
    if (isRole) {
      draft.note('needs', `${shown}: its role is assumed with keys that it has itself in aws-vault's store`)
      return
    }
    draft.edit([{ op: 'remove', section: { type: 'profile', name }, key: 'source_profile' }])
    whole.delete('source_profile')
  }
  for (const key of defaultKeys) {
    const value = base?.get(key)
    if (value === undefined || whole.has(key)) continue
    if (roleKeys.test(key) && (!isAssumed || (key === 'source_profile' && value === name))) continue
    // Who logs in by SSO gets a region from the profile that says so, not from keys of somebody else.
    if (hasSso(whole)) continue
    whole.set(key, value)
  }
  const role = base?.get('role_arn')
  if (role !== undefined && !isRole && !hasSso(whole)) {
    draft.note(
      'cannot',
      `${shown}: aws-vault assumes the role of [default], ${printable(role)}, with its keys; the AWS tools do not`,
    )
  }
  const source = whole.get('source_profile')
  if (isRole && values.has('parent_profile') && source === undefined) return
  const holder = source === undefined ? 'session' : findHolder(facts, included, source)
  const device = whole.get('mfa_serial')
  if (isRole && device !== undefined && holder !== 'user') {
    whole.delete('mfa_serial')
    if (holder === 'unknown' && !values.has('mfa_serial'))
      draft.note(
        'cannot',
        `${shown}: its MFA device, ${printable(device)}, which is right where ${printable(source ?? '')} has the long-lived keys of its user alone`,
      )
  }
  // A role on a session is one for an hour.
  if (isRole && roleTtl !== undefined && !whole.has('duration_seconds') && holder !== 'session')
    whole.set('duration_seconds', String(roleTtl))
  const missing = [...whole].filter(([key]) => includedKeys.has(key) && !values.has(key))
  draft.edit(editProfile(name, values, missing))
}

function hasSso(values: Values): boolean {
  return values.has('sso_session') || values.has('sso_start_url')
}
