import type { Credentials } from '../aws/credentials.ts'
import { Region } from '../aws/region.ts'
import type { Context, Files } from '../context.ts'
import type { Additions } from '../emit/change.ts'
import { AssumeError } from '../errors.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'
import type { Paths } from '../system/paths.ts'
import { hideSecrets, printable } from '../text/redact.ts'
import { formatInstant } from '../text/time.ts'
import type { PluginCredentials, ProfileFacts, ProvidedProfile } from './api.ts'
import { EnabledPlugins, type Participant } from './enabled.ts'
import { passGuard } from './guard.ts'
import { findMissingFile, findPluginFolders, writePluginFiles } from './plugin-files.ts'
import type { PluginAnswers } from './runner/protocol.ts'
import { type HookFacts, listSecrets } from './runner/runner.ts'
import { type AcceptedPlans, acceptPlan, noPlans } from './variable-plan.ts'

/** What the plugins add to a switch. */
export interface Contributions extends Additions {
  /** Lines for the user, of plugins that were left out. */
  readonly warnings: readonly string[]
  /** The names in `set` whose values must not be shown or kept. */
  readonly secret: ReadonlySet<string>
}

export interface SwitchWishes {
  /** Runs what plans, but asks nothing and calls no `prepared`. */
  readonly isDryRun: boolean
  /** Whether the user said `--yes`. */
  readonly saysYes: boolean
  /** The region that the switch sets; absent: none. */
  readonly region?: Region | undefined
  /** Called when the guards have let the switch pass, and before anything else. */
  readonly logIn?: () => Promise<void>
  /** Gets the credentials of the profile for a plugin that may have them; called once at most. */
  readonly credentials?: () => Promise<Credentials>
}

/**
 * Has the enabled plugins take part in a switch to `profile`: the guards, the login, the plans, the check that they
 * fit together, and `prepared`, in this order. Nothing has been changed until it returns. A plugin that is not required
 * and fails is a warning. Throws AssumeError `switch-refused`, `confirmation-needed`, `cancelled`, `invalid-setting`,
 * and what a required plugin fails with: `plugin-failed`, `unknown-plugin`, `invalid-plugin`, `unsafe-plugin`.
 */
export async function consultPlugins(
  context: Context,
  profiles: Profiles,
  profile: Profile,
  wishes: SwitchWishes,
): Promise<Contributions> {
  const warnings: string[] = []
  const plugins = new EnabledPlugins(context, profiles, {
    warn: (line) => warnings.push(line),
    mayAsk: !wishes.isDryRun,
  })
  await plugins.gather(profile, ['guard', 'env', 'prepared'])
  const facts = { profile: describeFacts(profile, wishes.region) }
  const style = await passGuards(context, plugins, facts, { ...wishes, command: 'assume' })
  await wishes.logIn?.()
  const credentials = remember(async () => formatCredentials(await wishes.credentials?.()))
  const withCredentials = async ({
    settings: { name, mayUseCredentials },
  }: Participant): Promise<HookFacts> => {
    if (!mayUseCredentials) return facts
    const found = await credentials().catch((error) => {
      throw withoutCredentials(name, error)
    })
    return { ...facts, ...found }
  }
  let plans = noPlans
  await plugins.each('env', async (participant) => {
    const given = await withCredentials(participant)
    const plan = await plugins.call(participant, 'env', given)
    if (!plan) return
    const accepted = accept(context.files, plans, participant, plan, listSecrets(given.credentials))
    if (!wishes.isDryRun) provideFiles(context, profiles.paths, participant, plan)
    plans = accepted
  })
  const { set, unset, secret } = plans
  if (!wishes.isDryRun) {
    const names = { set: set.map(([name]) => name), unset }
    await plugins.each('prepared', async (participant) => {
      await plugins.call(participant, 'prepared', { ...(await withCredentials(participant)), ...names })
    })
  }
  return { set, unset, ...(style && { style }), warnings, secret }
}

/**
 * Has the guards decide whether a command may go as `profile`, which is no switch: `command` is its name. What a plugin that is
 * not required fails with is said at once. Throws as `consultPlugins` does.
 */
export async function consultGuards(
  context: Context,
  profiles: Profiles,
  profile: Profile,
  { command, saysYes, region }: { command: string; saysYes: boolean; region: Region | undefined },
): Promise<void> {
  const plugins = new EnabledPlugins(context, profiles, { warn: context.notify, mayAsk: true })
  await plugins.gather(profile, ['guard'])
  const facts = { profile: describeFacts(profile, region) }
  await passGuards(context, plugins, facts, { isDryRun: false, saysYes, command: `assume ${command}` })
}

/** Returns the style that the last guard wants for the prompt. */
async function passGuards(
  context: Context,
  plugins: EnabledPlugins,
  facts: { readonly profile: ProfileFacts },
  wishes: { readonly isDryRun: boolean; readonly saysYes: boolean; readonly command: string },
): Promise<Contributions['style']> {
  let style: Contributions['style']
  await plugins.each('guard', async (participant) => {
    const decision = await plugins.call(participant, 'guard', facts)
    if (!decision) return
    const { isDryRun, saysYes, command } = wishes
    await passGuard(context, {
      name: participant.settings.name,
      decision,
      profileName: facts.profile.name,
      isDryRun,
      saysYes,
      command,
      warn: plugins.warn,
    })
    if (decision.decision !== 'deny' && decision.style) style = decision.style
  })
  return style
}

/**
 * The code of an MFA device from the first plugin that has one; undefined when none does.
 * Throws AssumeError as `consultPlugins` does.
 */
export async function askPluginsForMfaCode(
  context: Context,
  profiles: Profiles,
  profile: Profile,
  serial: string,
): Promise<string | undefined> {
  const facts = { profile: describeFacts(profile, Region.parse(profile.region)), serial }
  return (await askFirst(context, profiles, profile, 'mfa', facts))?.code
}

/** The credentials of a profile from the first plugin that has some; undefined when none does. Throws likewise. */
export async function askPluginsForCredentials(
  context: Context,
  profiles: Profiles,
  profile: Profile,
): Promise<Credentials | undefined> {
  const found = await askFirst(context, profiles, profile, 'credentials', {
    profile: describeFacts(profile, Region.parse(profile.region)),
  })
  if (!found) return undefined
  const { expiration, ...keys } = found
  return { ...keys, ...(expiration !== undefined && { expiresAt: Date.parse(expiration) }) }
}

/** The profiles that plugins know of, each with the keys of a section; the first of a name counts. Throws likewise. */
export async function listPluginProfiles(context: Context, profiles: Profiles): Promise<ProvidedProfile[]> {
  const plugins = new EnabledPlugins(context, profiles, { warn: context.notify, mayAsk: true })
  await plugins.gather(undefined, ['profiles'])
  const found = new Map<string, ProvidedProfile>()
  await plugins.each('profiles', async (participant) => {
    const answer = await plugins.call(participant, 'profiles', {})
    for (const each of answer?.profiles ?? []) if (!found.has(each.name)) found.set(each.name, each)
  })
  return [...found.values()]
}

async function askFirst<Hook extends 'mfa' | 'credentials'>(
  context: Context,
  profiles: Profiles,
  profile: Profile,
  hook: Hook,
  facts: HookFacts,
): Promise<PluginAnswers[Hook] | undefined> {
  const plugins = new EnabledPlugins(context, profiles, { warn: context.notify, mayAsk: true })
  await plugins.gather(profile, [hook])
  let answer: PluginAnswers[Hook] | undefined
  await plugins.each(hook, async (participant) => {
    answer ??= await plugins.call(participant, hook, facts)
  })
  return answer
}

function accept(
  files: Files,
  plans: AcceptedPlans,
  { settings: { name, variables, isPublic } }: Participant,
  plan: PluginAnswers['env'],
  hidden: readonly string[],
): AcceptedPlans {
  const result = acceptPlan(plans, name, { ...plan, ...(isPublic && { secret: [] }) }, variables)
  const fail = (fault: string) =>
    new AssumeError('plugin-failed', `plugin ${name}, env: ${hideSecrets(printable(fault), hidden)}`, {
      hint: `assume plugin disable ${name}`,
    })
  if ('fault' in result) throw fail(result.fault)
  const fault = findFaultOfFiles(files, plan, hidden)
  if (fault !== undefined) throw fail(fault)
  return result.plans
}

function findFaultOfFiles(
  files: Files,
  plan: PluginAnswers['env'],
  hidden: readonly string[],
): string | undefined {
  const missing = findMissingFile(files, plan.expects)
  if (missing !== undefined) return `there is no file ${missing}`
  const holds = ([, text]: [string, string]) => hidden.some((secret) => text.includes(secret))
  const leak = Object.entries(plan.files ?? {}).find(holds)
  return leak && `the file ${leak[0]} would hold credentials`
}

function provideFiles(
  context: Context,
  paths: Paths,
  { plugin: { name } }: Participant,
  plan: PluginAnswers['env'],
): void {
  try {
    writePluginFiles(context, findPluginFolders(paths, name).own, plan.files)
  } catch (error) {
    if (!(error instanceof AssumeError)) throw error
    const { message, advice } = error
    throw new AssumeError('plugin-failed', `plugin ${name}, env: ${message}`, { hint: advice, cause: error })
  }
}

/** What a plugin gets to know of a profile, with the region that the switch sets. */
export function describeFacts(
  { name, kind, accountId, roleName, properties }: Profile,
  region: Region | undefined,
) {
  const keys = [...properties].filter(([key]) => key.startsWith('assume_'))
  return {
    name,
    kind,
    ...(accountId !== undefined && { accountId }),
    ...(roleName !== undefined && { roleName }),
    ...(region && { region: region.name }),
    keys: Object.fromEntries(keys),
  } satisfies ProfileFacts
}

function formatCredentials(found: Credentials | undefined): { credentials?: PluginCredentials } {
  if (!found) return {}
  const { expiresAt, ...keys } = found
  const expiration = formatInstant(expiresAt)
  return { credentials: { ...keys, ...(expiration !== undefined && { expiration }) } }
}

function withoutCredentials(name: string, error: unknown): unknown {
  if (!(error instanceof AssumeError) || error.code === 'cancelled') return error
  return new AssumeError(
    'plugin-failed',
    `plugin ${name} wants the credentials of the profile: ${error.message}`,
    { hint: error.advice, cause: error },
  )
}

function remember<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return () => {
    made ??= make()
    return made
  }
}
