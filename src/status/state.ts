import type { Context } from '../context.ts'
import { lookUpSessionOf, type SessionPaths } from '../credentials/session-lookup.ts'
import type { SessionState } from '../sso/session-state.ts'
import { describeSpan } from '../text/time.ts'
import type { ListedProfile, ListedProfiles } from './listed-profile.ts'

/** What holds right now for the profiles that hang on a root. */
export interface RootState {
  /** Of Identity Center, of `aws login`, or in front of a stored key; absent when none is needed. */
  readonly session?: SessionState
  /** The session in a few words; empty where there is none. */
  readonly label: string
  /** False when a login is needed first. */
  readonly usable: boolean
}

/** The states of roots, in their order; those that none of `profiles` hangs on are not looked at. */
export function describeRoots(
  context: Context,
  paths: SessionPaths,
  { profiles, roots }: ListedProfiles,
): RootState[] {
  const now = context.now()
  const used = new Set(profiles.map(({ root }) => root))
  return roots.map((root, number) => {
    const session = used.has(number) ? lookUpSessionOf(context, { paths }, root) : undefined
    if (!session) return { label: '', usable: true }
    const usable = session.state === 'valid' || session.state === 'refreshable'
    return { session, label: labelSession(session, now), usable }
  })
}

/** A profile's session in a few words, or what is wrong with the profile. */
export function labelState({ problem, root }: ListedProfile, states: readonly RootState[]): string {
  return problem ?? states[root]?.label ?? ''
}

/** False when a login, or a repair of the config file, is needed first. */
export function isUsable({ problem, root }: ListedProfile, states: readonly RootState[]): boolean {
  return problem === undefined && states[root]?.usable === true
}

/** `valid 7h 12m`, `renews itself`, `expired`, `logged out`. */
export function labelSession({ state, expiresAt = 0 }: SessionState, now: number): string {
  if (state === 'valid') return `valid ${describeSpan(expiresAt - now)}`
  return { refreshable: 'renews itself', expired: 'expired', none: 'logged out' }[state]
}
