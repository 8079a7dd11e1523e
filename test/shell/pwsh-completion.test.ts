import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createHome, type Home } from '../support/home.ts'
import { describeShells, runScript } from '../support/shell.ts'
import { hostedPwsh as pwsh } from '../support/shells/pwsh.ts'

const { quote } = pwsh

function start(): Home {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  return home
}

/** A function `tab` that prints what TAB offers at the end of a line, a `|` before each and one behind the last. */
const tab = `function tab([string]$line) {
  try { $answer = TabExpansion2 $line $line.Length } catch { return '|' }
  '|' + -join ($answer.CompletionMatches | ForEach-Object { $_.CompletionText + '|' })
}`

/** What TAB makes of each line, as one string a line. */
function press(home: Home, lines: readonly string[], before: readonly string[] = []): string[] {
  const calls = lines.map((line) => `tab ${quote(line)}`)
  const { status, stdout, stderr } = runScript(pwsh, home, [tab, ...before, ...calls])
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout.trimEnd().split('\n')
}

const names = [
  'Team A prod',
  'dot.ted',
  'co:lon',
  'at@sign',
  'pl+us',
  'sla/sh',
  "it's",
  'dol$lar',
  'equ=al',
  'per%cent',
  'qu"ote',
  'hash#tag',
  'semi;colon',
  'back`tick',
  'comma,d',
  'curly\u2019s \u2018x\u201a\u201b',
  '(paren)',
  '{brace}',
  '@front',
  '#front',
  '$front',
  '~front',
  '*front?',
  '012',
  '1kb',
  'caf\u00e9',
]

function writeNames(home: Home): void {
  const header = (name: string) => (name.includes("'") ? `[profile "${name}"]` : `[profile '${name}']`)
  // Without keys a switch would warn.
  const keys = 'aws_access_key_id = A\naws_secret_access_key = B\n'
  home.writeAws(names.map((name) => `${header(name)}\n${keys}`).join(''))
}

describeShells('TAB', [pwsh], () => {
  it.each(['index', 'section headers'])(
    'offers any name so that the line switches to it, by the %s',
    (source) => {
      const home = createHome()
      writeNames(home)
      const json = JSON.stringify(names).replace(/['\u2018-\u201b]/g, '$&$&')
      const { status, stdout, stderr } = runScript(pwsh, home, [
        ...(source === 'index' ? ['$null = assume list'] : []),
        "$line = 'assume env '",
        '$matches = (TabExpansion2 $line $line.Length).CompletionMatches',
        // Switching leaves an index behind.
        'foreach ($match in $matches) {',
        '  Invoke-Expression "assume -p $($match.CompletionText)"',
        '  if ($Env:AWS_PROFILE -cne $match.ListItemText) { "$($match.CompletionText) is $Env:AWS_PROFILE" }',
        '  $part = "assume -p \'" + ($match.ListItemText.Substring(0, 2) -replace "[\'\\u2018-\\u201b]", \'$0$0\')',
        '  $again = (TabExpansion2 $part $part.Length).CompletionMatches',
        '  if ($again.ListItemText -cnotcontains $match.ListItemText) { "$part does not find it" }',
        '}',
        `$missing = (ConvertFrom-Json '${json}') | Where-Object { $matches.ListItemText -cnotcontains $_ }`,
        '"missing: $missing"',
        '"count: $($matches.Count)"',
      ])
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      expect(stdout).toBe(`missing: \ncount: ${names.length}\n`)
    },
  )

  it('quotes where PowerShell would read something else, and where a quote is open', () => {
    const home = createHome()
    writeNames(home)
    expect(
      press(home, [
        'assume Tea',
        "assume 'Tea",
        'assume "Tea',
        'assume Team` A',
        'assume dot',
        "assume 'dot",
        "assume 'it''",
        'assume "it\'',
        'assume --profile=Tea',
        'assume -p \u2018curly\u2019\u2019',
        'assume DOT',
      ]),
    ).toEqual([
      "|'Team A prod'|",
      "|'Team A prod'|",
      "|'Team A prod'|",
      "|'Team A prod'|",
      '|dot.ted|',
      "|'dot.ted'|",
      "|'it''s'|",
      "|'it''s'|",
      "|'--profile=Team A prod'|",
      "|'curly\u2019\u2019s \u2018\u2018x\u201a\u201a\u201b\u201b'|",
      '|dot.ted|',
    ])
  })

  it('tells what each is', () => {
    const lines = ['assume dev-p', 'assume lis', 'assume --no', 'assume env x --shell fi'].map(
      (line) => `(TabExpansion2 ${quote(line)} ${line.length}).CompletionMatches.ToolTip`,
    )
    const result = runScript(pwsh, start(), ['$null = assume list', ...lines])
    expect(result).toMatchObject({ status: 0, stderr: '' })
    expect(result.stdout.split('\n')).toEqual([
      '123456789011 FullAccess eu-west-1',
      'Show the profiles with account, role, region, kind and session.',
      'open nothing; switch even without a session',
      'fish',
      '',
    ])
  })

  it('knows the flag before it, the end of the options, and the middle of a line', () => {
    const home = start()
    home.writeAws('[profile --odd]\n[profile one]\n[profile list]\n')
    expect(
      press(home, [
        'assume -r us-gov-',
        'assume -p o',
        'assume --dry-run o',
        'assume one ',
        'assume -- --o',
        'assume list ',
        'assume list --j',
        'assume -p list --dry',
        'assume settings set assume_browser_profile ',
        'Get-Date; assume o',
        'if ($true) { assume o',
        '$x = assume o',
        'assume o,',
      ]),
    ).toEqual([
      '|us-gov-east-1|us-gov-west-1|',
      '|one|',
      '|one|',
      '|',
      '|--odd|',
      '|',
      '|--json|',
      '|--dry-run|',
      '|',
      '|one|',
      '|one|',
      '|one|',
      '|',
    ])
    const middle = runScript(pwsh, home, [
      "$answer = TabExpansion2 'assume oxx list' 8",
      '"$($answer.CompletionMatches.CompletionText) $($answer.ReplacementIndex) $($answer.ReplacementLength)"',
    ])
    expect(middle.stdout).toBe('one 7 3\n')
  })

  it('after exec PROFILE completes the command as if it were typed alone', () => {
    const home = start()
    home.write('some file', '')
    home.write('sub/inner', '')
    const completer =
      "Register-ArgumentCompleter -Native -CommandName zz -ScriptBlock { param($word, $ast) \"$ast/$word\".Replace(' ', '_') }"
    const alone = [
      'Get-ChildI',
      'zz ',
      'zz --fo',
      'zz one two',
      'zz -r:eu',
      'zz one,tw',
      'ls some',
      "ls 'some",
      'ls ./su',
      'ls sub/',
      'sh -c $HOM',
      'ls "$HOM',
    ]
    const leads = ['assume exec dev-profile ', 'Get-Date; assume exec -r us-east-1 dev-profile -- ']
    const expected = press(home, alone, [completer])
    expect(expected.every((answer) => answer !== '|')).toBe(true)
    for (const lead of leads) {
      expect(
        press(
          home,
          alone.map((line) => lead + line),
          [completer],
        ),
      ).toEqual(expected)
    }
  })

  it('does not get to see a word like -x after exec: PowerShell takes it for a parameter of the function', () => {
    const home = start()
    const completer = "Register-ArgumentCompleter -Native -CommandName zz -ScriptBlock { '-xy' }"
    expect(press(home, ['zz -x', 'assume exec dev-profile zz -x'], [completer])).toEqual(['|-xy|', '|'])
  })

  it('completes the options and the profile of exec itself', () => {
    expect(press(start(), ['assume exec --reg', 'assume exec -r us-east-', 'assume exec dev-p'])).toEqual([
      '|--region|',
      '|us-east-1|us-east-2|',
      '|dev-profile|',
    ])
  })
})

describeShells('the index', [pwsh], () => {
  /** A home whose index is fresh and names one profile more. */
  function startWithIndex(config = '.aws/config'): Home {
    const home = start()
    if (config !== '.aws/config') {
      home.write(config, readFileSync(join(home.path, '.aws/config')))
      rmSync(join(home.path, '.aws/config'))
      symlinkSync(join(home.path, config), join(home.path, '.aws/config'))
    }
    expect(runScript(pwsh, home, ['assume list']).stdout).toContain('dev-profile')
    const path = join(home.path, '.cache/assume/index')
    home.write('.cache/assume/index', `${readFileSync(path, 'utf8')}only-in-index\n`)
    return home
  }
  const isFresh = (home: Home, before: readonly string[] = []) =>
    press(home, ['assume only'], before)[0] === '|only-in-index|'
  const touch = (home: Home, time: string) =>
    execFileSync('touch', ['-d', `@${time}`, join(home.path, '.aws/config')])

  it('is read when the source has exactly the time that is written there, to 100 ns', () => {
    const home = start()
    touch(home, '1700000000.123456700')
    expect(runScript(pwsh, home, ['assume list']).stdout).toContain('dev-profile')
    const path = join(home.path, '.cache/assume/index')
    home.write('.cache/assume/index', `${readFileSync(path, 'utf8')}only-in-index\n`)
    expect(isFresh(home)).toBe(true)
    for (const time of ['1700000000.123456800', '1700000000.123456600', '1700000001.123456700']) {
      touch(home, time)
      expect(isFresh(home)).toBe(false)
    }
    touch(home, '1700000000.123456700')
    expect(isFresh(home)).toBe(true)
  })

  it('is read when the config file is a link, and follows what it leads to', () => {
    const home = startWithIndex('dotfiles/aws-config')
    expect(isFresh(home)).toBe(true)
    home.write('dotfiles/aws-config', '[profile new]\n')
    execFileSync('touch', ['-d', '2020-01-01', join(home.path, 'dotfiles/aws-config')])
    expect(isFresh(home)).toBe(false)
  })

  it('is not read without its stamps, in another environment, or cut off', () => {
    const home = startWithIndex()
    expect(isFresh(home, ["$Env:XDG_CONFIG_HOME = '/elsewhere'"])).toBe(false)
    const cache = join(home.path, '.cache/assume')
    const stamps = readdirSync(cache).find((name) => name.startsWith('index-')) as string
    renameSync(join(cache, stamps), join(cache, 'away'))
    expect(isFresh(home)).toBe(false)
    renameSync(join(cache, 'away'), join(cache, stamps))
    expect(isFresh(home)).toBe(true)
    home.write('.cache/assume/index', readFileSync(join(cache, 'index'), 'utf8').slice(0, 40))
    expect(isFresh(home)).toBe(false)
  })

  it('lies in XDG_CACHE_HOME, and on Windows in LOCALAPPDATA', () => {
    const home = startWithIndex()
    cpSync(join(home.path, '.cache/assume'), join(home.path, 'x/assume'), { recursive: true })
    cpSync(join(home.path, '.cache/assume'), join(home.path, 'local/assume/cache'), { recursive: true })
    rmSync(join(home.path, '.cache/assume'), { recursive: true })
    expect(isFresh(home)).toBe(false)
    expect(isFresh(home, ['$Env:XDG_CACHE_HOME = "$HOME/x"'])).toBe(true)
    const windows = '& (Get-Module Assume) { . $script:initialize; $script:onWindows = $true }'
    expect(isFresh(home, [windows, '$Env:LOCALAPPDATA = "$HOME/local"'])).toBe(true)
  })

  it('is not needed: the profiles of both files are found by their headers', () => {
    const home = createHome()
    home.write(
      'work.config',
      [
        '\ufeff[default]',
        '[profile plain] # note',
        "[ profile 'two words' ]\r",
        '[profile "three\tx words"];',
        '[profile bad name]',
        '[sso-session no]',
        ' [profile indented]',
        '[profile esc\u001b]',
        "[profile 'esc\u001b']",
        '[profile plain]',
        '[plain2]',
      ].join('\n'),
    )
    home.write('.aws/credentials', '[static]\n[default]\n[profile in credentials]\n[ spaced ]\r\n')
    const lines = press(home, ['assume env '], ["$Env:AWS_CONFIG_FILE = '~/work.config'"])
    expect(lines).toEqual(["|default|plain|'two words'|static|spaced|"])
  })
})
