import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../src/profiles/config/document.ts'
import { mergeDocuments } from '../../src/profiles/config/merge.ts'
import {
  findSession,
  findTargetOfProfile,
  formatLogin,
  formatLoginOfProfile,
  listSessions,
  nameSession,
} from '../../src/profiles/session-list.ts'

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
    const one = read(`[default]\nregion = eu-west-1\n${profile('a', 'work')}${session('work')}`)
    expect(findSession(one, {}, 'gone', 'f').session.name).toBe('work')
    expect(findSession(one, {}, 'default', 'f').session.name).toBe('work')
  })

  it('are found where no profile uses them yet', () => {
    const unused = read(`${session('a')}${profile('x', 'b')}${session('b')}[profile a]\nregion = eu-west-1\n`)
    expect(listSessions(unused).map((each) => nameSession(each.session))).toEqual(['b', 'a'])
    expect(findSession(unused, { word: 'a' }, undefined, 'f').session.name).toBe('a')
    expect(findSession(read(session('a')), {}, undefined, 'f').session.name).toBe('a')
    expect(findSession(unused, {}, undefined, 'f').session.name).toBe('b')
    expect(() => findSession(read(session('a') + session('b')), {}, undefined, 'f')).toThrow(/There are a, b/)
  })

  it.each([
    [() => find(), 'usage', /work, home/],
    [() => find(undefined, 'plain'), 'usage', /work, home/],
    [() => find('wrok'), 'unknown-profile', /did you mean work/],
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

describe('the command that logs in', () => {
  const url = 'https://one.awsapps.com/start'
  const keys = (prefix: string) =>
    `${prefix}start_url = ${url}\n${prefix}region = eu-west-1\n${prefix}account_id = 1\n${prefix}role_name = R\n`
  const named = `${profile('new', 'one')}${session('one')}`
  const quote = (word: string) => word
  const follow = (config: ReturnType<typeof read>, command: string) => {
    const [, option, name = ''] = /^assume login (?:(--profile) )?(\S+)$/.exec(command) ?? []
    return findSession(config, option ? { profile: name } : { word: name }, undefined, 'f').session
  }

  it.each([
    ['a legacy profile', `${named}[profile old]\n${keys('sso_')}`],
    ['a legacy profile that comes first', `[profile old]\n${keys('sso_')}${named}`],
    ['a profile with only the keys of Granted', `${named}[profile old]\n${keys('granted_sso_')}`],
    ['such a profile alone', `[profile old]\n${keys('granted_sso_')}`],
    ['a profile that is called like a session', `${named}[profile old]\n${keys('sso_')}${session('old')}`],
  ])('leads to the session of %s', (_, text) => {
    const config = read(text)
    for (const name of ['old', 'new'].filter((each) => config.profiles.has(each))) {
      const target = findTargetOfProfile(config, name)
      if (!target) throw new Error(`${name} has no session`)
      expect(follow(config, formatLogin(target.session, quote))).toEqual(target.session)
      expect(follow(config, formatLoginOfProfile(config, name, quote))).toEqual(target.session)
    }
  })

  it('names a profile by itself where no session takes its name', () => {
    const config = read(`${named}${profile('one', 'other')}${session('other')}`)
    expect(['new', 'one'].map((name) => formatLoginOfProfile(config, name, quote))).toEqual([
      'assume login new',
      'assume login --profile one',
    ])
  })

  it('names a profile that is called like an option behind an equals sign', () => {
    const config = read(profile('-x', 'one') + session('one'))
    expect(formatLoginOfProfile(config, '-x', quote)).toBe('assume login --profile=-x')
  })
})
