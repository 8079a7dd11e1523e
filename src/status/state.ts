import type { Context } from '../context.ts'
import { lookUpSessionOf } from '../credentials/session-lookup.ts'
import type { SessionState } from '../sso/session-state.ts'
import type { Paths } from '../system/paths.ts'
import { describeSpan } from '../text/time.ts'
import type { ListedProfile, SessionRoot } from './listed-profile.ts'

/** A profile and what holds for it right now. */
export interface ProfileState {
  readonly profile: ListedProfile
  /** Of the session at the root of its chain, of Identity Center or `aws login`; absent when it needs none. */
  readonly session?: SessionState
  /** The session in a few words, or what is wrong with the profile. */
  readonly label: string
  /** Whether AWS_PROFILE names it. */
  readonly active: boolean
  /** False when a login, or a repair of the config file, is needed first. */
  readonly usable: boolean
}

/** The states of `chosen`; each token file is read once. */
export function describeStates(
  context: Context,
  paths: Pick<Paths, 'ssoCache' | 'loginCache'>,
  chosen: readonly ListedProfile[],
): ProfileState[] {
  const sessions = new Map<string, ReturnType<typeof describeSession>>()
  const known = new Map<SessionRoot, ReturnType<typeof describeSession>>()
  const find = (root: SessionRoot) => {
    const { kind, session, loginSession } = root
    const id = [kind, session?.name, session?.startUrl, loginSession].join('\n')
    const found = sessions.get(id) ?? describeSession(context, paths, root)
    sessions.set(id, found)
    known.set(root, found)
    return found
  }
  const active = context.env['AWS_PROFILE']
  return chosen.map((profile) => {
    const { name, problem, root } = profile
    const { session, label, usable } = known.get(root) ?? find(root)
    const state = {
      profile,
      label: problem ?? label,
      active: name === active,
      usable: problem === undefined && usable,
    }
    return session ? { ...state, session } : state
  })
}

function describeSession(
  context: Context,
  paths: Pick<Paths, 'ssoCache' | 'loginCache'>,
  root: SessionRoot,
): Pick<ProfileState, 'session' | 'label' | 'usable'> {
  const session = lookUpSessionOf(context, { paths }, root)
  if (!session) return { label: '', usable: true }
  const usable = session.state === 'valid' || session.state === 'refreshable'
  return { session, label: labelSession(session, context.now()), usable }
}

/** `valid 7h 12m`, `renews itself`, `expired`, `logged out`. */
export function labelSession({ state, expiresAt = 0 }: SessionState, now: number): string {
  if (state === 'valid') return `valid ${describeSpan(expiresAt - now)}`
  return { refreshable: 'renews itself', expired: 'expired', none: 'logged out' }[state]
}
