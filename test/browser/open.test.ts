import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openInBrowser } from '../../src/browser/open.ts'
import type { BrowserPreference } from '../../src/browser/preference.ts'
import { startProgram } from '../../src/programs/start.ts'
import { createContext } from '../support/context.ts'
import { createHome, type Home } from '../support/home.ts'
import { readStarted, readState, writeStubBrowser } from '../support/stub-browser.ts'

const url = new URL('https://x.example/a?b=1&c=%27#d')
/** What shells, queries and paths would take for something else. */
const name = 'a&b #"c" d'

async function open(home: Home, preference: BrowserPreference, env: Record<string, string> = {}) {
  const screen: string[] = []
  const context = createContext(home, {
    // Nothing of the machine is found.
    env: { PATH: join(home.path, 'bin'), DISPLAY: ':99', AWS_ACCESS_KEY_ID: 'hush', ...env },
    screen,
  })
  const shown = await openInBrowser({ ...context, start: startProgram }, url, preference)
  return { shown, said: screen.join('') }
}

const localState = JSON.stringify({ profile: { info_cache: { 'Profile 3': { name } } } })
const chromiumFlags = ['--profile-directory=Profile 3', '--no-first-run', '--no-default-browser-check']

describe('a browser is started with a profile that is called by what it shows', () => {
  it.each([
    ['chrome', 'Chrome', 'bin/google-chrome', '.config/google-chrome'],
    ['chromium', 'Chromium', 'bin/chromium-browser', 'snap/chromium/common/chromium'],
    ['brave', 'Brave', 'bin/brave-browser', '.config/BraveSoftware/Brave-Browser'],
    ['edge', 'Edge', 'bin/microsoft-edge', '.config/microsoft-edge'],
    [
      'vivaldi',
      'Vivaldi',
      '.local/share/flatpak/exports/bin/com.vivaldi.Vivaldi',
      '.var/app/com.vivaldi.Vivaldi/config/vivaldi',
    ],
  ])('%s', async (browser, shown, program, folder) => {
    const home = createHome()
    const path = writeStubBrowser(home, program)
    home.write(`${folder}/Local State`, localState)
    expect(await open(home, { browser, browserProfile: name })).toEqual({ shown, said: '' })
    expect(await readStarted(home)).toEqual([path, ...chromiumFlags, url.href])
    expect(readState(home)).toEqual(['in /dev/null', 'keys none'])
  })

  it.each([
    ['firefox', 'Firefox', 'bin/firefox-esr', '.mozilla/firefox'],
    ['firefox', 'Firefox', 'bin/firefox', 'snap/firefox/common/.mozilla/firefox'],
    [
      'firefox',
      'Firefox',
      '.local/share/flatpak/exports/bin/org.mozilla.firefox',
      '.var/app/org.mozilla.firefox/.mozilla/firefox',
    ],
    ['librewolf', 'LibreWolf', 'bin/librewolf', '.librewolf'],
    ['waterfox', 'Waterfox', 'bin/waterfox', '.waterfox'],
    ['zen', 'Zen', 'bin/zen', '.zen'],
  ])('%s: %s at %s', async (browser, shown, program, folder) => {
    const home = createHome()
    const path = writeStubBrowser(home, program)
    home.write(`${folder}/profiles.ini`, `[Profile0]\nName=${name}\nPath=x.y\n`)
    expect(await open(home, { browser, browserProfile: 'x.y' })).toEqual({ shown, said: '' })
    expect(await readStarted(home)).toEqual([path, '-P', name, '--new-tab', url.href])
  })
})

it('a container is called like the profile, whatever that is', async () => {
  for (const container of ['granted', 'container'] as const) {
    const home = createHome()
    writeStubBrowser(home, 'bin/firefox')
    expect((await open(home, { container, containerName: name, color: 'red' })).shown).toBe('Firefox')
    const [, option, link = ''] = await readStarted(home)
    expect(option).toBe('--new-tab')
    expect(link).toMatch(/^ext\+[a-z-]+:[!-~]+$/)
    expect(Object.fromEntries(new URLSearchParams(link.slice(link.indexOf(':') + 1)))).toEqual({
      name,
      url: url.href,
      color: 'red',
    })
  }
})

describe('a file of a browser is left alone', () => {
  it.each([
    ['that is broken', (home: Home, path: string) => home.write(path, localState.slice(1))],
    ['of another form', (home: Home, path: string) => home.write(path, '{"profile": ["info_cache"]}')],
    ['that is huge', (home: Home, path: string) => home.write(path, localState + ' '.repeat(8 * 2 ** 20))],
    ['that is a folder', (home: Home, path: string) => mkdirSync(join(home.path, path), { recursive: true })],
  ])('%s', async (_, make) => {
    const home = createHome()
    const path = writeStubBrowser(home, 'bin/chromium')
    make(home, '.config/chromium/Local State')
    expect((await open(home, { browser: 'chromium', browserProfile: name })).said).toBe('')
    expect((await readStarted(home)).slice(0, 2)).toEqual([path, `--profile-directory=${name}`])
  })
})

describe('a browser that does not start gives way to the next', () => {
  it.each([
    ['no-such-browser %s', 'the browser no-such-browser cannot be started'],
    ['vivaldi', 'Vivaldi is not installed, or there is no display for it'],
    ['chrome', 'Chrome is not installed, or there is no display for it'],
    ['x "', 'the command of the browser ends within a quote: x "'],
    ['\u001b[31m', 'the browser ?[31m cannot be started'],
  ])('%j', async (browser, warning) => {
    const home = createHome()
    const path = writeStubBrowser(home, 'bin/in $BROWSER')
    // No program: nobody may run it.
    home.write('bin/google-chrome', '#!/bin/sh\n')
    const BROWSER = `/nonexistent:'${path}' --new %s`
    expect(await open(home, { browser }, { BROWSER })).toEqual({
      shown: 'in $BROWSER',
      said: `assume: warning: ${warning}\n`,
    })
    expect(await readStarted(home)).toEqual([path, '--new', url.href])
  })

  it('which may be that of the system, or none', async () => {
    const home = createHome()
    expect(await open(home, {}, { BROWSER: 'no-such-browser' })).toEqual({ shown: undefined, said: '' })
    const path = writeStubBrowser(home, 'bin/xdg-open')
    expect((await open(home, {}, { BROWSER: 'no-such-browser' })).shown).toBe('xdg-open')
    expect(await readStarted(home)).toEqual([expect.stringMatching(/xdg-open$/), url.href])
    expect(path).toMatch(/xdg-open$/)
  })
})

it('a program with blanks in its path needs no quotes by itself', async () => {
  const home = createHome()
  const path = writeStubBrowser(home, 'my browser/run\u0007it')
  expect((await open(home, { browser: path })).shown).toBe('run?it')
  expect(await readStarted(home)).toEqual([path, url.href])
})

describe('the opener of the system', () => {
  it.each([
    ['exit 3', undefined],
    ['exit 0', 'xdg-open'],
  ])('that ends with %s', async (script, shown) => {
    const home = createHome()
    chmodSync(home.write('bin/xdg-open', `#!/bin/sh\n${script}\n`), 0o755)
    expect(await open(home, {})).toEqual({ shown, said: '' })
  })
})
