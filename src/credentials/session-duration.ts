import { AssumeError } from '../errors.ts'
import type { Profile } from '../profiles/profile.ts'
import { parseSessionDuration, readSetting, type Settings } from '../settings/settings.ts'
import { printable } from '../text/redact.ts'
import { formatProfileFlag } from '../text/words.ts'

const key = 'assume_session_duration'

/**
 * How long the session in front of a stored key lasts, in seconds: as the profile says, else the settings, which stand in the
 * file that `settingsPath` names. Throws AssumeError `invalid-duration`, which names the place that says it.
 */
export function readSessionDuration(
  settings: Settings,
  settingsPath: string,
  { name, properties }: Profile,
): number {
  const text = readSetting(key, settings, properties) ?? ''
  const seconds = parseSessionDuration(text)
  if (seconds !== undefined) return seconds
  const isOfProfile = properties.has(key)
  const place = isOfProfile ? `profile ${printable(name)}` : settingsPath
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
