import fc from 'fast-check'
import { parse } from 'ini'
import { describe, expect, it } from 'vitest'
import type { Context, Files } from '../../src/context.ts'
import { parseDocument } from '../../src/profiles/config/document.ts'
import { mergeDocuments } from '../../src/profiles/config/merge.ts'
import {
  appliesTo,
  isRequired,
  optionsFor,
  type PluginSettings,
  parsePluginSections,
  requirePlugins,
  takesPartInSwitch,
} from '../../src/profiles/plugin-settings.ts'
import { describeProfile, type Profile } from '../../src/profiles/profile.ts'
import { editSettingsText } from '../../src/settings/settings.ts'
import { readSettingsFile } from '../../src/settings/settings-file.ts'

function read(text: string): readonly PluginSettings[] {
  const files = { read: () => Buffer.from(text) } as Partial<Files> as Files
  return requirePlugins(parsePluginSections(readSettingsFile({ files } as Context, 'config').sections))
}

function profile(name: string, lines = ''): Profile {
  const config = parseDocument(`[profile ${name}]\n${lines}`, 'config')
  return describeProfile(mergeDocuments(config, parseDocument('', 'credentials')), name) as Profile
}

describe('the sections of plugins', () => {
  it('say what the user settled', () => {
    const [kube, ...rest] = read(`assume_region = off
[plugin kube]
enabled = yes
required = no
profiles = prod-*, staging
hash = 00ff
hooks = env, guard
allow = credentials
variables = KUBECONFIG, K_*
plan = profile
secret = no
folder = ~/.kube
[other]
enabled = yes
[plugin kube prod-eu.*]
folder = /prod # not /dev
required = yes
`)
    expect(rest).toEqual([])
    expect(kube).toEqual({
      name: 'kube',
      enabled: true,
      required: false,
      profiles: ['prod-*', 'staging'],
      hash: '00ff',
      hooks: ['env', 'guard'],
      mayUseCredentials: true,
      variables: ['KUBECONFIG', 'K_*'],
      isStatic: true,
      isPublic: true,
      options: new Map([['folder', '~/.kube']]),
      patterns: [{ pattern: 'prod-eu.*', required: true, options: new Map([['folder', '/prod']]) }],
    })
  })

  it('enable nothing where they do not say so', () => {
    expect(read('[plugin kube]\nfolder = x\n[plugin vars *]\nA = 1\n')).toMatchObject([
      { name: 'kube', enabled: false, mayUseCredentials: false, isPublic: false },
    ])
  })

  it.each([
    ['[plugin]\na = 1', 'a section is [plugin NAME]'],
    ['[plugin Kube]\na = 1', 'a section is [plugin NAME]'],
    ['[plugin kube]\nenabled = maybe', 'enabled is yes or no, not "maybe"'],
    ['[plugin kube]\nenabled = yes\n[plugin kube x]\nrequired = often', 'required is yes or no'],
  ])('are refused: %s', (text, message) => {
    expect(() => read(text)).toThrow(message)
  })
})

describe('which profiles a plugin is for', () => {
  const [all, some, off] = read(
    '[plugin all]\nenabled = yes\n[plugin some]\nenabled=on\nprofiles = prod-*, x\n[plugin off]\nenabled=no\n',
  ) as [PluginSettings, PluginSettings, PluginSettings]

  it.each([
    [all, profile('dev'), true],
    [all, profile('dev', 'assume_all = off\n'), false],
    [some, profile('dev'), false],
    [some, profile('Prod-1'), true],
    [some, profile('not-prod-1'), false],
    [some, profile('x'), true],
    [some, profile('xx'), false],
    [some, profile('dev', 'assume_some = on\n'), true],
    [some, profile('prod-1', 'assume_some = off\n'), false],
    [off, profile('dev', 'assume_off = on\n'), false],
  ])('%#', (plugin, each, applies) => {
    expect(appliesTo(plugin, each)).toBe(applies)
  })

  it('keeps a switch from going around it as long as nothing is known of it', () => {
    const hooked = (hooks: string) => read(`[plugin a]\nenabled = yes\n${hooks}`)[0] as PluginSettings
    expect(takesPartInSwitch(hooked(''), profile('dev'))).toBe(true)
    expect(takesPartInSwitch(hooked('hooks = guard\n'), profile('dev'))).toBe(true)
    expect(takesPartInSwitch(hooked('hooks = mfa, profiles\n'), profile('dev'))).toBe(false)
    expect(takesPartInSwitch(hooked('hooks = env\n'), profile('dev', 'assume_a = off\n'))).toBe(false)
  })

  it.each([
    ['', profile('dev'), true],
    ['hooks = env', profile('dev'), false],
    ['hooks = env, guard', profile('dev'), true],
    ['hooks = guard\nrequired = no', profile('dev'), false],
    ['hooks = env\n[plugin a prod-*]\nrequired = yes', profile('prod-1'), true],
    ['hooks = env\n[plugin a prod-*]\nrequired = yes', profile('dev'), false],
    ['hooks = env\nrequired = yes', profile('dev', 'assume_a_required = no\n'), false],
  ])('makes it required: %s', (lines, each, required) => {
    const [plugin] = read(`[plugin a]\nenabled = yes\n${lines}\n`)
    expect(isRequired(plugin as PluginSettings, each)).toBe(required)
  })
})

describe('options', () => {
  const all = read(`[plugin vars]
enabled = yes
A = settings
B = settings
[plugin vars-more]
enabled = yes
[plugin vars prod-*]
B = pattern
C = pattern
[plugin vars *-eu]
C = later
`)
  const of = (name: string, lines?: string, index = 0) =>
    optionsFor(all[index] as PluginSettings, profile(name, lines), all)

  it('come from the section, the patterns that match, and the profile', () => {
    expect(of('dev')).toEqual({ A: 'settings', B: 'settings' })
    expect(of('prod-eu')).toEqual({ A: 'settings', B: 'pattern', C: 'later' })
    expect(
      of('prod-eu', 'assume_vars =\n  A = block ; comment\n  http_proxy = http://x\nassume_vars_D = flat\n'),
    ).toEqual({
      A: 'block',
      B: 'pattern',
      C: 'later',
      http_proxy: 'http://x',
      d: 'flat',
    })
  })

  it('belong to the plugin with the longest name that fits', () => {
    const lines = 'assume_vars_more_x = 1\nassume_vars_y = 2\nassume_vars_required = yes\n'
    expect(of('dev', lines)).toEqual({ A: 'settings', B: 'settings', y: '2' })
    expect(of('dev', lines, 1)).toEqual({ x: '1' })
  })
})

describe('an edit of a section', () => {
  it('replaces, adds at the end of the keys, and adds a section', () => {
    const text = '# mine\na = 1\n\n[plugin kube] \n; why\nenabled = yes\nx=1\n\n# about z\n[z]\nx = 2'
    expect(editSettingsText(text, 'x', '3', 'plugin kube')).toBe(`${text.replace('x=1', 'x = 3')}\n`)
    expect(editSettingsText(text, 'hash', 'ff', 'plugin kube')).toBe(
      `${text.replace('x=1\n', 'x=1\nhash = ff\n')}\n`,
    )
    expect(editSettingsText(text, 'x', undefined, 'plugin kube')).toBe(`${text.replace('x=1\n', '')}\n`)
    expect(editSettingsText(text, 'x', '1', 'plugin vars')).toBe(`${text}\n\n[plugin vars]\nx = 1\n`)
    expect(editSettingsText(text, 'x', undefined, 'plugin vars')).toBe(text)
    expect(editSettingsText('', 'x', '1', 'plugin vars')).toBe('[plugin vars]\nx = 1\n')
  })

  it('is what ini reads, and changes nothing else', () => {
    const key = fc.constantFrom('x', 'y', 'z')
    const line = fc.oneof(
      fc.tuple(key, fc.constantFrom('1', 'two')).map(([name, value]) => `${name} = ${value}`),
      fc.constantFrom('', '# c', '; d', '[s]', '[t]', '  [s]', '[s] '),
    )
    fc.assert(
      fc.property(fc.array(line), key, fc.constantFrom('s', 't', 'u'), (lines, name, section) => {
        const before = lines.map((each) => `${each}\n`).join('')
        const after = parse(editSettingsText(before, name, 'new', section))
        const expected = parse(before)
        expected[section] = { ...expected[section], [name]: 'new' }
        expect(after).toEqual(expected)
      }),
    )
  })
})
