import { parseDuration } from '../text/time.ts'

/** One setting of assume's own settings file. */
export interface Setting {
  readonly name: string
  /** The values it can have; absent for any text. */
  readonly values?: readonly string[]
  /** Where it is no list of words that decides: what a value has to be, and whether one is. */
  readonly form?: { readonly words: string; readonly fits: (value: string) => boolean }
  /** What is offered where it can have any text. */
  readonly suggestions?: readonly string[]
  /** The value where nothing is set; absent for none. */
  readonly fallback?: string
  readonly describe: string
}

/** The browsers that are known, as settings, keys and flags call them. */
export const browserNames = [
  'chrome',
  'chromium',
  'brave',
  'edge',
  'vivaldi',
  'arc',
  'safari',
  'firefox',
  'librewolf',
  'waterfox',
  'zen',
] as const

/** Every setting that there is. A profile's key of the same name in the AWS config file goes before it. */
export const settingTable: readonly Setting[] = [
  {
    name: 'assume_region',
    values: ['on', 'off'],
    fallback: 'on',
    describe: "off: a switch leaves AWS_REGION and AWS_DEFAULT_REGION alone; also as a profile's own key",
  },
  {
    name: 'assume_mode',
    values: ['auto', 'profile', 'export'],
    fallback: 'auto',
    describe:
      "export: switches set temporary keys, profile: always AWS_PROFILE, auto: keys where tools could get none; also as a profile's own key",
  },
  {
    name: 'assume_renew',
    values: ['on', 'off'],
    fallback: 'off',
    describe:
      "on: keys that a switch has set are replaced at a prompt before they end; also as a profile's own key",
  },
  {
    name: 'assume_key_store',
    values: ['os', 'file'],
    describe: "where assume keys add puts a key: the system's keyring, or encrypted files",
  },
  {
    name: 'assume_session_duration',
    form: { words: '15m to 36h', fits: (value) => parseSessionDuration(value) !== undefined },
    suggestions: ['15m', '1h', '12h', '36h'],
    fallback: '12h',
    describe: "how long the session in front of a stored key lasts, 15m to 36h; also as a profile's own key",
  },
  {
    name: 'assume_session_token',
    values: ['on', 'off'],
    fallback: 'on',
    describe:
      "off: tools get the stored key itself, where a policy forbids GetSessionToken; also as a profile's own key",
  },
  {
    name: 'assume_login',
    values: ['auto', 'pkce', 'device-code'],
    fallback: 'auto',
    describe: "how to log in: in this machine's browser, or with a code; also as an sso-session's own key",
  },
  {
    name: 'assume_browser',
    suggestions: [...browserNames, 'off'],
    describe:
      "the browser: a name such as chrome or firefox, a command such as: firefox --private-window %s, or off; also as a profile's or an sso-session's own key",
  },
  {
    name: 'assume_browser_profile',
    describe:
      "the profile of that browser: as the browser shows it, Chromium's directory, or Firefox's -P; also as a profile's or an sso-session's own key",
  },
  {
    name: 'assume_container',
    values: ['granted', 'container', 'off'],
    fallback: 'off',
    describe:
      "a tab container of Firefox, called like the profile: the add-on that makes it; also as a profile's or an sso-session's own key",
  },
  {
    name: 'assume_color',
    values: ['blue', 'turquoise', 'green', 'yellow', 'orange', 'red', 'pink', 'purple'],
    describe: "the colour of that container; also as a profile's or an sso-session's own key",
  },
  {
    name: 'assume_icon',
    values: [
      'fingerprint',
      'briefcase',
      'dollar',
      'cart',
      'circle',
      'gift',
      'vacation',
      'food',
      'fruit',
      'pet',
      'tree',
      'chill',
    ],
    describe: "the icon of that container; also as a profile's or an sso-session's own key",
  },
]

/** The settings that the user's file holds, by name. */
export type Settings = ReadonlyMap<string, string>

/** The sections of the settings file by their title, with their keys as they are written. */
export type SettingsSections = ReadonlyMap<string, ReadonlyMap<string, string>>

/** The value in force: of the profile's properties, else of the settings file, else the default. */
export function readSetting(
  name: string,
  settings: Settings,
  properties: ReadonlyMap<string, string> = new Map(),
): string | undefined {
  const setting = settingTable.find((each) => each.name === name)
  const allowed = [properties.get(name), settings.get(name)].find(
    (value) => value !== undefined && (setting?.values?.includes(value) ?? true),
  )
  return allowed ?? setting?.fallback
}

/**
 * Seconds of a value of `assume_session_duration`; undefined for one that GetSessionToken does not take.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html "DurationSeconds"
 */
export function parseSessionDuration(text: string): number | undefined {
  const seconds = parseDuration(text)
  return seconds !== undefined && seconds >= 900 && seconds <= 129_600 ? seconds : undefined
}

/**
 * A value as it stands in the settings file, so that `ini` reads it back unchanged. It takes `;` and `#` for the beginning of
 * a comment, `\` for an escape, and a text in quotes for JSON.
 */
export function formatSettingValue(value: string): string {
  const isPlain = /^[^\s"']/.test(value) && !/[;#\\\p{Cc}\u2028\u2029]|\s$/u.test(value)
  if (value === '' || isPlain) return value
  // JSON leaves these two as they are, and ini ends the line at them.
  return JSON.stringify(value).replace(/[\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16)}`)
}

/**
 * The text of the settings file with `name` set to `value` as it is to be written, or without it for undefined. The
 * last line of that name is replaced, or a new one put at the end of the keys: those before the first section, or those
 * of `section`, which is added at the end where there is none. Everything else stays as it is.
 */
export function editSettingsText(
  text: string,
  name: string,
  value: string | undefined,
  section?: string,
): string {
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n')
  if (value !== undefined && section !== undefined && findTitle(lines, section) === -1) {
    lines.push(...(lines.length > 0 ? [''] : []), `[${section}]`)
  }
  const start = section === undefined ? 0 : findTitle(lines, section) + 1
  if (section !== undefined && start === 0) return text
  const next = lines.findIndex((line, index) => index >= start && readTitle(line) !== undefined)
  const end = next === -1 ? lines.length : next
  const present = lines.findLastIndex(
    (line, index) => index >= start && index < end && line.split('=')[0]?.trim() === name,
  )
  const line = `${name} = ${value}`
  if (present !== -1) lines.splice(present, 1, ...(value === undefined ? [] : [line]))
  else if (value !== undefined)
    lines.splice(section === undefined ? end : endOfKeys(lines, start, end), 0, line)
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

function findTitle(lines: readonly string[], section: string): number {
  return lines.findLastIndex((line) => readTitle(line) === section)
}

/** The title of a section's line, as `ini` reads it: an indented one is no section. */
function readTitle(line: string): string | undefined {
  return /^\[([^\]]*)\]\s*$/.exec(line)?.[1]
}

/** Before the blank lines and comments that lead over to the next section. */
function endOfKeys(lines: readonly string[], start: number, end: number): number {
  const last = lines.findLastIndex(
    (line, index) => index >= start && index < end && !/^\s*([;#]|$)/.test(line),
  )
  return last === -1 ? start : last + 1
}
