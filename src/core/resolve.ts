import { AssumeError } from '../errors.ts'
import { printable } from '../redact.ts'
import type { AwsConfig } from './config/merge.ts'
import { findNearest, isTypo } from './matching.ts'
import { describeProfile, hasTooLongChain, type Profile } from './profile.ts'
import { describeLongChain } from './source.ts'

/**
 * The profile called `name`, fit to be switched to.
 * Throws AssumeError `unknown-profile` with the nearest names, `incomplete-profile` when its sso-session is not in the
 * config file, and `invalid-profile` when its chain is too long. `configPath` is the file that the messages name,
 * `ownWords` are words of `assume` itself that could have been meant.
 */
export function resolveProfile(
  config: AwsConfig,
  name: string,
  configPath: string,
  ownWords: readonly string[] = [],
): Profile {
  const profile = describeProfile(config, name)
  if (!profile) throw unknownProfile(config, name, configPath, ownWords)
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

function unknownProfile(
  config: AwsConfig,
  name: string,
  configPath: string,
  ownWords: readonly string[],
): AssumeError {
  const known = [...config.profiles.keys()]
  const own = new Map(ownWords.map((word) => [word.replace(/^--/, ''), `assume ${word}`]))
  for (const word of own.keys()) if (known.includes(word) || !isTypo(name, word)) own.delete(word)
  const nearest = findNearest(name, [...known, ...own.keys()])
  const describe = (word: string) => own.get(word) ?? printable(word)
  const reason = known.length === 0 ? `: ${configPath} has no profiles` : ''
  const suggestion = nearest.length > 0 ? `; nearest: ${nearest.map(describe).join(', ')}` : ''
  const [best] = nearest
  const fallback = known.length === 0 ? 'assume configure' : 'assume list'
  return new AssumeError(
    'unknown-profile',
    `there is no profile ${printable(name) || '""'}${reason}${suggestion}`,
    { hint: own.get(best ?? '') ?? fallback },
  )
}
