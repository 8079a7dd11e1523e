import { needsEnvironment, needsMfa, type Profile } from '../profiles/profile.ts'
import type { Subject, SwitchOptions } from './request.ts'

/** Whether tools are given the name of a profile, or temporary keys. */
export type SwitchMode = 'profile' | 'export'

/** What decides the mode of a switch. */
interface ModeFacts {
  readonly subject: Subject
  readonly options: Pick<SwitchOptions, 'exports'>
  /** The value of `assume_mode`. */
  readonly configured: string | undefined
  /** Whether the profile, or the keys for it, come from a plugin, which only assume asks. */
  readonly isProvided: boolean
}

/**
 * The mode of a switch. Left to itself it is `export` exactly when an SDK that is given only AWS_PROFILE could get
 * nothing: a plugin has the keys, an MFA code is needed, the keys are those of the environment, which a switch
 * removes, or Granted's. `chain` is the
 * profile and its sources, as `followChain` gives them.
 */
export function chooseMode(
  chain: readonly Profile[],
  { subject, options, configured, isProvided }: ModeFacts,
): SwitchMode {
  if (options.exports || !('name' in subject)) return 'export'
  if (configured === 'profile' || configured === 'export') return configured
  if (isProvided) return 'export'
  const isOutOfReach = (link: Profile) => needsEnvironment(link) || link.kind === 'granted'
  return needsMfa(chain) || chain.some(isOutOfReach) ? 'export' : 'profile'
}
