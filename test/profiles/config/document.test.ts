import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ConfigDocument, parseDocument } from '../../../src/profiles/config/document.ts'
import { decodeText, encodeText } from '../../../src/text/utf-8.ts'
import { configText } from './grammar.ts'

const examples = join(import.meta.dirname, '../../fixtures/examples')

function show(document: ConfigDocument) {
  return document.sections.map(({ type, name, properties }) => [
    type,
    name,
    Object.fromEntries(properties.map(({ key, value }) => [key, value])),
  ])
}

function parse(text: string) {
  return parseDocument(text, 'config')
}

describe('reading and writing back', () => {
  const variants: [string, (bytes: Buffer) => Uint8Array][] = [
    ['as it is', (bytes) => bytes],
    ['with CRLF', (bytes) => Buffer.from(bytes.toString().replace(/\r?\n/g, '\r\n'))],
    ['without a final newline', (bytes) => Buffer.from(bytes.toString().trimEnd())],
    ['with a byte order mark', (bytes) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes])],
    ['with Latin-1', (bytes) => Buffer.concat([Buffer.from('# Z\u00fcrich\n', 'latin1'), bytes])],
  ]
  const files = readdirSync(examples)

  it('has the examples', () => expect(files).toHaveLength(7))

  it.each(files.flatMap((file) => variants.map(([name, vary]) => [file, name, vary] as const)))(
    '%s %s',
    (file, _name, vary) => {
      const bytes = vary(readFileSync(join(examples, file)))
      const kind = file.endsWith('.credentials') ? 'credentials' : 'config'
      expect(encodeText(parseDocument(decodeText(bytes), kind).lines.join(''))).toEqual(
        Uint8Array.from(bytes),
      )
    },
  )

  it('is the identity for any bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 80 }),
        fc.constantFrom('config' as const, 'credentials' as const),
        (bytes, kind) => {
          expect(encodeText(parseDocument(decodeText(bytes), kind).lines.join(''))).toEqual(bytes)
        },
      ),
    )
  })

  it('is the identity for text of the shape of the grammar', () => {
    fc.assert(
      fc.property(configText, (text) => {
        const document = parse(text)
        expect(document.lines.join('')).toBe(text)
        for (const { line } of document.problems) expect(line).toBeLessThanOrEqual(document.lines.length)
      }),
    )
  })
})

describe('the examples', () => {
  const read = (file: string) => parse(decodeText(readFileSync(join(examples, file))))

  it.each(readdirSync(examples).filter((file) => !file.includes('.cred')))('%s has no problems', (file) => {
    expect(read(file).problems).toEqual([])
  })

  it('a hash in a start URL is part of it', () => {
    const session = read('hash-url').sections[1]
    expect(session?.properties[0]).toEqual({
      key: 'sso_start_url',
      value: 'https://d-9067c5bbc5.awsapps.com/start/#',
      firstLine: 8,
      lastLine: 8,
    })
  })

  it('dots in names, short account ids', () => {
    expect(read('dotted-names').sections.map(({ name }) => name)).toEqual([
      'my-org-sso',
      'dev-account.developer',
      'test-account.tester',
    ])
  })

  it('mixed', () => {
    const document = read('mixed')
    expect(show(document).slice(2, 4)).toEqual([
      [
        'profile',
        'Team A prod',
        {
          sso_session: 'work',
          sso_account_id: '444455556666',
          sso_role_name: 'Admin',
          s3: '\nmax_concurrent_requests = 20\naddressing_style = path',
        },
      ],
      [
        'profile',
        'audit',
        {
          role_arn: 'arn:aws:iam::777788889999:role/Audit',
          source_profile: 'Team A prod',
          external_id: 'ext#1',
        },
      ],
    ])
    const team = document.sections[2]
    expect([team?.line, team?.lastLine, team?.properties[3]]).toMatchObject([
      10,
      17,
      { firstLine: 14, lastLine: 16 },
    ])
  })
})

describe('quoted names, as botocore 1.43.11 reads them', () => {
  it.each([
    [
      `[profile "my profile"]\nregion = x\n[profile 'single q']\nregion = y\n[profile "it's"]\na=1`,
      ['my profile', 'single q', "it's"],
    ],
    ["[profile it's]\nregion = x\n[profile ok]\na=1", ['ok']],
    ["[profile 'a\\b']\na=1", ['a\\b']],
    ['[profile a]\nx=1\n[profile "a"]\ny=2', ['a', 'a']],
    ['[profile "a\\"b\\\\c\\d$`"]', ['a"b\\c\\d$`']],
    [`[profile pre'a b'"c d"\\ e]`, ['prea bc d e']],
    ["[profile 'a#b;c]d']  # and ' a comment", ['a#b;c]d']],
    ["[profile a] # it's [fine]", ['a']],
    ["[profile '\u001b[31m']; x", ['\u001b[31m']],
    ["[profile\t'__proto__']\nconstructor = 1", ['__proto__']],
    ["[sso-session 'my sso']\na = 1\n[services 'my services']\nb = 2", ['my sso', 'my services']],
    ['[profile "j\u00fcrgen"]', ['j\u00fcrgen']],
  ])('%j', (text, names) => {
    expect(parse(text).sections.map(({ name }) => name)).toEqual(names)
  })

  it.each([
    ["[profile 'two' 'words']"],
    ["['profile' x]"],
    ["['my profile']"],
    ['[profile ""]'],
    ["[profile 'a'"],
    ["[profile 'a'] b]"],
    ["[profile 'a'] # [b]"],
    ["[profile'a b']"],
    ['[profile "a\\"]'],
    ['[profile a\\]'],
  ])('is no section: %s', (text) => {
    const document = parse(`${text}\nkey = value\n[profile next]`)
    expect(document.sections.map(({ name }) => name)).toEqual(['next'])
    expect(document.problems).toMatchObject([{ line: 1 }])
  })
})

describe('what the AWS CLI reads and the SDKs do not', () => {
  it.each([
    ['[profile caf\u00e9]', 'caf\u00e9'],
    ['[profile a&b]', 'a&b'],
    ['[profile comma,name]', 'comma,name'],
    ['[profile foo!bar]', 'foo!bar'],
    ['[profile user\\x]', 'userx'],
    ['[sso-session caf\u00e9 ]', 'caf\u00e9'],
    ['[profile x;y]', 'x;y'],
    ['[profile x#y] # [', 'x#y'],
    ['[profile a[b]', 'a[b'],
    ['[profile a]b]', 'a]b'],
    ['[profile a]x', 'a'],
    ['[profile "a b"] x', 'a b'],
    ['[default]foo', 'default'],
    ['[sso-session s]:', 's'],
  ])('%s', (header, name) => {
    const document = parse(header)
    expect(document.sections.map((section) => section.name)).toEqual([name])
    expect(document.problems).toEqual([])
  })

  it.each(['caf\u00e9', 'my profile', 'a&b', 'in valid 2', 'a,b!', 'x;y', 'x #y', 'a]b'])(
    'credentials [%s]',
    (name) => {
      const document = parseDocument(`[${name}]\naws_access_key_id = A`, 'credentials')
      expect(show(document)).toEqual([['profile', name, { aws_access_key_id: 'A' }]])
      expect(document.problems).toEqual([])
    },
  )

  it.each([
    ['keys', '[profile a]\n  x = 1\n  y = 2\n', { a: { x: '1', y: '2' } }],
    ['keys by tabs', '[profile a]\n\tx = 1\n\ty = 2\n', { a: { x: '1', y: '2' } }],
    ['less and less', '[profile a]\n    x = 1\n  y = 2\nz = 3\n', { a: { x: '1', y: '2', z: '3' } }],
    [
      'further is more of the value',
      '[profile a]\n  x = 1\n    more\n  y = 2\n',
      { a: { x: '1\nmore', y: '2' } },
    ],
    ['a nested block', '[profile a]\n  s3 =\n    k = v\n  y = 2\n', { a: { s3: '\nk = v', y: '2' } }],
    ['headers too', '  [profile a]\n    x = 1\n  [profile b]\n    y = 2\n', { a: { x: '1' }, b: { y: '2' } }],
    [
      'below a comment and a blank line',
      '[profile a]\n\n  # c\n  x = 1\n  ; d\n  y = 2\n',
      { a: { x: '1', y: '2' } },
    ],
    ['below a section that is not read', '[plugins]\n  k = v\n  [profile b]\n  y = 2\n', { b: { y: '2' } }],
    ['none after one that is not', '[profile a]\nx = 1\n  y = 2\n', { a: { x: '1\ny = 2' } }],
    ['a comment is one', '[profile a]\nx = 1\n  # c\ny = 2\n', { a: { x: '1', y: '2' } }],
    ['a comment in a value', '[profile a]\nx = 1\n  # c\n\n  ; d = 1\n  more\n', { a: { x: '1\nmore' } }],
    ['a comment in a nested block', '[profile a]\ns3 =\n  # c\n  k = v\n', { a: { s3: '\nk = v' } }],
  ])('indented: %s', (_title, text, profiles) => {
    const document = parse(text)
    expect(Object.fromEntries(show(document).map(([, name, values]) => [name, values]))).toEqual(profiles)
    expect(document.problems).toEqual([])
  })

  const cli = 'aws-cli'
  const sdks = 'java-and-rust'
  it.each([
    ['[profile a]\nx = 1\n  more\n', {}],
    ['[profile a]\n\n  x = 1\n  y = 2\n', { [sdks]: 3 }],
    ['[profile a]\n  [profile b]\n', { [sdks]: 2 }],
    ['[profile a]\n\t# c\nx = 1\n', { [sdks]: 2 }],
    ['  # c\n[profile a]\n', { [sdks]: 1 }],
    ['[profile a]\nx = 1\n  # c\ny = 2\n', {}],
    ['[profile a]\ns3 =\n  # c\n  k = v\n', { [sdks]: 3 }],
    ['[profile a]\ns3 =\n  # c = d\n', {}],
    ['[plugins]\n  # c\n', {}],
    ['[profile a]\nx: 1\n', { [sdks]: 2 }],
    ['[profile a]\nx = 1\nX = 2\n', { [cli]: 3 }],
    ['[profile a]\n[profile a]\n', { [cli]: 2 }],
    ['[profile a]\n[profile "a"]\n[ profile a]\n', {}],
    ['[plugins]\na = 1\na = 2\n', { [cli]: 3 }],
    ['[plugins]\na\n', { [cli]: 2 }],
    ['[profile a b]\n[profile a b]\n', { [cli]: 2 }],
    ['\ufeff[profile a]\n', { [cli]: 1, [sdks]: 1 }],
    ['[profile a]\n# \udcff\n', { [cli]: 2, [sdks]: 2 }],
    ['[profile a]\nx\n', { [cli]: 2, [sdks]: 2 }],
    ['[profile a]\n= x\n', { [cli]: 2, [sdks]: 2 }],
    ['x = 1\n[profile a]\n', { [cli]: 1, [sdks]: 1 }],
    ['[profile a\n', { [cli]: 1, [sdks]: 1 }],
    ['[profile a]x\n', { [sdks]: 1 }],
    ['[profile a;b]\n', { [sdks]: 1 }],
    ['[profile a] # b]\n', {}],
    ['[profile a]\n[profile a]x\n', { [cli]: 2, [sdks]: 2 }],
    ['[]\n', { [cli]: 1, [sdks]: 1 }],
    ['[profile a]\ns3 =\n  x\n', { [cli]: 3, [sdks]: 3 }],
    ['[profile a]\ns3 =\n  = x\n', { [sdks]: 3 }],
    ['[profile a]\nin valid = x\n', {}],
  ])('who rejects the whole of %j', (text, expected) => {
    const { rejections } = parse(text)
    const lines = Object.entries(rejections).map(([reader, { line }]) => [reader, line])
    expect(Object.fromEntries(lines)).toEqual(expected)
  })
})

it.each([
  ['config', '[profile a] # [b]'],
  ['config', '[default] ; ]'],
  ['credentials', '[a] # [b]'],
] as const)('a bracket in the comment behind a header hides it from the AWS CLI: %s %s', (kind, header) => {
  const { sections, problems } = parseDocument(`${header}\nregion = x\n`, kind)
  expect([sections.map(({ hidden }) => hidden), problems]).toEqual([[true], []])
})

describe('problems of the config file', () => {
  it.each([
    ['[profile my profile]', "write [profile 'my profile']"],
    ['[ profile "x"]', 'write [profile x]'],
    ["[ profile 'x' ] # c", 'write [profile x]'],
    ['[ profile caf\u00e9 ]', 'write [profile caf\u00e9]'],
    ["[profile it's]", 'write [profile "it\'s"]'],
    ['[sso-session my sso]', "write [sso-session 'my sso']"],
    ['[foo]', 'write [profile foo]'],
    ["['my profile']", "write [profile 'my profile']"],
    ['["default"]', 'write [default]'],
    ['[DEFAULT]', 'AWS CLI'],
    ['[sso-sesion foo]', 'no profile, sso-session or services section'],
    ['[profile foo', 'has to end with `]`'],
    ['[profile]', 'no name'],
    ['[]', 'without a name'],
    ['[profile \udcff]', 'UTF-8'],
    ['[profile a\rb]', 'carriage return'],
  ])('a section is lost: %j', (header, message) => {
    const document = parse(
      `[profile before]\na = 1\n${header}\nb = 2\n  continued\nnonsense\n[profile after]\nc = 3\n`,
    )
    expect(show(document)).toEqual([
      ['profile', 'before', { a: '1' }],
      ['profile', 'after', { c: '3' }],
    ])
    expect(document.problems).toEqual([{ line: 3, message: expect.stringContaining(message) }])
  })

  it.each([
    ['nonsense', 'no `=`'],
    ['key : value', 'no `=`'],
    ['name # = value', 'no `=`'],
    ['= value', 'no key'],
    ['in valid = value', 'a key that is not'],
    ['caf\udce9 = 1', 'UTF-8'],
    ['a = \udce9', 'UTF-8'],
    ['a = b\rc', 'carriage return'],
    ['# \udce9', 'UTF-8'],
  ])('a line is lost: %j', (line, message) => {
    const document = parse(`[profile foo]\nx = 1\n${line}\ny = 2`)
    expect(show(document)).toEqual([['profile', 'foo', { x: '1', y: '2' }]])
    expect(document.problems).toEqual([{ line: 3, message: expect.stringContaining(message) }])
  })

  it('never shows what a line holds', () => {
    const document = parse(
      '[default]\nwJalrXUtnFEMI\nwJalr XUtnFEMI = x\n= wJalrXUtnFEMI\na =\n wJalrXUtnFEMI',
    )
    expect(document.problems).toHaveLength(4)
    expect(JSON.stringify(document.problems)).not.toContain('wJalr')
  })

  it('the continuation of a lost line is lost with it, and does not reach the property above', () => {
    const document = parse('[profile foo]\nx = 1\nnonsense\n  more\n\n  more\ny = 2')
    expect(show(document)).toEqual([['profile', 'foo', { x: '1', y: '2' }]])
    expect(document.problems).toMatchObject([{ line: 3 }])
  })

  it('a lost line of a nested block costs that line', () => {
    const document = parse(
      '[profile foo]\ns3 =\n  a = 1\n  \udcff = 2\n  nonsense\n  b = 3\n\n# comment\n  c = 4\nx = 1',
    )
    expect(show(document)).toEqual([['profile', 'foo', { s3: '\na = 1\nb = 3\nc = 4', x: '1' }]])
    expect(document.problems).toMatchObject([{ line: 4 }, { line: 5 }])
    expect(document.sections[0]?.properties[0]).toMatchObject({ firstLine: 2, lastLine: 9 })
  })

  it('a byte order mark', () => {
    const document = parse('\ufeff[default]\nregion = x')
    expect(show(document)).toEqual([['profile', 'default', { region: 'x' }]])
    expect(document.problems).toEqual([{ line: 1, message: expect.stringContaining('byte order mark') }])
  })

  it('an indented header is part of the value above', () => {
    const document = parse('[default]\nregion = x\n  [profile a]\n')
    expect(show(document)).toEqual([['profile', 'default', { region: 'x\n[profile a]' }]])
    expect(document.problems).toMatchObject([{ line: 3 }])
  })

  it.each([
    ['[profile a]\nx = 1\n[profile a]\nx = 2', 3, 'rejects a file with the section [profile a] twice'],
    ['[profile a]\nx = 1\n[profile "a"]\nx = 2', 3, 'only the later'],
    ['[profile a]\nx = 1\nX = 2', 3, 'the key x twice'],
    ['[default]\n[profile default]', 2, '[profile default]'],
  ])('twice the same: %j', (text, line, message) => {
    expect(parse(text).problems).toEqual([{ line, message: expect.stringContaining(message) }])
  })

  it('the same key in two sections is none', () => {
    expect(parse('[profile a]\nx = 1\n[profile b]\nx = 1\n[sso-session a]\nx = 1').problems).toEqual([])
  })

  it('the sections of the AWS CLI alone are none', () => {
    const document = parse('[plugins]\nnonsense\n[preview]\ncloudfront = true\n[profile a]')
    expect(show(document)).toEqual([['profile', 'a', {}]])
    expect(document.problems).toEqual([])
  })
})

describe('problems of the credentials file', () => {
  it.each([
    ['[profile foo]', 'write [foo]'],
    ['["my profile"]', 'quotes'],
    ['[ my profile ]', 'without blanks'],
    ['[sso-session foo]', 'config file'],
    ['[DEFAULT]', 'AWS CLI'],
  ])('a section is lost: %s', (header, message) => {
    const document = parseDocument(`${header}\na = 1\n[plugins]\nb = 2`, 'credentials')
    expect(show(document)).toEqual([['profile', 'plugins', { b: '2' }]])
    expect(document.problems).toEqual([{ line: 1, message: expect.stringContaining(message) }])
  })
})
