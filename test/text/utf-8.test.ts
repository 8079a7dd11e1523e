import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText, encodeText } from '../../src/text/utf-8.ts'

const anyBytes = fc.uint8Array({ maxLength: 60 })
/** Bytes near the borders of UTF-8: leads, continuations, surrogates, overlong forms. */
const hardBytes = fc
  .array(
    fc.constantFrom(
      0x41,
      0x0a,
      0x80,
      0x9f,
      0xa0,
      0xbf,
      0xc0,
      0xc2,
      0xdf,
      0xe0,
      0xed,
      0xef,
      0xbb,
      0xf0,
      0xf4,
      0x8f,
      0x90,
      0xf5,
      0xff,
    ),
  )
  .map((bytes) => Uint8Array.from(bytes))

describe('decodeText', () => {
  it.each([
    ['ASCII', [0x61, 0x0a], 'a\n'],
    ['a byte order mark', [0xef, 0xbb, 0xbf, 0x61], '\ufeffa'],
    ['a byte order mark beside a bad byte', [0xef, 0xbb, 0xbf, 0xff], '\ufeff\udcff'],
    ['Latin-1', [0x6a, 0xfc, 0x72], 'j\udcfcr'],
    ['an encoded surrogate', [0xed, 0xa0, 0x80], '\udced\udca0\udc80'],
    ['an overlong slash', [0xc0, 0xaf], '\udcc0\udcaf'],
    ['a cut sequence', [0xe2, 0x82, 0x41], '\udce2\udc82A'],
    ['above U+10FFFF', [0xf4, 0x90, 0x80, 0x80], '\udcf4\udc90\udc80\udc80'],
    ['an emoji after a bad byte', [0xff, 0xf0, 0x9f, 0x98, 0x82], '\udcff😂'],
  ])('%s', (_name, bytes, text) => {
    expect(decodeText(Uint8Array.from(bytes))).toBe(text)
  })

  it('and encodeText are inverse for all bytes', () => {
    fc.assert(
      fc.property(fc.oneof(anyBytes, hardBytes), (bytes) => {
        expect(encodeText(decodeText(bytes))).toEqual(bytes)
      }),
      { numRuns: 2000 },
    )
  })

  it('agrees with the platform on what is valid', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (text) => {
        fc.pre(!/\p{Surrogate}/u.test(text))
        expect(decodeText(new TextEncoder().encode(text))).toBe(text)
        expect(decodeText(Uint8Array.from([...new TextEncoder().encode(text), 0xff]))).toBe(`${text}\udcff`)
      }),
    )
  })
})

describe('encodeText', () => {
  it.each(['\ud800', 'a\udc7f', '\udd00'])('refuses a surrogate that stands for no byte: %j', (text) => {
    expect(() => encodeText(text)).toThrow(RangeError)
  })
})
