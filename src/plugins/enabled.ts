import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import {
  appliesTo,
  isRequired,
  optionsFor,
  type PluginSettings,
  requirePlugins,
} from '../profiles/plugin-settings.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { canAsk } from '../ui/terminal.ts'
import type { HookName } from './api.ts'
import { askUser } from './ask-user.ts'
import { agreeOnPlugin } from './consent.ts'
import { discoverPlugins } from './discovery.ts'
import { type OpenPlugin, openPlugin } from './open.ts'
import { findPluginFolders } from './plugin-files.ts'
import type { PluginAnswers } from './runner/protocol.ts'
import { callHook, type HookFacts } from './runner/runner.ts'
import type { PluginSource } from './source.ts'

/** A plugin that takes part in what happens to a profile. */
export interface Participant extends OpenPlugin {
  readonly isRequired: boolean
  readonly options: Readonly<Record<string, string>>
}

/** The plugins that take part; one that is not required leaves with a warning as soon as it fails. */
export class EnabledPlugins {
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
    this.#mayAsk = mayAsk && canAsk(context.terminal)
    this.warn = warn
  }

  /** Finds the enabled plugins that have one of the hooks for the profile; required ones come first. */
  async gather(profile: Profile | undefined, hooks: readonly HookName[]): Promise<void> {
    const all = requirePlugins(this.#profiles.plugins)
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
        const found = await this.#openAgreed(settings, sources.get(settings.name), required(settings))
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
  ): Promise<PluginAnswers[Hook] | undefined> {
    const secrets = settings.hides?.flatMap((name) => options[name] ?? []) ?? []
    const ask = this.#mayAsk ? (label: string) => askUser(this.#context, plugin.name, label) : undefined
    const folders = findPluginFolders(this.#profiles.paths, plugin.name)
    return callHook(this.#context, plugin, hook, { ...facts, options, folders }, { ask, secrets })
  }

  /** The plugin, looked at as it is now; what has changed since it was enabled is agreed to first. */
  async #openAgreed(
    settings: PluginSettings,
    source: PluginSource | undefined,
    required: boolean,
  ): Promise<OpenPlugin> {
    const { name } = settings
    if (!source) {
      throw new AssumeError('unknown-plugin', `plugin ${name} is enabled, but there is none of that name`, {
        hint: `assume plugin list\nassume plugin disable ${name}`,
      })
    }
    const opened = await openPlugin(this.#context, source, settings)
    if (opened) return opened
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
