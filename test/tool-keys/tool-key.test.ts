import { describe, expect, it } from 'vitest'
import { readSecretSearch } from '../../src/tool-keys/secret-search.ts'
import { readItem, readPrintedKey } from '../../src/tool-keys/tool-key.ts'

const key = { accessKeyId: 'AKIAEXAMPLEEXAMPLE00', secretAccessKey: 'EXAMPLE-not-a-secret' }
const printed = { Version: 1, AccessKeyId: key.accessKeyId, SecretAccessKey: key.secretAccessKey }
const stored = {
  AccessKeyID: key.accessKeyId,
  SecretAccessKey: key.secretAccessKey,
  SessionToken: '',
  Source: '',
  CanExpire: false,
  Expires: '0001-01-01T00:00:00Z',
}
const wrap = (value: object, more: object = {}) =>
  JSON.stringify({
    Key: 'jo',
    Data: Buffer.from(JSON.stringify(value)).toString('base64'),
    Label: 'aws-vault (jo)',
    ...more,
  })

describe('what a program prints', () => {
  it.each([
    ['plain', printed],
    ['with fields that are empty', { ...printed, SessionToken: '', Expiration: '' }],
    ['with the zero of times', { ...printed, Expiration: '0001-01-01T00:00:00Z' }],
  ])('is a key: %s', (_, fields) => {
    expect(readPrintedKey(JSON.stringify(fields))).toEqual(key)
    // aws-vault ends the line of its question for a passphrase on stdout.
    expect(readPrintedKey(`\n${JSON.stringify(fields, undefined, 2)}\n`)).toEqual(key)
  })

  it.each([
    ['nothing', '', 'no JSON object with "Version": 1'],
    ['no JSON', 'export AWS_ACCESS_KEY_ID=AKIA', 'no JSON object with "Version": 1'],
    ['another version', JSON.stringify({ ...printed, Version: 2 }), 'no JSON object with "Version": 1'],
    ['a session', JSON.stringify({ ...printed, SessionToken: 't' }), 'temporary keys, with a session token'],
    ['an end', JSON.stringify({ ...printed, Expiration: '2026-12-01T10:00:00Z' }), 'keys that expire'],
    [
      'an id of temporary keys',
      JSON.stringify({ ...printed, AccessKeyId: 'ASIAEXAMPLEEXAMPLE00' }),
      'temporary keys',
    ],
    ['no id', JSON.stringify({ ...printed, AccessKeyId: undefined }), 'no id of an access key'],
    ['a secret over two lines', JSON.stringify({ ...printed, SecretAccessKey: 'a\nb' }), 'no secret key'],
  ])('is none: %s', (_, text, reason) => {
    expect(readPrintedKey(text)).toBe(reason)
  })
})

describe('an item', () => {
  it('is the value by itself, or wrapped with its label', () => {
    expect(readItem(JSON.stringify(stored), 'jo')).toEqual({ key })
    expect(readItem(wrap(stored), 'jo')).toEqual({ label: 'aws-vault (jo)', key })
    expect(readItem(wrap(stored, { Label: undefined }), 'jo')).toEqual({ label: '', key })
  })

  it.each([
    ['of another name', wrap(stored, { Key: 'jill' })],
    ['of something else', wrap({ token: 'x' })],
    ['that is no JSON', 'EXAMPLE-not-a-secret'],
    ['whose value is no base64', wrap(stored, { Data: '****' })],
  ])('is none: one %s', (_, text) => {
    expect(readItem(text, 'jo')).toBeUndefined()
  })

  it.each([
    [{ SessionToken: 't' }, 'temporary keys, with a session token'],
    [{ CanExpire: true }, 'keys that expire'],
    [{ Expires: '2026-12-01T10:00:00Z' }, 'keys that expire'],
    [{ SecretAccessKey: '' }, 'no secret key'],
  ])('with %o holds no key to take', (fields, reason) => {
    expect(readItem(wrap({ ...stored, ...fields }), 'jo')?.key).toBe(reason)
  })
})

it('secret-tool shows each item, and those that are locked without their secret', () => {
  const item = (secret: string) => `[/1]\nlabel = jo\n${secret}created = 2026-12-01 09:04:02\n`
  expect(readSecretSearch('')).toEqual({ secrets: [], locked: 0 })
  expect(readSecretSearch(item('secret = {"a":"b = c"}\n') + item('') + item('secret = \n'))).toEqual({
    secrets: ['{"a":"b = c"}', ''],
    locked: 1,
  })
})
