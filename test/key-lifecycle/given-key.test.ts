import { describe, expect, it } from 'vitest'
import { checkKeyId, parseGivenKey } from '../../src/key-lifecycle/given-key.ts'

const id = 'AKIAIOSFODNN7EXAMPLE'
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const key = { accessKeyId: id, secretAccessKey: secret }
const answer = (fields: object) =>
  JSON.stringify({ AccessKey: { UserName: 'ci', Status: 'Active', ...fields } })
const ofProcess = (fields: object) =>
  JSON.stringify({ Version: 1, AccessKeyId: id, SecretAccessKey: secret, ...fields }, undefined, 2)

describe('a key on stdin', () => {
  it.each([
    ['the CSV of the console', `Access key ID,Secret access key\n${id},${secret}\n`, key],
    ['with a byte order mark and CRLF', `\ufeffAccess key ID,Secret access key\r\n${id},${secret}\r\n`, key],
    ['without a last line feed', `Access key ID,Secret access key\n${id},${secret}`, key],
    ['quoted', `"Access key ID","Secret access key"\n"${id}","${secret}"\n`, key],
    [
      'of a new user, as the console made it before',
      `User name,Password,Access key ID,Secret access key,Console login link\nci,,${id},${secret},https://x.example\n`,
      key,
    ],
    [
      'what aws iam create-access-key answers',
      answer({ AccessKeyId: id, SecretAccessKey: secret, CreateDate: '2026-11-30T10:00:00+00:00' }),
      { ...key, createdAt: Date.parse('2026-11-30T10:00:00Z') },
    ],
    ['what aws-vault exports', ofProcess({}), key],
    ['with an empty token', ofProcess({ SessionToken: '' }), key],
    ['with a time that never comes', ofProcess({ Expiration: '0001-01-01T00:00:00Z' }), key],
  ])('is %s', (_, text, expected) => {
    expect(parseGivenKey(text)).toEqual(expected)
  })

  it.each([
    ['', 'empty'],
    ['\ufeff\r\n', 'empty'],
    [`${id} ${secret}`, 'no form that is known'],
    [`[ci]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`, 'no form that is known'],
    ['Access key ID,Secret access key\n', 'a header and no key'],
    [`Access key ID,Secret access key\n${id},${secret}\n${id},${secret}\n`, '2 keys'],
    [`Access key ID,Secret access key\n${id},\n`, 'a secret key has no blanks'],
    [`Access key ID,Secret access key\nAKIA,${secret}\n`, 'at least 16 letters'],
    ['{"AccessKeyId": "AKIA', 'no whole JSON'],
    ['{}', 'no whole JSON'],
    ['{"Version": 1}', 'no AccessKeyId and SecretAccessKey'],
    [answer({ AccessKeyId: id }), 'no AccessKeyId and SecretAccessKey'],
    [answer({ AccessKeyId: id, SecretAccessKey: ['x'] }), 'no AccessKeyId and SecretAccessKey'],
    [ofProcess({ SessionToken: 'x' }), 'of a session'],
    [ofProcess({ Expiration: '2026-12-01T00:00:00Z' }), 'an Expiration'],
    [ofProcess({ AccessKeyId: 'ASIAIOSFODNN7EXAMPLE' }), 'temporary'],
  ])('is not %j, which is said without a value of it', (text, reason) => {
    const complaint = parseGivenKey(text)
    expect(complaint).toEqual(expect.stringContaining(reason))
    expect(complaint).not.toContain(secret)
  })

  it('has an id of letters and digits', () => {
    expect(checkKeyId(id)).toBeUndefined()
    expect(checkKeyId('AKIA IOSFODNN7EXAMPLE')).toContain('letters and digits')
  })
})
