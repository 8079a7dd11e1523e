import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createHome, type Home } from '../support/home.ts'
import { describeShells, runScript } from '../support/shell.ts'
import { bash } from '../support/shells/bash.ts'

/** A home with these profiles, and an index of them if it is to be `fresh`. */
function startWith(names: readonly string[], fresh = true): Home {
  const home = createHome()
  const quote = (name: string) => (name.includes('"') ? `'${name}'` : `"${name}"`)
  home.writeAws(names.map((name) => `[profile ${quote(name)}]\nregion = eu-west-1\n`).join(''))
  if (fresh) expect(runScript(bash, home, ['assume list >/dev/null']).status).toBe(0)
  expect(existsSync(join(home.path, '.cache/assume/index'))).toBe(fresh)
  return home
}

/** What TAB offers at the end of each line, in one shell with strict options. */
function complete(home: Home, ...lines: readonly string[]): string[][] {
  const script = ['set -eu', ...lines.flatMap((line) => [bash.complete(line), 'echo ++'])]
  const { status, stdout, stderr } = runScript(bash, home, script)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const answers = stdout.split(/^\+\+\n/m).slice(0, -1)
  return answers.map((answer) =>
    answer
      .split('\n')
      .filter((word) => word !== '')
      .sort(),
  )
}

const odd = [
  'Team A prod',
  'dot.ted',
  'at@sign',
  'pl+us',
  'sla/sh',
  "it's",
  'dol$lar',
  'back\\slash',
  'qu"ote',
  'st*r',
  '~tilde',
  '#hash',
  'x$(touch PWN)`touch PWN2`%n\\u',
]

describeShells('completion', [bash], () => {
  it.each([
    ['a fresh index', true],
    ['no index', false],
  ])('offers names with any character, as words that bash reads back, with %s', (_, fresh) => {
    const home = startWith(odd, fresh)
    const lines = ['assume env ', 'assume env Team\\ A', 'assume env ~', 'assume env x$']
    expect(complete(home, ...lines)).toEqual([[...odd].sort(), ['Team A prod'], ['~tilde'], [odd.at(-1)]])
    expect([existsSync(join(home.path, 'PWN')), existsSync(join(home.path, 'PWN2'))]).toEqual([false, false])
  })

  it.each([
    ['a fresh index', true],
    ['no index', false],
  ])('offers the names that continue the word, with %s', (_, fresh) => {
    const home = startWith(
      ['team-1', 'team-2', 'team', 'te', 't.am-3', 'Team-4', 'tead-5', 'other', 'team+6'],
      fresh,
    )
    const answers = complete(
      home,
      ...['team-', 'team', 'te', 't', 't.', 't..', 'team+', 'z', "t'e", 'team\\ '].map(
        (word) => `assume env ${word}`,
      ),
    )
    const teams = ['team', 'team+6', 'team-1', 'team-2']
    expect(answers).toEqual([
      ['team-1', 'team-2'],
      teams,
      ['te', 'tead-5', ...teams],
      ['t.am-3', 'te', 'tead-5', ...teams],
      ['t.am-3'],
      [],
      ['team+6'],
      [],
      ['e', 'ead-5', ...teams.map((name) => name.slice(1))],
      [],
    ])
    expect(
      complete(startWith(['team-1', 'team-2', 'team-10'], fresh), 'assume env team-', 'assume env team-1'),
    ).toEqual([
      ['team-1', 'team-10', 'team-2'],
      ['team-1', 'team-10'],
    ])
  })

  it('offers a profile that is called like a subcommand, or like a session, once', () => {
    const home = startWith(['list', 'a+b', 'a.b', 'other', 'two words'])
    expect(complete(home, 'assume li', 'assume ')[0]).toEqual(['list'])
    const [first = []] = complete(home, 'assume ')
    expect(first.filter((word) => ['list', 'login'].includes(word))).toEqual(['list', 'login'])
    const config = ['a+b', 'a.b', 'axb', 'two words'].map(
      (name) => `[sso-session ${name.includes(' ') ? `"${name}"` : name}]\n`,
    )
    home.write('.aws/config', `[profile a+b]\n[profile "two words"]\n[profile a.b]\n${config.join('')}`)
    expect(complete(home, 'assume login ', 'assume login a')).toEqual([
      ['a+b', 'a.b', 'axb', 'two words'],
      ['a+b', 'a.b', 'axb'],
    ])
    home.write('.aws/config', '[profile a+b]\n[sso-session a+b]\n[sso-session c]\n')
    expect(complete(home, 'assume login ')).toEqual([['a+b', 'c']])
  })
})

describeShells('TAB with sorted names', [bash], () => {
  it('offers what continues the word, be it at an end, in the middle or nowhere', () => {
    const names = [
      'A',
      'Ab',
      'a',
      'a-1',
      'a-10',
      'a-2',
      'a1',
      'ab',
      'b',
      'z-last',
      '\u00e9t\u00e9',
      '\u00e9tage',
    ]
    const home = startWith(names)
    const typed = [
      '',
      'A',
      'a',
      'a-',
      'a-1',
      'a-10',
      'a-3',
      'b',
      'c',
      'z',
      'zz',
      '!',
      '~',
      '\u00e9',
      '\u00e9ta',
      '\u65e5',
    ]
    expect(complete(home, ...typed.map((word) => `assume exec ${word}`))).toEqual(
      typed.map((word) => names.filter((name) => name.startsWith(word)).sort()),
    )
  })
})
