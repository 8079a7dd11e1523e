import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeWish, editWish, isWritable, parseWish } from '../../src/directories/wish.ts'

describe('what a file asks for', () => {
  it.each([
    ['dev', { name: 'dev' }],
    ['dev\n', { name: 'dev' }],
    ['\r\n# team\r\n \t dev \r\n\r\n eu-west-1\t\r\n#\n', { name: 'dev', region: 'eu-west-1' }],
    ['none', { name: 'none' }],
    ['a name with blanks # no comment', { name: 'a name with blanks # no comment' }],
    ['\u00a0dev', { name: '\u00a0dev' }],
  ])('%j is %j', (text, wish) => {
    expect(parseWish(text)).toEqual(wish)
  })

  it.each([
    ['', 'it names no profile'],
    ['# dev\n \n', 'it names no profile'],
    ['dev\n\neu-west-1\n# x\nmore\n', 'line 5 is one too many'],
    ['de\rv\n', 'line 1 has a carriage return within'],
    ['\ufeffdev\n', 'it begins with a byte order mark'],
  ])('%j is refused: %s', (text, reason) => {
    expect(parseWish(text)).toEqual({ code: 'grammar', reason: expect.stringContaining(reason) })
  })

  it.each([
    ['x'.repeat(1001), 'too-large', '1000 bytes'],
    ['é'.repeat(501), 'too-large', '1000 bytes'],
    [new Uint8Array([100, 0xff]), 'no-text', 'UTF-8'],
    ['dev\n\0', 'no-text', 'line 2 has a control character'],
    ['dev\x1f', 'no-text', 'line 1'],
    ['dev\x7f', 'no-text', 'line 1'],
    ['\x1b[2Jdev', 'no-text', 'line 1'],
    ['a\n# \x85', 'no-text', 'line 2'],
  ])('%j is no text: %s', (bytes, code, reason) => {
    const given = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes
    expect(decodeWish(given)).toEqual({ code, reason: expect.stringContaining(reason) })
  })

  it('is read up to its last byte', () => {
    const text = `dev\r\n\t# ${'é'.repeat(493)}\n`
    expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(1000)
    expect(decodeWish(new TextEncoder().encode(text))).toBe(text)
  })
})

describe('an edit', () => {
  it('leaves comments, and what says it already', () => {
    expect(editWish('', { name: 'dev', region: 'eu-west-1' })).toBe('dev\neu-west-1\n')
    expect(editWish('# a\n  dev\n# b\nus-east-1\n', { name: 'dev' })).toBe('# a\n  dev\n# b\n')
    expect(editWish('# a\r\nold\r\n', { name: 'dev', region: 'eu-west-1' })).toBe('# a\r\ndev\r\neu-west-1\n')
    expect(editWish('# a', { name: 'dev' })).toBe('# a\ndev\n')
    expect(editWish('one\ntwo\nthree', { name: 'dev' })).toBe('dev\n')
  })

  it('makes a text that says it, and keeps each comment', () => {
    const line = fc.constantFrom('# x', '', 'dev', 'eu-west-1', ' prod ', '#', '\t# y')
    const text = fc.tuple(fc.array(line), fc.constantFrom('\n', '\r\n'), fc.boolean())
    const wish = fc.record({ name: fc.constantFrom('a', 'dev'), region: fc.constantFrom('eu-west-1', 'x') })
    fc.assert(
      fc.property(text, wish, fc.boolean(), ([lines, ending, isEnded], { name, region }, hasRegion) => {
        const before = lines.join(ending) + (isEnded ? ending : '')
        const wanted = { name, ...(hasRegion && { region }) }
        const after = editWish(before, wanted)
        expect(parseWish(after)).toEqual(wanted)
        expect(after.match(/#.*/g)).toEqual(before.match(/#.*/g))
        expect(editWish(after, wanted)).toBe(after)
      }),
    )
  })

  it.each([
    ['dev', true],
    ['a b', true],
    ['#a', false],
    [' a', false],
    ['a\t', false],
    ['a\nb', false],
    ['a\x1fb', false],
    ['', false],
  ])('can write %j: %s', (name, expected) => {
    expect(isWritable(name)).toBe(expected)
  })
})
