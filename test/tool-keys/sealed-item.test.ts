import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSealedItem } from '../../src/tool-keys/sealed-item.ts'
import { readItem } from '../../src/tool-keys/tool-key.ts'
import { fixtures } from '../support/home.ts'

const sample = readFileSync(join(fixtures, 'coming-over/aws-vault/home/.awsvault/keys/jo'), 'utf8')

/** The sample with another text in one of its five parts. */
function replacePart(index: number, change: (part: string) => string): string {
  return sample
    .trim()
    .split('.')
    .map((part, each) => (each === index ? change(part) : part))
    .join('.')
}

const replaceHeader = (fields: object) =>
  replacePart(0, (part) =>
    Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(part, 'base64url').toString()), ...fields }),
    ).toString('base64url'),
  )

describe('a file of the keyring library', () => {
  it('opens with its passphrase', () => {
    const opened = openSealedItem(sample, 'example')
    const text = typeof opened === 'object' ? opened.text : ''
    expect(readItem(text, 'jo')).toMatchObject({
      key: { accessKeyId: 'AKIAEXAMPLEEXAMPLE00', secretAccessKey: 'EXAMPLE-not-a-secret' },
    })
    expect(openSealedItem(`${sample.trim()}\n`, 'example')).toEqual(opened)
  })

  it('stays closed to another one, and where a byte is another', () => {
    expect(openSealedItem(sample, 'exampl')).toBe('refused')
    expect(openSealedItem(sample, '')).toBe('refused')
    expect(openSealedItem(replaceHeader({ created: 'later' }), 'example')).toBe('refused')
    for (const index of [1, 3, 4]) {
      const changed = replacePart(index, (part) => (part.startsWith('A') ? 'B' : 'A') + part.slice(1))
      expect(openSealedItem(changed, 'example'), `part ${index}`).toBe('refused')
    }
  })

  it.each([
    ['nothing', ''],
    ['a text', 'jo'],
    ['half of one', sample.slice(0, 200)],
    ['one of another algorithm', replaceHeader({ alg: 'dir' })],
    ['one of another cipher', replaceHeader({ enc: 'A128GCM' })],
    ['one without a salt', replaceHeader({ p2s: undefined })],
    ['one that takes an hour', replaceHeader({ p2c: 4_000_000_000 })],
    ['one of no round', replaceHeader({ p2c: 0 })],
    ['one without its tag', replacePart(4, () => '')],
  ])('is none: %s', (_, text) => {
    expect(openSealedItem(text, 'example')).toBe('damaged')
  })
})
