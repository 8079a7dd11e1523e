import type { Context } from '../context.ts'
import { removeSwitch } from '../core/change.ts'
import type { Credentials } from '../core/credentials.ts'
import type { Profile } from '../core/profile.ts'
import { findTargetOfProfile } from '../core/session-list.ts'
import { readSetting } from '../core/settings.ts'
import { planSwitch, type Switch } from '../core/switch.ts'
import { chooseMode } from '../core/switch-mode.ts'
import { isPlainRequest, type Subject, type SwitchOptions } from '../core/switch-options.ts'
import { locatePaths, type Paths } from '../store/paths.ts'
import { lookUpRow } from '../store/profile-row.ts'
import { loadProfiles, type Profiles } from '../store/profiles.ts'
import { listNotices } from './notice.ts'
import { ensureSession } from './session.ts'
import { resolveSubject } from './subject.ts'

/** A switch that is ready to be applied, and what the user should hear first. */
export interface PreparedSwitch {
  readonly plan: Switch
  readonly profileName: string
  readonly notices: readonly string[]
  readonly paths: Paths
}

/** What the user asked for. */
export interface SwitchRequest {
  readonly subject: Subject
  readonly options: SwitchOptions
  /** Whether it is only to be looked at: then nobody is logged in and no keys are fetched. */
  readonly isRehearsal?: boolean
}

/** What stands for keys that are not fetched. */
const withheld = '(temporary)'

/**
 * Works out the switch that is asked for by the files as they are now, and logs in first where that is needed and
 * wanted. The profile index answers where it can, as it does for the shells. Throws AssumeError `unknown-profile`,
 * `incomplete-profile`, `usage`, `unreadable-file`, and what `ensureSession` and `fetchCredentials` throw.
 */
export async function prepareSwitch(outer: Context, request: SwitchRequest): Promise<PreparedSwitch> {
  // A switch starts from what was there before the first one, whose variables count as absent.
  const context = { ...outer, env: removeSwitch(outer.env) }
  const { subject, options } = request
  const paths = locatePaths(context.env, context.platform)
  if (isPlainRequest(subject, options)) {
    const plan = lookUpRow(context, paths, subject.name)
    if (plan) return { plan, profileName: subject.name, notices: [], paths }
  }
  const profiles = loadProfiles(context)
  const { settings } = profiles
  const profile = resolveSubject(outer, profiles, subject)
  const read = (name: string) => readSetting(name, settings, profile.properties)
  const mode = chooseMode(profiles.config, subject, options, read('assume_mode'))
  const credentials =
    mode === 'export'
      ? await obtainCredentials(outer, profiles, profile, request)
      : await prepareSession(outer, profiles, profile, request)
  const plan = planSwitch({
    profile,
    subject,
    options,
    setsRegion: read('assume_region') !== 'off',
    ...(credentials && { credentials }),
  })
  const warnings = profiles.rebuilt ? profiles.warnings.map((warning) => `warning: ${warning}`) : []
  const notices = mode === 'export' ? [] : listNotices(context, profiles, profile)
  return { plan, profileName: profile.name, notices: [...warnings, ...notices], paths }
}

async function obtainCredentials(
  context: Context,
  profiles: Profiles,
  profile: Profile,
  { options, isRehearsal = false }: SwitchRequest,
): Promise<Credentials> {
  if (isRehearsal) return { accessKeyId: withheld, secretAccessKey: withheld, sessionToken: withheld }
  const { fetchCredentials } = await import('./credentials.ts')
  const { roleArn, durationSeconds, mfaCode, refresh, noLogin } = options
  return fetchCredentials(context, profiles, {
    profile,
    ...(roleArn !== undefined && { roleArn }),
    ...(durationSeconds !== undefined && { durationSeconds }),
    ...(mfaCode !== undefined && { mfaCode }),
    refresh,
    mayLogIn: !noLogin,
    mayAsk: true,
  })
}

/** In profile mode the tools fetch credentials themselves: from a session, and from the caches that --refresh renews. */
async function prepareSession(
  context: Context,
  profiles: Profiles,
  profile: Profile,
  request: SwitchRequest,
): Promise<undefined> {
  const { options, isRehearsal = false } = request
  if (isRehearsal) return
  if (options.refresh) {
    await obtainCredentials(context, profiles, profile, request)
    return
  }
  const target = options.noLogin ? undefined : findTargetOfProfile(profiles.config, profile.name)
  if (!target) return
  await ensureSession(context, profiles, target)
}
