import type { Context } from '../context.ts'
import { warnOfProfile } from '../credentials/profile-warning.ts'
import { lookUpSessionOf } from '../credentials/session-lookup.ts'
import type { AwsConfig } from '../profiles/config/merge.ts'
import { labelContradiction } from '../profiles/contradiction.ts'
import { findGuarded } from '../profiles/plugin-settings.ts'
import { followChain, isTooLong, longestChain, type Profile } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'
import type { SessionState } from '../sso/session-state.ts'
import { describeSpan } from '../text/time.ts'

/** A profile and what holds for it right now. */
export interface ProfileState {
  readonly profile: Profile
  /** Of the session at the root of its chain, of Identity Center or `aws login`; absent when it needs none. */
  readonly session?: SessionState
  /** The session in a few words, or what is wrong with the profile. */
  readonly label: string
  /** What is wrong with the profile, if something is. */
  readonly problem?: string
  /** Why tools get no credentials by it, or not all of them do. */
  readonly warning?: string
  /** Whether AWS_PROFILE names it. */
  readonly active: boolean
  /** Whether a plugin guards it. */
  readonly guarded: boolean
  /** False when a login, or a repair of the config file, is needed first. */
  readonly usable: boolean
}

/** The states of `chosen`; each token file is read once. */
export function describeStates(
  context: Context,
  profiles: Profiles,
  chosen: readonly Profile[],
): ProfileState[] {
  const sessions = new Map<string, ReturnType<typeof describeSession>>()
  const isGuarded = findGuarded(profiles.plugins)
  return chosen.map((profile) => {
    const chain = profile.kind === 'role' ? followChain(profiles.config, profile.name) : [profile]
    const warning = warnOfProfile(profiles.config, chain, context.platform)
    const facts = {
      profile,
      ...(warning !== undefined && { warning }),
      active: profile.name === context.env['AWS_PROFILE'],
      guarded: isGuarded(profile),
    }
    const problem = findProblem(profiles.config, chain)
    const trouble = problem === undefined ? {} : { problem, label: problem, usable: false }
    const root = chain.at(-1) ?? profile
    const { kind, session, loginSession } = root
    const id = [kind, session?.name, session?.startUrl, loginSession].join('\n')
    const known = sessions.get(id) ?? describeSession(context, profiles, root)
    sessions.set(id, known)
    return { ...facts, ...known, ...trouble }
  })
}

function findProblem(config: AwsConfig, chain: readonly Profile[]): string | undefined {
  const missing = chain[0]?.missingSession
  if (missing !== undefined) return `no [sso-session ${missing}]`
  if (isTooLong(chain)) return `more than ${longestChain} source profiles`
  const root = chain.at(-1)
  return root && labelContradiction(config, root)
}

function describeSession(context: Context, profiles: Profiles, root: Profile) {
  const session = lookUpSessionOf(context, profiles, root)
  if (!session) return { label: '', usable: true }
  const usable = session.state === 'valid' || session.state === 'refreshable'
  return { session, label: labelSession(session, context.now()), usable }
}

/** `valid 7h 12m`, `renews itself`, `expired`, `logged out`. */
export function labelSession({ state, expiresAt = 0 }: SessionState, now: number): string {
  if (state === 'valid') return `valid ${describeSpan(expiresAt - now)}`
  return { refreshable: 'renews itself', expired: 'expired', none: 'logged out' }[state]
}
