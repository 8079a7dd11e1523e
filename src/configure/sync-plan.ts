import type { ConfigEdit } from '../profiles/config/edit.ts'
import type { AwsConfig } from '../profiles/config/merge.ts'
import { describeProfile, type Profile } from '../profiles/profile.ts'
import { matchesPattern } from '../text/matching.ts'
import { formatName, type NameTemplate } from './name-template.ts'
import { chooseNames, listCandidates } from './profile-names.ts'

/** The key that marks a profile as written by sync; its value is the session. */
export const marker = 'assume_synced'

/** A role that the user has in an account. */
export interface Assignment {
  readonly accountId: string
  readonly accountName?: string
  readonly email?: string
  readonly roleName: string
}

export interface SyncRequest {
  /** The name of the sso-session. */
  readonly session: string
  /** All of them, whatever the filter: the names depend on the whole. */
  readonly assignments: readonly Assignment[]
  /** Accounts of which it is not known whether their roles are gone. */
  readonly closedAccounts: readonly string[]
  readonly template: NameTemplate
  /** The region of new profiles; absent for none. */
  readonly region?: string
  /** Whether synced profiles that have no region get it too. */
  readonly completesRegion: boolean
  /** Account, role or profile name, as in `matchesPattern`. */
  readonly filter?: string
  /** Whether profiles whose role is gone are removed. */
  readonly prunes: boolean
}

/** A profile and the role that it stands for. */
export interface SyncEntry {
  readonly name: string
  readonly accountId: string
  readonly accountName?: string
  readonly roleName: string
}

/** What sync would do. Entries are in the order of their names. */
export interface SyncPlan {
  readonly edits: readonly ConfigEdit[]
  readonly added: readonly SyncEntry[]
  readonly changed: readonly SyncEntry[]
  readonly removed: readonly SyncEntry[]
  /** Written by sync, and their role is gone; they stay. */
  readonly stale: readonly SyncEntry[]
  readonly unchanged: readonly SyncEntry[]
  /** Made by hand for a role of the session; sync leaves them alone and adds no second one. */
  readonly kept: readonly SyncEntry[]
  /** Those of `unchanged` and `changed` that the template would call otherwise now. */
  readonly renamed: readonly { readonly entry: SyncEntry; readonly wished: string }[]
  /** Those of `added` that do not have the template's name because another profile has it. */
  readonly displaced: readonly { readonly entry: SyncEntry; readonly wished: string }[]
  /** Those of `stale` that another profile assumes its role from. */
  readonly needed: readonly SyncEntry[]
}

/** The profiles of a session's roles, by account and role. */
type Holdings = ReadonlyMap<string, readonly Profile[]>

/** Works out the edits that give every assignment of a session a profile. */
export function planSync(config: AwsConfig, request: SyncRequest): SyncPlan {
  const assignments = new Map(request.assignments.map((each) => [keyOf(each), each]))
  const holdings = findHoldings(config, request.session)
  const held: Held = { unchanged: [], changed: [], kept: [], renamed: [] }
  const wishes: (Assignment & { readonly name: string })[] = []
  for (const [key, assignment] of assignments) {
    const name = wishName(assignment, request)
    const profiles = holdings.get(key)
    if (!profiles) wishes.push({ ...assignment, name })
    for (const profile of profiles ?? []) sortHeld(held, profile, assignment, name, request)
  }
  const names = chooseNames(wishes, new Set(config.profiles.keys()))
  const additions = wishes
    .map(({ name: wished, ...wish }, index) => ({ entry: toEntry(names[index] as string, wish), wished }))
    .filter(({ entry, wished }) => isChosen(entry, request, wished))
  const added = sort(additions.map(({ entry }) => entry))
  const gone = findGone(holdings, assignments, request)
  const needed = request.prunes ? findNeeded(config, gone) : []
  const removed = request.prunes ? gone.filter((entry) => !needed.includes(entry)) : []
  return {
    edits: [
      ...removed.map(({ name }) => ({ op: 'remove-section' as const, section: sectionOf(name) })),
      ...held.changed.map(({ name }) => setRegion(name, request.region ?? '')),
      ...added.map((entry) => addProfile(entry, request)),
    ],
    added,
    changed: sort(held.changed),
    removed,
    stale: request.prunes ? needed : gone,
    unchanged: sort(held.unchanged),
    kept: sort(held.kept),
    renamed: held.renamed,
    displaced: additions.filter(({ wished }) => config.profiles.has(wished)),
    needed,
  }
}

function findHoldings(config: AwsConfig, session: string): Holdings {
  const holdings = new Map<string, Profile[]>()
  for (const name of config.profiles.keys()) {
    const profile = describeProfile(config, name)
    if (profile?.kind !== 'sso' || profile.properties.get('sso_session') !== session) continue
    const { accountId, roleName } = profile
    if (accountId === undefined || roleName === undefined) continue
    const key = keyOf({ accountId, roleName })
    const found = holdings.get(key)
    if (found === undefined) holdings.set(key, [profile])
    else found.push(profile)
  }
  return holdings
}

/**
 * Whether a profile of the session was written by sync. One that stands in the credentials file too is the user's own:
 * part of it would be left when sync takes it away.
 */
function isSynced({ properties, files }: Profile, { session }: SyncRequest): boolean {
  return properties.get(marker) === session && files.every((file) => file === 'config')
}

interface Held {
  readonly unchanged: SyncEntry[]
  readonly changed: SyncEntry[]
  readonly kept: SyncEntry[]
  readonly renamed: { readonly entry: SyncEntry; readonly wished: string }[]
}

function sortHeld(
  held: Held,
  profile: Profile,
  assignment: Assignment,
  wished: string,
  request: SyncRequest,
): void {
  const entry = toEntry(profile.name, assignment)
  if (!isChosen(entry, request)) return
  if (!isSynced(profile, request)) {
    held.kept.push(entry)
    return
  }
  const getsRegion = request.completesRegion && request.region !== undefined && profile.region === undefined
  held[getsRegion ? 'changed' : 'unchanged'].push(entry)
  const candidates = listCandidates({ ...assignment, name: wished })
  const isNumbered = entry.name.startsWith(`${candidates.at(-1)}-`)
  if (!candidates.includes(entry.name) && !isNumbered) held.renamed.push({ entry, wished })
}

/** The synced profiles whose role is gone, as far as that is known. */
function findGone(
  holdings: Holdings,
  assignments: ReadonlyMap<string, Assignment>,
  request: SyncRequest,
): SyncEntry[] {
  const gone = [...holdings]
    .filter(([key]) => !assignments.has(key))
    .flatMap(([, profiles]) => profiles.filter((profile) => isSynced(profile, request)))
    .map(({ name, accountId = '', roleName = '' }) => ({ name, accountId, roleName }))
    .filter(({ accountId }) => !request.closedAccounts.includes(accountId))
  return sort(gone.filter((entry) => isChosen(entry, request)))
}

/** Those of `gone` that a profile which stays names as its source. */
function findNeeded(config: AwsConfig, gone: readonly SyncEntry[]): SyncEntry[] {
  const names = new Set(gone.map(({ name }) => name))
  const sources = [...config.profiles]
    .filter(([name]) => !names.has(name))
    .map(([, { values }]) => values.get('source_profile'))
  return gone.filter(({ name }) => sources.includes(name))
}

function isChosen(
  { name, accountId, accountName = '', roleName }: SyncEntry,
  { filter }: SyncRequest,
  wished = name,
) {
  if (filter === undefined) return true
  return [name, wished, accountId, accountName, roleName].some((text) => matchesPattern(text, filter))
}

function wishName({ accountId, accountName, email, roleName }: Assignment, request: SyncRequest): string {
  return formatName(request.template, {
    accountId,
    ...(accountName && { accountName }),
    roleName,
    ...(email && { email }),
    session: request.session,
  })
}

function toEntry(name: string, { accountId, accountName, roleName }: Assignment): SyncEntry {
  return { name, accountId, ...(accountName && { accountName }), roleName }
}

function addProfile({ name, accountId, roleName }: SyncEntry, { session, region }: SyncRequest): ConfigEdit {
  return {
    op: 'add-section',
    section: sectionOf(name),
    properties: [
      ['sso_session', session],
      ['sso_account_id', accountId],
      ['sso_role_name', roleName],
      ...(region === undefined ? [] : [['region', region] as const]),
      [marker, session],
    ],
  }
}

function setRegion(name: string, region: string): ConfigEdit {
  return { op: 'set', section: sectionOf(name), key: 'region', value: region }
}

function sectionOf(name: string): ConfigEdit['section'] {
  return { type: 'profile', name }
}

function keyOf({ accountId, roleName }: Pick<Assignment, 'accountId' | 'roleName'>): string {
  return `${accountId} ${roleName}`
}

function sort(entries: readonly SyncEntry[]): SyncEntry[] {
  return [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))
}
