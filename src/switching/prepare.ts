import type { Context } from '../context.ts'
import { isRegionName } from '../core/region.ts'
import { resolveProfile } from '../core/resolve.ts'
import { findTargetOfProfile } from '../core/session-list.ts'
import { readSetting } from '../core/settings.ts'
import { planSwitch, type Switch } from '../core/switch.ts'
import { AssumeError } from '../errors.ts'
import { printable } from '../redact.ts'
import { shortenPath } from '../store/paths.ts'
import { loadProfiles, type Profiles } from '../store/profiles.ts'
import { listNotices } from './notice.ts'

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
 * Works out the switch that is asked for by the files as they are now, and logs in first where that is needed and
 * wanted. Throws AssumeError `unknown-profile`, `incomplete-profile`, `usage` for a malformed region,
 * `unreadable-file`, and what `ensureSession` throws.
 */
export async function prepareSwitch(
  context: Context,
  { name, region, noLogin }: SwitchRequest,
): Promise<PreparedSwitch> {
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
  const target = findTargetOfProfile(config, name)
  if (target && !noLogin) {
    const { ensureSession } = await import('./session.ts')
    await ensureSession(context, profiles, target)
  }
  const warnings = profiles.rebuilt ? profiles.warnings.map((warning) => `warning: ${warning}`) : []
  return {
    plan,
    profileName: name,
    notices: [...warnings, ...listNotices(context, profiles, profile)],
    profiles,
  }
}
