import type { Context } from '../../context.ts'
import { findGuarded, hasHook, parsePluginSettings } from '../../core/plugin-settings.ts'
import { formatRow } from '../../core/profile-row.ts'
import { planRow } from '../../core/row-plan.ts'
import { AssumeError } from '../../errors.ts'
import { findFreshIndex, isPlannedAhead, writeIndex } from '../../store/profile-index.ts'
import { describeProfiles, type Profiles } from '../../store/profiles.ts'

/**
 * Puts into the profile index what plugins know ahead of a switch: their plans, so that shells can switch alone, and
 * the names of their profiles, for TAB. Once for each time that the index is built. What goes wrong is no matter for the
 * switch that has been accepted before.
 */
export async function indexAhead(context: Context, profiles: Profiles): Promise<void> {
  try {
    await writeAhead(context, profiles)
  } catch (error) {
    if (!(error instanceof AssumeError)) throw error
    context.trace(`no plans ahead: ${error.message}`)
  }
}

async function writeAhead(context: Context, profiles: Profiles): Promise<void> {
  const { paths, config, settings, sections, snapshot } = profiles
  const isOfUse =
    hasHook(sections, 'profiles') || parsePluginSettings(sections).some(({ isStatic }) => isStatic)
  if (!isOfUse || !findFreshIndex(context, paths) || isPlannedAhead(context, paths)) return
  const takenAt = context.now()
  const facts = { config, settings, platform: context.platform }
  const described = describeProfiles(config)
  const { planAhead } = await import('./ahead.ts')
  const { plans, sources } = await planAhead(context, profiles, described)
  const rows = described.flatMap((profile) => {
    const plan = plans.get(profile.name)
    const isOurs = plan !== 'late' && profile.files.length > 0
    const row = isOurs ? planRow(facts, profile, plan) : undefined
    return row ? formatRow(row) : []
  })
  const whole = { takenAt: Math.min(takenAt, snapshot.takenAt), sources: [...snapshot.sources, ...sources] }
  const isGuarded = findGuarded(sections)
  const sessions = [...config.sessions.keys()]
  writeIndex(context, paths, whole, { profiles: described, sessions, rows, isGuarded, isPlannedAhead: true })
}
