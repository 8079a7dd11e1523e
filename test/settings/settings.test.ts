import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { editSettingsText, formatSettingValue } from '../../src/settings/settings.ts'
import { readSettingsFile } from '../../src/settings/settings-file.ts'
import { createContext } from '../support/context.ts'
import { Home } from '../support/home.ts'

const home = new Home()
afterAll(() => home.dispose())

/** What the settings file says of `name` after it was set to `value`. */
function roundTrip(value: string, before = '# mine\nassume_region = off\n\n[plugin vars]\nenabled = yes\n') {
  const text = editSettingsText(before, 'assume_browser', formatSettingValue(value))
  const world = createContext(home, { files: { read: () => Buffer.from(text) } })
  const { settings, sections } = readSettingsFile(world, join(home.path, 'config'))
  return { settings: Object.fromEntries(settings), sections: [...sections.keys()] }
}

const expected = (value: string) => ({
  settings: { assume_region: 'off', assume_browser: value },
  sections: ['plugin vars'],
})

describe('a value of the settings file', () => {
  it.each([
    'firefox --private-window %s',
    'firefox %s # the one for work',
    'a; b',
    'one\nassume_mode = export',
    'one\r\n[plugin vars]',
    '"quoted"',
    "'quoted'",
    '"half',
    'C:\\Program Files\\x.exe %s',
    'a\\;b\\\\#c\\',
    '  with blanks around\t',
    '[title]',
    '= x = y',
    'true',
    'null',
    '7',
    '',
    'a\u2028b\u2029c',
    '\u001b[31mred\u0007',
    'naïve ✓ 🦊',
  ])('is read as it was set: %j', (value) => {
    expect(roundTrip(value)).toEqual(expected(value))
  })

  it('is read as it was set, whatever it is, and set twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (first, second) => {
        const before = editSettingsText(
          'assume_region = off\n[plugin vars]\nx = y\n',
          'assume_browser',
          formatSettingValue(first),
        )
        expect(roundTrip(second, before)).toEqual(expected(second))
      }),
      { seed: 14, numRuns: 500 },
    )
  })

  it('stays bare where it can', () => {
    for (const plain of ['on', 'firefox --new-window %s', '/opt/x=y', 'C:/x'])
      expect(formatSettingValue(plain)).toBe(plain)
  })
})
