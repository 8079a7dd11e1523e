import type { Context } from '../context.ts'
import { lookUpSessionOf } from '../credentials/session-lookup.ts'
import { describeRoot } from '../credentials/session-root.ts'
import type { OpenIndex } from '../index/profile-index.ts'
import type { RowMiss } from '../index/row-lookup.ts'
import { explainSlowPath, explainStaleIndex } from '../index/slow-path.ts'
import { takesPartInSwitch } from '../profiles/plugin-settings.ts'
import { findRootProfile, followChain, type Profile } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { nameRootSession } from '../profiles/session-list.ts'
import { readSetting } from '../settings/settings.ts'
import type { Paths } from '../system/paths.ts'
import { type SourceSnapshot, snapshotSources } from '../system/source-stamps.ts'
import { printable } from '../text/redact.ts'
import { describeSpan } from '../text/time.ts'
import { chooseMode } from './mode.ts'
import { noOptions } from './request.ts'
import { planRow } from './row-plan.ts'

/**
 * Says with --verbose why shells leave every switch to the core, or that they do not. `snapshot` is of the sources that
 * the index was last brought up to date with; absent: as they are now.
 */
export function traceSlowPath(context: Context, paths: Paths, snapshot?: SourceSnapshot): void {
  const reasons = explainSlowPath(context, paths, snapshot ?? snapshotSources(context, paths))
  for (const reason of reasons) context.trace(`shells leave every switch to the core: ${reason}`)
  if (reasons.length === 0)
    context.trace('shells switch by the profile index where nothing else needs the core')
}

/** Says with --verbose why there was no row to go by for this switch. */
export function traceMiss(
  context: Context,
  profiles: Profiles,
  index: OpenIndex,
  profile: Profile,
  miss: RowMiss | 'options',
): void {
  for (const reason of explainMiss(context, profiles, index, profile, miss))
    context.trace(`shells leave this switch to the core: ${reason}`)
}

/** Says with --verbose why nothing was taken from the index. */
export function traceStaleIndex(context: Context, { paths, snapshot }: Profiles, index: OpenIndex): void {
  for (const reason of explainStaleIndex(context, paths, index, snapshot))
    context.trace(`the files have to be read: ${reason}`)
}

function explainMiss(
  context: Context,
  profiles: Profiles,
  index: OpenIndex,
  profile: Profile,
  miss: RowMiss | 'options',
): string[] {
  switch (miss) {
    case 'options':
      return ['the profile index has no rows for switches with options']
    case 'stale':
      return explainStaleIndex(context, profiles.paths, index, profiles.snapshot)
    case 'no-row':
      return explainNoRow(context, profiles, profile)
    case 'session':
      return [explainSession(context, profiles, profile)]
  }
}

/** As `planRow` decides. */
function explainNoRow({ platform }: Context, profiles: Profiles, profile: Profile): string[] {
  const { config, settings, plugins } = profiles
  const name = printable(profile.name)
  const takers = plugins.plugins.filter((plugin) => takesPartInSwitch(plugin, profile))
  if (takers.length > 0) {
    return takers.map((plugin) => {
      const verb = plugin.hooks?.includes('guard') ? 'guards' : 'takes part in every switch to'
      return `plugin ${plugin.name} ${verb} ${name}`
    })
  }
  if (profile.files.length === 0) return [`${name} is known to a plugin alone`]
  const read = (setting: string) => readSetting(setting, settings, profile.properties)
  const facts = { subject: { name: profile.name }, options: noOptions, configured: read('assume_mode') }
  const mode = chooseMode(followChain(config, profile.name), { ...facts, isProvided: false })
  if (mode === 'export') return [`${name} is switched to with temporary keys`]
  return planRow({ config, settings, platform }, profile)
    ? [`the profile index has no row for ${name}`]
    : [`${name} has something that no row can hold`]
}

function explainSession(context: Context, profiles: Profiles, profile: Profile): string {
  const root = findRootProfile(profiles.config, profile.name) ?? profile
  const name = root.kind === 'login' ? 'the session of aws login' : `the session ${nameRootSession(root)}`
  const { state, expiresAt = 0 } = lookUpSessionOf(context, profiles, describeRoot(root)) ?? {
    state: 'none' as const,
  }
  if (state === 'none') return `there is no login to ${name}`
  if (state !== 'valid') return `${name} has expired`
  const left = expiresAt - context.now()
  return left > 15 * 60_000
    ? `${name} has changed since the profile index has looked at it`
    : `${name} has only ${describeSpan(left)} left`
}
