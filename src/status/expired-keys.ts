import { formatExport, type QuoteWord, type WriteVariable } from '../text/words.ts'
import { hasSwitchedKeys } from './active.ts'
import type { SourceFacts } from './credential-source.ts'
import { findEnvironmentExpiry } from './expiry.ts'
import { keyVariables } from './source-remedy.ts'

/** What helps where the keys in an environment have expired: new ones in their place, or to be without them. */
export interface ExpiredKeys {
  readonly remedy: 'renewal' | 'removal'
  readonly command: (quote: QuoteWord, write: WriteVariable) => string
}

/**
 * What helps where the keys in an environment have expired; undefined where they have not. Those of a switch are exported
 * anew, if its profile is in the files; `keptKeyId` as `hasSwitchedKeys` takes it.
 */
export function findExpiredKeys(
  { env, config, now }: Pick<SourceFacts, 'env' | 'config' | 'now'>,
  keptKeyId: string | undefined,
): ExpiredKeys | undefined {
  const { expiresAt } = findEnvironmentExpiry(env, keptKeyId, now) ?? {}
  if (expiresAt === undefined || expiresAt > now) return undefined
  if (!hasSwitchedKeys(env, keptKeyId)) {
    const names = keyVariables.filter((name) => env[name] !== undefined)
    return {
      remedy: 'removal',
      command: (_, write) => names.map((name) => write(name)).join('; '),
    }
  }
  const profile = env['ASSUME_PROFILE'] ?? ''
  return config.profiles.has(profile)
    ? { remedy: 'renewal', command: (quote) => formatExport(profile, quote) }
    : { remedy: 'removal', command: () => 'assume --unset' }
}
