import { parseKnownRegion, Region } from '../aws/region.ts'
import { warnOfSection } from '../profiles/cli-warning.ts'
import type { AwsConfig, ProfileProperties } from '../profiles/config/merge.ts'
import { describeProfile, type Profile, type SsoSession } from '../profiles/profile.ts'
import { type LoginTarget, listSessions, withoutProfile } from '../profiles/session-list.ts'
import { defaultTemplate, formatName, parseTemplate } from './name-template.ts'
import { chooseNames } from './profile-names.ts'

/** The name that the AWS documentation gives to a first session. */
const firstSessionName = 'my-sso'

/** Names of the sso-sessions of the config file; that of `profileName` comes first, the others in their order. */
export function listSessionNames(config: AwsConfig, profileName: string | undefined): string[] {
  const preferred = config.profiles.get(profileName ?? '')?.values.get('sso_session') ?? ''
  const names = [...config.sessions.keys()]
  return config.sessions.has(preferred) ? [preferred, ...names.filter((name) => name !== preferred)] : names
}

/** A name for a new session; undefined when the usual one is taken. */
export function suggestSessionName(config: AwsConfig): string | undefined {
  return config.sessions.has(firstSessionName) ? undefined : firstSessionName
}

/** What the files know of where one can log in to, each portal once; that of `profileName` comes first. */
export function listPortals(config: AwsConfig, profileName: string | undefined): SsoSession[] {
  const own = config.profiles.get(profileName ?? '')?.values.get('sso_start_url')
  const sessions = listSessions(config).map(({ session }) => session)
  const portals = [...new Map(sessions.toReversed().map((session) => [session.startUrl, session])).values()]
  return portals.reverse().sort((a, b) => Number(b.startUrl === own) - Number(a.startUrl === own))
}

/** The start URL of a legacy profile that no sso-session has yet: people come from there. */
export function suggestStartUrl(config: AwsConfig): string | undefined {
  const targets = listSessions(config)
  const known = new Set([...config.sessions.values()].map((values) => values.get('sso_start_url')))
  return targets.find(({ session }) => session.name === undefined && !known.has(session.startUrl))?.session
    .startUrl
}

/** The region of Identity Center: in the start URL, else that of a session with the same URL, else of any session. */
export function suggestSsoRegion(config: AwsConfig, startUrl: string): string {
  const ofSameUrl = listSessions(config).find(({ session }) => session.startUrl === startUrl)
  const ofSessions = [...config.sessions.values()].map((values) => values.get('sso_region'))
  const found = [findRegion(startUrl), ofSameUrl?.session.region, ...ofSessions].find((region) =>
    Region.parse(region),
  )
  return found ?? 'us-east-1'
}

/** The session as something to log in to: with the network settings of a profile that uses it, if there is one. */
export function findTarget(config: AwsConfig, session: SsoSession): LoginTarget {
  const isKnown = ({ session: { name, startUrl } }: LoginTarget) =>
    name === session.name && (name !== undefined || startUrl === session.startUrl)
  const known = listSessions(config).find(isKnown)
  return { ...withoutProfile(session), ...(known && { profile: known.profile }) }
}

/**
 * A region for the profile: its own, also one that AWS does not have; that of the default profile, of another profile of
 * the portal, or, as `sync` writes it, of the session itself.
 */
export function suggestRegion(
  config: AwsConfig,
  session: SsoSession,
  profileName: string | undefined,
): string | undefined {
  const own = Region.parse(config.profiles.get(profileName ?? '')?.values.get('region'))
  const others = [...listRelated(config, session).map(({ values }) => values.get('region')), session.region]
  return own?.name ?? others.find((region) => parseKnownRegion(region ?? ''))
}

/** The output format of the profile, of the default profile, or of another profile of the portal. */
export function suggestOutput(
  config: AwsConfig,
  session: SsoSession,
  profileName: string | undefined,
): string | undefined {
  const profiles = [config.profiles.get(profileName ?? ''), ...listRelated(config, session)]
  return profiles.map((profile) => profile?.values.get('output')).find(Boolean)
}

/** The default profile, and those of the portal, with an sso-session or without one. */
function listRelated(config: AwsConfig, { name, startUrl }: SsoSession): ProfileProperties[] {
  const isOfPortal = ({ values }: ProfileProperties) => {
    const session = values.get('sso_session')
    if (session === undefined) return values.get('sso_start_url') === startUrl
    return session === name || config.sessions.get(session)?.get('sso_start_url') === startUrl
  }
  const ofPortal = [...config.profiles.values()].filter(isOfPortal)
  const ofDefault = config.profiles.get('default')
  return ofDefault ? [ofDefault, ...ofPortal] : ofPortal
}

/** The role of a profile to come; `accountName` is absent where nobody has told it. */
interface NewRole {
  readonly accountId: string
  readonly accountName?: string
  readonly roleName: string
}

/**
 * The name that `sync` would give the profile: by account and role, and one that is free unless the profile of that name
 * has this very role.
 */
export function suggestProfileName(config: AwsConfig, session: string, role: NewRole): string {
  const { accountId, roleName } = role
  const name = formatName(parseTemplate(defaultTemplate), { ...role, session })
  const isOther = (values: ReadonlyMap<string, string>) =>
    values.get('sso_account_id') !== accountId || values.get('sso_role_name') !== roleName
  const taken = [...config.profiles].filter(([, { values }]) => isOther(values)).map(([each]) => each)
  return chooseNames([{ accountId, roleName, name }], new Set(taken))[0] ?? name
}

/** Undefined for a kind that turns into a plain SSO profile by setting its keys; of the others something would be lost or win. */
const kindTexts: Readonly<Record<Profile['kind'], string | undefined>> = {
  sso: undefined,
  'sso-legacy': undefined,
  granted: undefined,
  none: undefined,
  role: 'assumes a role',
  'web-identity': 'uses a web identity token',
  static: 'has access keys',
  login: 'uses aws login',
  keys: 'has a stored key',
  process: 'runs a credential_process',
}

/**
 * Why an existing profile cannot become one of Identity Center; undefined when it can, or there is none. What is written
 * into a section that the AWS CLI does not find would never be found either.
 */
export function findObstacle(config: AwsConfig, name: string): string | undefined {
  if (config.unlikeCli.get(`profile ${name}`)?.hidden !== undefined)
    return warnOfSection(config, `profile ${name}`)
  const profile = describeProfile(config, name)
  const text = profile && kindTexts[profile.kind]
  return text && `there is a profile of that name, which ${text}: choose another name`
}

/** The region in the host of a portal: `ID.portal.REGION.app.aws`, `ID.REGION.portal.amazonaws.com`. What is in a file may be no URL. */
function findRegion(startUrl: string): string | undefined {
  if (!URL.canParse(startUrl)) return undefined
  const { hostname } = new URL(startUrl)
  const region = /\.portal\.([^.]+)\.app\.aws$|\.([^.]+)\.portal\.amazonaws\.(?:com|com\.cn|eu)$/.exec(
    hostname,
  )
  return region?.[1] ?? region?.[2]
}
