/** A profile of a browser: how it is called, and the folder that it is in. */
export interface BrowserProfile {
  readonly name: string
  readonly directory: string
}

/**
 * The profiles that `Local State` of a Chromium knows: `profile.info_cache`, a map from directories to what is shown of them
 * (chrome/browser/profiles/profile_attributes_storage.h). A file of another form has none.
 */
export function parseLocalState(text: string): BrowserProfile[] {
  const cache = read(read(parseJson(text), 'profile'), 'info_cache')
  if (!isMap(cache)) return []
  return Object.entries(cache).flatMap(([directory, entry]) => {
    const name = read(entry, 'name')
    return [{ directory, name: typeof name === 'string' ? name : directory }]
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function read(value: unknown, key: string): unknown {
  return isMap(value) ? value[key] : undefined
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * The profiles of a `profiles.ini` of Firefox: its sections `[Profile0]` and so on with `Name` and `Path`
 * (toolkit/profile/nsToolkitProfileService.cpp). A file of another form has none.
 */
export function parseProfilesIni(text: string): BrowserProfile[] {
  const profiles: BrowserProfile[] = []
  for (const section of text.split(/^(?=\[)/m)) {
    if (!/^\[Profile\d+\]\s*$/m.test(section)) continue
    const name = /^Name=(.+?)\r?$/m.exec(section)?.[1]
    const directory = /^Path=(.+?)\r?$/m.exec(section)?.[1]
    if (name !== undefined && directory !== undefined) profiles.push({ name, directory })
  }
  return profiles
}

/**
 * The profile that a text means: by its directory, or the last part of that, before its name, and by its name in other
 * letters where nothing else is meant. Undefined: none of them.
 */
export function findBrowserProfile(
  profiles: readonly BrowserProfile[],
  text: string,
): BrowserProfile | undefined {
  return (
    profiles.find(({ directory }) => directory === text || directory.split(/[/\\]/).at(-1) === text) ??
    profiles.find(({ name }) => name === text) ??
    profiles.find(({ name }) => name.toLowerCase() === text.toLowerCase())
  )
}
