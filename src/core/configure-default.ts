import { warnOfSection } from './cli-warning.ts'
import type { AwsConfig } from './config/merge.ts'
import { describeProfile, type Profile, type SsoSession } from './profile.ts'
import { parseKnownRegion, Region } from './region.ts'
import { type LoginTarget, listSessions, withoutProfile } from './session-list.ts'

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
  const known = listSessions(config).find((target) => target.session.name === session.name)
  return { ...withoutProfile(session), ...(known && { profile: known.profile }) }
}

/**
 * A region for the profile: its own, also one that AWS does not have; that of the default profile, or of another profile of
 * the session.
 */
export function suggestRegion(
  config: AwsConfig,
  sessionName: string,
  profileName: string | undefined,
): string | undefined {
  const ofSession = [...config.profiles.values()].filter(
    ({ values }) => values.get('sso_session') === sessionName,
  )
  const own = Region.parse(config.profiles.get(profileName ?? '')?.values.get('region'))
  const others = [config.profiles.get('default'), ...ofSession].map(
    (profile) => profile?.values.get('region') ?? '',
  )
  return own?.name ?? others.find(parseKnownRegion)
}

/** `ROLE-ACCOUNT`, as the AWS CLI proposes, without the characters that not every tool takes in a profile name. */
export function suggestProfileName(roleName: string, accountId: string): string {
  return `${roleName.replace(/[^A-Za-z0-9_\-/.%@:+]/g, '-')}-${accountId}`
}

/** Kinds that turn into a plain SSO profile by setting its keys; of the others something would be lost or win. */
const convertible = new Set<Profile['kind']>(['sso', 'sso-legacy', 'granted', 'none'])

const kindTexts: Readonly<Partial<Record<Profile['kind'], string>>> = {
  role: 'assumes a role',
  'web-identity': 'uses a web identity token',
  static: 'has access keys',
  login: 'uses aws login',
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
  if (!profile || convertible.has(profile.kind)) return undefined
  return `there is a profile of that name, which ${kindTexts[profile.kind]}: choose another name`
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
