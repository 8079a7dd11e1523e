import { describeChange } from '../emit/change.ts'
import type { Profile } from '../profiles/profile.ts'
import type { SessionState } from '../sso/session-state.ts'
import { printable } from '../text/redact.ts'
import { formatInstant } from '../text/time.ts'
import type { Active } from './active.ts'
import type { CredentialSource, Tool } from './credential-source.ts'
import type { Expiry } from './expiry.ts'
import type { Remedy } from './source-remedy.ts'
import { describeToolSource, toolNames } from './source-text.ts'
import { describeStoredKey, type StoredKeyReport } from './stored-key.ts'
import type { RegionTool, ToolRegion } from './tool-region.ts'
import { isSameSource } from './tool-sources.ts'

/** All that `assume status` knows. */
export interface StatusReport {
  readonly active: Active
  /** The active profile, if the files have it. */
  readonly profile: Profile | undefined
  /** The file by which a directory chose what is in force, and the same as a person reads it; absent: none did. */
  readonly directoryFile?: { readonly path: string; readonly shown: string } | undefined
  /** Of the session at the root of its chain. */
  readonly session: SessionState | undefined
  /** Of the keys in the environment where there are any, else of the profile. */
  readonly accountId: string | undefined
  readonly roleName: string | undefined
  readonly tools: readonly (readonly [Tool, CredentialSource])[]
  readonly regions: readonly (readonly [RegionTool, ToolRegion])[]
  /** Each with the line that does it. */
  readonly remedies: readonly (Remedy & { readonly command: string })[]
  readonly expiries: readonly Expiry[]
  /** Absent where no stored key is at the root of the profile's chain. */
  readonly storedKey: StoredKeyReport | undefined
  /** Milliseconds since the epoch. */
  readonly now: number
  /** The command that exports new keys in the place of expired ones. */
  readonly renewal: string | undefined
  /** The one that removes them, where there are no new ones and nothing else does. */
  readonly removal: string | undefined
  /** Why tools that are told the active profile get no credentials by it, or not all of them do. */
  readonly warning: string | undefined
  /** The config file, as a person reads it. */
  readonly configPath: string
}

/** What misleads one tool or another, one sentence each. */
export function listConflicts({ tools, regions }: StatusReport): string[] {
  const conflicts: string[] = []
  if (!agree(tools)) {
    conflicts.push(
      `the tools do not use the same: ${tools.map(([tool, source]) => `${toolNames[tool]} ${describeToolSource(source)}`).join('; ')}`,
    )
  }
  const compared = listComparedRegions(tools, regions)
  if (compared.some(([, { region }]) => region !== compared[0]?.[1].region)) {
    conflicts.push(
      `the tools do not use the same region: ${compared.map(([tool, { region }]) => `${toolNames[tool]} ${region || 'none'}`).join('; ')}`,
    )
  }
  return conflicts
}

/**
 * Where a tool has no keys while others have, its region is no matter; and where no variable says one, other regions are
 * those of other profiles, which is told already.
 */
function listComparedRegions(
  tools: StatusReport['tools'],
  regions: StatusReport['regions'],
): StatusReport['regions'] {
  if (regions.every(([, { variable }]) => variable === undefined)) return []
  const working = new Set(tools.filter(([, { kind }]) => kind !== 'none').map(([tool]) => tool))
  return working.size === 0 ? regions : regions.filter(([tool]) => working.has(tool))
}

function agree(tools: StatusReport['tools']): boolean {
  return tools.every(([, source]) => tools[0] === undefined || isSameSource(source, tools[0][1]))
}

/** The report as an object for other programs; what is not known is absent. Times are RFC 3339. */
export function toJson(report: StatusReport): object {
  const { active, profile, session, storedKey, tools, remedies, expiries } = report
  return {
    name: active.profile,
    source: active.source,
    directoryFile: report.directoryFile?.path,
    mode: active.mode,
    keys: active.keys,
    overridden: active.overridden,
    exists: active.profile === undefined ? undefined : profile !== undefined,
    kind: profile?.kind,
    accountId: report.accountId,
    roleName: report.roleName,
    region: report.regions[0]?.[1].region || undefined,
    ssoSession: profile?.session?.name,
    session: session?.state,
    sessionExpiresAt: formatInstant(session?.expiresAt),
    keyStore: storedKey?.store,
    accessKeyId: storedKey?.facts?.accessKeyId,
    keyCreatedAt: formatInstant(storedKey?.facts?.createdAt),
    keyHandedOut: storedKey?.isHandedOut,
    warning: report.warning,
    conflicts: listConflicts(report),
    renewal: report.renewal,
    removal: report.removal,
    tools: tools.map(([tool, { kind, profile, method, reason }]) => ({
      name: tool,
      source: kind,
      profile,
      method,
      reason,
    })),
    remedies: remedies.map(({ source: { kind, profile, method }, change, command }) => ({
      source: kind,
      profile,
      method,
      ...describeChange(change),
      command,
    })),
    links: expiries.map(({ kind, name, expiresAt, renews }) => ({
      kind,
      name,
      expiresAt: formatInstant(expiresAt),
      renews,
    })),
  }
}

/** The report as lines for a person, with their line feeds. */
export function formatReport(report: StatusReport): string {
  const { active, tools, remedies, renewal, removal, expiries, configPath, storedKey, now } = report
  const rows: (readonly [string, string])[] = [
    ['profile', nameProfile(report)],
    ['set by', report.directoryFile?.shown ?? describeOrigin(active)],
    ['account', describeAccount(report)],
    ['region', describeRegion(report)],
    ...describeMissingSession(report),
    ['from', storedKey ? describeStoredKey(storedKey, now) : ''],
    ...expiries.map(({ kind, name, label }) => [kind, `${name}: ${label}`] as const),
    ['config', configPath],
    ...describeTools(tools),
  ]
  const advice = remedies.map(
    ({ source, command }) => `\nfor all tools to use ${describeToolSource(source)}:\n  ${command}\n`,
  )
  if (removal !== undefined) advice.push(`\nto remove the keys that have expired:\n  ${removal}\n`)
  if (renewal !== undefined) advice.unshift(`\nfor new keys:\n  ${renewal}\n`)
  const lines = rows
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name.padEnd(9)}${printable(value)}\n`)
  return [...lines, ...advice.map((each) => printable(each, { multiline: true }))].join('')
}

function nameProfile({ active, profile, configPath }: StatusReport): string {
  if (active.profile === undefined) return 'none'
  // The keys of a switch need no profile, and one for a role in an account stands in no file.
  const missing = profile || active.mode === 'export' ? '' : `  (not in ${configPath})`
  return `${active.profile}${nameKeys(active)}${missing}`
}

/** Whose the keys beside AWS_PROFILE are, as the prompt says it. */
function nameKeys({ profile, keys, mode, overridden = profile }: Active): string {
  if (keys === undefined || mode === 'export') return ''
  return keys === 'switch' ? `, but keys of ${overridden}` : ', but keys from elsewhere'
}

function describeAccount({ active, accountId, roleName }: StatusReport): string {
  const account = [accountId, roleName].filter((part) => part !== undefined).join(' ')
  return account !== '' && nameKeys(active) !== '' ? `${account}  (of the keys)` : account
}

function describeOrigin({ source, mode, overridden }: Active): string {
  const instead = overridden === undefined ? '' : `, after a switch to ${overridden}`
  return {
    assume: mode === 'export' ? 'assume, as keys' : 'assume',
    elsewhere: `AWS_PROFILE, not assume${instead}`,
    keys: `AWS_ACCESS_KEY_ID, not assume${instead}`,
    none: overridden === undefined ? '' : `nothing any more${instead}`,
  }[source]
}

/** That of the AWS CLI. */
function describeRegion({ active, regions }: StatusReport): string {
  const { region = '', profile, variable } = regions[0]?.[1] ?? {}
  if (region === '') return variable === undefined ? '' : `none  (${variable} is set but empty)`
  if (profile === undefined) return region
  const whose = profile === active.profile ? 'of the profile' : `of profile ${profile}`
  return `${region}  (${whose}; AWS_REGION is not set)`
}

function describeMissingSession({ profile }: StatusReport): (readonly [string, string])[] {
  return profile?.missingSession === undefined
    ? []
    : [['session', `no [sso-session ${profile.missingSession}]`]]
}

/** One line where all tools use the same for the same reason; Java and Rust have theirs where somebody differs. */
function describeTools(tools: StatusReport['tools']): (readonly [string, string])[] {
  const shown = agree(tools) ? tools.slice(0, 3) : tools
  const rows = shown.map(
    ([tool, source]) => [toolNames[tool], `${describeToolSource(source)}: ${source.reason}`] as const,
  )
  const [first] = rows
  return first && rows.every(([, text]) => text === first[1]) ? [['tools', first[1]]] : rows
}
