import { expect, it } from 'vitest'
import { readCredentials } from '../../src/credentials/credential-fields.ts'

const keys = { AccessKeyId: 'ASIA', SecretAccessKey: 'top-secret' }
const all = { ...keys, SessionToken: 'token', Expiration: '2099-01-01T00:00:00Z', AccountId: '111122223333' }

it.each([
  [keys, { accessKeyId: 'ASIA', secretAccessKey: 'top-secret' }],
  [
    all,
    {
      accessKeyId: 'ASIA',
      secretAccessKey: 'top-secret',
      sessionToken: 'token',
      expiresAt: Date.UTC(2099, 0),
      accountId: '111122223333',
    },
  ],
  // Some helpers print what they do not have.
  [
    { ...keys, SessionToken: '', Expiration: '', AccountId: null },
    { accessKeyId: 'ASIA', secretAccessKey: 'top-secret' },
  ],
  // Other stores than AWS's have passwords for keys.
  [
    { ...keys, SecretAccessKey: 'päss word' },
    { accessKeyId: 'ASIA', secretAccessKey: 'päss word' },
  ],
])('%j are credentials', (fields, credentials) => {
  expect(readCredentials(fields, 'SessionToken')).toEqual(credentials)
})

it.each([
  [{}, 'no AccessKeyId'],
  [{ ...all, AccessKeyId: 5 }, 'an AccessKeyId that can be none'],
  [{ ...all, AccessKeyId: 'A\u001b[2J' }, 'an AccessKeyId that can be none'],
  [{ ...all, SecretAccessKey: undefined }, 'no SecretAccessKey'],
  [{ ...all, SecretAccessKey: 'a\u0000b' }, 'a SecretAccessKey that can be none'],
  [{ ...all, SessionToken: 'a\nb' }, 'a SessionToken that can be none'],
  [{ ...all, SessionToken: {} }, 'a SessionToken that can be none'],
  [{ ...all, Expiration: 5 }, 'an Expiration that is no ISO 8601 time'],
  [{ ...all, Expiration: '2099' }, 'an Expiration that is no ISO 8601 time'],
  [{ ...all, AccountId: '1234' }, 'an AccountId that is not twelve digits'],
  [{ ...all, AccountId: 111122223333 }, 'an AccountId that is not twelve digits'],
])('%j are none', (fields, fault) => {
  expect(readCredentials(fields, 'SessionToken')).toBe(fault)
})
