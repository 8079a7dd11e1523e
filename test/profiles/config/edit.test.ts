import { describe, expect, it } from 'vitest'
import { type ConfigEdit, editDocument } from '../../../src/profiles/config/edit.ts'
import { add, codeOf, edit, remove, removeSection, type Section, set, view } from './edits.ts'

describe('set', () => {
  it.each([
    ['a value', '[profile a]\nregion = x\n', 'y', '[profile a]\nregion = y\n'],
    [
      'spelling, spacing, comment and CRLF',
      '[profile a]\r\nRegion\t=  x \t# why\r\n',
      'y',
      '[profile a]\r\nRegion\t=  y \t# why\r\n',
    ],
    ['no spaces', '[profile a]\nregion=x', 'y', '[profile a]\nregion=y'],
    ['an empty value', '[profile a]\nregion =\n', 'y', '[profile a]\nregion = y\n'],
    ['an empty value without spaces', '[profile a]\nregion=\n', 'y', '[profile a]\nregion=y\n'],
    ['an empty value with a comment', '[profile a]\nregion = # c\n', 'y', '[profile a]\nregion = y # c\n'],
    ['to nothing', '[profile a]\nregion = x\n', '', '[profile a]\nregion =\n'],
    ['to nothing before a comment', '[profile a]\nregion = x # c\n', '', '[profile a]\nregion =  # c\n'],
    ['a hash that is part of the value', '[profile a]\nregion = x#y ;c', 'z#', '[profile a]\nregion = z# ;c'],
    [
      'a continued value',
      '[profile a]\nregion = x\n  more\n\n# c\n\teven more\nb = 1\n',
      'y',
      '[profile a]\nregion = y\n\n# c\nb = 1\n',
    ],
    [
      'the comments that are indented below it stay, and are none of its value to any reader',
      '[profile a]\nregion = x\n  # c\n\t; d\n  more\nb = 1\n',
      'y',
      '[profile a]\nregion = y\n# c\n; d\nb = 1\n',
    ],
    [
      'so with indented keys',
      '[profile a]\n  region = x\n    # c\n  b = 1\n',
      'y',
      '[profile a]\n  region = y\n  # c\n  b = 1\n',
    ],
    [
      'a new key behind an indented comment, which it would be taken into',
      '[profile a]\nb = 1\n  # c\n\n[profile c]\n',
      'y',
      '[profile a]\nb = 1\n  # c\nregion = y\n\n[profile c]\n',
    ],
    [
      'a nested block with a broken line',
      '[profile a]\nregion =\n  k = v\n  broken\n',
      'y',
      '[profile a]\nregion = y\n',
    ],
    [
      'the last of two keys',
      '[profile a]\nregion = x\nREGION = x\n',
      'y',
      '[profile a]\nregion = x\nREGION = y\n',
    ],
    [
      'the last of two sections',
      '[profile a]\nregion = x\n[profile a]\nregion = x\n',
      'y',
      '[profile a]\nregion = x\n[profile a]\nregion = y\n',
    ],
    [
      'the section that has it',
      '[profile a]\nregion = x\n[profile a]\nb = 1\n',
      'y',
      '[profile a]\nregion = y\n[profile a]\nb = 1\n',
    ],
    ['a quoted header', '[profile "a"]\nregion = x\n', 'y', '[profile "a"]\nregion = y\n'],
    [
      'a new key before blank lines and comments',
      '[profile a]\nb = 1\n\n# about c\n[profile c]\n',
      'y',
      '[profile a]\nb = 1\nregion = y\n\n# about c\n[profile c]\n',
    ],
    [
      'a new key after a nested block',
      '[profile a]\ns3 =\n  k = v\n\n\n[profile c]\n',
      'y',
      '[profile a]\ns3 =\n  k = v\nregion = y\n\n\n[profile c]\n',
    ],
    [
      'a new key after stray indented lines',
      '[profile a]\n  stray\n[profile c]\n',
      'y',
      '[profile a]\n  stray\n  region = y\n[profile c]\n',
    ],
    ['a new key, no final newline', '[profile a]\r\nb = 1', 'y', '[profile a]\r\nb = 1\r\nregion = y\r\n'],
    [
      'a new key, a comment without newline',
      '[profile a]\nb = 1\n# c',
      'y',
      '[profile a]\nb = 1\nregion = y\n# c',
    ],
    [
      'a new key in the last of two sections',
      '[profile a]\nx = 1\n[profile a]\nz = 1\n',
      'y',
      '[profile a]\nx = 1\n[profile a]\nz = 1\nregion = y\n',
    ],
    ['a new section', '[profile b]\nx = 1\n', 'y', '[profile b]\nx = 1\n\n[profile a]\nregion = y\n'],
    [
      'a new section, no final newline',
      '[profile b]\r\nx = 1',
      'y',
      '[profile b]\r\nx = 1\r\n\r\n[profile a]\r\nregion = y\r\n',
    ],
    ['a new section after a blank line', '[profile b]\n\n', 'y', '[profile b]\n\n[profile a]\nregion = y\n'],
    ['a new file', '', 'y', '[profile a]\nregion = y\n'],
    [
      'a section that is not read is left alone',
      '[a]\nregion = x\n',
      'y',
      '[a]\nregion = x\n\n[profile a]\nregion = y\n',
    ],
    ['the same value', '[profile a]\nregion  = x  # c', 'x', '[profile a]\nregion  = x  # c'],
    [
      'a byte order mark and Latin-1',
      '\ufeff[profile a]\nregion = x\n# \udcfc\n',
      'y',
      '\ufeff[profile a]\nregion = y\n# \udcfc\n',
    ],
  ])('%s', (_name, text, value, expected) => {
    expect(edit(text, set('a', 'region', value))).toBe(expected)
  })

  it('takes keys without regard to case and writes new ones in lower case', () => {
    expect(edit('[profile a]\nRegion = x\n', set('a', 'REGION', 'y'), set('a', 'Output', 'json'))).toBe(
      '[profile a]\nRegion = y\noutput = json\n',
    )
  })

  it('sets the default that counts', () => {
    expect(
      edit(
        '[profile default]\na = 1\n[default]\na = 2\n',
        set('default', 'a', '3'),
        set('default', 'b', '4'),
      ),
    ).toBe('[profile default]\na = 3\nb = 4\n[default]\na = 2\n')
    expect(edit('', set('default', 'a', '1'))).toBe('[default]\na = 1\n')
  })

  it('a session, in a file that has a profile of the same name', () => {
    const session: Section = { type: 'sso-session', name: 'my sso' }
    expect(edit("[profile 'my sso']\n", { op: 'set', section: session, key: 'sso_region', value: 'x' })).toBe(
      "[profile 'my sso']\n\n[sso-session 'my sso']\nsso_region = x\n",
    )
  })
})

describe('remove', () => {
  it.each([
    ['a key', '[profile a]\nx = 1\nregion = x # c\ny = 2\n', '[profile a]\nx = 1\ny = 2\n'],
    [
      'all of them',
      '[profile a]\nRegion = x\nregion = x\n[profile b]\nregion = x\n[profile a]\nregion = x',
      '[profile a]\n[profile b]\nregion = x\n[profile a]\n',
    ],
    [
      'with its block, without the comments between',
      '[profile a]\nregion =\n  a = 1\n# c\n\n  b = 2\nz = 1\n',
      '[profile a]\n# c\n\nz = 1\n',
    ],
    [
      'with an indented comment, which stays and is no reason for an SDK to reject the file',
      '[profile a]\nregion = x\n  # c\nz = 1\n',
      '[profile a]\n# c\nz = 1\n',
    ],
    ['what is not there', '[profile a]\nx = 1', '[profile a]\nx = 1'],
    ['in a section that is not there', '[profile b]\nregion = 1', '[profile b]\nregion = 1'],
  ])('%s', (_name, text, expected) => {
    expect(edit(text, remove('a', 'REGION'))).toBe(expected)
  })
})

describe('remove-section', () => {
  it.each([
    [
      'in the middle',
      '[profile b]\nx = 1\n\n[profile a]\nx = 1\n\n[profile c]\n',
      '[profile b]\nx = 1\n\n[profile c]\n',
    ],
    [
      'the comment of the next one stays',
      '[profile a]\nx = 1\n\n# about c\n[profile c]\n',
      '# about c\n[profile c]\n',
    ],
    ['at the end', '[profile b]\nx = 1\n\n[profile a]\nx = 1', '[profile b]\nx = 1\n'],
    ['at the end, comment below', '[profile b]\n\n[profile a]\n# end', '[profile b]\n\n# end'],
    ['before a broken one', '[profile b]\n\n[profile a]\n\n[oops\nx = 1', '[profile b]\n\n[oops\nx = 1'],
    ['all of them', '[profile a]\n[profile b]\n[profile "a"]\nx = 1', '[profile b]\n'],
    ['the blank lines of the last one stay', '[profile a]\n[profile b]\n\n', '[profile b]\n\n'],
    ['the only one', '[profile a]\nx = 1\n', ''],
    ['what is not there', '[a]\n[profile b]', '[a]\n[profile b]'],
  ])('%s', (_name, text, expected) => {
    expect(edit(text, removeSection('a'))).toBe(expected)
  })

  it('undoes add-section', () => {
    for (const text of ['', '[profile b]\nx = 1\n', '# c\r\n', '[oops\n']) {
      expect(edit(edit(text, add('a', ['x', '1'])), removeSection('a'))).toBe(text)
      expect(edit(text, add('a', ['x', '1']), removeSection('a'))).toBe(text)
    }
  })
})

describe('add-section', () => {
  it('several, with the line endings of the file', () => {
    const session: ConfigEdit = {
      op: 'add-section',
      section: { type: 'sso-session', name: 's' },
      properties: [['sso_region', 'x']],
    }
    expect(edit('# mine\r\n', session, add('b', ['Region', 'x'], ['k', '']))).toBe(
      '# mine\r\n\r\n[sso-session s]\r\nsso_region = x\r\n\r\n[profile b]\r\nregion = x\r\nk =\r\n',
    )
  })

  it.each([
    ['some-thing:long/the_one%only.foo@bar+', '[profile some-thing:long/the_one%only.foo@bar+]'],
    ['my profile', "[profile 'my profile']"],
    ["it's", '[profile "it\'s"]'],
    ['it\'s a "quote" \\', '[profile "it\'s a \\"quote\\" \\\\"]'],
    ['user\\x', "[profile 'user\\x']"],
    ['a]b#c;d', "[profile 'a]b#c;d']"],
    ['DEFAULT', '[profile DEFAULT]'],
    ['default', '[default]'],
    ['jürgen', '[profile jürgen]'],
    ['a&b,c!', '[profile a&b,c!]'],
    ['a\u00a0b', '[profile a\u00a0b]'],
  ])('a profile named %s', (name, header) => {
    expect(edit('', add(name))).toBe(`${header}\n`)
    expect(view(edit('', add(name)))).toEqual(new Map([[`profile ${name}`, '']]))
  })

  it('the credentials file has no types in its headers', () => {
    expect(editDocument('', 'credentials', [add('a', ['aws_access_key_id', 'x'])])).toBe(
      '[a]\naws_access_key_id = x\n',
    )
  })
})

describe('indented keys', () => {
  const text = '[profile a]\n  x = 1\n  s3 =\n    k = v\n\n  [profile b]\n  y = 2\n'

  it.each<[string, ConfigEdit, string]>([
    ['a value', set('a', 'x', '2'), text.replace('x = 1', 'x = 2')],
    ['a new key', set('a', 'z', '3'), text.replace('k = v\n', 'k = v\n  z = 3\n')],
    ['a removed key', remove('a', 's3'), text.replace('  s3 =\n    k = v\n', '')],
    [
      'a removed section, whose successor no value above may swallow',
      removeSection('a'),
      '[profile b]\n  y = 2\n',
    ],
  ])('%s', (_title, change, expected) => {
    expect(edit(text, change)).toBe(expected)
  })

  it('a new key in an empty section before an indented header', () => {
    expect(edit('[profile a]\n  [profile b]\n', set('a', 'x', '1'))).toBe(
      '[profile a]\n  x = 1\n  [profile b]\n',
    )
  })
})

describe('what cannot be written', () => {
  it.each([
    ['a name with a line feed', add('a\nb')],
    ['a name with a carriage return', add('a\rb')],
    ['a name with a NUL', add('a\0b')],
    ['a name that is not UTF-8', add('a\udcff')],
    ['no name', add('')],
    ['no name, by set', set('', 'x', '1')],
    ['a value with a line feed', set('a', 'x', '1\n2')],
    ['a value with a carriage return', set('a', 'x', '1\r')],
    ['a value with a NUL', set('a', 'x', '\0')],
    ['a value that is not UTF-8', set('a', 'x', '\udcff')],
    ['a value with a space before it', set('a', 'x', ' 1')],
    ['a value with a tab after it', set('a', 'x', '1\t')],
    ['a value with other white space after it', set('a', 'x', '1\u00a0')],
    ['a value with white space of Python before it', set('a', 'x', '\x1f1')],
    ['a value with white space of Python', set('a', 'x', '1\x1f')],
    ['a value with a comment', set('a', 'x', '1 # 2')],
    ['a value with a comment after a tab', set('a', 'x', '1\t;2')],
    ['a value that is a comment', set('a', 'x', '#1')],
    ['a value in a new section', add('a', ['x', '1 ;2'])],
    ['a key with a space', set('a', 'x y', '1')],
    ['a key with an equals sign', set('a', 'x=', '1')],
    ['a key with a colon', set('a', 'x:y', '1')],
    ['a key that is a comment', set('a', '#x', '1')],
    ['no key', set('a', '', '1')],
    ['a key in a new section', add('b', ['[x]', '1'])],
    ['a key twice', add('b', ['x', '1'], ['X', '2'])],
    ['a section that is there', add('here')],
    ['a section that is there in quotes', add('quo ted')],
  ])('%s', (_name, change) => {
    const text = '[profile here]\n[profile "quo ted"]\n'
    expect(codeOf(() => edit(text, change))).toBe('invalid-edit')
  })

  it.each([
    ['a quoted name', add('my profile')],
    ['the name of configparser', add('DEFAULT')],
    [
      'a session',
      { op: 'add-section', section: { type: 'sso-session', name: 's' }, properties: [] } as ConfigEdit,
    ],
  ])('in the credentials file: %s', (_name, change) => {
    expect(codeOf(() => editDocument('', 'credentials', [change]))).toBe('invalid-edit')
  })

  it('is told without the value, and with the name made printable', () => {
    expect(() => edit('', set('a', 'secret', 'wJalr #x'))).toThrow(/^The value of secret(?!.*wJalr)/)
    expect(() => edit('', add('a\u001b\nb'))).toThrow('profile "a??b"')
  })
})
