import { printable } from '../../text/redact.ts'
import type { PlanDraft } from '../plan.ts'
import { editProfile } from '../sso.ts'

type Values = ReadonlyMap<string, string>

/** What a profile has from one that it includes. */
const includedKeys = [
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
] as const

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

/** The keys that a profile has by itself and from what it includes, which is never two times the same. */
export function collectIncluded(
  profiles: ReadonlyMap<string, Values>,
  values: Values,
  visited = new Set<Values>(),
): Map<string, string> {
  visited.add(values)
  const next = profiles.get(values.get('include_profile') ?? '')
  const rest =
    next === undefined || visited.has(next)
      ? new Map<string, string>()
      : collectIncluded(profiles, next, visited)
  const own = [...values].filter(([key]) => includedKeys.some((each) => each === key))
  return new Map([...rest, ...own])
}

/** Writes out what AWS tools do not inherit: that of what is included, and that of `[default]`, in which every chain ends. */
export function planInheritance(
  draft: PlanDraft,
  profiles: ReadonlyMap<string, Values>,
  name: string,
  values: Values,
  { roleTtl, stored }: { readonly roleTtl: number | undefined; readonly stored: ReadonlySet<string> },
): void {
  const shown = printable(name)
  const include = values.get('include_profile')
  if (include !== undefined && !profiles.has(include))
    draft.note('cannot', `${shown}: it includes ${printable(include)}, and there is no such profile`)
  const whole = collectIncluded(profiles, values)
  const base = name === 'default' ? undefined : profiles.get('default')
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
  for (const [key, value] of base ?? []) {
    if (whole.has(key) || !defaultKeys.includes(key)) continue
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
  if (isRole && values.has('parent_profile') && !whole.has('source_profile')) return
  if (isRole && roleTtl !== undefined && !whole.has('duration_seconds') && !isChained(profiles, whole))
    whole.set('duration_seconds', String(roleTtl))
  const missing = [...whole].filter(([key]) => !values.has(key))
  draft.edit(editProfile(name, values, missing))
}

function hasSso(values: Values): boolean {
  return values.has('sso_session') || values.has('sso_start_url')
}

function isChained(profiles: ReadonlyMap<string, Values>, values: Values): boolean {
  const source = profiles.get(values.get('source_profile') ?? '')
  return source !== undefined && collectIncluded(profiles, source).has('role_arn')
}
