import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  DamagedRecords,
  type DirectoryRecord,
  findTree,
  formatRecords,
  formatTrees,
  isPattern,
  isRecordable,
  matchesPatterns,
  nameRecordFile,
  parseRecords,
  parseTrees,
  replaceRecord,
} from '../../src/directories/record.ts'
import { decodeWish, parseWish } from '../../src/directories/wish.ts'

const directory = fc
  .string({ unit: fc.constantFrom('a', ' ', '/', 'é', '𝒳', '\\', '"', "'", '$', '|', '-'), maxLength: 12 })
  .map((rest) => `/${rest}`)
/** Texts that a file can have and that name something. */
const content = fc
  .string({
    unit: fc.constantFrom('d', 'ev', '\n', '\r', '\t', ' ', '#', 'é', '\\', '\u2028', ','),
    maxLength: 40,
  })
  .filter(
    (text) => typeof decodeWish(new TextEncoder().encode(text)) === 'string' && 'name' in parseWish(text),
  )
const record: fc.Arbitrary<DirectoryRecord> = fc.oneof(
  directory.map((path) => ({ kind: 'deny' as const, directory: path })),
  fc.tuple(directory, content).map(([path, text]) => {
    const wish = parseWish(text)
    if ('code' in wish) throw new Error(wish.reason)
    return { kind: 'allow' as const, directory: path, ...wish, content: text }
  }),
)

describe('a file of records', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.array(record), (records) => {
        expect(parseRecords(formatRecords(records))).toEqual(records)
      }),
    )
  })

  it('has this format, which shells read', () => {
    const records: DirectoryRecord[] = [
      {
        kind: 'allow',
        directory: '/a b',
        name: 'dev',
        region: 'eu-west-1',
        content: '# x\ndev\r\neu-west-1',
      },
      { kind: 'allow', directory: '/c', name: 'none', content: 'none\n' },
      { kind: 'deny', directory: '/d' },
    ]
    const text =
      'assume-directories 1\n' +
      'allow\x1f/a b\x1fdev\x1feu-west-1\x1f# x\x1edev\r\x1eeu-west-1\n' +
      'allow\x1f/c\x1fnone\x1f\x1fnone\x1e\n' +
      'deny\x1f/d\n'
    expect(formatRecords(records)).toBe(text)
    expect(parseRecords(text)).toEqual(records)
  })

  it.each([
    ['', 'version'],
    ['assume-directories 2\n', 'version'],
    ['assume-directories 1', 2],
    ['assume-directories 1\ndeny\x1f/d\nallow\x1f/c\x1fdev\n', 3],
    ['assume-directories 1\nallow\x1f/c\x1f\x1f\x1fdev\n', 2],
    ['assume-directories 1\nallow\x1f/c\x1fdev\x1f\x1fdev\x1f\n', 2],
    ['assume-directories 1\ndeny\x1fd\n', 2],
    ['assume-directories 1\n\n', 2],
    ['assume-directories 1\ndeny\x1f/d', 2],
  ])('%j is damaged at %s', (text, at) => {
    expect(() => parseRecords(text)).toThrow(expect.objectContaining({ at }) as DamagedRecords)
  })

  it('is named by the length of a path that is ASCII', () => {
    expect(nameRecordFile('/home/u/p')).toBe('9')
    expect(nameRecordFile('/home/u/é')).toBe('other')
  })

  it('cannot hold a path with control characters, nor one that is not UTF-8', () => {
    expect(['/a b', '/é𝒳'].map(isRecordable)).toEqual([true, true])
    expect(['/a\nb', '/a\x1fb', '/a\x7f', '/a\x85', '/a\ufffd', '/a\udc80'].filter(isRecordable)).toEqual([])
  })

  it('has one record for each directory', () => {
    const before: DirectoryRecord[] = [
      { kind: 'deny', directory: '/a' },
      { kind: 'deny', directory: '/b' },
    ]
    const allowed: DirectoryRecord = { kind: 'allow', directory: '/a', name: 'x', content: 'x' }
    expect(replaceRecord(before, '/a', allowed)).toEqual([before[1], allowed])
    expect(replaceRecord(before, '/a', undefined)).toEqual([before[1]])
  })
})

describe('a tree', () => {
  const trees = [
    { kind: 'allow' as const, directory: '/w', patterns: ['dev', '*-readonly'] },
    { kind: 'deny' as const, directory: '/w/x' },
  ]

  it('is read back as it was written', () => {
    const text = 'assume-directories 1\nallow\x1f/w\x1fdev,*-readonly\ndeny\x1f/w/x\n'
    expect(formatTrees(trees)).toBe(text)
    expect(parseTrees(text)).toEqual(trees)
    expect(() => parseTrees('assume-directories 1\nallow\x1f/w\x1f$(x)\n')).toThrow(DamagedRecords)
    expect(() => parseTrees('assume-directories 1\nallow\x1f/w\n')).toThrow(DamagedRecords)
  })

  it('holds for its directory and all below it; the longest decides', () => {
    expect(findTree(trees, '/w')).toBe(trees[0])
    expect(findTree(trees, '/w/y')).toBe(trees[0])
    expect(findTree(trees, '/w/x/z')).toBe(trees[1])
    expect(findTree(trees, '/w/xy')).toBe(trees[0])
    expect(findTree(trees, '/wx')).toBeUndefined()
  })

  it('matches as a regular expression would', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*'), minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(
        word,
        word.map((text) => text.replaceAll('*', 'a')),
        (pattern, name) => {
          const parts = pattern.split('*').map((part) => part.replaceAll('.', '\\.'))
          expect(matchesPatterns(name, [pattern])).toBe(new RegExp(`^${parts.join('.*')}$`).test(name))
        },
      ),
    )
  })

  it.each([
    ['dev', true],
    ['a-readonly', true],
    ['-readonly', true],
    ['DEV', false],
    ['dev2', false],
    ['é-readonly', false],
    ['a b-readonly', false],
    ['', false],
  ])('with dev and *-readonly matches %j: %s', (name, expected) => {
    expect(matchesPatterns(name, ['dev', '*-readonly'])).toBe(expected)
  })

  it.each(['', 'a b', 'a,b', '?', '[a]', 'é', '$x', '\\'])('has no pattern %j', (text) => {
    expect(isPattern(text)).toBe(false)
  })
})
