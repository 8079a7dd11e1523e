import { AssumeError } from '../errors.ts'
import { printable } from '../redact.ts'
import type { AwsConfig } from './config/merge.ts'
import { findNearest } from './matching.ts'
import { describeProfile, hasTooLongChain, type Profile } from './profile.ts'
import { describeLongChain } from './source.ts'

/**
 * The profile called `name`, fit to be switched to.
 * Throws AssumeError `unknown-profile` with the nearest names, `incomplete-profile` when its sso-session is not in the
 * config file, and `invalid-profile` when its chain is too long. `configPath` is the file that the messages name.
 */
export function resolveProfile(config: AwsConfig, name: string, configPath: string): Profile {
  const profile = describeProfile(config, name)
  if (!profile) throw unknownProfile(config, name, configPath)
  const { missingSession } = profile
  if (missingSession !== undefined) {
    const session = printable(missingSession)
    throw new AssumeError(
      'incomplete-profile',
      `profile ${printable(name)} uses sso-session ${session}, and ${configPath} has no [sso-session ${session}]`,
      { hint: (quote) => `assume configure --session ${quote(missingSession)}` },
    )
  }
  if (hasTooLongChain(config, name)) throw describeLongChain(profile)
  return profile
}

function unknownProfile(config: AwsConfig, name: string, configPath: string): AssumeError {
  const known = [...config.profiles.keys()]
  const message = `there is no profile ${printable(name) || '""'}`
  if (known.length === 0) {
    return new AssumeError('unknown-profile', `${message}: ${configPath} has no profiles`, {
      hint: 'assume configure',
    })
  }
  const nearest = findNearest(name, known).map((each) => printable(each))
  const suggestion = nearest.length > 0 ? `; nearest: ${nearest.join(', ')}` : ''
  return new AssumeError('unknown-profile', message + suggestion, { hint: 'assume list' })
}
