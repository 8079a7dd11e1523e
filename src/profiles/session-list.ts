import type { SessionKey } from '../aws/cache-file-name.ts'
import { AssumeError } from '../errors.ts'
import { findNearest } from '../text/matching.ts'
import { printable } from '../text/redact.ts'
import { formatSuggestion } from '../text/suggestion.ts'
import { formatProfileFlag, formatProfileWord, formatSessionWord, type QuoteWord } from '../text/words.ts'
import type { AwsConfig } from './config/merge.ts'
import {
  describeProfile,
  describeSession,
  findRootProfile,
  type Profile,
  type SsoSession,
} from './profile.ts'
import { checkSession } from './profile-fault.ts'
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

/** Every session of the files, each once: those that profiles use, in the order of the profiles, and then the others. */
export function listSessions(config: AwsConfig): LoginTarget[] {
  const targets = new Map<string, LoginTarget>()
  const add = (target: LoginTarget | undefined) => {
    if (!target) return
    const { session } = target
    const key = session.name === undefined ? `url ${session.startUrl}` : `name ${session.name}`
    if (!targets.has(key)) targets.set(key, target)
  }
  for (const name of config.profiles.keys()) add(toTarget(describeProfile(config, name)))
  for (const name of config.sessions.keys()) {
    const session = describeSession(config, name)
    add(session && withoutProfile(session))
  }
  return [...targets.values()]
}

/** A session that no profile uses, as something to log in to. */
export function withoutProfile(session: SsoSession): LoginTarget {
  return { session, profile: { name: '', kind: 'sso', session, properties: new Map(), files: [] } }
}

/** The session at the root of a profile's chain; undefined when the profile needs none, or it is not in the files. */
export function findTargetOfProfile(config: AwsConfig, name: string): LoginTarget | undefined {
  return toTarget(findRootProfile(config, name))
}

/** The session that the root of a chain logs in to; undefined when it needs none, or it is not in the files. */
export function toTarget(profile: Profile | undefined): LoginTarget | undefined {
  return profile?.session && { session: profile.session, profile }
}

/** Whether two sessions are one for all AWS tools. */
export function isSameSession(one: SessionKey, other: SessionKey | undefined): boolean {
  return one.name === other?.name && one.startUrl === other?.startUrl
}

/** How a session is called in messages: by its name, a legacy one by its start URL. */
export function nameSession({ name, startUrl }: SsoSession): string {
  return printable(name ?? startUrl)
}

/** How the session at the root of a chain is called in messages. */
export function nameRootSession({ name, kind, session }: Profile): string {
  if (session) return nameSession(session)
  return `${kind === 'keys' ? 'stored key' : 'aws login'} of ${printable(name)}`
}

/** The command that logs in to a session. */
export function formatLogin({ name, startUrl }: SsoSession, quote: QuoteWord): string {
  return `assume login ${formatSessionWord(name ?? startUrl, quote)}`
}

/** The command that logs in to the session of a profile, which another session may be called like. */
export function formatLoginOfProfile(config: AwsConfig, name: string, quote: QuoteWord): string {
  const taken = findNamedSession(listSessions(config), name)?.session
  const own = findTargetOfProfile(config, name)?.session
  const isOwn = taken === undefined || isSameSession(taken, own)
  return `assume login ${(isOwn ? formatProfileWord : formatProfileFlag)(name, quote)}`
}

/**
 * The session that is meant: by a word an sso-session by name, else a session by its start URL, first one without a name,
 * else that at the root of a profile. Without a name: that of the active profile, else the only one that profiles use, else
 * the only one there is.
 * Throws AssumeError `unknown-profile`, `incomplete-profile`, and `usage` when a word is needed, with the command that
 * `adviseName` makes for a session: the login, unless told.
 */
export function findSession(
  config: AwsConfig,
  { word, profile }: SessionName,
  activeProfile: string | undefined,
  configPath: string,
  adviseName: (session: SsoSession, quote: QuoteWord) => string = formatLogin,
): LoginTarget {
  const sessions = listSessions(config)
  const named = word === undefined ? undefined : findNamedSession(sessions, word)
  if (named) return named
  const name = profile ?? word
  if (name !== undefined) return requireSessionOfProfile(config, name, sessions, configPath)
  const isThere = activeProfile !== undefined && config.profiles.has(activeProfile)
  const active = isThere ? findSessionOfProfile(config, activeProfile, configPath) : undefined
  if (active) return active
  const used = sessions.filter((target) => target.profile.name !== '')
  const [only, ...others] = used.length > 0 ? used : sessions
  if (only && others.length === 0) return only
  if (!only) {
    throw new AssumeError('unknown-profile', `${configPath} has no SSO session`, {
      hint: 'assume configure',
    })
  }
  const names = [only, ...others].map(({ session }) => nameSession(session)).join(', ')
  throw new AssumeError('usage', `which session? There are ${names}`, {
    hint: (quote) => adviseName(only.session, quote),
  })
}

/** The session that a word means: its name, or its start URL, which is all that tells one without a name. */
export function findNamedSession(sessions: readonly LoginTarget[], word: string): LoginTarget | undefined {
  const ofUrl = sessions.filter(({ session }) => session.startUrl === word)
  return (
    sessions.find(({ session }) => session.name === word) ??
    ofUrl.find(({ session }) => session.name === undefined) ??
    ofUrl[0]
  )
}

function requireSessionOfProfile(
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
    throw new AssumeError(
      'unknown-profile',
      `there is no session and no profile ${printable(name) || '""'}${formatSuggestion(nearest)}`,
      { hint: 'assume list' },
    )
  }
  const target = findSessionOfProfile(config, name, configPath)
  if (target) return target
  throw new AssumeError('incomplete-profile', `profile ${printable(name)} has no SSO session to log in to`, {
    hint: 'assume status',
  })
}

/** Throws AssumeError `incomplete-profile` and `invalid-profile` where the profile or its root leads to none as it is. */
function findSessionOfProfile(config: AwsConfig, name: string, configPath: string): LoginTarget | undefined {
  const asked = resolveProfile(config, name, configPath)
  const root = findRootProfile(config, name) ?? asked
  checkSession(root)
  if (root.kind !== 'login') return toTarget(root)
  throw new AssumeError(
    'incomplete-profile',
    `profile ${printable(name)} has no SSO session, but one of aws login and aws logout`,
    { hint: (quote) => formatAwsLogin(root, quote) },
  )
}

/** The command that starts the session of a profile, which is none of Identity Center. */
export function formatAwsLogin({ name }: Profile, quote: QuoteWord): string {
  return `aws login ${formatProfileFlag(name, quote)}`
}
