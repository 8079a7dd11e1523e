import { AssumeError } from '../errors.ts'
import { printable } from '../redact.ts'
import type { QuoteWord } from '../words.ts'
import type { AwsConfig } from './config/merge.ts'
import { findNearest } from './matching.ts'
import {
  describeProfile,
  describeSession,
  findRootProfile,
  type Profile,
  type SsoSession,
} from './profile.ts'
import { resolveProfile } from './resolve.ts'

/** A session that can be logged in to, with the profile whose network settings count. */
export interface LoginTarget {
  readonly session: SsoSession
  readonly profile: Profile
}

/** What names a session: a word, which can be its name, its start URL or a profile, or a profile that is said to be one. */
export interface SessionName {
  readonly word?: string
  readonly profile?: string
}

/** Every session that a profile uses, each once, in the order of the profiles. */
export function listSessions(config: AwsConfig): LoginTarget[] {
  const targets = new Map<string, LoginTarget>()
  for (const name of config.profiles.keys()) {
    const target = toTarget(describeProfile(config, name))
    if (!target) continue
    const { session } = target
    const key = session.name === undefined ? `url ${session.startUrl}` : `name ${session.name}`
    if (!targets.has(key)) targets.set(key, target)
  }
  return [...targets.values()]
}

/** The sso-sessions of the config file that no profile uses, in its order. */
export function listUnusedSessions(config: AwsConfig): LoginTarget[] {
  const used = new Set(listSessions(config).map(({ session }) => session.name))
  return [...config.sessions.keys()].flatMap((name) => {
    const session = used.has(name) ? undefined : describeSession(config, name)
    return session ? [targetWithoutProfile(session)] : []
  })
}

/** A session as something to log in to where no profile has network settings for it. */
export function targetWithoutProfile(session: SsoSession): LoginTarget {
  return { session, profile: { name: '', kind: 'sso', session, properties: new Map(), files: [] } }
}

/** The session at the root of a profile's chain; undefined when the profile needs none, or it is not in the files. */
export function findTargetOfProfile(config: AwsConfig, name: string): LoginTarget | undefined {
  return toTarget(findRootProfile(config, name))
}

/**
 * The session that the root of a chain logs in to; undefined when it needs none, or it is not in the files. Granted's
 * own keys name a session too, but the AWS tools do not know it.
 */
export function toTarget(profile: Profile | undefined): LoginTarget | undefined {
  if (!profile?.session || profile.kind === 'granted') return undefined
  return { session: profile.session, profile }
}

/** How a session is called in messages: by its name, a legacy one by its start URL. */
export function nameSession({ name, startUrl }: SsoSession): string {
  return printable(name ?? startUrl)
}

/** The command that logs in to a session. */
export function formatLogin({ name, startUrl }: SsoSession, quote: QuoteWord): string {
  return `assume login ${quote(name ?? startUrl)}`
}

/**
 * The session that is meant: by a word an sso-session by name or start URL, else that at the root of a profile. Without a
 * name: that of the active profile, else the only one that profiles use, else the only one there is.
 * Throws AssumeError `unknown-profile`, `incomplete-profile`, and `usage` when a word is needed.
 */
export function findSession(
  config: AwsConfig,
  { word, profile }: SessionName,
  activeProfile: string | undefined,
  configPath: string,
): LoginTarget {
  const used = listSessions(config)
  const unused = listUnusedSessions(config)
  const sessions = [...used, ...unused]
  if (profile !== undefined) return findSessionOfProfile(config, profile, sessions, configPath)
  const name = word ?? activeProfile
  const found = sessions.find(({ session }) => session.name === name || session.startUrl === name)
  if (word !== undefined && found) return found
  if (name !== undefined && (word !== undefined || config.profiles.has(name))) {
    return findSessionOfProfile(config, name, sessions, configPath)
  }
  const [only, ...others] = used.length > 0 ? used : unused
  if (only && others.length === 0) return only
  if (!only) {
    throw new AssumeError('unknown-profile', `${configPath} has no SSO session`, {
      hint: 'assume configure',
    })
  }
  const names = [only, ...others].map(({ session }) => nameSession(session)).join(', ')
  throw new AssumeError('usage', `which session? There are ${names}`, {
    hint: (quote) => formatLogin(only.session, quote),
  })
}

function findSessionOfProfile(
  config: AwsConfig,
  name: string,
  sessions: readonly LoginTarget[],
  configPath: string,
): LoginTarget {
  if (!config.profiles.has(name)) {
    const candidates = [
      ...sessions.map(({ session }) => session.name ?? session.startUrl),
      ...config.profiles.keys(),
    ]
    const nearest = findNearest(name, candidates).map((each) => printable(each))
    const suggestion = nearest.length > 0 ? `; nearest: ${nearest.join(', ')}` : ''
    throw new AssumeError(
      'unknown-profile',
      `there is no session and no profile ${printable(name)}${suggestion}`,
      {
        hint: 'assume list',
      },
    )
  }
  const asked = resolveProfile(config, name, configPath)
  const root = findRootProfile(config, name) ?? asked
  const profile = resolveProfile(config, root.name, configPath)
  const target = toTarget(profile)
  if (target) return target
  throw new AssumeError('incomplete-profile', `profile ${printable(name)} has no SSO session to log in to`, {
    hint: 'assume status',
  })
}
