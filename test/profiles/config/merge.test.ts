import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../../src/profiles/config/document.ts'
import { mergeDocuments } from '../../../src/profiles/config/merge.ts'

function merge(config: string, credentials = '') {
  return mergeDocuments(parseDocument(config, 'config'), parseDocument(credentials, 'credentials'))
}

describe('mergeDocuments', () => {
  it('the credentials file wins per key, and each profile knows its files', () => {
    const { profiles } = merge(
      '[profile a]\nregion = 1\noutput = json\n[profile b]',
      '[c]\nx = 1\n[a]\nregion = 2\nfoo = 3',
    )
    expect([...profiles]).toEqual([
      [
        'a',
        {
          values: new Map(Object.entries({ region: '2', output: 'json', foo: '3' })),
          files: ['config', 'credentials'],
          fromCredentials: new Set(['region', 'foo']),
          inBoth: new Set(['region']),
        },
      ],
      ['b', { values: new Map(), files: ['config'] }],
      ['c', { values: new Map([['x', '1']]), files: ['credentials'], fromCredentials: new Set('x') }],
    ])
  })

  it('keeps the order of first appearance', () => {
    const { profiles } = merge(
      '[profile b]\n[default]\n[profile a]\n[profile b]\nx = 1\n[profile default]',
      '[z]\n[a]',
    )
    expect([...profiles.keys()]).toEqual(['b', 'default', 'a', 'z'])
  })

  it('[profile default] replaces [default] of the config file, not that of the credentials file', () => {
    const { profiles } = merge('[default]\na = 1\nregion = x\n[profile default]\nb = 2', '[default]\nc = 3')
    expect(profiles.get('default')?.values).toEqual(new Map(Object.entries({ b: '2', c: '3' })))
  })

  it('keeps sessions, services and profiles of one name apart', () => {
    const config = merge(
      '[sso-session x]\na = 1\n[services x]\nb = 2\n[profile x]\nc = 3\n[sso-session x]\nd = 4',
    )
    expect(config.sessions).toEqual(new Map([['x', new Map(Object.entries({ a: '1', d: '4' }))]]))
    expect(config.services).toEqual(new Map([['x', new Map([['b', '2']])]]))
    expect(config.profiles.get('x')?.values).toEqual(new Map([['c', '3']]))
  })

  it('takes names that objects have of themselves', () => {
    const { profiles } = merge('[profile __proto__]\n__proto__ = 1\nconstructor = 2', '[toString]\nx = 1')
    expect([...profiles.keys()]).toEqual(['__proto__', 'toString'])
    expect([...(profiles.get('__proto__')?.values ?? [])]).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ])
  })

  it('names the file of each problem', () => {
    expect(merge('nonsense', '\n[profile my profile]').problems).toMatchObject([
      { file: 'config', line: 1 },
      { file: 'credentials', line: 2 },
    ])
  })
})
