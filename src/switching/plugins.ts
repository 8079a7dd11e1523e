import type { Context } from '../context.ts'
import type { Credentials } from '../core/credentials.ts'
import {
  appliesTo,
  isRequired,
  optionsFor,
  type PluginSettings,
  parsePluginSettings,
} from '../core/plugin-settings.ts'
import type { Profile } from '../core/profile.ts'
import { type AcceptedPlans, acceptPlan, noPlans } from '../core/variable-plan.ts'
import { AssumeError } from '../errors.ts'
import type { HookName, PluginCredentials, ProfileFacts, ProvidedProfile } from '../plugins/api.ts'
import { describePlugin } from '../plugins/describe.ts'
import { discoverPlugins } from '../plugins/discovery.ts'
import { inspectPlugin } from '../plugins/inspection.ts'
import type { Answers } from '../plugins/protocol.ts'
import { callHook, type HookFacts } from '../plugins/runner.ts'
import type { Plugin, PluginSource } from '../plugins/source.ts'
import { printable } from '../redact.ts'
import type { Profiles } from '../store/profiles.ts'
import { agreementOf, agreeOnPlugin } from './plugin-consent.ts'
import { askUser, canAsk, passGuard } from './plugin-questions.ts'

/** What the plugins add to a switch. */
export interface Contributions {
  readonly set: readonly (readonly [name: string, value: string])[]
  readonly unset: readonly string[]
  /** The value of ASSUME_STYLE. */
  readonly style?: 'protected'
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
  readonly region?: string | undefined
  /** Called when the guards have let the switch pass, and before anything else. */
  readonly logIn?: () => Promise<void>
  /** Gets the credentials of the profile for a plugin that may have them; called once at most. */
  readonly credentials?: () => Promise<Credentials>
}

/** A plugin that takes part in what happens to a profile. */
interface Participant {
  readonly settings: PluginSettings
  readonly plugin: Plugin
  readonly isRequired: boolean
  readonly options: Readonly<Record<string, string>>
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
  const troupe = new Troupe(context, profiles, {
    warn: (line) => warnings.push(line),
    mayAsk: !wishes.isDryRun,
  })
  await troupe.gather(profile, ['guard', 'env', 'prepared'])
  const facts = { profile: describeFacts(profile, wishes.region) }
  let style: Contributions['style']
  await troupe.each('guard', async (participant) => {
    const decision = await troupe.call(participant, 'guard', facts)
    if (!decision) return
    const { name } = participant.settings
    await passGuard(context, { name, decision, profileName: profile.name, ...wishes, warn: troupe.warn })
    if (decision.decision !== 'deny' && decision.style) style = decision.style
  })
  await wishes.logIn?.()
  const credentials = remember(async () => formatCredentials(await wishes.credentials?.()))
  const withCredentials = async ({ settings: { name, mayUseCredentials } }: Participant) => {
    if (!mayUseCredentials) return facts
    const found = await credentials().catch((error) => {
      throw withoutCredentials(name, error)
    })
    return { ...facts, ...found }
  }
  let plans = noPlans
  await troupe.each('env', async (participant) => {
    const plan = await troupe.call(participant, 'env', await withCredentials(participant))
    if (plan) plans = accept(plans, participant, plan)
  })
  const { set, unset, secret } = plans
  if (!wishes.isDryRun) {
    const names = { set: set.map(([name]) => name), unset }
    await troupe.each('prepared', async (participant) => {
      await troupe.call(participant, 'prepared', { ...(await withCredentials(participant)), ...names })
    })
  }
  return { set, unset, ...(style && { style }), warnings, secret }
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
  const facts = { profile: describeFacts(profile, profile.region), serial }
  return (await askFirst(context, profiles, profile, 'mfa', facts))?.code
}

/** The credentials of a profile from the first plugin that has some; undefined when none does. Throws likewise. */
export async function askPluginsForCredentials(
  context: Context,
  profiles: Profiles,
  profile: Profile,
): Promise<Credentials | undefined> {
  const found = await askFirst(context, profiles, profile, 'credentials', {
    profile: describeFacts(profile, profile.region),
  })
  if (!found) return undefined
  const { expiration, ...keys } = found
  return { ...keys, ...(expiration !== undefined && { expiresAt: Date.parse(expiration) }) }
}

/** The profiles that plugins know of, each with the keys of a section; the first of a name counts. Throws likewise. */
export async function listPluginProfiles(context: Context, profiles: Profiles): Promise<ProvidedProfile[]> {
  const troupe = new Troupe(context, profiles, { warn: context.notify, mayAsk: true })
  await troupe.gather(undefined, ['profiles'])
  const found = new Map<string, ProvidedProfile>()
  await troupe.each('profiles', async (participant) => {
    const answer = await troupe.call(participant, 'profiles', {})
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
): Promise<Answers[Hook] | undefined> {
  const troupe = new Troupe(context, profiles, { warn: context.notify, mayAsk: true })
  await troupe.gather(profile, [hook])
  let answer: Answers[Hook] | undefined
  await troupe.each(hook, async (participant) => {
    answer ??= await troupe.call(participant, hook, facts)
  })
  return answer
}

/** The plugins that take part; one that is not required leaves with a warning as soon as it fails. */
class Troupe {
  readonly warn: (line: string) => void
  readonly #context: Context
  readonly #profiles: Profiles
  readonly #mayAsk: boolean
  #members: readonly Participant[] = []

  constructor(
    context: Context,
    profiles: Profiles,
    { warn, mayAsk }: { warn: (line: string) => void; mayAsk: boolean },
  ) {
    this.#context = context
    this.#profiles = profiles
    this.#mayAsk = mayAsk && canAsk(context)
    this.warn = warn
  }

  /** Finds the enabled plugins that have one of the hooks for the profile; required ones come first. */
  async gather(profile: Profile | undefined, hooks: readonly HookName[]): Promise<void> {
    const all = parsePluginSettings(this.#profiles.sections)
    const candidates = all.filter((each) => {
      const mayHave = each.hooks?.some((hook) => (hooks as readonly string[]).includes(hook)) ?? true
      return mayHave && (profile ? appliesTo(each, profile) : each.enabled)
    })
    if (candidates.length === 0) return
    const sources = await discoverPlugins(this.#context, this.#profiles.paths.plugins, all)
    const members: Participant[] = []
    for (const settings of candidates) {
      const required = (each: PluginSettings) =>
        profile ? isRequired(each, profile) : (each.required ?? false)
      await this.#attempt(required(settings), async () => {
        const found = await this.#open(settings, sources.get(settings.name), required(settings))
        const options = optionsFor(settings, profile, all)
        members.push({ ...found, options, isRequired: required(found.settings) })
      })
    }
    this.#members = [
      ...members.filter((each) => each.isRequired),
      ...members.filter((each) => !each.isRequired),
    ]
  }

  /** Does something with each plugin that has the hook, one after the other. */
  async each(hook: HookName, body: (participant: Participant) => Promise<void>): Promise<void> {
    for (const participant of this.#members) {
      if (!participant.settings.hooks?.includes(hook)) continue
      const isDone = await this.#attempt(participant.isRequired, () => body(participant))
      if (!isDone) this.#members = this.#members.filter((each) => each !== participant)
    }
  }

  call<Hook extends HookName>(
    { plugin, options, settings }: Participant,
    hook: Hook,
    facts: HookFacts,
  ): Promise<Answers[Hook] | undefined> {
    const secrets = settings.hides?.flatMap((name) => options[name] ?? []) ?? []
    const ask = this.#mayAsk ? (label: string) => askUser(this.#context, plugin.name, label) : undefined
    return callHook(this.#context, plugin, hook, { ...facts, options }, { ask, secrets })
  }

  /** The plugin, looked at as it is now; what has changed since it was enabled is agreed to first. */
  async #open(
    settings: PluginSettings,
    source: PluginSource | undefined,
    required: boolean,
  ): Promise<Pick<Participant, 'settings' | 'plugin'>> {
    const { name } = settings
    if (!source) {
      throw new AssumeError('unknown-plugin', `plugin ${name} is enabled, but there is none of that name`, {
        hint: `assume plugin list\nassume plugin disable ${name}`,
      })
    }
    const { plugin, hash } = await inspectPlugin(this.#context, source, this.#profiles.paths.home)
    if (plugin.form === 'built-in') {
      return {
        plugin,
        settings: { ...settings, ...agreementOf(await describePlugin(this.#context, plugin)) },
      }
    }
    if (hash === settings.hash && settings.hooks) return { plugin, settings }
    const reason = `plugin ${name} is not as it was when it was enabled`
    const hint = `assume plugin enable ${name}`
    if (!this.#mayAsk) {
      throw new AssumeError(required ? 'confirmation-needed' : 'plugin-failed', `${reason}; it was not run`, {
        hint,
      })
    }
    const options = { reason, saysYes: false, hint }
    const agreed = await agreeOnPlugin(this.#context, this.#profiles.paths, source, options)
    return { plugin: agreed.plugin, settings: { ...settings, ...agreed.agreement } }
  }

  async #attempt(isRequired: boolean, body: () => Promise<void>): Promise<boolean> {
    try {
      await body()
      return true
    } catch (error) {
      if (isRequired || !(error instanceof AssumeError) || !skippable.has(error.code)) throw error
      this.warn(`warning: ${error.message}; this goes on without it`)
      return false
    }
  }
}

/** What an optional plugin may fail with. A refusal, or a cancelled question, is no failure. */
const skippable: ReadonlySet<string> = new Set([
  'plugin-failed',
  'unknown-plugin',
  'invalid-plugin',
  'unsafe-plugin',
])

function accept(
  plans: AcceptedPlans,
  { settings: { name, variables, isPublic } }: Participant,
  plan: Answers['env'],
): AcceptedPlans {
  const result = acceptPlan(plans, name, { ...plan, ...(isPublic && { secret: [] }) }, variables)
  if ('plans' in result) return result.plans
  throw new AssumeError('plugin-failed', printable(`plugin ${name}, env: ${result.fault}`), {
    hint: `assume plugin disable ${name}`,
  })
}

function describeFacts({ name, kind, accountId, roleName, properties }: Profile, region: string | undefined) {
  const keys = [...properties].filter(([key]) => key.startsWith('assume_'))
  return {
    name,
    kind,
    ...(accountId !== undefined && { accountId }),
    ...(roleName !== undefined && { roleName }),
    ...(region !== undefined && { region }),
    keys: Object.fromEntries(keys),
  } satisfies ProfileFacts
}

function formatCredentials(found: Credentials | undefined): { credentials?: PluginCredentials } {
  if (!found) return {}
  const { expiresAt, ...keys } = found
  const expiration = expiresAt === undefined ? undefined : new Date(expiresAt).toISOString()
  return { credentials: { ...keys, ...(expiration !== undefined && { expiration }) } }
}

function withoutCredentials(name: string, error: unknown): unknown {
  if (!(error instanceof AssumeError) || error.code === 'cancelled') return error
  return new AssumeError(
    'plugin-failed',
    `plugin ${name} wants the credentials of the profile: ${error.message}`,
    { hint: error.hint, cause: error },
  )
}

function remember<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return () => {
    made ??= make()
    return made
  }
}
