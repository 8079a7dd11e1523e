/** One setting of assume's own settings file. */
export interface Setting {
  readonly name: string
  /** The values it can have; absent for any text. */
  readonly values?: readonly string[]
  /** The value where nothing is set; absent for none. */
  readonly fallback?: string
  readonly describe: string
}

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
    name: 'assume_login',
    values: ['auto', 'pkce', 'device-code'],
    fallback: 'auto',
    describe: "how to log in: in this machine's browser, or with a code; also as an sso-session's own key",
  },
  {
    name: 'assume_browser',
    describe: 'the command that opens a login page, for example: firefox --private-window %s',
  },
]

/** The settings that the user's file holds, by name. */
export type Settings = ReadonlyMap<string, string>

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
 * The text of the settings file with `name` set to `value`: its line is replaced, or a new one is put before the
 * first section. Everything else stays as it is.
 */
export function editSettingsText(text: string, name: string, value: string): string {
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n')
  const firstSection = lines.findIndex((line) => line.trimStart().startsWith('['))
  const end = firstSection === -1 ? lines.length : firstSection
  const present = lines.findIndex((line, index) => index < end && line.split('=')[0]?.trim() === name)
  if (present === -1) lines.splice(end, 0, `${name} = ${value}`)
  else lines[present] = `${name} = ${value}`
  return `${lines.join('\n')}\n`
}
