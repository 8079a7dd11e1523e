import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { digestSha1 } from '../../src/text/sha1.ts'

const digestByNode = (text: string) => createHash('sha1').update(text, 'utf8').digest('hex')

it('is that of node:crypto, at every length around the end of a block', () => {
  for (let length = 0; length <= 200; length++) {
    const text = 'é'.repeat(length % 3) + 'x'.repeat(length)
    expect(digestSha1(text)).toBe(digestByNode(text))
  }
})

it('is that of node:crypto for any text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      (text) => digestSha1(text) === digestByNode(text),
    ),
  )
})
