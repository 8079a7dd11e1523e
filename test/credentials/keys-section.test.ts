import { describe, expect, it } from 'vitest'
import { removeKeysSection, writeKeysSection } from '../../src/credentials/keys-section.ts'

const credentials = {
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: 'a/b+c;d#e',
  sessionToken: 'token==',
  expiresAt: Date.UTC(2026, 10, 21, 5, 37, 12, 900),
}
const section = { name: 'copy', profileName: 'dev', credentials, region: 'eu-west-1' }
const written = `[copy]
assume_copy_of = dev
assume_expires_at = 2026-11-21T05:37:12Z
aws_access_key_id = ASIAEXAMPLE
aws_secret_access_key = a/b+c;d#e
aws_session_token = token==
region = eu-west-1
`
const others = '# mine\n[default]\naws_access_key_id=AKIA\r\n  [odd\n\n'
const write = (text: string, more: Partial<typeof section> = {}, configText = '') =>
  writeKeysSection(text, configText, { ...section, ...more })
const failure = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('it did not fail')
}

describe('a section of keys', () => {
  it('is written to a new file, and to the end of another one, which keeps every byte', () => {
    expect(write('')).toBe(written)
    expect(write(others)).toBe(others + written)
    expect(removeKeysSection(write(others), 'copy')).toBe(others.replace(/\n$/, ''))
  })

  it('is brought up to date where it is, with what the user has added to it', () => {
    const text = `${written}# why\noutput = json\n\n[last]\naws_access_key_id = AKIA\n`
    const later = { ...credentials, accessKeyId: 'ASIAOTHER', expiresAt: credentials.expiresAt + 3_600_000 }
    expect(write(text, { credentials: later, profileName: 'prod' })).toBe(
      text
        .replace('ASIAEXAMPLE', 'ASIAOTHER')
        .replace('T05', 'T06')
        .replace('assume_copy_of = dev', 'assume_copy_of = prod'),
    )
  })

  it('loses what other keys do not have: the token, the end, the region', () => {
    const { accessKeyId, secretAccessKey } = credentials
    const text = writeKeysSection(written, '', {
      name: 'copy',
      profileName: 'dev',
      credentials: { accessKeyId, secretAccessKey },
    })
    expect(text).toBe(
      '[copy]\nassume_copy_of = dev\naws_access_key_id = ASIAEXAMPLE\naws_secret_access_key = a/b+c;d#e\n',
    )
  })

  it.each([
    ['another hand', '[copy]\naws_access_key_id = AKIA\n', '', 'was not written by assume credentials-file'],
    ['another hand, without keys', '[copy]\n', '', 'was not written by assume credentials-file'],
    ['another hand beside ours', `${written}[copy]\nregion = x\n`, '', 'was not written by assume'],
    ['another hand into ours', written.replace('region', 'role_arn'), '', 'has role_arn already'],
    ['SSO settings', '', '[profile copy]\nsso_session = s\n', 'has sso_session already'],
    ['SSO settings, beside ours', written, '[profile copy]\nsso_session = s\n', 'has sso_session already'],
    ['a role', '', '[profile copy]\nrole_arn = x\n', 'has role_arn already'],
    ['a helper', '', '[profile copy]\ncredential_process = x\n', 'has credential_process already'],
    ['keys', '', '[profile copy]\naws_access_key_id = x\n', 'has aws_access_key_id already'],
    ['Granted', '', '[profile copy]\ngranted_sso_region = x\n', 'has granted_sso_region already'],
  ])('is refused where the name belongs to %s', (_title, text, configText, message) => {
    expect(failure(() => write(text, {}, configText))).toMatchObject({
      code: 'foreign-section',
      message: expect.stringContaining(message),
      hint: '--as copy-keys',
    })
  })

  it('may have a region and an output format in the config file', () => {
    expect(write('', {}, '[profile copy]\nregion = eu-west-1\noutput = json\n')).toBe(written)
  })

  it.each(['', 'two words', 'a]b', 'DEFAULT'])('is refused under the name %j', (name) => {
    expect(failure(() => write('', { name }))).toMatchObject({ code: 'invalid-edit' })
  })

  it('never shows keys that cannot be written', () => {
    const bad = { ...credentials, secretAccessKey: 'secret #1' }
    const error = failure(() => write('', { credentials: bad })) as Error
    expect(error).toMatchObject({ code: 'invalid-edit' })
    expect(error.message).not.toContain('secret #1')
  })
})

describe('the removal of a section', () => {
  it('is refused for what is not there, or not ours', () => {
    expect(failure(() => removeKeysSection(others, 'copy'))).toMatchObject({ code: 'unknown-profile' })
    expect(failure(() => removeKeysSection(others, 'default'))).toMatchObject({ code: 'foreign-section' })
  })
})
