import { AssumeError } from '../errors.ts'
import type { SettingsSections } from '../settings/settings.ts'
import { matchesGlob } from '../text/matching.ts'
import { printable } from '../text/redact.ts'
import { cutProperty } from './config/property.ts'
import type { Profile } from './profile.ts'

/** What the user has settled about a plugin: `[plugin NAME]`, and `[plugin NAME PATTERN]` for some profiles. */
export interface PluginSettings {
  readonly name: string
  readonly enabled: boolean
  /** The npm package that it is, below `node_modules` in the plugin folder. */
  readonly package?: string
  /** Of the content that the user agreed to; absent from a built-in plugin. */
  readonly hash?: string
  /** The hooks that it has; absent when nobody has asked it yet. */
  readonly hooks?: readonly string[]
  readonly mayUseCredentials: boolean
  /** The patterns of the variables that it may set; absent: any. */
  readonly variables?: readonly string[]
  /** The options whose values must not be shown. */
  readonly hides?: readonly string[]
  /** Whether its plan follows from profile and options alone. */
  readonly isStatic: boolean
  /** Patterns of profile names; absent: all profiles. */
  readonly profiles?: readonly string[]
  readonly required?: boolean
  /** Whether the user says that the values of its variables may be shown and kept. */
  readonly isPublic: boolean
  readonly options: ReadonlyMap<string, string>
  readonly patterns: readonly PatternSettings[]
}

interface PatternSettings {
  readonly pattern: string
  readonly required?: boolean
  readonly options: ReadonlyMap<string, string>
}

/** Keys of a section that are no options. The first row is the user's, the second is written by `plugin enable`. */
const ownKeys = ['enabled', 'required', 'profiles', 'package', 'secret'] as const
export const agreedKeys = ['hash', 'hooks', 'allow', 'variables', 'hide', 'plan'] as const

const reservedKeys: ReadonlySet<string> = new Set([...ownKeys, ...agreedKeys])

/** Whether an option of a plugin cannot have this name. */
export function isReservedOption(name: string): boolean {
  return reservedKeys.has(name)
}

/** Whether a text can be the name of a plugin. */
export function isPluginName(name: string): boolean {
  return /^[a-z][a-z0-9-]*$/.test(name)
}

/** The title of the section of a plugin. */
export function titlePlugin(name: string): string {
  return `plugin ${name}`
}

/** Whether a section is about a plugin. */
function isPluginSection(title: string): boolean {
  return /^plugin(\s|$)/.test(title)
}

/** What the settings file says of plugins. */
export interface PluginSections {
  /** In their order; none where a section is not valid. */
  readonly plugins: readonly PluginSettings[]
  /** What is wrong with a section, an AssumeError `invalid-setting`. */
  readonly fault?: AssumeError
}

/** Parses the sections that are about plugins. A pattern without a section of its plugin enables nothing. */
export function parsePluginSections(sections: SettingsSections): PluginSections {
  try {
    return { plugins: parseAll(sections) }
  } catch (error) {
    if (error instanceof AssumeError) return { plugins: [], fault: error }
    throw error
  }
}

/** The plugins, for what cannot go on without knowing them. Throws AssumeError `invalid-setting`. */
export function requirePlugins({ plugins, fault }: PluginSections): readonly PluginSettings[] {
  if (fault) throw fault
  return plugins
}

function parseAll(sections: SettingsSections): PluginSettings[] {
  const titles = [...sections.keys()].filter(isPluginSection).map((title) => {
    const [, name = '', pattern] = /^plugin\s+(\S+)(?:\s+(.+))?$/.exec(title) ?? []
    if (!isPluginName(name)) {
      throw invalidSetting(title, 'a section is [plugin NAME] or [plugin NAME PATTERN], and NAME a-z, 0-9, -')
    }
    return { title, name, pattern, keys: sections.get(title) as ReadonlyMap<string, string> }
  })
  return titles
    .filter(({ pattern }) => pattern === undefined)
    .map(({ title, name, keys }) => {
      const patterns = titles.flatMap((each) =>
        each.name === name && each.pattern !== undefined
          ? [parsePattern(each.title, each.pattern, each.keys)]
          : [],
      )
      return { ...parseSection(title, name, keys), patterns }
    })
}

function parseSection(title: string, name: string, keys: ReadonlyMap<string, string>): PluginSettings {
  const list = (key: string) =>
    keys
      .get(key)
      ?.split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '')
  const enabled = readSwitch(title, keys, 'enabled') ?? false
  const required = readSwitch(title, keys, 'required')
  const [hooks, variables, hides] = [list('hooks'), list('variables'), list('hide')]
  const profiles = list('profiles')
  const packageName = keys.get('package')
  const hash = keys.get('hash')
  return {
    name,
    enabled,
    ...(packageName !== undefined && { package: packageName }),
    ...(hash !== undefined && { hash }),
    ...(hooks && { hooks }),
    mayUseCredentials: list('allow')?.includes('credentials') ?? false,
    ...(variables && { variables }),
    ...(hides && { hides }),
    isStatic: keys.get('plan') === 'profile',
    ...(profiles && { profiles }),
    ...(required !== undefined && { required }),
    isPublic: readSwitch(title, keys, 'secret') === false,
    options: new Map([...keys].filter(([key]) => !isReservedOption(key))),
    patterns: [],
  }
}

function parsePattern(title: string, pattern: string, keys: ReadonlyMap<string, string>): PatternSettings {
  const required = readSwitch(title, keys, 'required')
  return {
    pattern,
    ...(required !== undefined && { required }),
    options: new Map([...keys].filter(([key]) => key !== 'required')),
  }
}

function readSwitch(title: string, keys: ReadonlyMap<string, string>, key: string): boolean | undefined {
  const value = keys.get(key)
  if (value === undefined) return undefined
  return parseSwitch(value) ?? fail(invalidSetting(title, `${key} is yes or no, not "${value}"`))
}

function parseSwitch(value: string): boolean | undefined {
  if (['yes', 'on', 'true'].includes(value)) return true
  return ['no', 'off', 'false'].includes(value) ? false : undefined
}

function fail(error: AssumeError): never {
  throw error
}

function invalidSetting(title: string, message: string): AssumeError {
  return new AssumeError('invalid-setting', printable(`settings file, [${title}]: ${message}`), {
    hint: 'assume plugin list',
  })
}

/**
 * Whether an enabled plugin takes part in a switch to this profile: `assume_NAME = on` or `off` of the profile says
 * so, else the patterns of `profiles`, else it does.
 */
export function appliesTo(plugin: PluginSettings, { name, properties }: Profile): boolean {
  if (!plugin.enabled) return false
  const own = parseSwitch(properties.get(keyOf(plugin.name)) ?? '')
  return own ?? plugin.profiles?.some((pattern) => matchesGlob(name, pattern)) ?? true
}

/**
 * Whether a switch to this profile cannot be made without asking the plugin, or might not: what is known from its
 * section alone.
 */
export function takesPartInSwitch(plugin: PluginSettings, profile: Profile): boolean {
  const asked = plugin.hooks?.some((hook) => hook !== 'mfa' && hook !== 'profiles') ?? true
  return asked && appliesTo(plugin, profile)
}

/**
 * Tells of a profile whether plugins may have a part in a switch to it. Where the sections are not valid that is so for
 * every profile: the switch says what is wrong.
 */
export function findPluginsInSwitch({ plugins, fault }: PluginSections): (profile: Profile) => boolean {
  return (profile) => fault !== undefined || plugins.some((plugin) => takesPartInSwitch(plugin, profile))
}

/**
 * Whether an enabled plugin with this hook takes part in what happens to the profile, or to any for undefined.
 * `unasked` is what counts for one whose hooks nobody has asked for yet. Throws AssumeError `invalid-setting`.
 */
export function hasHook(
  sections: PluginSections,
  hook: string,
  profile?: Profile,
  { unasked = false } = {},
): boolean {
  return requirePlugins(sections).some(
    (plugin) =>
      (plugin.hooks?.includes(hook) ?? unasked) && (profile ? appliesTo(plugin, profile) : plugin.enabled),
  )
}

/** Whether there can be profiles that are in no file: a plugin knows some, or the sections do not say which plugins there are. */
export function mayKnowProfiles(sections: PluginSections): boolean {
  return sections.fault !== undefined || hasHook(sections, 'profiles')
}

/** Tells of a profile whether a plugin guards it; sections that are not valid guard nothing that could be named. */
export function findGuarded({ plugins }: PluginSections): (profile: Profile) => boolean {
  const guards = plugins.filter(({ hooks }) => hooks?.includes('guard'))
  return (profile) => guards.some((plugin) => appliesTo(plugin, profile))
}

/**
 * Whether the switch to this profile fails with the plugin. Where nobody has said: if it guards, for a guard that is
 * passed over is none.
 */
export function isRequired(plugin: PluginSettings, { name, properties }: Profile): boolean {
  const ofProfile = parseSwitch(properties.get(`${keyOf(plugin.name)}_required`) ?? '')
  const ofPattern = plugin.patterns.findLast(
    ({ pattern, required }) => required !== undefined && matchesGlob(name, pattern),
  )
  return ofProfile ?? ofPattern?.required ?? plugin.required ?? plugin.hooks?.includes('guard') ?? true
}

/**
 * The options of a plugin for a profile. Later ones win: those of the plugin's section, of the sections whose pattern
 * the name matches, of a nested block `assume_NAME` of the profile, of its keys `assume_NAME_OPTION`, which are in
 * lower case. `all` are the plugins that there are: a key belongs to the one with the longest name that fits.
 */
export function optionsFor(
  plugin: PluginSettings,
  profile: Profile | undefined,
  all: readonly PluginSettings[],
): Record<string, string> {
  const options = new Map(plugin.options)
  if (!profile) return Object.fromEntries(options)
  const add = (name: string, value: string) => options.set(name, value)
  for (const { pattern, options: more } of plugin.patterns) {
    if (matchesGlob(profile.name, pattern)) for (const [name, value] of more) add(name, value)
  }
  const own = keyOf(plugin.name)
  for (const line of (profile.properties.get(own) ?? '').split('\n').slice(1)) {
    const cut = cutProperty(line)
    if (cut && cut.name !== '') add(cut.name, cut.value)
  }
  for (const [key, value] of profile.properties) {
    const owner = findOwner(key, all)
    if (owner !== plugin.name || key === own) continue
    const name = key.slice(own.length + 1)
    if (name !== 'required') add(name, value)
  }
  return Object.fromEntries(options)
}

function findOwner(key: string, plugins: readonly PluginSettings[]): string | undefined {
  return plugins
    .map(({ name }) => name)
    .filter((name) => key.startsWith(`${keyOf(name)}_`))
    .sort((a, b) => b.length - a.length)[0]
}

function keyOf(name: string): string {
  return `assume_${name.replaceAll('-', '_')}`
}
