import { describe, expect, it } from 'vitest'
import { findPlainKey, listPlainKeys, removePlainKey } from '../../src/key-lifecycle/plain-key.ts'
import { parseDocument } from '../../src/profiles/config/document.ts'

const id = 'AKIAIOSFODNN7EXAMPLE'
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const own = `aws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`
const other = own.replace(id, 'AKIAI44QH8DHBEXAMPLE').replace(secret, 'x'.repeat(40))
const key = { profileName: 'ci', accessKeyId: id, secretAccessKey: secret, files: ['credentials'] } as const

const read = (credentials: string, config = '') =>
  [parseDocument(config, 'config'), parseDocument(credentials, 'credentials')] as const
const remove = (text: string, kind: 'config' | 'credentials' = 'credentials') =>
  removePlainKey(text, kind, key)

describe('a key in the AWS files', () => {
  it.each([
    [`[ci]\n${own}`, '', ['credentials']],
    ['', `[profile ci]\n${own}`, ['config']],
    [`[ci]\n${own}`, `[profile ci]\nregion = eu-west-1\n${own}`, ['config', 'credentials']],
    [`[ci]\n${own}[ci]\n${own}`, '', ['credentials']],
    [`[ci]\naws_access_key_id =\n${own}`, '', ['credentials']],
  ])('is found in %j and %j', (credentials, config, files) => {
    expect(findPlainKey(read(credentials, config), 'ci')).toEqual({ ...key, files })
  })

  it.each([
    ['', ''],
    [`[other]\n${own}`, '[profile ci]\nregion = eu-west-1\n'],
    ['[ci]\naws_access_key_id =\n', ''],
  ])('is not there in %j and %j', (credentials, config) => {
    expect(findPlainKey(read(credentials, config), 'ci')).toBeUndefined()
  })

  it.each([
    [`[ci]\n${own}aws_session_token = x\n`, '', 'keys-refused'],
    [`[ci]\n${own}`, '[profile ci]\naws_security_token = x\n', 'keys-refused'],
    [`[ci]\n${own}assume_copy_of = dev\n`, '', 'foreign-section'],
    [`[ci]\n${own}[ci]\n${other}`, '', 'invalid-profile'],
    [`[ci]\n${own}`, `[profile ci]\n${other}`, 'invalid-profile'],
    [`[ci]\naws_access_key_id = ${id}\n`, '', 'invalid-profile'],
    [`[ci]\naws_secret_access_key = ${secret}\n`, '', 'invalid-profile'],
    [
      `[ci]\naws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${secret}\n`,
      '',
      'invalid-profile',
    ],
    [`[ci]\naws_access_key_id = ${id}\naws_secret_access_key = a\n  b\n`, '', 'invalid-profile'],
  ])('is refused in %j and %j', (credentials, config, code) => {
    const find = () => findPlainKey(read(credentials, config), 'ci')
    expect(find).toThrow(expect.objectContaining({ code }))
    expect(find).not.toThrow(secret)
  })

  it('is listed once for each profile, whatever is wrong with it', () => {
    const documents = read(
      `[ci]\n${own}[b]\naws_secret_access_key = x\n[c]\nregion = x\n`,
      `[profile ci]\n${own}`,
    )
    expect(listPlainKeys(documents)).toEqual(['ci', 'b'])
  })
})

describe('a key leaves', () => {
  it.each([
    ['its section with it', `[a]\n${other}\n[ci]\n${own}\n[b]\n${other}`, `[a]\n${other}\n[b]\n${other}`],
    ['a file that it had alone', `[ci]\n${own}`, ''],
    ['the end of a file', `[a]\n${other}\n[ci]\n${own}`, `[a]\n${other}`],
    [
      'a file without a last line feed',
      `[a]\n${other}\n[ci]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}`,
      `[a]\n${other}`,
    ],
    [
      'a section that has more',
      `# mine\n[ci]\nregion = x\n${own}# end\noutput = json\n`,
      '# mine\n[ci]\nregion = x\n# end\noutput = json\n',
    ],
    [
      'lines with carriage returns',
      `[ci]\r\nregion = x\r\n${own.replaceAll('\n', '\r\n')}\r\n[b]\r\n`,
      '[ci]\r\nregion = x\r\n\r\n[b]\r\n',
    ],
    [
      'values that are indented, and odd spacing',
      `[ci]\n  aws_access_key_id=${id}\n  aws_secret_access_key   =\t${secret} # mine\n  region = x\n`,
      '[ci]\n  region = x\n',
    ],
    [
      'each of several sections of the name',
      `[ci]\n${own}\n[b]\nregion = x\n[ci]\n${own}output = json\n`,
      '[ci]\n\n[b]\nregion = x\n[ci]\noutput = json\n',
    ],
    ['comments where they stand', `[ci]\n# of Jo\n${own}\n# of b\n[b]\n`, '# of Jo\n\n# of b\n[b]\n'],
    ['a section with a line that nobody understands', `[ci]\n${own}what\n`, '[ci]\nwhat\n'],
    ['bytes that are no text', `[ci]\n${own}[b]\nregion = \udcff\n`, '[b]\nregion = \udcff\n'],
    ['[default]', `[default]\n${own}`, `[default]\n${own}`],
  ])('%s', (_, before, after) => {
    expect(remove(before)).toBe(after)
    expect(remove(after)).toBe(after)
  })

  it('[default] by that name', () => {
    const text = `[default]\n${own}\n[b]\n${other}`
    expect(removePlainKey(text, 'credentials', { ...key, profileName: 'default' })).toBe(`[b]\n${other}`)
  })

  it('the config file, whose section stays', () => {
    expect(remove(`[profile ci]\n${own}\n[profile b]\n`, 'config')).toBe('[profile ci]\n\n[profile b]\n')
  })

  it('not where another key stands by now', () => {
    expect(() => remove(`[ci]\n${other}`)).toThrow(expect.objectContaining({ code: 'unwritable-file' }))
  })
})
