import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../src/profiles/config/document.ts'
import { mergeDocuments } from '../../src/profiles/config/merge.ts'
import { viewDocuments } from '../../src/profiles/config/reader-view.ts'
import { findRemedies } from '../../src/status/source-remedy.ts'
import { findCommonSource, findToolSource, tools } from '../../src/status/tool-sources.ts'

const documents = [
  parseDocument(
    [
      '[profile dev]',
      'sso_session = s',
      'sso_account_id = 111122223333',
      'sso_role_name = Admin',
      '[profile both]',
      'sso_session = s',
      'sso_account_id = 111122223333',
      'sso_role_name = Admin',
      'aws_access_key_id = AKIA',
      'aws_secret_access_key = x',
      '[profile login]',
      'login_session = arn',
      'credential_process = x',
      '[sso-session s]',
      'sso_start_url = https://x',
      'sso_region = eu-west-2',
    ].join('\n'),
    'config',
  ),
  parseDocument('', 'credentials'),
] as const
const config = mergeDocuments(...documents)
const keys = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'x' }
const factsOf = (env: Record<string, string>) => ({
  env: { AWS_EC2_METADATA_DISABLED: 'true', ...env },
  config,
  readAs: viewDocuments(documents, env),
  now: 1_000_000,
})
const reasons = (env: Record<string, string>) =>
  tools.slice(0, 3).map((tool) => findToolSource(tool, factsOf(env)).reason)

/** What the tools are led to, by the commands of a shell that has them all. */
const remediesOf = (env: Record<string, string>) =>
  findRemedies(factsOf(env)).map(({ source, change }) => [
    source.profile ?? source.kind,
    ...change.unset.map((name) => `-${name}`),
    ...change.set.map(([name, value]) => `${name}=${value}`),
  ])

// What each tool really does is in test/interop/credential-source.test.ts.
describe('the reason of a source', () => {
  it.each([
    [{}, ['nothing names any keys', 'nothing names any keys', 'nothing names any keys']],
    [{ AWS_PROFILE: 'dev' }, ['AWS_PROFILE names it', 'AWS_PROFILE names it', 'AWS_PROFILE names it']],
    [
      { ...keys, AWS_PROFILE: 'dev' },
      [
        'AWS_ACCESS_KEY_ID goes before AWS_PROFILE',
        'AWS_ACCESS_KEY_ID goes before AWS_PROFILE',
        'AWS_PROFILE goes before AWS_ACCESS_KEY_ID',
      ],
    ],
    [
      { AWS_PROFILE: 'dev', AWS_DEFAULT_PROFILE: 'login' },
      ['AWS_PROFILE names it', 'AWS_DEFAULT_PROFILE names it', 'AWS_PROFILE names it'],
    ],
    [
      { AWS_PROFILE: 'gone' },
      [
        'AWS_PROFILE is gone, and there is no such profile',
        'AWS_PROFILE is gone, and there is no such profile',
        'AWS_PROFILE is gone, and there is no such profile',
      ],
    ],
    [
      { ...keys, AWS_SECURITY_TOKEN: 'a', AWS_SESSION_TOKEN: 'b' },
      [
        'AWS_ACCESS_KEY_ID is set, with the token in AWS_SECURITY_TOKEN',
        'AWS_ACCESS_KEY_ID is set, with the token in AWS_SECURITY_TOKEN',
        'AWS_ACCESS_KEY_ID is set',
      ],
    ],
    [
      { ...keys, AWS_CREDENTIAL_EXPIRATION: '1970-01-01T00:16:40Z' },
      [
        'the keys in the environment have expired, says AWS_CREDENTIAL_EXPIRATION',
        'the keys in the environment have expired, says AWS_CREDENTIAL_EXPIRATION',
        'AWS_ACCESS_KEY_ID is set',
      ],
    ],
  ])('%j', (env, expected) => {
    expect(reasons(env as Record<string, string>)).toEqual(expected)
  })

  it('names a role_arn of the profile only where it has one', () => {
    const read = [
      parseDocument('[profile p]\nweb_identity_token_file = /t\n', 'config'),
      parseDocument('', 'credentials'),
    ] as const
    const env = { AWS_PROFILE: 'p', AWS_ROLE_ARN: 'arn' }
    const facts = { env, config: mergeDocuments(...read), readAs: viewDocuments(read, env), now: 0 }
    expect(findToolSource('aws-cli', facts).reason).toBe(
      'AWS_ROLE_ARN is for the web_identity_token_file of profile p',
    )
  })

  it('takes aws login before a helper in the AWS CLI, and after it in the JavaScript SDK', () => {
    expect(tools.map((tool) => findToolSource(tool, factsOf({ AWS_PROFILE: 'login' })).method)).toEqual([
      'login',
      'login',
      'process',
      'process',
      'login',
    ])
  })
})

describe('the common source', () => {
  it('is there only where all tools use the same and none fails', () => {
    expect(findCommonSource(factsOf({ AWS_PROFILE: 'dev' }))).toMatchObject({ profile: 'dev', method: 'sso' })
    expect(findCommonSource(factsOf({ AWS_PROFILE: 'both' }))).toBeUndefined()
    expect(findCommonSource(factsOf({ AWS_PROFILE: 'gone' }))).toBeUndefined()
    expect(findCommonSource(factsOf(keys))).toMatchObject({ kind: 'environment' })
  })
})

describe('a remedy', () => {
  it.each([
    ['where the tools agree', { AWS_PROFILE: 'dev' }, []],
    ['where the profile itself is the trouble', { AWS_PROFILE: 'both' }, []],
    [
      'for keys and a profile',
      { ...keys, AWS_SESSION_TOKEN: 't', AWS_PROFILE: 'dev' },
      [
        ['dev', '-AWS_ACCESS_KEY_ID', '-AWS_SECRET_ACCESS_KEY', '-AWS_SESSION_TOKEN'],
        ['environment', '-AWS_PROFILE'],
      ],
    ],
    [
      'for a profile that only some tools read',
      { AWS_DEFAULT_PROFILE: 'dev' },
      [['dev', '-AWS_DEFAULT_PROFILE', 'AWS_PROFILE=dev']],
    ],
    ['for an empty AWS_PROFILE beside keys', { ...keys, AWS_PROFILE: '' }, [['environment', '-AWS_PROFILE']]],
    [
      'for web identity and a profile',
      { AWS_PROFILE: 'dev', AWS_WEB_IDENTITY_TOKEN_FILE: '/t', AWS_ROLE_ARN: 'arn' },
      [
        ['dev', '-AWS_WEB_IDENTITY_TOKEN_FILE', '-AWS_ROLE_ARN'],
        ['web-identity', '-AWS_PROFILE'],
      ],
    ],
    [
      'for keys and a profile on a machine that could be an instance',
      { ...keys, AWS_PROFILE: '', AWS_EC2_METADATA_DISABLED: 'false' },
      [['environment', '-AWS_PROFILE']],
    ],
    [
      'for an empty AWS_PROFILE on an instance',
      { AWS_PROFILE: '', AWS_EC2_METADATA_DISABLED: 'false' },
      [['instance', '-AWS_PROFILE']],
    ],
    [
      'for the token of other keys',
      { ...keys, AWS_SECURITY_TOKEN: 'a', AWS_PROFILE: '' },
      [['environment', '-AWS_PROFILE', '-AWS_SECURITY_TOKEN']],
    ],
    [
      'for keys that are over and a profile',
      { ...keys, AWS_CREDENTIAL_EXPIRATION: '1970-01-01T00:00:00Z', AWS_PROFILE: 'dev' },
      [['dev', '-AWS_ACCESS_KEY_ID', '-AWS_SECRET_ACCESS_KEY', '-AWS_CREDENTIAL_EXPIRATION']],
    ],
  ])('%s', (_title, env, expected) => {
    expect(remediesOf(env as Record<string, string>)).toEqual(expected)
  })
})

describe('Java and Rust, as measured', () => {
  const role = 'role_arn = arn:aws:iam::111122223333:role/R\nsource_profile = base\n'
  const sso = 'sso_session = s\nsso_account_id = 111122223333\nsso_role_name = R\n'
  const own = 'sso_start_url = https://x\nsso_region = x\nsso_account_id = 1\nsso_role_name = R\n'
  const files = {
    config: [
      '[sso-session s]\nsso_start_url = https://x\nsso_region = x\n',
      `[profile sso]\n${sso}[profile role]\n${role}[profile role-and-sso]\n${sso}${role}`,
      `[profile empty-session]\nsso_session =\n${own}`,
      '[profile empty-process]\naws_access_key_id = A\naws_secret_access_key = x\ncredential_process =\n',
      `[profile empty-token]\n${role}web_identity_token_file =\n`,
      `[profile empty-source]\n${role}credential_source =\n`,
      `[profile empty-external-id]\n${role}external_id =\n`,
      `[profile empty-mfa]\n${role}mfa_serial =\n`,
      `[profile empty-role]\n${sso}role_arn =\n`,
      '[profile two-files]\ncredential_process = x\n',
      `[profile twofold]\n${sso}sso_start_url = https://x\n`,
      '[profile own]\nrole_arn = arn:aws:iam::1:role/R\nsource_profile = own\naws_access_key_id = A\naws_secret_access_key = x\n',
      '[ profile padded ]\naws_access_key_id = A\naws_secret_access_key = x\n',
      '[profile caf\u00e9]\naws_access_key_id = A\naws_secret_access_key = x\n',
      '[profile "quoted"]\naws_access_key_id = A\naws_secret_access_key = x\n',
    ].join(''),
    credentials: ['base', 'two-files', 'a,b']
      .map((name) => `[${name}]\naws_access_key_id = A\naws_secret_access_key = x\n`)
      .join(''),
  }
  const find = (env: Record<string, string>, { config: text, credentials } = files) => {
    const read = [parseDocument(text, 'config'), parseDocument(credentials, 'credentials')] as const
    const facts = {
      env: { AWS_EC2_METADATA_DISABLED: 'true', ...env },
      config: mergeDocuments(...read),
      readAs: viewDocuments(read, env),
      now: 1_000_000,
    }
    return tools.map((tool) => {
      const { kind, method } = findToolSource(tool, facts)
      return method ?? kind
    })
  }
  const chain = (name: string, source: string) =>
    `[profile ${name}]\nrole_arn = arn:aws:iam::1:role/R\nsource_profile = ${source}\n`
  const web = { AWS_WEB_IDENTITY_TOKEN_FILE: '/t', AWS_ROLE_ARN: 'arn' }

  it.each<[Record<string, string>, string]>([
    [{ ...keys, AWS_PROFILE: 'sso' }, 'environment environment sso environment environment'],
    [{ ...web, AWS_PROFILE: 'role' }, 'role role role web-identity role'],
    [{ ...web, AWS_PROFILE: 'sso' }, 'web-identity web-identity sso web-identity sso'],
    [{ ...keys, AWS_PROFILE: 'gone' }, 'none none none environment environment'],
    [{ ...keys, AWS_PROFILE: '' }, 'none none environment environment environment'],
    [
      { ...keys, AWS_CREDENTIAL_EXPIRATION: '1970-01-01T00:00:00Z' },
      'none none environment environment environment',
    ],
    [{ AWS_ACCESS_KEY_ID: 'A', AWS_PROFILE: 'sso' }, 'none none sso sso sso'],
    [{ AWS_DEFAULT_PROFILE: 'sso' }, 'sso sso none none none'],
    [{ AWS_PROFILE: 'role-and-sso' }, 'role role role sso role'],
    [{ AWS_PROFILE: 'two-files' }, 'static static static process process'],
    [{ AWS_PROFILE: 'empty-session' }, 'none none sso none none'],
    [{ AWS_PROFILE: 'empty-process' }, 'none none static none none'],
    [{ AWS_PROFILE: 'empty-token' }, 'none none role none none'],
    [{ AWS_PROFILE: 'empty-source' }, 'none none role none none'],
    [{ AWS_PROFILE: 'empty-external-id' }, 'none none role role role'],
    [{ AWS_PROFILE: 'empty-mfa' }, 'none none role role role'],
    [{ AWS_PROFILE: 'empty-role' }, 'none none sso sso none'],
    [{ AWS_PROFILE: 'twofold' }, 'sso sso sso sso none'],
    [{ AWS_PROFILE: 'own' }, 'role role role none role'],
    [{ AWS_PROFILE: 'padded' }, 'none none none static static'],
    [{ AWS_PROFILE: 'caf\u00e9' }, 'static static none none none'],
    [{ AWS_PROFILE: 'quoted' }, 'static static static none none'],
    [{ AWS_PROFILE: 'a,b' }, 'static static static none none'],
  ])('%j', (env, expected) => {
    expect(find(env).join(' ')).toBe(expected)
  })

  // By `ProfileCredentialsUtils` of Java and `resolve_chain` of Rust.
  it.each([
    ['a circle', chain('p', 'q') + chain('q', 'p'), 'none none none none none'],
    ['itself', chain('p', 'p'), 'none none none none none'],
    ['itself with a helper', `${chain('p', 'p')}credential_process = x\n`, 'none none none none role'],
    ['a missing source behind another', chain('p', 'q') + chain('q', 'gone'), 'none none none none none'],
    [
      'a source without credentials',
      `${chain('p', 'q')}[profile q]\nregion = x\n`,
      'none none none none none',
    ],
    ['half a key', `${chain('p', 'q')}[profile q]\naws_access_key_id = A\n`, 'none none none none none'],
    ['a source without a session', `${chain('p', 'q')}[profile q]\n${sso}`, 'none none none none none'],
    [
      'a source with keys and a lost source',
      `${chain('p', 'q')}${chain('q', 'gone')}aws_access_key_id = A\naws_secret_access_key = x\n`,
      'role role role none role',
    ],
    ['a chain', `${chain('p', 'q')}${chain('q', 'base')}`, 'role role role role role'],
  ])('a role of %s', (_title, config, expected) => {
    expect(find({ AWS_PROFILE: 'p' }, { ...files, config }).join(' ')).toBe(expected)
  })

  it.each([
    [
      'indented keys',
      '[profile p]\n  aws_access_key_id = A\n  aws_secret_access_key = x\n',
      'static static static none none',
    ],
    ['a colon', '[profile q]\nregion: x\n', 'static static static none none'],
    ['a key twice', '[profile q]\na = 1\na = 2\n', 'none none static static static'],
    ['keys for all', '[DEFAULT]\nsso_session = gone\n[profile p]\n', 'none none static static static'],
    ['a byte order mark', '\ufeff[profile q]\n', 'none none static none none'],
  ])('a file with %s', (_title, odd, expected) => {
    const plain = '[p]\naws_access_key_id = A\naws_secret_access_key = x\n'
    const both = { config: odd, credentials: odd.startsWith('[profile p]') ? '' : plain }
    expect(find({ AWS_PROFILE: 'p' }, both).join(' ')).toBe(expected)
  })

  // By the code of both parsers: comments are none where they are indented.
  it.each([
    ['below a key', 'aws_access_key_id = A\n  # c\naws_secret_access_key = x\n', 'none none'],
    [
      'below one that does not matter',
      'aws_access_key_id = A\naws_secret_access_key = x\nregion = x\n  # c\n',
      'static static',
    ],
    ['below the header', '  # c\naws_access_key_id = A\naws_secret_access_key = x\n', 'none none'],
    ['below a helper, by a shell', 'credential_process = x\n  # c\n', 'process process'],
  ])('an indented comment %s', (_title, lines, expected) => {
    const found = find({ AWS_PROFILE: 'p' }, { config: `[profile p]\n${lines}`, credentials: '' })
    expect(found.slice(3).join(' ')).toBe(expected)
    expect(found.slice(0, 3)).not.toContain('none')
  })
})
