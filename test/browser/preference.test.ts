import { describe, expect, it } from 'vitest'
import { type BrowserSources, chooseBrowserPreference } from '../../src/browser/preference.ts'

type Keys = Record<string, string>

const choose = (
  sources: { profile?: Keys; session?: Keys; settings?: Keys; flags?: BrowserSources['flags'] } = {},
) => {
  const { flags, ...keys } = sources
  const maps = Object.fromEntries(
    Object.entries(keys).map(([name, each]) => [name, new Map(Object.entries(each))]),
  )
  return chooseBrowserPreference({ name: 'dev', flags, ...maps })
}

describe('the browser', () => {
  it('is that of the flag, else of the profile, the session, the settings', () => {
    const all = {
      flags: { browser: 'a' },
      profile: { assume_browser: 'b' },
      session: { assume_browser: 'c' },
      settings: { assume_browser: 'd' },
    }
    expect(choose(all)).toEqual({ browser: 'a' })
    expect(choose({ ...all, flags: { browser: undefined } })).toEqual({ browser: 'b' })
    expect(choose({ ...all, flags: {}, profile: { assume_browser: ' ' } })).toEqual({ browser: 'c' })
    expect(choose({ settings: all.settings })).toEqual({ browser: 'd' })
    expect(choose()).toEqual({})
  })

  it('has a profile of its own, not that of another', () => {
    const settings = { assume_browser: 'chrome', assume_browser_profile: 'W' }
    expect(choose({ settings })).toEqual({ browser: 'chrome', browserProfile: 'W' })
    expect(choose({ settings, profile: { assume_browser: 'firefox' } })).toEqual({ browser: 'firefox' })
    expect(choose({ settings, flags: { browser: 'chrome' } })).toEqual({
      browser: 'chrome',
      browserProfile: 'W',
    })
    expect(choose({ settings, profile: { assume_browser_profile: 'P' } })).toEqual({
      browser: 'chrome',
      browserProfile: 'P',
    })
    expect(choose({ session: { assume_browser_profile: 'P' }, flags: { browser: 'edge' } })).toEqual({
      browser: 'edge',
      browserProfile: 'P',
    })
    expect(choose({ settings, flags: { browserProfile: 'F' } })).toMatchObject({ browserProfile: 'F' })
  })
})

describe('the container', () => {
  it('is called like the profile, and can be switched off', () => {
    const settings = { assume_container: 'granted' }
    expect(choose({ settings })).toEqual({ container: 'granted', containerName: 'dev' })
    expect(choose({ settings, session: { assume_container: 'container' } })).toMatchObject({
      container: 'container',
    })
    expect(choose({ settings, profile: { assume_container: 'off' } })).toEqual({})
    expect(choose({ settings, flags: { container: 'off' } })).toEqual({})
    expect(choose({ profile: { assume_container: 'other' } })).toEqual({})
  })

  it('does not count where something nearer names a browser without containers', () => {
    const settings = { assume_container: 'granted' }
    expect(choose({ settings, profile: { assume_browser: 'chrome' } })).toEqual({ browser: 'chrome' })
    expect(choose({ settings, profile: { assume_browser: 'zen' } })).toMatchObject({ container: 'granted' })
    expect(choose({ settings, profile: { assume_browser: 'my-fox %s' } })).toMatchObject({
      container: 'granted',
    })
    expect(choose({ settings: { ...settings, assume_browser: 'chrome' } })).toMatchObject({
      browser: 'chrome',
      container: 'granted',
    })
  })

  it('has the colour and the icon that are set, of those that there are', () => {
    const settings = { assume_container: 'granted', assume_color: 'blue', assume_icon: 'tree' }
    const look = (profile: Keys, session: Keys = {}) => {
      const { color, icon } = choose({ settings, profile, session })
      return [color, icon]
    }
    expect(look({})).toEqual(['blue', 'tree'])
    expect(look({ granted_color: 'red', granted_icon: 'pet' })).toEqual(['red', 'pet'])
    expect(look({ assume_color: 'pink', granted_color: 'red', assume_icon: 'cart' })).toEqual([
      'pink',
      'cart',
    ])
    expect(look({ assume_color: 'mauve', granted_color: 'red' }, { assume_icon: 'dollar' })).toEqual([
      'red',
      'dollar',
    ])
    expect(look({ assume_color: '&url=https://evil' }, { granted_color: 'red' })).toEqual(['blue', 'tree'])
    expect(choose({ profile: { assume_color: 'red' } })).toEqual({})
  })
})
