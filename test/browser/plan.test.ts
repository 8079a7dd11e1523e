import { describe, expect, it } from 'vitest'
import { type OpeningPlan, planOpening } from '../../src/browser/plan.ts'
import type { BrowserPreference } from '../../src/browser/preference.ts'

const href = 'https://x.example/a?b=1&c=%27#d'

interface World {
  readonly platform?: NodeJS.Platform
  readonly env?: Record<string, string>
  /** The programs that are there. */
  readonly there?: readonly string[]
  readonly files?: Record<string, string>
}

function plan(preference: BrowserPreference, world: World = {}): OpeningPlan {
  const { platform = 'linux', env = { DISPLAY: ':0', PATH: '/usr/bin' }, there = [], files = {} } = world
  const home = platform === 'win32' ? 'C:\\Users\\me' : platform === 'darwin' ? '/Users/me' : '/home/me'
  const machine = {
    env,
    platform,
    home,
    isThere: (path: string) => there.includes(path),
    read: (path: string) => files[path],
  }
  return planOpening(new URL(href), preference, machine)
}

const commands = (preference: BrowserPreference, world?: World) =>
  plan(preference, world).openers.map(({ command }) => command)

/** The arguments by which a profile of a Chromium is opened (docs of Chromium, and what its kin take over). */
const chromiumArgs = (directory: string) => [
  `--profile-directory=${directory}`,
  '--no-first-run',
  '--no-default-browser-check',
  href,
]

const localState = JSON.stringify({
  profile: {
    info_cache: { Default: { name: 'Me' }, 'Profile 3': { name: 'Work & "Co" #1' }, Me: { name: 'Default' } },
  },
})
const profilesIni = '[Install1]\nDefault=x\n\n[Profile0]\nName=my work\nIsRelative=1\nPath=Profiles/ab.work\n'

const linux = [
  ['chrome', '/usr/bin/google-chrome', '.config/google-chrome'],
  ['chrome', '/usr/bin/google-chrome-stable', '.config/google-chrome'],
  ['chrome', '/usr/bin/google-chrome-beta', '.config/google-chrome-beta'],
  [
    'chrome',
    '/var/lib/flatpak/exports/bin/com.google.Chrome',
    '.var/app/com.google.Chrome/config/google-chrome',
  ],
  ['chromium', '/usr/bin/chromium', '.config/chromium'],
  ['chromium', '/usr/bin/chromium-browser', 'snap/chromium/common/chromium'],
  ['chromium', '/snap/bin/chromium', 'snap/chromium/common/chromium'],
  ['brave', '/usr/bin/brave-browser', '.config/BraveSoftware/Brave-Browser'],
  ['edge', '/usr/bin/microsoft-edge', '.config/microsoft-edge'],
  [
    'vivaldi',
    '/home/me/.local/share/flatpak/exports/bin/com.vivaldi.Vivaldi',
    '.var/app/com.vivaldi.Vivaldi/config/vivaldi',
  ],
] as const

describe('a Chromium', () => {
  it.each(linux)('on Linux: %s at %s with its profiles in %s', (browser, path, folder) => {
    const world = { there: [path], files: { [`/home/me/${folder}/Local State`]: localState } }
    expect(commands({ browser }, world)).toEqual([
      [path, href],
      ['xdg-open', href],
    ])
    const [first] = commands({ browser, browserProfile: 'Work & "Co" #1' }, world)
    expect(first).toEqual([path, ...chromiumArgs('Profile 3')])
  })

  it.each([
    ['chrome', 'Google Chrome', 'Google/Chrome'],
    ['chromium', 'Chromium', 'Chromium'],
    ['brave', 'Brave Browser', 'BraveSoftware/Brave-Browser'],
    ['edge', 'Microsoft Edge', 'Microsoft Edge'],
    ['vivaldi', 'Vivaldi', 'Vivaldi'],
  ])('on macOS: %s is %s', (browser, app, folder) => {
    const path = `/Users/me/Library/Application Support/${folder}/Local State`
    for (const place of ['/Applications', '/Users/me/Applications']) {
      const world = {
        platform: 'darwin' as const,
        there: [`${place}/${app}.app`],
        files: { [path]: localState },
      }
      expect(commands({ browser }, world)).toEqual([
        ['open', '-a', app, href],
        ['open', href],
      ])
      const [first] = commands({ browser, browserProfile: 'Work & "Co" #1' }, world)
      expect(first).toEqual(['open', '-na', app, '--args', ...chromiumArgs('Profile 3')])
    }
  })

  it.each([
    ['chrome', 'Google\\Chrome\\Application\\chrome.exe', 'Google\\Chrome'],
    ['chromium', 'Chromium\\Application\\chrome.exe', 'Chromium'],
    ['brave', 'BraveSoftware\\Brave-Browser\\Application\\brave.exe', 'BraveSoftware\\Brave-Browser'],
    ['edge', 'Microsoft\\Edge\\Application\\msedge.exe', 'Microsoft\\Edge'],
    ['vivaldi', 'Vivaldi\\Application\\vivaldi.exe', 'Vivaldi'],
  ])('on Windows, and from WSL: %s is %s', (browser, exe, folder) => {
    const env = { ProgramFiles: 'D:\\Programs', 'ProgramFiles(x86)': 'C:\\x86', LOCALAPPDATA: 'E:\\L' }
    for (const place of ['D:\\Programs', 'C:\\x86', 'E:\\L']) {
      const path = `${place}\\${exe}`
      const files = { [`E:\\L\\${folder}\\User Data\\Local State`]: localState }
      expect(
        commands(
          { browser, browserProfile: 'Work & "Co" #1' },
          { platform: 'win32', env, there: [path], files },
        ),
      ).toEqual([
        [path, ...chromiumArgs('Profile 3')],
        ['rundll32.exe', 'url.dll,FileProtocolHandler', href],
      ])
    }
    const PATH = '/usr/bin:/win/d/WINDOWS/system32:/win/d/Users/Me Too/AppData/Local/Microsoft/WindowsApps'
    const local = '/win/d/Users/Me Too/AppData/Local'
    for (const place of ['/win/d/Program Files', '/win/d/Program Files (x86)', local]) {
      const path = `${place}/${exe.replaceAll('\\', '/')}`
      const files = { [`${local}/${folder.replaceAll('\\', '/')}/User Data/Local State`]: localState }
      expect(
        commands(
          { browser, browserProfile: 'Work & "Co" #1' },
          { env: { PATH, WSL_DISTRO_NAME: 'Debian' }, there: [path], files },
        ),
      ).toEqual([
        [path, ...chromiumArgs('Profile 3')],
        ['rundll32.exe', 'url.dll,FileProtocolHandler', href],
      ])
    }
  })

  const chromium = '/usr/bin/chromium'
  it.each([
    ['a directory goes before a name', 'Default', 'Default'],
    ['a directory that is called like another name', 'Me', 'Me'],
    ['in other letters', 'work & "co" #1', 'Profile 3'],
    ['unknown: as it is', 'New one', 'New one'],
  ])('takes a profile: %s', (_, browserProfile, directory) => {
    const world = { there: [chromium], files: { '/home/me/.config/chromium/Local State': localState } }
    expect(commands({ browser: 'chromium', browserProfile }, world)[0]).toEqual([
      chromium,
      ...chromiumArgs(directory),
    ])
  })

  it.each([
    '',
    '{',
    '[]',
    'null',
    '{"profile":{"info_cache":[{"name":"Work"}]}}',
    '{"profile":{"info_cache":{"a":{"name":7}}}}',
  ])('passes a profile on as it is where Local State is %j', (text) => {
    const world = { there: [chromium], files: { '/home/me/.config/chromium/Local State': text } }
    expect(commands({ browser: 'chromium', browserProfile: 'Work' }, world)[0]).toEqual([
      chromium,
      ...chromiumArgs('Work'),
    ])
  })

  it('lies where CHROME_CONFIG_HOME or XDG_CONFIG_HOME say', () => {
    for (const name of ['CHROME_CONFIG_HOME', 'XDG_CONFIG_HOME']) {
      const env = { DISPLAY: ':0', PATH: '/usr/bin', [name]: '/c' }
      const world = { env, there: [chromium], files: { '/c/chromium/Local State': localState } }
      expect(commands({ browser: 'chromium', browserProfile: 'Me' }, { ...world })[0]).toContain(
        '--profile-directory=Me',
      )
      expect(commands({ browser: 'chromium', browserProfile: 'work & "co" #1' }, world)[0]).toContain(
        '--profile-directory=Profile 3',
      )
    }
  })

  it('has no containers', () => {
    expect(
      plan({ browser: 'chromium', container: 'granted', containerName: 'dev' }, { there: [chromium] }),
    ).toMatchObject({
      openers: [{ command: [chromium, href] }, {}],
      warnings: ['Chromium has no containers'],
    })
  })
})

describe('a Firefox', () => {
  const openers = [
    ['firefox', 'linux', '/usr/bin/firefox', '/home/me/.mozilla/firefox/profiles.ini'],
    ['firefox', 'linux', '/usr/bin/firefox', '/home/me/.config/mozilla/firefox/profiles.ini'],
    ['firefox', 'linux', '/usr/bin/firefox-esr', '/home/me/.mozilla/firefox/profiles.ini'],
    ['firefox', 'linux', '/snap/bin/firefox', '/home/me/snap/firefox/common/.mozilla/firefox/profiles.ini'],
    [
      'firefox',
      'linux',
      '/var/lib/flatpak/exports/bin/org.mozilla.firefox',
      '/home/me/.var/app/org.mozilla.firefox/.mozilla/firefox/profiles.ini',
    ],
    ['librewolf', 'linux', '/usr/bin/librewolf', '/home/me/.librewolf/profiles.ini'],
    ['waterfox', 'linux', '/usr/bin/waterfox', '/home/me/.waterfox/profiles.ini'],
    ['zen', 'linux', '/usr/bin/zen-browser', '/home/me/.zen/profiles.ini'],
    [
      'firefox',
      'darwin',
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      '/Users/me/Library/Application Support/Firefox/profiles.ini',
    ],
    [
      'zen',
      'darwin',
      '/Applications/Zen Browser.app/Contents/MacOS/zen',
      '/Users/me/Library/Application Support/zen/profiles.ini',
    ],
    [
      'firefox',
      'win32',
      'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
      'C:\\Users\\me\\AppData\\Roaming\\Mozilla\\Firefox\\profiles.ini',
    ],
    [
      'waterfox',
      'win32',
      'C:\\Program Files\\Waterfox\\waterfox.exe',
      'C:\\Users\\me\\AppData\\Roaming\\Waterfox\\profiles.ini',
    ],
  ] as const
  it.each(openers)('%s on %s at %s', (browser, platform, path, file) => {
    const env = { DISPLAY: ':0', PATH: '/usr/bin' }
    const world = { platform, env, there: [path], files: { [file]: profilesIni.replaceAll('\n', '\r\n') } }
    expect(commands({ browser }, world)[0]).toEqual([path, '--new-tab', href])
    for (const browserProfile of ['my work', 'My Work', 'ab.work', 'Profiles/ab.work'])
      expect(commands({ browser, browserProfile }, world)[0]).toEqual([
        path,
        '-P',
        'my work',
        '--new-tab',
        href,
      ])
    expect(commands({ browser, browserProfile: 'other' }, world)[0]).toEqual([
      path,
      '-P',
      'other',
      '--new-tab',
      href,
    ])
  })

  const firefox = '/usr/bin/firefox'
  it('is never told a profile that it would take for an option', () => {
    expect(plan({ browser: 'firefox', browserProfile: '-app' }, { there: [firefox] })).toMatchObject({
      openers: [{ command: [firefox, '--new-tab', href] }, {}],
      warnings: ['Firefox cannot be told a profile -app'],
    })
  })

  it('opens a container, by either add-on, also where no browser is named', () => {
    const name = 'a&b #"c" d'
    for (const [container, scheme] of [
      ['granted', 'ext+granted-containers'],
      ['container', 'ext+container'],
    ] as const) {
      const link = `${scheme}:name=a%26b%20%23%22c%22%20d&url=${encodeURIComponent(href)}&color=red&icon=pet`
      const preference = { container, containerName: name, color: 'red', icon: 'pet' }
      const world = { there: ['/usr/bin/zen'] }
      expect(commands(preference, world)[0]).toEqual(['/usr/bin/zen', '--new-tab', link])
      expect(commands({ ...preference, browser: 'zen', browserProfile: 'w' }, world)[0]).toEqual([
        '/usr/bin/zen',
        '-P',
        'w',
        '--new-tab',
        link,
      ])
      expect(commands({ ...preference, browser: 'my-fox %s --x' })[0]).toEqual(['my-fox', link, '--x'])
    }
    expect(plan({ container: 'granted', containerName: name })).toMatchObject({
      openers: [{ command: ['xdg-open', href] }],
      warnings: ['a container is asked for, and there is no Firefox for it'],
    })
  })
})

describe('a browser of macOS that takes a URL alone', () => {
  it.each(['arc', 'safari'])('%s', (browser) => {
    const app = browser === 'arc' ? 'Arc' : 'Safari'
    const world = { platform: 'darwin' as const, there: [`/Applications/${app}.app`] }
    expect(commands({ browser }, world)[0]).toEqual(['open', '-a', app, href])
    expect(plan({ browser, browserProfile: 'Work' }, world).warnings).toEqual([
      `${app} cannot be told a profile Work`,
    ])
    expect(commands({ browser })).toEqual([['xdg-open', href]])
  })
})

describe('a known browser', () => {
  it.each([
    ['Google Chrome', 'Chrome'],
    ['CHROME', 'Chrome'],
    ['microsoft-edge-stable', 'Edge'],
    ['chromium-browser', 'Chromium'],
  ])('is also called %s', (browser, shown) => {
    const there = ['google-chrome', 'microsoft-edge', 'chromium'].map((name) => `/usr/bin/${name}`)
    expect(plan({ browser }, { there }).openers[0]?.name).toBe(shown)
  })

  it('is the program that is named, where that is there', () => {
    const there = ['/usr/bin/google-chrome', '/usr/bin/google-chrome-beta']
    expect(commands({ browser: 'google-chrome-beta' }, { there })[0]).toEqual([there[1], href])
    const fox = ['/mnt/c/Program Files/Mozilla Firefox/firefox.exe', '/usr/bin/firefox']
    const env = { WSL_DISTRO_NAME: 'x', DISPLAY: ':0', PATH: '/usr/bin' }
    expect(commands({ browser: 'firefox' }, { env, there: fox })[0]).toEqual([fox[0], '--new-tab', href])
    expect(commands({ browser: 'firefox' }, { env, there: fox.slice(1) })[0]?.[0]).toBe(fox[1])
  })

  it('that is not there, or has no display, is told, and the next one opens the URL', () => {
    const warnings = ['Vivaldi is not installed, or there is no display for it']
    const env = { PATH: '/usr/bin', BROWSER: 'w3m' }
    expect(plan({ browser: 'vivaldi' }, { env, there: ['/usr/bin/vivaldi'] })).toMatchObject({
      openers: [{ name: 'w3m', command: ['w3m', href] }],
      warnings,
    })
    expect(plan({ browser: 'vivaldi' })).toMatchObject({ openers: [{ name: 'xdg-open' }], warnings })
  })

  it('is not looked for in a folder of PATH that is relative', () => {
    const env = { DISPLAY: ':0', PATH: '.::bin' }
    expect(commands({ browser: 'zen' }, { env, there: ['zen', 'bin/zen', '/zen'] })).toEqual([
      ['xdg-open', href],
    ])
  })
})

describe('a command', () => {
  it.each([
    ['linux', 'firefox --private-window --url=%s', ['firefox', '--private-window', `--url=${href}`]],
    ['linux', 'firefox', ['/usr/bin/firefox', '--new-tab', href]],
    ['linux', 'my-fox', ['my-fox', href]],
    ['linux', '"/opt/my fox/x" \'a b\' %s%s c\\ d', ['/opt/my fox/x', 'a b', `${href}${href}`, 'c d']],
    [
      'darwin',
      'open -na "Google Chrome" --args --incognito %s',
      ['open', '-na', 'Google Chrome', '--args', '--incognito', href],
    ],
    ['win32', '"C:\\Program Files\\x.exe" -u %s', ['C:\\Program Files\\x.exe', '-u', href]],
    ['win32', '"C:\\\\Program Files\\\\x.exe" %s', ['C:\\\\Program Files\\\\x.exe', href]],
    ['linux', '"C:\\\\Program Files\\\\x.exe" %s', ['C:\\Program Files\\x.exe', href]],
    ['win32', 'C:\\Program Files\\there.exe', ['C:\\Program Files\\there.exe', href]],
    ['linux', '/opt/is there', ['/opt/is there', href]],
    ['linux', '/opt/is not', ['/opt/is', 'not', href]],
    ['linux', 'x "$(calc)" `calc` ; rm %s', ['x', '$(calc)', '`calc`', ';', 'rm', href]],
  ] as const)('on %s: %s', (platform, browser, expected) => {
    const there = ['C:\\Program Files\\there.exe', '/opt/is there', '/usr/bin/firefox']
    expect(commands({ browser }, { platform, there })[0]).toEqual(expected)
  })

  it('that is none, or knows no profile, is told', () => {
    expect(plan({ browser: 'x "y' })).toMatchObject({
      openers: [{ name: 'xdg-open' }],
      warnings: ['the command of the browser ends within a quote: x "y'],
    })
    expect(plan({ browser: '/o/crhome' }).openers[0]?.complaint).toBe('the browser crhome cannot be started')
    expect(plan({ browser: 'crhome' }).openers[0]).toEqual({
      name: 'crhome',
      command: ['crhome', href],
      complaint: 'the browser crhome cannot be started; did you mean chrome?',
    })
    expect(plan({ browser: 'x %s', browserProfile: 'w' }).warnings).toEqual([
      'the browser profile counts for nothing: the browser is a command, which has to name it',
    ])
    expect(plan({ browserProfile: 'w' }).warnings).toEqual([
      'a browser profile is asked for, and no browser: set assume_browser, too',
    ])
  })
})

describe('without a preference it', () => {
  it.each([
    ['darwin', {}, [['open', href]]],
    ['linux', { DISPLAY: ':0' }, [['xdg-open', href]]],
    ['linux', { WAYLAND_DISPLAY: 'w' }, [['xdg-open', href]]],
    ['linux', {}, []],
    ['linux', { BROWSER: 'firefox' }, [['firefox', href]]],
    ['linux', { BROWSER: ' : ::' }, []],
    [
      'linux',
      { BROWSER: 'a --new %s:"b:c d" -x:e"' },
      [
        ['a', '--new', href],
        ['b:c d', '-x', href],
      ],
    ],
    [
      'win32',
      { BROWSER: '"C:\\a b\\c.exe" %s;d' },
      [
        ['C:\\a b\\c.exe', href],
        ['d', href],
        ['rundll32.exe', 'url.dll,FileProtocolHandler', href],
      ],
    ],
    [
      'linux',
      { WSL_DISTRO_NAME: 'x', DISPLAY: ':0' },
      [['rundll32.exe', 'url.dll,FileProtocolHandler', href]],
    ],
  ] as const)('is on %s with %j', (platform, env, expected) => {
    expect(commands({}, { platform, env })).toEqual(expected)
  })

  it('comes after what is preferred', () => {
    const env = { BROWSER: 'a', DISPLAY: ':0' }
    expect(commands({ browser: 'b -x' }, { env })).toEqual([
      ['b', '-x', href],
      ['a', href],
      ['xdg-open', href],
    ])
  })
})
