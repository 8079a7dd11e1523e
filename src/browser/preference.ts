import { settingTable } from '../settings/settings.ts'
import { printable } from '../text/redact.ts'
import { findKnownBrowser } from './known.ts'

/** As a browser: none is to be started. */
export const noBrowser = 'off'

/** Where a URL is to be opened; what is absent is left to others. */
export interface BrowserPreference {
  /** The name of a known browser, a command as quoted words with `%s` for the URL, or `off`. */
  readonly browser?: string
  /** A profile of that browser, as the user calls it. */
  readonly browserProfile?: string
  /** The add-on of Firefox that opens containers. */
  readonly container?: 'granted' | 'container'
  readonly containerName?: string
  readonly color?: string
  readonly icon?: string
}

type Keys = ReadonlyMap<string, string>

/** What can say where; a later one counts where those before it say nothing. */
export interface BrowserSources {
  /** The name of the profile, which its container is called by. */
  readonly name: string
  readonly flags?:
    | {
        readonly browser?: string | undefined
        readonly browserProfile?: string | undefined
        readonly container?: string | undefined
      }
    | undefined
  /** The keys of the profile. */
  readonly profile?: Keys | undefined
  /** The keys of its sso-session. */
  readonly session?: Keys | undefined
  readonly settings?: Keys | undefined
}

/** One source, by the names of the settings. */
type Level = (name: string) => string | undefined

/**
 * Where a profile is opened: by the flags, else by the profile's keys, its sso-session's, the settings. A value that a setting
 * cannot have counts as none. A browser profile belongs to the browser that is named with it, and counts for no other; a
 * container does not count where something nearer names a browser that has none.
 */
export function chooseBrowserPreference({
  name,
  flags,
  profile,
  session,
  settings,
}: BrowserSources): BrowserPreference {
  const levels: Level[] = [
    readFlags(flags ?? {}),
    (key) => read(profile, key) ?? read(profile, key.replace(/^assume_(?=color$|icon$)/, 'granted_'), key),
    (key) => read(session, key),
    (key) => read(settings, key),
  ]
  const [browser] = find(levels, 'assume_browser')
  const [browserProfile] = find(levels, 'assume_browser_profile', (level) => {
    const [named] = find(levels.slice(level), 'assume_browser')
    return named === undefined || named === browser
  })
  const container = findContainer(levels)
  const [color] = find(levels, 'assume_color')
  const [icon] = find(levels, 'assume_icon')
  return {
    ...(browser !== undefined && { browser }),
    ...(browserProfile !== undefined && { browserProfile }),
    ...(container && {
      container,
      containerName: name,
      ...(color !== undefined && { color }),
      ...(icon !== undefined && { icon }),
    }),
  }
}

/** What of the keys and settings can have no such value and so counts as none, in a line each. */
export function listIgnoredKeys({ profile, session, settings }: BrowserSources): string[] {
  return [profile, session, settings].flatMap((keys) =>
    settingTable.flatMap(({ name, values }) => {
      const value = keys?.get(name)?.trim()
      const isIgnored = browserKey.test(name) && value && values && !values.includes(value)
      return isIgnored
        ? [`${name} = ${printable(value)} counts for nothing; there are ${values.join(', ')}`]
        : []
    }),
  )
}

const browserKey = /^assume_(container|color|icon)$/

function readFlags({ browser, browserProfile, container }: NonNullable<BrowserSources['flags']>): Level {
  const keys = new Map(
    Object.entries({
      assume_browser: browser,
      assume_browser_profile: browserProfile,
      assume_container: container,
    }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  return (key) => read(keys, key)
}

/** The value of a key, if the setting, which is called like the key unless told, can have it. */
function read(keys: Keys | undefined, key: string, setting = key): string | undefined {
  const value = keys?.get(key)?.trim()
  const allowed = settingTable.find(({ name }) => name === setting)?.values
  return value && (allowed?.includes(value) ?? true) ? value : undefined
}

/** The first value of a setting whose level is fit for it, and the number of that level. */
function find(
  levels: readonly Level[],
  name: string,
  isFit: (level: number) => boolean = () => true,
): readonly [value?: string, level?: number] {
  for (const [index, level] of levels.entries()) {
    const value = level(name)
    if (value !== undefined && isFit(index)) return [value, index]
  }
  return []
}

function findContainer(levels: readonly Level[]): BrowserPreference['container'] {
  const [container, level = 0] = find(levels, 'assume_container')
  if (container !== 'granted' && container !== 'container') return undefined
  const [browser = '', nearest = level] = find(levels, 'assume_browser')
  const family = findKnownBrowser(browser)?.family ?? 'firefox'
  return nearest < level && family !== 'firefox' ? undefined : container
}
