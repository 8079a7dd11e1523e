import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../src/profiles/config/document.ts'
import { mergeDocuments } from '../../src/profiles/config/merge.ts'
import { findLogin } from '../../src/profiles/login-list.ts'
import type { SessionName } from '../../src/profiles/session-list.ts'

const sso = `
[sso-session work]
sso_start_url = https://work.awsapps.com/start
sso_region = eu-west-1
[profile dev]
sso_session = work
`
const stored = '[profile ci]\nassume_keys = file\n'
const plain = '[profile plain]\nassume_keys = file\nassume_session_token = off\n'

/** The name of the session, or of the profile with the key. */
function find(text: string, name: SessionName, active?: string) {
  const config = mergeDocuments(parseDocument(text, 'config'), parseDocument('', 'credentials'))
  const found = findLogin(config, name, active, 'f')
  return 'keyProfile' in found ? found.keyProfile.name : found.session.name
}

describe('a login without a name', () => {
  it('is that of the active profile, else the only one there is', () => {
    expect(find(sso + stored, {}, 'ci')).toBe('ci')
    expect(find(sso + stored, {}, 'dev')).toBe('work')
    expect(find(sso + stored, {})).toBe('work')
    expect(find(stored, {})).toBe('ci')
  })

  it('passes over an active profile whose key is handed out itself, unless there is no other', () => {
    expect(find(sso + plain, {}, 'plain')).toBe('work')
    expect(find(stored + plain, {}, 'plain')).toBe('ci')
    expect(() => find(plain, {}, 'plain')).toThrow(/profile plain has no session: tools get its stored key/)
  })
})

describe('of several stored keys', () => {
  it('one has to be named', () => {
    const both = `${stored}${stored.replace('ci', 'other')}`
    const attempt = () => find(both, {})
    expect(attempt).toThrow('which session? There are stored key of ci, stored key of other')
    expect(attempt).toThrow(expect.objectContaining({ code: 'usage', hint: 'assume login ci' }))
  })
})

describe('a login by a name', () => {
  it('is that session, or the one at the root of that profile', () => {
    expect(find(sso + stored, { word: 'work' }, 'ci')).toBe('work')
    expect(find(sso + stored, { word: 'ci' }, 'dev')).toBe('ci')
    expect(find(sso + stored, { profile: 'ci' })).toBe('ci')
  })

  it('is refused for a profile whose key is handed out itself', () => {
    for (const name of [{ word: 'plain' }, { profile: 'plain' }])
      expect(() => find(sso + plain, name)).toThrow(/profile plain has no session/)
  })
})
