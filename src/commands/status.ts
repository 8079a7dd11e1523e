import type { Arguments } from '../cli/parse.ts'
import type { Context, Outcome } from '../context.ts'
import { type Active, describeActive } from '../core/active.ts'
import { describeProfile } from '../core/profile.ts'
import { printable } from '../redact.ts'
import { shortenPath } from '../store/paths.ts'
import { loadProfiles, type Profiles } from '../store/profiles.ts'
import { describeStates, type ProfileState } from '../switching/state.ts'

/** `assume status`: what is in force in this environment, and where it comes from. */
export function run({ flags }: Arguments, context: Context): Outcome {
  const profiles = loadProfiles(context)
  const active = describeActive(context.env)
  const profile = active.profile === undefined ? undefined : describeProfile(profiles.config, active.profile)
  const [state] = profile ? describeStates(context, profiles, [profile]) : []
  const notices = [...profiles.warnings, ...active.conflicts.map((each) => printable(each))]
  const output = flags['json'] === true ? formatJson(active, state) : formatText(active, state, profiles)
  return { notices: notices.map((notice) => `warning: ${notice}`), output }
}

/** The object of `--json`; what is not known is absent. */
function formatJson(active: Active, state: ProfileState | undefined): string {
  const { profile, session } = state ?? {}
  const expiresAt = session?.expiresAt
  const object = {
    name: active.profile,
    source: active.source,
    overridden: active.overridden,
    exists: active.profile === undefined ? undefined : profile !== undefined,
    kind: profile?.kind,
    accountId: profile?.accountId,
    roleName: profile?.roleName,
    region: active.region ?? profile?.region,
    ssoSession: profile?.session?.name,
    session: session?.state,
    sessionExpiresAt: expiresAt === undefined ? undefined : new Date(expiresAt).toISOString(),
    conflicts: active.conflicts,
  }
  return `${JSON.stringify(object, null, 2)}\n`
}

function formatText(active: Active, state: ProfileState | undefined, { paths }: Profiles): string {
  const { profile, label } = state ?? {}
  const config = shortenPath(paths.awsConfig, paths)
  const identity = [profile?.accountId, profile?.roleName].filter((part) => part !== undefined).join(' ')
  const lines: (readonly [string, string])[] = [
    [
      'profile',
      active.profile === undefined ? 'none' : active.profile + (profile ? '' : `  (not in ${config})`),
    ],
    ['set by', describeSource(active)],
    ['account', identity],
    ['region', describeRegion(active, profile?.region)],
    ['session', [profile?.session?.name ?? '', label ?? ''].filter((part) => part !== '').join(': ')],
    ['config', config],
  ]
  return lines
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name.padEnd(9)}${printable(value)}\n`)
    .join('')
}

function describeSource({ source, overridden }: Active): string {
  const instead = overridden === undefined ? '' : `, after a switch to ${overridden}`
  return {
    assume: 'assume',
    elsewhere: `AWS_PROFILE, not assume${instead}`,
    keys: `AWS_ACCESS_KEY_ID, not assume${instead}`,
    none: overridden === undefined ? '' : `nothing any more${instead}`,
  }[source]
}

function describeRegion(active: Active, ofProfile: string | undefined): string {
  if (active.region !== undefined) return active.region
  return ofProfile === undefined ? '' : `${ofProfile}  (of the profile; AWS_REGION is not set)`
}
