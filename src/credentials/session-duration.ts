import { AssumeError } from '../errors.ts'
import type { Profile } from '../profiles/profile.ts'
import { readSetting, type Settings } from '../settings/settings.ts'
import { type Paths, shortenPath } from '../system/paths.ts'
import { printable } from '../text/redact.ts'
import { parseDuration } from '../text/time.ts'
import { formatProfileFlag } from '../text/words.ts'

/** In seconds. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html "DurationSeconds" */
const limits = { least: 900, most: 129_600 }

const key = 'assume_session_duration'

/**
 * How long the session in front of a stored key lasts, in seconds: as the profile says, else the settings. Throws AssumeError
 * `invalid-duration`, which names the place that says it.
 */
export function readSessionDuration(
  { settings, paths }: { readonly settings: Settings; readonly paths: Paths },
  { name, properties }: Profile,
): number {
  const text = readSetting(key, settings, properties) ?? ''
  const seconds = parseDuration(text)
  if (seconds !== undefined && seconds >= limits.least && seconds <= limits.most) return seconds
  const isOfProfile = properties.has(key)
  const place = isOfProfile ? `profile ${printable(name)}` : shortenPath(paths.settings, paths)
  throw new AssumeError(
    'invalid-duration',
    `${place}: ${key} is 15m to 36h, not ${printable(text) || '""'}`,
    {
      hint: (quote) =>
        isOfProfile
          ? `aws configure set ${key} 12h ${formatProfileFlag(name, quote)}`
          : `assume settings set ${key} 12h`,
    },
  )
}
