import type { Context } from '../context.ts'
import { isRegionName } from '../core/region.ts'
import { resolveProfile } from '../core/resolve.ts'
import { readSetting } from '../core/settings.ts'
import { planSwitch, type Switch } from '../core/switch.ts'
import { AssumeError } from '../errors.ts'
import { printable } from '../redact.ts'
import { shortenPath } from '../store/paths.ts'
import { loadProfiles, type Profiles } from '../store/profiles.ts'
import { noticeOfProfile } from './notice.ts'

/** A switch that is ready to be applied, and what the user should hear first. */
export interface PreparedSwitch {
  readonly plan: Switch
  readonly profileName: string
  readonly notices: readonly string[]
  readonly profiles: Profiles
}

/** What the user asked for. */
export interface SwitchRequest {
  readonly name: string
  readonly region?: string
  readonly noLogin: boolean
}

/**
 * Works out the switch that is asked for by the files as they are now.
 * Throws AssumeError `unknown-profile`, `incomplete-profile`, `usage` for a malformed region, `unreadable-file`.
 */
export function prepareSwitch(context: Context, { name, region, noLogin }: SwitchRequest): PreparedSwitch {
  const profiles = loadProfiles(context)
  const { config, settings, paths } = profiles
  const profile = resolveProfile(config, name, shortenPath(paths.awsConfig, paths))
  if (region !== undefined && !isRegionName(region)) {
    throw new AssumeError('usage', `"${printable(region)}" is no AWS region`, {
      hint: `assume ${name} -r us-east-1`,
    })
  }
  const plan = planSwitch(profile, {
    ...(region !== undefined && { region }),
    setsRegion: readSetting('assume_region', settings, profile.properties) !== 'off',
    noLogin,
  })
  const warnings = profiles.rebuilt ? profiles.warnings.map((warning) => `warning: ${warning}`) : []
  return {
    plan,
    profileName: name,
    notices: [...warnings, ...noticeOfProfile(context, profiles, profile)],
    profiles,
  }
}
