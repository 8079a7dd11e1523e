import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameFile } from '../../../src/system/files/file-name.ts'

describe('the file of a name', () => {
  it.each(['prod', 'my-dev.2_x', '0', 'a'.repeat(100)])('%s is the name itself', (name) => {
    expect(nameFile(name)).toBe(name)
  })

  it.each([
    'Prod',
    'pröd',
    'a b',
    '',
    '.',
    '..',
    'a.',
    '.a',
    '-a',
    '_a',
    'a/b',
    'a\\b',
    'nul\0',
    'a'.repeat(101),
  ])('%j is a digest of it', (name) => {
    expect(nameFile(name)).toMatch(/^_[0-9a-f]{32}$/)
  })

  it('tells apart what file systems may take for the same', () => {
    const names = [
      'prod',
      'Prod',
      'PROD',
      'é',
      'e\u0301',
      'É',
      'ß',
      'ss',
      'a',
      'a.',
      'a ',
      '\udc80',
      '\ufffd',
    ]
    expect(new Set(names.map((name) => nameFile(name).toLowerCase())).size).toBe(names.length)
  })

  it('is one that every file system takes, for any name, and never that of another', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, other) => {
        expect(nameFile(one)).toMatch(/^[a-z0-9_][a-z0-9._-]{0,99}$/)
        expect(nameFile(one)).not.toMatch(/\.$/)
        if (one !== other) expect(nameFile(one).toLowerCase()).not.toBe(nameFile(other).toLowerCase())
      }),
    )
  })

  it('is the published digest', () => {
    // http://www.isthe.com/chongo/tech/comp/fnv/: the offset basis is the hash of nothing.
    expect(nameFile('')).toBe('_6c62272e07bb014262b821756295c58d')
    expect(nameFile('A')).toBe(`_${digestOfByte(0x41n)}`)
  })
})

/** FNV-1a of one byte, put down once more with the numbers in decimal. */
function digestOfByte(byte: bigint): string {
  const product = (144066263297769815596495629667062367629n ^ byte) * 309485009821345068724781371n
  return (product % 2n ** 128n).toString(16).padStart(32, '0')
}
