import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../src/core/config/document.ts'
import { mergeDocuments } from '../../src/core/config/merge.ts'
import {
  findSession,
  findTargetOfProfile,
  listSessions,
  listUnusedSessions,
  nameSession,
} from '../../src/core/session-list.ts'

const read = (text: string) => mergeDocuments(parseDocument(text, 'config'), parseDocument('', 'credentials'))
const session = (name: string) =>
  `[sso-session ${name}]\nsso_start_url = https://${name}.awsapps.com/start\nsso_region = eu-west-1\n`
const profile = (name: string, own: string) =>
  `[profile ${name}]\nsso_session = ${own}\nsso_account_id = 1\nsso_role_name = R\n`
const two = read(
  `${profile('a', 'work')}${profile('b', 'work')}${profile('c', 'home')}${session('work')}${session('home')}` +
    '[profile old]\nsso_start_url = https://old\nsso_region = us-east-1\nsso_account_id = 1\nsso_role_name = R\n' +
    '[profile chained]\nrole_arn = arn:aws:iam::1:role/X\nsource_profile = c\n[profile plain]\nregion = eu-west-1\n',
)
const find = (word?: string, active?: string) =>
  nameSession(findSession(two, word === undefined ? {} : { word }, active, '~/.aws/config').session)

describe('the sessions', () => {
  it('are listed once each, legacy ones by their start URL', () => {
    expect(listSessions(two).map((each) => nameSession(each.session))).toEqual([
      'work',
      'home',
      'https://old',
    ])
  })

  it('are found by name, by start URL, by profile, and through a role chain', () => {
    expect([find('home'), find('b'), find('https://old'), find('chained'), find('old')]).toEqual([
      'home',
      'work',
      'https://old',
      'home',
      'https://old',
    ])
    expect(findTargetOfProfile(two, 'plain')).toBeUndefined()
  })

  it('are those of the active profile without a word, or the only one', () => {
    expect(find(undefined, 'c')).toBe('home')
    const one = read(profile('a', 'work') + session('work'))
    expect(findSession(one, {}, 'gone', 'f').session.name).toBe('work')
  })

  it('are those of no profile too, but without a word only where no profile uses any', () => {
    const unused = read(session('solo'))
    expect(listUnusedSessions(unused).map((each) => nameSession(each.session))).toEqual(['solo'])
    const names = (text: string, word?: string) =>
      nameSession(findSession(read(text), word === undefined ? {} : { word }, undefined, 'f').session)
    expect([names(session('solo')), names(session('solo'), 'solo')]).toEqual(['solo', 'solo'])
    const both = profile('a', 'work') + session('work') + session('solo')
    expect([names(both), names(both, 'solo')]).toEqual(['work', 'solo'])
    expect(listUnusedSessions(read(both)).map((each) => nameSession(each.session))).toEqual(['solo'])
    expect(() => names(session('solo') + session('other'))).toThrow(/which session\? There are solo, other/)
    expect(() => names('[sso-session solo]\nsso_region = eu-west-1\n')).toThrow(/f has no SSO session/)
  })

  it.each([
    [() => find(), 'usage', /work, home/],
    [() => find('wrok'), 'unknown-profile', /nearest: work/],
    [() => find('plain'), 'incomplete-profile', /plain has no SSO session/],
    [
      () => findSession(read(profile('x', 'gone')), { word: 'x' }, undefined, 'f'),
      'incomplete-profile',
      /gone/,
    ],
    [() => findSession(read(''), {}, undefined, 'f'), 'unknown-profile', /f has no SSO session/],
  ])('case %#: a clear error', (act, code, message) => {
    expect(act).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }))
  })
})
