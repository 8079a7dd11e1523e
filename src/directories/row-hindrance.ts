import {
  findGuarded,
  findPluginsInSwitch,
  type PluginSections,
  takesPartInSwitch,
} from '../profiles/plugin-settings.ts'
import { followChain, needsMfa, type Profile } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { readSetting } from '../settings/settings.ts'
import { chooseMode } from '../switch/mode.ts'
import { noOptions } from '../switch/request.ts'
import { planRow } from '../switch/row-plan.ts'

/** Why a directory does not switch to a profile that it may name, as a clause; undefined where it does. */
export function explainNoSwitch(
  { config, settings, plugins }: Pick<Profiles, 'config' | 'settings' | 'plugins'>,
  profile: Profile,
  platform: NodeJS.Platform,
): string | undefined {
  if (profile.files.length === 0) return 'a plugin knows it, and no file'
  if (findGuarded(plugins)(profile)) return 'a plugin guards it'
  const chain = followChain(config, profile.name)
  if (needsMfa(chain)) return 'it needs an MFA code'
  const configured = readSetting('assume_mode', settings, profile.properties)
  const facts = { subject: { name: profile.name }, options: noOptions, configured, isProvided: false }
  if (chooseMode(chain, facts) === 'export') return 'a switch to it exports keys'
  if (needsPlugin(plugins, profile)) return 'a plugin has to be asked'
  return planRow({ config, settings, platform }, profile)
    ? undefined
    : 'a switch to it needs more than its name'
}

/** What a plugin says ahead of a switch is known without it. */
function needsPlugin(sections: PluginSections, profile: Profile): boolean {
  if (!findPluginsInSwitch(sections)(profile)) return false
  const parts = sections.plugins.filter((plugin) => takesPartInSwitch(plugin, profile))
  return parts.length === 0 || parts.some(({ isStatic }) => !isStatic)
}
