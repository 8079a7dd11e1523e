import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createHome, type Home } from '../support/home.ts'
import { describeShells, runScript } from '../support/shell.ts'
import { fish } from '../support/shells/fish.ts'

/** What TAB offers at the end of `line`, with the description behind a tab. */
function complete(home: Home, line: string, before: readonly string[] = []): string[] {
  const result = runScript(fish, home, [...before, `complete -C ${fish.quote(line)}`])
  expect(result).toMatchObject({ status: 0, stderr: '' })
  return result.stdout.split('\n').filter((candidate) => candidate !== '')
}

const names = (candidates: readonly string[]) => candidates.map((each) => each.replace(/\t.*/, '')).sort()

const odd = [
  'Team A prod',
  'dot.ted',
  'co:lon',
  'at@sign',
  'pl+us',
  'sla/sh',
  "it's",
  'dol$lar',
  'equ=al',
  'back\\slash',
  'qu"ote',
  'x$(touch PWN)`touch PWN2`%n\\u',
]

function startWithOddNames(): Home {
  const home = createHome()
  const quote = (name: string) => (name.includes('"') ? `'${name}'` : `"${name}"`)
  home.writeAws(odd.map((name) => `[profile ${quote(name)}]\nregion = eu-west-1\n`).join(''))
  return home
}

describeShells('completion', [fish], () => {
  it.each(['a fresh index', 'no index'])('offers names with any character, with %s', (index) => {
    const home = startWithOddNames()
    const before = index === 'a fresh index' ? ['assume list >/dev/null'] : []
    expect(names(complete(home, 'assume env ', before))).toEqual([...odd].sort())
    expect(existsSync(join(home.path, '.cache/assume/index'))).toBe(index === 'a fresh index')
    expect(names(complete(home, 'assume Team\\ A'))).toEqual(['Team A prod'])
    expect(names(complete(home, 'assume "Team A'))).toEqual(['Team A prod'])
    expect(names(complete(home, 'assume dol\\$'))).toEqual(['dol$lar'])
    expect(names(complete(home, 'assume x'))).toEqual(['x$(touch PWN)`touch PWN2`%n\\u'])
    expect([existsSync(join(home.path, 'PWN')), existsSync(join(home.path, 'PWN2'))]).toEqual([false, false])
  })

  it('offers no name with a control character, from the index or without it', () => {
    const home = createHome()
    home.writeAws("[profile 'x\u001bowned\u0007']\n[profile xenon]\n")
    expect(names(complete(home, 'assume env '))).toEqual(['xenon'])
    expect(names(complete(home, 'assume env ', ['assume list >/dev/null']))).toEqual(['xenon'])
    expect(readFileSync(join(home.path, '.cache/assume/index'), 'utf8')).toContain('xenon\t')
  })

  it('describes profiles, subcommands and flags', () => {
    const home = createHome()
    home.useExample('sso-session')
    expect(complete(home, 'assume dev', ['assume list >/dev/null'])).toEqual([
      'dev-profile\t123456789011 FullAccess eu-west-1',
    ])
    expect(complete(home, 'assume stat')).toEqual([
      'status\tShow what is active in this shell and where it comes from.',
    ])
    expect(complete(home, 'assume --dry')).toEqual(['--dry-run\tshow what would change, change nothing'])
    expect(complete(home, 'assume env -s b')).toEqual(['bash\tthe shell that will evaluate it'])
  })

  it('looks for what is typed in names only, not in what is said about them', () => {
    const home = createHome()
    home.useExample('sso-session')
    const list = ['assume list >/dev/null']
    expect(names(complete(home, 'assume prof', list))).toEqual(['dev-profile', 'test-profile'])
    expect(names(complete(home, 'assume DEV', list))).toEqual(['dev-profile'])
    expect(complete(home, 'assume -r ire')).toEqual([])
    expect(names(complete(home, 'assume env -f jsn'))).toEqual(['json'])
  })

  it('takes letters that stand together behind one dash, and a value that follows at once', () => {
    const home = createHome()
    home.useExample('sso-session')
    expect(names(complete(home, 'assume -e'))).toEqual([
      '-eR',
      '-ec',
      '-eh',
      '-ep',
      '-er',
      '-es',
      '-eu',
      '-ey',
    ])
    expect(names(complete(home, 'assume -rus-w'))).toEqual(['-rus-west-1', '-rus-west-2'])
    expect(names(complete(home, 'assume -erus-w'))).toEqual(['-erus-west-1', '-erus-west-2'])
    expect(names(complete(home, 'assume -er us-w'))).toEqual(['us-west-1', 'us-west-2'])
    expect(names(complete(home, 'assume exec -er us-west-1 t'))).toEqual(['test-profile'])
  })

  it('reads the section headers of both files: quoted names, comments, CRLF, no line feed at the end', () => {
    const home = createHome()
    home.writeAws(
      [
        '[default]',
        "[profile 'single quoted' ] ; note",
        '[\tprofile\t"double quoted"] # note\r',
        '[profile plain.-_/%@:+]',
        ' [profile indented]',
        '[profile no]tail',
        '[profile two words]',
        '[profilejoined]',
        '[profile crlf]\r',
        '[plain]',
        '[sso-session s]',
        '[profile bad\u00e9]',
        '[profile last]',
      ].join('\n'),
      "[static]\n['quoted']\n[default]\n",
    )
    expect(names(complete(home, 'assume env '))).toEqual(
      ['crlf', 'default', 'double quoted', 'last', 'plain.-_/%@:+', 'single quoted', 'static'].sort(),
    )
  })

  it('does not trust the index when a source is older than it was', () => {
    const home = createHome()
    home.useExample('sso-session')
    const before = [
      'assume list >/dev/null',
      "echo '[profile older]' >.aws/config",
      "touch -d '1 hour ago' .aws/config",
    ]
    expect(names(complete(home, 'assume env ', before))).toEqual(['older'])
  })

  it('offers no file, no subcommand behind a flag, and nothing where nothing can stand', () => {
    const home = createHome()
    home.useExample('sso-session')
    expect(names(complete(home, 'assume -r us-east-1 '))).toEqual(['dev-profile', 'test-profile'])
    expect(names(complete(home, 'assume -r us-east-1 -- te'))).toEqual(['test-profile'])
    expect(complete(home, 'assume dev-profile ')).toEqual([])
    expect(complete(home, 'assume list ')).toEqual([])
    expect(complete(home, 'assume list --re')).toEqual([])
    expect(names(complete(home, 'assume --region=us-west-'))).toEqual([
      '--region=us-west-1',
      '--region=us-west-2',
    ])
    expect(names(complete(home, 'FOO=1 assume te'))).toEqual(['test-profile'])
    expect(names(complete(home, 'true; assume te'))).toEqual(['test-profile'])
  })

  it('offers what the command that is run would get, whatever its words are', () => {
    const home = createHome()
    home.useExample('sso-session')
    home.write('some file', '')
    const rows = [
      "complete -c tool -f; complete -c tool -l flag; complete -c tool -a 'one two'",
      'complete -c tool -n \'contains "a b" (commandline -opc)\' -a spaced',
      'function tool; end',
    ]
    const offered = (line: string) => names(complete(home, line, rows))
    expect(offered('assume exec ')).toEqual(['dev-profile', 'test-profile'])
    expect(offered('assume exec --')).toEqual(
      expect.arrayContaining(['--export', '--help', '--region', '--verbose']),
    )
    expect(offered('assume exec dev-profile --')).not.toContain('--region')
    expect(offered('assume exec --region eu-west-1 dev-profile too')).toContain('tool')
    expect(offered('assume exec dev-profile tool ')).toEqual(['one', 'two'])
    expect(offered('assume exec dev-profile -- tool t')).toEqual(['two'])
    expect(offered('assume exec dev-profile tool --')).toEqual(['--flag'])
    expect(offered("assume exec dev-profile tool 'a b' s")).toEqual(['spaced'])
    expect(offered('assume exec dev-profile tool --region ')).toEqual(['one', 'two'])
    expect(offered('assume exec dev-profile cat so')).toEqual(['some file'])
  })

  it('forgets what an older file said', () => {
    const home = createHome()
    const older = ['complete -c assume -n __assume_is_first -a gone', 'complete -c assume -l gone']
    expect(names(complete(home, 'assume go', older))).not.toContain('gone')
    expect(names(complete(home, 'assume --go', older))).toEqual([])
  })
})
