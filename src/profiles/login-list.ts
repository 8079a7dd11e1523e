import { AssumeError } from '../errors.ts'
import { printable } from '../text/redact.ts'
import { formatProfileFlag, formatProfileWord } from '../text/words.ts'
import type { AwsConfig } from './config/merge.ts'
import { describeProfile, findRootProfile, type Profile } from './profile.ts'
import {
  findNamedSession,
  findSession,
  type LoginTarget,
  listSessions,
  nameRootSession,
  type SessionName,
} from './session-list.ts'

/** The profile with a stored key in front of which a session stands. */
export interface KeyTarget {
  readonly keyProfile: Profile
}

/** Every session of the files, as `listSessions`, and those in front of stored keys. */
export function listLogins(config: AwsConfig): (LoginTarget | KeyTarget)[] {
  return [...listSessions(config), ...listKeyTargets(config)]
}

function listKeyTargets(config: AwsConfig): KeyTarget[] {
  return [...config.profiles.keys()].flatMap((name) => {
    const profile = describeProfile(config, name)
    return profile?.kind === 'keys' && !profile.handsOutKey ? { keyProfile: profile } : []
  })
}

/**
 * As `findSession`, where the session can be one in front of a stored key, too: that at the root of the profile that is named,
 * else of the active one, else the only one where there is no other session. Throws likewise.
 */
export function findLogin(
  config: AwsConfig,
  session: SessionName,
  activeProfile: string | undefined,
  configPath: string,
): LoginTarget | KeyTarget {
  const { word, profile } = session
  const sessions = listSessions(config)
  const named = profile ?? word
  const isSession = word !== undefined && findNamedSession(sessions, word) !== undefined
  const name = isSession ? undefined : (named ?? activeProfile)
  const root = name === undefined ? undefined : findRootProfile(config, name)
  if (root?.kind === 'keys' && !root.handsOutKey) return { keyProfile: root }
  const canOnlyBeKey = named === undefined && sessions.length === 0
  const [only, ...others] = canOnlyBeKey ? listKeyTargets(config) : []
  if (only && others.length === 0) return only
  if (only) throw askWhich([only, ...others])
  if (root?.handsOutKey && (canOnlyBeKey || named !== undefined)) throw describeNoSession(root)
  return findSession(config, session, activeProfile, configPath)
}

function askWhich(targets: readonly [KeyTarget, ...KeyTarget[]]): AssumeError {
  const names = targets.map(({ keyProfile }) => nameRootSession(keyProfile)).join(', ')
  return new AssumeError('usage', `which session? There are ${names}`, {
    hint: (quote) => `assume login ${formatProfileWord(targets[0].keyProfile.name, quote)}`,
  })
}

function describeNoSession({ name }: Profile): AssumeError {
  return new AssumeError(
    'incomplete-profile',
    `profile ${printable(name)} has no session: tools get its stored key itself, by assume_session_token = off`,
    { hint: (quote) => `aws configure set assume_session_token on ${formatProfileFlag(name, quote)}` },
  )
}
