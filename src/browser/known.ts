import { browserNames } from '../settings/settings.ts'

/**
 * How a browser is told what to open: `chromium` takes the directory of a profile, `firefox` the name of one and the links of
 * containers, `other` a URL alone.
 */
export type BrowserFamily = 'chromium' | 'firefox' | 'other'

/** A browser that is known, and where it lies. Paths have `/`, on Windows too. */
export interface KnownBrowser {
  /** As messages call it. */
  readonly shown: string
  readonly family: BrowserFamily
  /** Its programs on Linux, best first; empty: there is none. */
  readonly programs: readonly string[]
  /** Its identifier as a Flatpak. */
  readonly flatpak?: string
  /** The names that its application can have on macOS. */
  readonly apps: readonly string[]
  /** Its program on Windows, below Program Files or what the user has installed. */
  readonly exe?: string
  /** Where the files are that say which profiles it has; absent where nothing can be chosen. */
  readonly data?: BrowserData
}

/**
 * Folders of data. Chromium's are relative to the folder for configuration on Linux and to Local on Windows, Firefox's to the
 * home and to Roaming; on macOS both are below Application Support.
 */
export interface BrowserData {
  readonly linux: string
  readonly darwin: string
  readonly windows: string
  /** Where a Snap has them, below the home. */
  readonly snap?: string
}

/**
 * Where they lie: `docs/user_data_dir.md` of Chromium and what its kin make of that,
 * https://support.mozilla.org/kb/profiles-where-firefox-stores-user-data for Firefox.
 */
export const knownBrowsers: Readonly<Record<(typeof browserNames)[number], KnownBrowser>> = {
  chrome: {
    shown: 'Chrome',
    family: 'chromium',
    programs: ['google-chrome', 'google-chrome-stable', 'google-chrome-beta'],
    flatpak: 'com.google.Chrome',
    apps: ['Google Chrome'],
    exe: 'Google/Chrome/Application/chrome.exe',
    data: { linux: 'google-chrome', darwin: 'Google/Chrome', windows: 'Google/Chrome/User Data' },
  },
  chromium: {
    shown: 'Chromium',
    family: 'chromium',
    programs: ['chromium', 'chromium-browser'],
    flatpak: 'org.chromium.Chromium',
    apps: ['Chromium'],
    exe: 'Chromium/Application/chrome.exe',
    data: {
      linux: 'chromium',
      darwin: 'Chromium',
      windows: 'Chromium/User Data',
      snap: 'snap/chromium/common/chromium',
    },
  },
  brave: {
    shown: 'Brave',
    family: 'chromium',
    programs: ['brave-browser', 'brave'],
    flatpak: 'com.brave.Browser',
    apps: ['Brave Browser'],
    exe: 'BraveSoftware/Brave-Browser/Application/brave.exe',
    data: {
      linux: 'BraveSoftware/Brave-Browser',
      darwin: 'BraveSoftware/Brave-Browser',
      windows: 'BraveSoftware/Brave-Browser/User Data',
      snap: 'snap/brave/current/.config/BraveSoftware/Brave-Browser',
    },
  },
  edge: {
    shown: 'Edge',
    family: 'chromium',
    programs: ['microsoft-edge', 'microsoft-edge-stable'],
    flatpak: 'com.microsoft.Edge',
    apps: ['Microsoft Edge'],
    exe: 'Microsoft/Edge/Application/msedge.exe',
    data: { linux: 'microsoft-edge', darwin: 'Microsoft Edge', windows: 'Microsoft/Edge/User Data' },
  },
  vivaldi: {
    shown: 'Vivaldi',
    family: 'chromium',
    programs: ['vivaldi', 'vivaldi-stable'],
    flatpak: 'com.vivaldi.Vivaldi',
    apps: ['Vivaldi'],
    exe: 'Vivaldi/Application/vivaldi.exe',
    data: { linux: 'vivaldi', darwin: 'Vivaldi', windows: 'Vivaldi/User Data' },
  },
  arc: { shown: 'Arc', family: 'other', programs: [], apps: ['Arc'] },
  safari: { shown: 'Safari', family: 'other', programs: [], apps: ['Safari'] },
  firefox: {
    shown: 'Firefox',
    family: 'firefox',
    programs: ['firefox', 'firefox-esr'],
    flatpak: 'org.mozilla.firefox',
    apps: ['Firefox'],
    exe: 'Mozilla Firefox/firefox.exe',
    data: {
      linux: '.mozilla/firefox',
      darwin: 'Firefox',
      windows: 'Mozilla/Firefox',
      snap: 'snap/firefox/common/.mozilla/firefox',
    },
  },
  librewolf: {
    shown: 'LibreWolf',
    family: 'firefox',
    programs: ['librewolf'],
    flatpak: 'io.gitlab.librewolf-community',
    apps: ['LibreWolf'],
    exe: 'LibreWolf/librewolf.exe',
    data: { linux: '.librewolf', darwin: 'librewolf', windows: 'librewolf' },
  },
  waterfox: {
    shown: 'Waterfox',
    family: 'firefox',
    programs: ['waterfox'],
    flatpak: 'net.waterfox.waterfox',
    apps: ['Waterfox'],
    exe: 'Waterfox/waterfox.exe',
    data: { linux: '.waterfox', darwin: 'Waterfox', windows: 'Waterfox' },
  },
  zen: {
    shown: 'Zen',
    family: 'firefox',
    programs: ['zen', 'zen-browser'],
    flatpak: 'app.zen_browser.zen',
    apps: ['Zen', 'Zen Browser'],
    exe: 'Zen Browser/zen.exe',
    data: { linux: '.zen', darwin: 'zen', windows: 'zen' },
  },
}

export const knownBrowserNames: readonly string[] = browserNames

/** The browser that a text names: by its name, its application on macOS or one of its programs; undefined: none. */
export function findKnownBrowser(text: string): KnownBrowser | undefined {
  const word = text.trim().toLowerCase()
  const all = Object.values(knownBrowsers)
  return (
    all.find(({ shown }) => shown.toLowerCase() === word) ??
    all.find(({ programs, apps }) => [...programs, ...apps].some((each) => each.toLowerCase() === word))
  )
}
