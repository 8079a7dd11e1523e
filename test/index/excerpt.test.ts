import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planChain } from '../../src/credentials/chain.ts'
import { findRoleFile } from '../../src/credentials/role-file.ts'
import { findExcerpt, formatExcerpts, locateExcerpt, parseExcerptHead } from '../../src/index/excerpt-list.ts'
import { type Excerpt, planExcerpts } from '../../src/index/excerpt-plan.ts'
import { type ConfigDocument, parseDocument } from '../../src/profiles/config/document.ts'
import type { FileKind } from '../../src/profiles/config/header.ts'
import { mergeDocuments } from '../../src/profiles/config/merge.ts'
import { viewDocuments } from '../../src/profiles/config/reader-view.ts'
import { joinPieces, joinText } from '../../src/profiles/config/section-pieces.ts'
import { followChain } from '../../src/profiles/profile.ts'
import { formatLoginOfProfile } from '../../src/profiles/session-list.ts'
import { warnOfSwitch } from '../../src/status/profile-warning.ts'
import { findToolSource, tools } from '../../src/status/tool-sources.ts'
import { encodeText } from '../../src/text/utf-8.ts'

type Texts = readonly [config: string, credentials: string]
type Documents = readonly [ConfigDocument, ConfigDocument]

const kinds = ['config', 'credentials'] as const
const platform = 'linux'

function parse(texts: Texts): Documents {
  return [parseDocument(texts[0], 'config'), parseDocument(texts[1], 'credentials')]
}

/** What the pieces of both files are, as text. */
function cut(texts: Texts, ...excerpts: readonly Excerpt[]): Texts {
  const [config = '', credentials = ''] = kinds.map((kind: FileKind, at) => {
    const bytes = encodeText(texts[at] ?? '')
    const pieces = joinPieces(excerpts.flatMap((excerpt) => excerpt[kind]))
    return joinText(pieces.map(({ start, length }) => ({ start, bytes: bytes.slice(start, start + length) })))
  })
  return [config, credentials]
}

/** All that a command which is asked for one profile asks the files. */
function ask([config, credentials]: Documents, rejecting: Documents, name: string) {
  const documents: Documents = [
    { ...config, rejections: rejecting[0].rejections },
    { ...credentials, rejections: rejecting[1].rejections },
  ]
  const merged = mergeDocuments(...documents)
  const env = { AWS_PROFILE: name }
  const readAs = viewDocuments(documents, env)
  const chain = followChain(merged, name)
  const attempt = <Result>(action: () => Result) => {
    try {
      return action()
    } catch (error) {
      return String(error)
    }
  }
  const profile = chain[0]
  const planned = profile && attempt(() => planChain(merged, profile, { env, ownEnv: env, platform }))
  return {
    chain,
    planned,
    file: planned && typeof planned !== 'string' && findRoleFile(merged, planned, platform),
    warning: warnOfSwitch(merged, chain, platform),
    services: merged.services.get(profile?.properties.get('services') ?? ''),
    login: formatLoginOfProfile(merged, name, (word) => word),
    sources: tools.map((tool) => findToolSource(tool, { env, config: merged, readAs, now: 0 })),
    readers: (['aws-cli', 'js-sdk', 'java-and-rust'] as const).map((reader) =>
      readAs(reader).profiles.get(name),
    ),
  }
}

function expectSame(texts: Texts): void {
  const whole = parse(texts)
  const files = whole.map((document, at) => ({ document, size: encodeText(texts[at] ?? '').length }))
  const { base, find } = planExcerpts(files, platform)
  const names = [...mergeDocuments(...whole).profiles.keys()]
  for (const name of names) {
    const excerpt = find(name)
    if (!excerpt) continue
    const part = parse(cut(texts, base, excerpt))
    expect(ask(part, whole, name), `${name} of ${JSON.stringify(texts)}`).toEqual(ask(whole, whole, name))
  }
  const missing = 'is in no file'
  const part = parse(cut(texts, base))
  expect(ask(part, whole, missing)).toEqual(ask(whole, whole, missing))
}

describe('an excerpt says of its profile what the files say', () => {
  const names = ['default', 'a', 'b', 'c', 'corp', 'é', 'a b', 'DEFAULT', 'x;y']
  const name = fc.constantFrom(...names)
  const header = fc.oneof(
    name.map((each) => `[profile ${each}]`),
    name.map((each) => `[profile  ${each} ] # note`),
    name.map((each) => `[${each}]`),
    name.map((each) => `[sso-session ${each}]`),
    name.map((each) => `[services "${each}"]`),
    fc.constantFrom('[DEFAULT]', ' [DEFAULT] ', '[profile', '[]', '[plugins]', '[other thing]'),
  )
  const role = fc.constantFrom('arn:aws:iam::123456789012:role/a', 'arn:aws:iam::123456789012:role/b')
  const property = fc.oneof(
    name.map((each) => `source_profile = ${each}`),
    name.map((each) => `source_profile=${each} # ${each}`),
    name.map((each) => `sso_session = ${each}`),
    name.map((each) => `services = ${each}`),
    name.map((each) => `credential_process = assume credential-process '${each}'`),
    role.map((arn) => `role_arn = ${arn}`),
    role.map((arn) => `role_arn = ${arn} ; b`),
    fc.constantFrom(
      'aws_access_key_id = AKIAFAKE',
      'aws_secret_access_key = fake',
      'sso_account_id = 123456789012',
      'sso_role_name = Admin',
      'sso_start_url = https://x.awsapps.com/start',
      'sso_region = eu-west-1',
      'region = eu-west-1',
      'mfa_serial = arn:aws:iam::123456789012:mfa/a',
      'credential_source = Environment',
      's3 =\n  max_concurrent_requests = 3',
      '  indented = 1',
      '  # indented comment',
      '# comment',
      'no key',
      'key = a\rb',
      'odd = \udcff',
      '',
    ),
  )
  const text = fc
    .array(fc.tuple(header, fc.array(property, { maxLength: 5 })), { maxLength: 9 })
    .map((sections) =>
      sections.map(([head, lines]) => [head, ...lines].map((line) => `${line}\n`).join('')).join(''),
    )
  const file = fc
    .tuple(fc.constantFrom('', '\ufeff', 'stray = 1\n'), text)
    .map(([start, rest]) => start + rest)

  it('whatever stands in them', () => {
    fc.assert(
      fc.property(file, file, (config, credentials) => expectSame([config, credentials])),
      { numRuns: 400 },
    )
  })

  it('where another profile has the role from another source, so that the file of the AWS CLI is not used', () => {
    const roleOf = (name: string, source: string) =>
      `[profile ${name}]\nrole_arn = arn:aws:iam::123456789012:role/one\nsource_profile = ${source}\n`
    const keysOf = (name: string) => `[${name}]\naws_access_key_id = ${name}\naws_secret_access_key = x\n`
    const texts = [roleOf('a', 'x') + roleOf('b', 'y'), keysOf('x') + keysOf('y')] as const
    expect(ask(parse(texts), parse(texts), 'a').file).toMatchObject({ isShared: false })
    expectSame(texts)
  })

  it('where it names a section of services', () => {
    const texts = [
      '[profile a]\nservices = local\n[services local]\nsts =\n  endpoint_url = http://x\n',
      '',
    ] as const
    expect(ask(parse(texts), parse(texts), 'a').services).toBeDefined()
    expectSame(texts)
  })

  it('where the last line has no end, and lines end as on Windows', () => {
    expectSame([
      '[profile a]\r\nregion = x\r\n[profile b]\r\nsource_profile = a',
      '[a]\r\naws_access_key_id = AKIA',
    ])
  })
})

describe('the list of excerpts', () => {
  const excerptOf = (number: number): Excerpt => ({
    config: [{ start: number, length: 7 }],
    credentials: [],
  })
  const reading = {
    rejections: {
      config: { 'aws-cli': { line: 1, message: 'é' } },
      credentials: {},
    },
    isPartial: false,
    base: excerptOf(0),
  }

  it('gives each back from two short reads', () => {
    const names = [
      ...Array.from({ length: 500 }, (_, number) => `team-${number}`),
      'é',
      '__proto__',
      'a b',
      '\ud83d\ude00',
    ]
    const text = formatExcerpts(
      reading,
      names.map((name, number) => [name, excerptOf(number)] as const),
    )
    expect(text).toMatch(/^[\n -~]*$/)
    const head = parseExcerptHead(text)
    expect(head).toMatchObject(reading)
    if (!head) throw new Error('no head')
    for (const [number, name] of names.entries()) {
      const { start, length } = locateExcerpt(head, name)
      expect(length).toBeLessThan(text.length / 4)
      expect(findExcerpt(text.slice(start, start + length), name)).toEqual(excerptOf(number))
    }
    for (const name of ['nobody', 'constructor', '']) {
      const { start, length } = locateExcerpt(head, name)
      expect(findExcerpt(text.slice(start, start + length), name)).toBeUndefined()
    }
  })

  it('has a head only where that is whole', () => {
    const text = formatExcerpts(reading, [])
    expect(parseExcerptHead(text.slice(0, text.indexOf('\n')))).toBeUndefined()
  })

  it('has none for a profile that hundreds belong to', () => {
    const config = Array.from(
      { length: 300 },
      (_, number) =>
        `[profile p${number}]\nrole_arn = arn:aws:iam::123456789012:role/one\nsource_profile = base\n`,
    ).join('')
    const { find } = planExcerpts(
      [{ document: parseDocument(config, 'config'), size: config.length }],
      platform,
    )
    expect(find('p1')).toBeUndefined()
  })
})
