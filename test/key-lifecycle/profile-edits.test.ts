import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { findAssumeTarget } from '../../src/credentials/assume-process.ts'
import {
  carriesKey,
  checkKeyProfile,
  formatAssumeProcess,
  giveStoredKey,
  takeStoredKey,
} from '../../src/key-lifecycle/profile-edits.ts'
import { parseDocument } from '../../src/profiles/config/document.ts'
import { mergeDocuments } from '../../src/profiles/config/merge.ts'
import { describeProfile, type Profile } from '../../src/profiles/profile.ts'

const names = ['ci', 'two words', '-x', '--help', "it's", 'a"b', '$HOME', 'back\\slash', `it's $x "y"`, 'ü']

const describeIn = (text: string, name = 'ci') =>
  describeProfile(
    mergeDocuments(parseDocument(text, 'config'), parseDocument('', 'credentials')),
    name,
  ) as Profile

describe('the credential_process of a profile', () => {
  it.each(names)('of %s is read as that by us, Python and a shell', (name) => {
    const command = formatAssumeProcess(name)
    expect(findAssumeTarget({ name, credentialProcess: command }, 'linux')).toBe(name)
    const echo = command.replace(/^assume credential-process/, 'printf %s')
    const word = name.startsWith('-') ? `--profile=${name}` : name
    expect(spawnSync('/bin/sh', ['-c', echo], { encoding: 'utf8' }).stdout).toBe(word)
    const shlex = 'import shlex, sys; print(shlex.split(sys.argv[1])[-1])'
    const python = spawnSync('python3', ['-c', shlex, command], { encoding: 'utf8' })
    if (python.error === undefined) expect(python.stdout).toBe(`${word}\n`)
  })
})

describe('a profile', () => {
  it.each(names)('%s is made where there is none, and loses what it was given', (name) => {
    const text = giveStoredKey('# mine\n', name, 'os')
    const profile = describeIn(text, name)
    expect(carriesKey(profile, 'os', 'linux')).toBe(true)
    expect(carriesKey(profile, 'file', 'linux')).toBe(false)
    expect(giveStoredKey(text, name, 'os')).toBe(text)
    expect(takeStoredKey(text, 'config', profile, true)).toMatch(/^# mine\n\n\[profile .*\]\n$/)
  })

  it('keeps all else that it has, and another credential_process', () => {
    const text = '[default]\nregion = x\ncredential_process = pass show aws\nmfa_serial = arn\n'
    const given = giveStoredKey(text, 'default', 'file')
    expect(given).toBe(
      '[default]\nregion = x\ncredential_process = assume credential-process default\nmfa_serial = arn\nassume_keys = file\n',
    )
    expect(takeStoredKey(given, 'config', describeIn(given, 'default'), true)).toBe(
      '[default]\nregion = x\nmfa_serial = arn\n',
    )
    const foreign = `${text}assume_keys = os\n`
    expect(takeStoredKey(foreign, 'config', describeIn(foreign, 'default'), false)).toBe(text)
  })

  it.each([
    'sso_session = corp',
    'sso_start_url = https://x',
    'granted_sso_account_id = 1',
    'role_arn = arn:aws:iam::111122223333:role/A',
    'source_profile = ci',
    'credential_source = Environment',
    'web_identity_token_file = /x',
    'login_session = arn',
    'credential_process = pass show aws',
    'credential_process = assume credential-process other',
    'credential_process = assume credential-process ci --role x',
  ])('with %s has no place for a key', (line) => {
    expect(() => checkKeyProfile(describeIn(`[profile ci]\n${line}\n`), 'linux', undefined)).toThrow(
      expect.objectContaining({ code: 'foreign-section' }),
    )
  })

  it.each([
    'region = x',
    'mfa_serial = arn',
    'credential_process = assume credential-process ci',
    'credential_process = granted credential-process --profile ci',
  ])('with %s has one, where that may give way', (line) => {
    const replaced = 'granted credential-process --profile ci'
    const check = () => checkKeyProfile(describeIn(`[profile ci]\n${line}\n`), 'linux', replaced)
    expect(check).not.toThrow()
  })
})
