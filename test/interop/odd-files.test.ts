import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../src/profiles/config/document.ts'
import type { FileKind } from '../../src/profiles/config/header.ts'
import { mergeDocuments } from '../../src/profiles/config/merge.ts'
import { type Reader, viewDocuments } from '../../src/profiles/config/reader-view.ts'
import { createHome } from '../support/home.ts'
import { findAwsCli, findBotocore } from './world.ts'

/** Files that somebody stumbles over, by what is odd in them; bytes that are not UTF-8 are in Latin-1. */
const files: readonly (readonly [FileKind, string])[] = [
  ['config', '[profile a]\n  region = x\n  output = y\n'],
  ['config', '[profile a]\n\tregion = x\n\toutput = y\n'],
  ['config', '[profile a]\n    region = x\n  output = y\nduration_seconds = 1\n'],
  ['config', '[profile a]\n  region = x\n    more\n  [profile b]\n  c = d\n'],
  ['config', '  [profile a]\n    region = x\n  [profile b]\n    region = y\n'],
  ['config', '[profile a]\n\n  # note\n  region = x\n  ; note\n  output = y\n'],
  ['config', '[profile a]\nsso_session = s\n  # the account of the team\nsso_account_id = 1\n'],
  ['config', '[profile a]\n  # note\nregion = x\n\n\t; note\n\noutput = y\n'],
  ['config', '[profile a]\n  region = x\n    # note\n  output = y\n'],
  ['config', '[profile a]\nregion = x\n  # note\n    more\n# note\n    more\n'],
  ['config', '[profile a]\nregion =\n  # note\noutput = y\n'],
  ['config', '[profile a]\ns3 =\n  # note\n  k = v\n\n  ; note = 1\n  l = w\nregion = x\n'],
  ['config', '  # note\n[profile a]\nregion = x\n  #[profile b]\n'],
  ['config', '[plugins]\na = x\n  # note\na = y\n'],
  ['config', '[profile a]\nregion = x\n  # \udcff\noutput = y\n'],
  ['config', '[plugins]\n  cli = x\n  [profile b]\n  region = y\n'],
  ['config', '[sso-session s]\n  sso_region = x\n  sso_start_url = y\n'],
  ['config', '[profile a]\nregion = x\n  [profile b]\n'],
  ['config', '[profile caf\u00e9]\nregion = x\n'],
  ['config', '[profile a&b]\nregion = x\n[profile comma,name]\nregion = y\n[profile foo!bar]\nregion = z\n'],
  ['config', '[profile user\\x]\nregion = x\n'],
  ['config', '[profile a\u00a0b]\nregion = x\n'],
  ['config', '[profile my profile]\nregion = x\n'],
  ['config', '[profile "my profile"]\nregion = x\n[profile \'other one\']\nregion = y\n'],
  ['config', '[profile "dev"]\nregion = x\n'],
  ['config', "[profile it's]\nregion = x\n"],
  ['config', '[ profile x ]\nregion = x\n[profile y ]\nregion = y\n'],
  ['config', '[ default ]\nregion = x\n'],
  ['config', '[default ]\nregion = x\n'],
  ['config', '[ sso-session w ]\nsso_region = x\n[sso-session v ]\nsso_region = y\n'],
  ['config', '[ profile "x"]\nregion = x\n[ profile \'y\' ] # c\nregion = y\n'],
  ['config', '[profile\tx]\nregion = x\n[profile  y]\nregion = y\n'],
  ['config', '[profile x] # note\nregion = x\n'],
  ['config', '[profile x]; note\nregion = x\n'],
  ['config', '[profile x] # [note]\nregion = x\n'],
  ['config', '[profile x;y]\nregion = x\n[profile x#y] # [\nregion = y\n'],
  ['config', '[profile a]x\nregion = x\n'],
  ['config', '[profile "a b"] x\nregion = x\n'],
  ['config', '[profile a[b]\nregion = x\n[profile c]d]\nregion = y\n'],
  ['config', '[profile a\\]\nregion = x\n'],
  ['config', '[default]foo\nregion = x\n'],
  ['config', '[sso-session s]:\nsso_region = x\n[sso-session s;t]\nsso_region = y\n'],
  ['config', '[profile a]\nregion = x # note\noutput = y;z\nsso_region = y ; note\n'],
  ['config', '[profile a]\nregion =\noutput = # note\n'],
  ['config', '[default]\nregion = x\n[profile default]\noutput = y\n'],
  ['config', '[profile default]\noutput = y\n[default]\nregion = x\n'],
  ['config', '[profile a]\nregion = x\n[profile "a"]\noutput = y\n'],
  ['config', '[profile a]\nregion = x\n[profile a]\noutput = y\n'],
  ['config', '[profile a]\nregion = x\nRegion = y\n'],
  ['config', '\ufeff[profile a]\nregion = x\n'],
  ['config', '[profile a]\nregion\n'],
  ['config', 'region = x\n[profile a]\noutput = y\n'],
  ['config', '[profile a]\n= x\n'],
  ['config', '[profile a\nregion = x\n'],
  ['config', '[]\nregion = x\n'],
  ['config', '[profile a]\nregion = \udcff\n'],
  ['config', '# \udcff\n[profile a]\nregion = x\n'],
  ['config', '[plugins]\nnonsense\n[profile a]\nregion = x\n'],
  ['config', '[plugins]\na = 1\na = 2\n'],
  ['config', '[preview]\n[preview]\n'],
  ['config', '[profile a]\ns3 =\n  nonsense\n'],
  ['config', '[profile a]\ns3 =\n  k = v\nregion = x\n'],
  ['config', '[profile a]\r\nregion = x\r\n'],
  ['config', '[profile a]\nREGION = x\n'],
  ['credentials', '[a]\naws_access_key_id = x\n[caf\u00e9]\naws_access_key_id = y\n'],
  ['credentials', '[in valid 2]\naws_access_key_id = x\n[my profile]\naws_access_key_id = y\n'],
  ['credentials', '[a]\n  aws_access_key_id = x\n  aws_secret_access_key = y\n'],
  ['credentials', '[a]\naws_access_key_id = x\n  # note\naws_secret_access_key = y\n'],
  ['credentials', '[ x ]\naws_access_key_id = x\n[y ]\naws_access_key_id = y\n'],
  ['credentials', '[comma,name]\naws_access_key_id = x\n[a&b]\naws_access_key_id = y\n'],
  ['credentials', '[a]\naws_secret_access_key = x # mine\n'],
  ['credentials', '[x;y]\naws_access_key_id = x\n'],
  ['credentials', '[x #y]\naws_access_key_id = x\n'],
  ['credentials', '[a]x\naws_access_key_id = x\n'],
  ['credentials', '[a]\naws_access_key_id = x\n[a]\naws_access_key_id = y\n'],
  ['credentials', '[a]\naws_access_key_id x\n'],
  // The parser of the AWS CLI lends the keys of this section to all others of the file.
  ['config', '[DEFAULT]\nregion = x\noutput = z # c\n[profile a]\noutput = y\n[sso-session s]\n'],
  ['config', '[profile a]\n[DEFAULT]\nregion = x\n[profile b]\nregion = y\n[DEFAULT]\noutput = z\n'],
  ['credentials', '[DEFAULT]\naws_access_key_id = x\n[a]\naws_secret_access_key = y\n'],
]

/** What we do not say as a reader has it, and why. */
const exceptions = {
  'aws-cli': [
    // A colon ends a key there; a line without `=` is none to us and to the SDKs.
    ['config', '[profile a]\nregion: x\n'],
    // Keys outside of the shared alphabet mean nothing to anybody.
    ['config', '[profile a]\nin valid = x\n'],
    // It rejects a file with two of these sections that have a key in common.
    ['config', '[DEFAULT]\nregion = x\n[profile a]\n[DEFAULT]\nregion = z\n'],
    // A word that only starts with `profile` will do there.
    ['config', '[profilesX a]\nregion = x\n'],
    // An empty line within a value that goes on is one of its lines.
    ['config', '[profile a]\nregion = x\n\n  more\n'],
    // These two are always a mistake, so the hint is worth more than the name.
    ['credentials', '[profile a]\naws_access_key_id = x\n'],
    ['credentials', '["my profile"]\naws_access_key_id = x\n'],
    // Nobody means this name; what is said is that there is no `a`.
    ['credentials', '[a] # [b]\naws_access_key_id = x\n'],
    // A carriage return ends a line there.
    ['config', '[profile a]\nregion = x\ry = z\n'],
  ],
  'js-sdk': [
    // Indented keys behind an empty one are its sub-keys.
    ['config', '[profile a]\n  external_id =\n  region = x\n'],
    // The whole file is empty for the sake of this name.
    ['config', '[profile __proto__]\nregion = x\n[profile a]\nregion = x\n'],
    // This section is a profile like any other.
    ['credentials', '[DEFAULT]\naws_access_key_id = x\n[a]\naws_secret_access_key = y\n'],
    // It is the only one to read this name, and we say what the line should be.
    ['config', '[profile "x"] # [note]\nregion = x\n'],
    // What is no header there leaves its keys to the section above.
    ['config', '[profile a]\nregion = x\n[profile b]y\noutput = y\n'],
    // Upper case is another key.
    ['config', '[profile a]\nREGION = x\n'],
  ],
} as const satisfies Partial<Record<Reader, readonly (readonly [FileKind, string])[]>>

/** Profiles and sessions with their keys, as far as both sides can have them; or that there are none, by a rejection. */
type Found = Record<string, Record<string, string>> | 'rejected'

function foretell(reader: 'aws-cli' | 'js-sdk', kind: FileKind, text: string): Found {
  const of = (one: FileKind) => parseDocument(one === kind ? text : '', one)
  const documents = [of('config'), of('credentials')] as const
  if (reader === 'aws-cli' && mergeDocuments(...documents).rejections['aws-cli']) return 'rejected'
  const { profiles, sessions } = viewDocuments(documents, {})(reader)
  return name(
    [...profiles].map(([name, { values }]) => [name, Object.fromEntries(values)]),
    [...sessions].map(([name, values]) => [name, Object.fromEntries(values)]),
  )
}

type Sections = readonly (readonly [name: string, keys: Record<string, unknown>])[]

/** Nested blocks are beside the point, and so are names that nobody can mean: with blanks around, or a session's. */
function name(profiles: Sections, sessions: Sections): Found {
  const clean = (keys: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(keys).filter(([key]) => !key.startsWith('s3'))) as Record<
      string,
      string
    >
  return Object.fromEntries([
    ...profiles
      .filter(([each]) => each.trim() === each && !each.startsWith('sso-session.'))
      .map(([each, keys]) => [`profile ${each}`, clean(keys)]),
    ...sessions.map(([each, keys]) => [`session ${each}`, clean(keys)]),
  ])
}

function askBotocore(python: string, cases: typeof files): Found[] {
  const program = [
    'import json, os, sys',
    'try:',
    '    import botocore.configloader as loader',
    'except ImportError:',
    '    import awscli.botocore.configloader as loader',
    'for kind, path in json.load(sys.stdin):',
    '    try:',
    "        found = loader.load_config(path) if kind == 'config' else {'profiles': loader.raw_config_parse(path)}",
    "        print(json.dumps([found['profiles'], found.get('sso_sessions', {})]))",
    '    except Exception:',
    "        print(json.dumps('rejected'))",
  ].join('\n')
  const answers = run(python, ['-c', program], listPaths(cases))
  return answers.map((found) => {
    if (found === 'rejected') return found
    const [profiles, sessions] = found as [Record<string, object>, Record<string, object>]
    return name(Object.entries(profiles) as never, Object.entries(sessions) as never)
  })
}

function askJs(cases: typeof files): Found[] {
  const program = [
    "import { loadSharedConfigFiles, loadSsoSessionData } from '@smithy/core/config'",
    "import { readFileSync } from 'node:fs'",
    "for (const [kind, path] of JSON.parse(readFileSync(0, 'utf8'))) {",
    "  const none = { filepath: '/dev/null', configFilepath: '/dev/null', ignoreCache: true }",
    "  const own = kind === 'config' ? { configFilepath: path } : { filepath: path }",
    '  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ...none, ...own })',
    "  const sessions = kind === 'config' ? await loadSsoSessionData(own) : {}",
    '  console.log(JSON.stringify([{ ...configFile, ...credentialsFile }, sessions]))',
    '}',
  ].join('\n')
  const words = ['--input-type=module', '--no-warnings', '--eval', program]
  return run(process.execPath, words, listPaths(cases)).map((found) => {
    const [profiles, sessions] = found as [Record<string, object>, Record<string, object>]
    return name(Object.entries(profiles) as never, Object.entries(sessions) as never)
  })
}

function listPaths(cases: typeof files): (readonly [FileKind, string])[] {
  const home = createHome()
  return cases.map(([kind, text], index) => [kind, home.write(`odd-${index}`, encode(text))] as const)
}

function encode(text: string): Buffer {
  return Buffer.concat([...text].map((each) => (each === '\udcff' ? Buffer.from([0xff]) : Buffer.from(each))))
}

function run(program: string, words: readonly string[], cases: object): unknown[] {
  const { stdout, stderr } = spawnSync(program, words, { input: JSON.stringify(cases), encoding: 'utf8' })
  expect(stderr).toBe('')
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** The JavaScript SDK has no empty values, and a section without any other is none to it. */
function dropEmpty(found: Found): Found {
  if (found === 'rejected') return found
  const full = Object.entries(found).map(([section, keys]) => [
    section,
    Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== '')),
  ])
  return Object.fromEntries(full.filter(([, keys]) => Object.keys(keys as object).length > 0))
}

/** The Python of the AWS CLI of this machine, where its distribution has made one package of it. */
const ofCli =
  findAwsCli() && existsSync('/usr/lib/python3/dist-packages/awscli') ? '/usr/bin/python3' : undefined
const readers: readonly (readonly [string, string | undefined])[] = [
  ['botocore', findBotocore()],
  ['the AWS CLI', ofCli],
]

describe('what is odd in a file', () => {
  it('is enough', () => expect(files.length).toBeGreaterThanOrEqual(40))

  for (const [name, python] of readers) {
    it.skipIf(!python)(`is read by ${name} as foretold`, () => {
      const answers = askBotocore(python ?? '', files)
      const foretold = files.map(([kind, text]) => [text, foretell('aws-cli', kind, text)])
      expect(files.map(([, text], index) => [text, answers[index]])).toEqual(foretold)
    })

    it.skipIf(!python)(`is read by ${name} otherwise where it is said so`, () => {
      const cases = exceptions['aws-cli']
      const answers = askBotocore(python ?? '', cases)
      for (const [index, [kind, text]] of cases.entries())
        expect(answers[index], text).not.toEqual(foretell('aws-cli', kind, text))
    })
  }

  it('is read by the SDK for JavaScript as foretold', () => {
    const cases = files.filter(
      ([, text]) => !/REGION|\n {4}more|\udcff|Region|\n {2}\[profile b\]\n$|^\[DEFAULT\]\naws/.test(text),
    )
    const answers = askJs(cases)
    const foretold = cases.map(([kind, text]) => [text, dropEmpty(foretell('js-sdk', kind, text))])
    expect(cases.map(([, text], index) => [text, answers[index]])).toEqual(foretold)
  })

  it('is read by the SDK for JavaScript otherwise where it is said so', () => {
    const cases = exceptions['js-sdk']
    const answers = askJs(cases)
    for (const [index, [kind, text]] of cases.entries())
      expect(answers[index], text).not.toEqual(dropEmpty(foretell('js-sdk', kind, text)))
  })
})
