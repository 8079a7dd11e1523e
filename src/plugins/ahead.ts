import { Region } from '../aws/region.ts'
import type { Context, Files } from '../context.ts'
import type { EnvironmentChange } from '../emit/change.ts'
import { AssumeError } from '../errors.ts'
import {
  optionsFor,
  type PluginSettings,
  requirePlugins,
  takesPartInSwitch,
} from '../profiles/plugin-settings.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { readSwitchRegion } from '../profiles/written-region.ts'
import type { IndexSource } from '../system/index-source.ts'
import { statSource } from '../system/source-stamps.ts'
import { describeFacts } from './consult.ts'
import { discoverPlugins } from './discovery.ts'
import { type OpenPlugin, openPlugin } from './open.ts'
import { findMissingFile, findPluginFolders } from './plugin-files.ts'
import type { PluginAnswers } from './runner/protocol.ts'
import { callForPlans, callHook, type HookFacts } from './runner/runner.ts'
import type { InspectedPlugin } from './source.ts'
import { type AcceptedPlans, acceptPlan, noPlans } from './variable-plan.ts'

/** What plugins add to switches, known before them. */
export interface PlansAhead {
  /**
   * By the name of the profile; none of the values is secret. `late`: the plugins have to be consulted; absent: none takes
   * part.
   */
  readonly plans: ReadonlyMap<string, EnvironmentChange | 'late'>
  /** The files that the plans come from, as they were before they were read: when one changes, they are worth nothing. */
  readonly sources: readonly IndexSource[]
}

/** A plugin of which plans are taken ahead. */
interface Planner extends OpenPlugin {
  /** Its file before it was read; absent for one that is built in. */
  readonly file: IndexSource | undefined
}

/**
 * Works out, for all profiles at once, what the plugins will add to a switch whose plans follow from profile and options
 * alone. Asks nothing and fails never: whatever is unclear is left to the switch. Programs and packages are too:
 * the one would cost a process for each profile, the other is more files than an index can watch.
 * Throws AssumeError `invalid-setting`, `invalid-plugin`.
 */
export async function planAhead(
  context: Context,
  profiles: Profiles,
  described: readonly Profile[],
): Promise<PlansAhead> {
  const all = requirePlugins(profiles.plugins)
  const plans = new Map<string, EnvironmentChange | 'late'>()
  const takers = described.flatMap((profile) => {
    const parts = all.filter((plugin) => takesPartInSwitch(plugin, profile))
    return parts.length > 0 ? [{ profile, parts }] : []
  })
  if (takers.length === 0) return { plans, sources: [] }
  const planners = await openPlanners(context, profiles, all)
  const open = takers.filter(({ profile, parts }) => {
    const isKnown = parts.every(({ name }) => planners.has(name))
    if (!isKnown) plans.set(profile.name, 'late')
    return isKnown
  })
  const merged = new Map<string, AcceptedPlans | 'late'>(open.map(({ profile }) => [profile.name, noPlans]))
  for (const planner of planners.values()) {
    const { settings } = planner
    const own = open.filter(({ parts }) => parts.some(({ name }) => name === settings.name))
    const facts = own.map(({ profile }) => ({
      profile: describeFacts(profile, Region.parse(readSwitchRegion(profile, profiles.settings)?.text)),
      options: optionsFor(settings, profile, all),
      folders: findPluginFolders(profiles.paths, settings.name),
    }))
    const found = await callQuietly(context, planner.plugin, facts)
    for (const [index, { profile }] of own.entries()) {
      merged.set(profile.name, merge(context.files, merged.get(profile.name), settings, found[index]))
    }
  }
  for (const [name, plan] of merged) plans.set(name, plan)
  return { plans, sources: [...planners.values()].flatMap(({ file }) => file ?? []) }
}

/** The enabled plugins whose plans are static, as they were agreed to. */
async function openPlanners(
  context: Context,
  { paths }: Profiles,
  all: readonly PluginSettings[],
): Promise<ReadonlyMap<string, Planner>> {
  const sources = await discoverPlugins(context, paths.plugins, all)
  const planners = new Map<string, Planner>()
  for (const settings of all) {
    const source = sources.get(settings.name)
    if (!settings.enabled || !isStatic(settings) || !source) continue
    if (source.form !== 'built-in' && source.form !== 'module') continue
    const file = 'path' in source ? statSource(context.files, source.path) : undefined
    const opened = await ignoreFailure(() => openPlugin(context, source, settings))
    if (opened && isStatic(opened.settings)) planners.set(settings.name, { ...opened, file })
  }
  return planners
}

/** Whether all that it does in a switch is a plan that can be had ahead. */
function isStatic({ isStatic, hooks = [] }: Pick<PluginSettings, 'isStatic' | 'hooks'>): boolean {
  return isStatic && !hooks.some((hook) => ['guard', 'prepared', 'credentials'].includes(hook))
}

type Found = PluginAnswers['env'] | 'fault' | undefined

async function callQuietly(
  context: Context,
  plugin: InspectedPlugin,
  all: readonly HookFacts[],
): Promise<Found[]> {
  if (plugin.form === 'module') {
    return (await ignoreFailure(() => callForPlans(context, plugin, all))) ?? all.map(() => 'fault')
  }
  const silent = { ...context, notify: () => {} }
  const found: Found[] = []
  for (const facts of all) {
    const plan = await ignoreFailure(async () => ({ plan: await callHook(silent, plugin, 'env', facts) }))
    found.push(plan ? plan.plan : 'fault')
  }
  return found
}

function merge(
  files: Files,
  plans: AcceptedPlans | 'late' | undefined,
  { name, variables, isPublic }: PluginSettings,
  plan: Found,
): AcceptedPlans | 'late' {
  if (!plans || plans === 'late' || plan === 'fault') return 'late'
  if (!plan) return plans
  if (!isPublic && (plan.secret?.length ?? 0) > 0) return 'late'
  // A switch makes sure that they are there, which no row of the index can.
  if (plan.files !== undefined || findMissingFile(files, plan.expects) !== undefined) return 'late'
  const result = acceptPlan(plans, name, { ...plan, secret: [] }, variables)
  return 'plans' in result ? result.plans : 'late'
}

/** The switch itself will say what is wrong. */
async function ignoreFailure<Value>(body: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await body()
  } catch (error) {
    if (error instanceof AssumeError) return undefined
    throw error
  }
}
