import type { AwsConfig } from './config/merge.ts'
import { findRootProfile, usesMfa } from './profile.ts'
import type { Subject, SwitchOptions } from './switch-options.ts'

/** Whether tools are given the name of a profile, or temporary keys. */
export type SwitchMode = 'profile' | 'export'

/**
 * The mode of a switch. `configured` is the value of `assume_mode`. Left to itself it is `export` exactly when an SDK
 * that is given only AWS_PROFILE could get nothing: an MFA code is needed, or the keys of the profile are Granted's.
 */
export function chooseMode(
  config: AwsConfig,
  subject: Subject,
  { exports }: SwitchOptions,
  configured: string | undefined,
): SwitchMode {
  if (exports || !('name' in subject)) return 'export'
  if (configured === 'profile' || configured === 'export') return configured
  const isGranted = findRootProfile(config, subject.name)?.kind === 'granted'
  return isGranted || usesMfa(config, subject.name) ? 'export' : 'profile'
}
