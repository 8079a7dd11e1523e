import { chmodSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createHome, type Home } from '../support/home.ts'
import { awsOf, describeShells, dumpTo, readDump, runScript } from '../support/shell.ts'
import { hostedPwsh as pwsh } from '../support/shells/pwsh.ts'

/** A home whose program `show` prints its words as JSON, and files that a wildcard could match. */
function start(): Home {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  const program = '#!/usr/bin/env node\nconsole.log(JSON.stringify(process.argv.slice(2)))\n'
  chmodSync(home.write('show', program), 0o755)
  home.write('a.txt', '')
  return home
}

/** What a program gets, by what is typed. */
const table: readonly (readonly [typed: string, words: readonly string[]])[] = [
  ['012345 0 007', ['012345', '0', '007']],
  ['3.10 1e3 0.0 -3.10', ['3.10', '1e3', '0.0', '-3.10']],
  ['0x10 1kb 1l', ['0x10', '1kb', '1l']],
  ['(6 * 7) $true', ['42', 'True']],
  ["'*' '*.txt' 'a.???' '[a].txt'", ['*', '*.txt', 'a.???', '[a].txt']],
  ['* *.txt', ['*', '*.txt']],
  ["~ '~' ~/x '~root'", ['~', '~', '~/x', '~root']],
  ["'' x ''", ['', 'x', '']],
  ["''", ['']],
  ['$null x $null', ['x']],
  [`'a"b' '"' "it's" 'a\\"b\\' '\\'`, ['a"b', '"', "it's", 'a\\"b\\', '\\']],
  ['\'two words\' "tab`tline`nend"', ['two words', 'tab\tline\nend']],
  ['-p:x -p:012 -p:3.10 -p:a,b -p:$null -p:$true', ['-p:x', '-p:012', '-p:3.10', '-p:a,b', '-p:', '-p:True']],
  ["-p:'*' --p:x '-p:' x --p=x -p x", ['-p:*', '--p:x', '-p:', 'x', '--p=x', '-p', 'x']],
  ["a,b a,'b c',d", ['a,b', 'a,b c,d']],
  ["'-a.b' -a", ['-a.b', '-a']],
  ["-- x -- y '--'", ['x', '--', 'y', '--']],
  ["-- -p:x `\n -t:$(6 * 7) '-q:' x: y -v: z", ['-p:x', '-t:42', '-q:', 'x:', 'y', '-v:', 'z']],
  [
    "'--%' '%PATH%' '$HOME' '`' '#' '@x' ';' '|' '&'",
    ['--%', '%PATH%', '$HOME', '`', '#', '@x', ';', '|', '&'],
  ],
  ["'caf\u00e9' '\u65e5' '\u2018\u2018' '\ud83d\ude00'", ['caf\u00e9', '\u65e5', '\u2018', '\ud83d\ude00']],
]

describeShells('the words of a command', [pwsh], (shell) => {
  it('arrive as they were typed', () => {
    const home = start()
    const lines = table.map(([typed]) => `assume exec dev-profile ./show ${typed}`)
    const { status, stdout, stderr } = runScript(shell, home, lines)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const words = stdout.trimEnd().split('\n')
    expect(words.map((line, index) => [table[index]?.[0], JSON.parse(line)])).toEqual(table)
  })

  it('arrive the same from a function that passes its own on', () => {
    const home = start()
    const result = runScript(shell, home, [
      'function with { assume exec dev-profile ./show @args }',
      "with -p:x 012 '*' a,b ''",
    ])
    expect(JSON.parse(result.stdout)).toEqual(['-p:x', '012', '*', 'a,b', ''])
  })

  it('lose what PowerShell itself has forgotten: the first --, the text of numbers in a list, -a.b', () => {
    const home = start()
    const typed = ['kubectl -- sh', '01,0x2', '-a.b']
    const result = runScript(
      shell,
      home,
      typed.map((words) => `assume exec dev-profile ./show ${words}`),
    )
    const words = result.stdout.trimEnd().split('\n')
    expect(words.map((line) => JSON.parse(line))).toEqual([['kubectl', 'sh'], ['1,2'], ['-a', '.b']])
    const remedy = runScript(shell, home, ["assume exec dev-profile -- ./show kubectl -- sh '01,0x2' '-a.b'"])
    expect(JSON.parse(remedy.stdout)).toEqual(['kubectl', '--', 'sh', '01,0x2', '-a.b'])
  })

  it('that name a profile do so exactly', () => {
    const home = start()
    const names = ['012345', '3.10', '0x10', '*', '~', '[ab]', 'a,b', 'it\u2019s "so"', '-x', ' ']
    const valid = names.filter((name) => name !== ' ')
    home.writeAws(
      valid
        .map((name) => (name.includes('"') ? `[profile '${name}']` : `[profile "${name}"]`))
        .map((header) => `${header}\ncredential_process = /bin/true\n`)
        .join(''),
    )
    const typed = [
      '012345',
      '3.10',
      '0x10',
      '*',
      '~',
      "'[ab]'",
      'a,b',
      '\'it\u2019\u2019s "so"\'',
      '--profile=-x',
    ]
    const { status, stderr } = runScript(shell, home, [
      ...typed.flatMap((word, index) => [
        `assume ${word}`,
        shell.expectStatus(0),
        dumpTo(shell, home, `at-${index}`),
      ]),
    ])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    for (const [index, name] of valid.entries()) {
      const { AWS_PROFILE } = awsOf(readDump(home, `at-${index}`))
      expect(Buffer.from(AWS_PROFILE ?? '', 'latin1').toString()).toBe(name)
    }
  })

  it('travel in a variable that no program sees and that is gone afterwards', () => {
    const home = start()
    const result = runScript(shell, home, [
      `assume exec dev-profile sh -c 'env | grep ^ASSUME_ARG; echo "$# $1"' '*' '*'`,
      "assume 'no such *'",
      "'left: ' + ((Get-ChildItem Env:ASSUME_*).Name -join ' ')",
    ])
    expect(result.stdout).toBe('1 *\nleft: \n')
    expect(result.stderr).toContain('no such *')
  })

  it('are not taken from a variable that happens to be there', () => {
    const home = start()
    const result = runScript(shell, home, ['assume exec dev-profile ./show mine'], {
      env: { ASSUME_ARGUMENTS: '["list"]' },
    })
    expect(JSON.parse(result.stdout)).toEqual(['mine'])
  })
})

describeShells('what goes in and out', [pwsh], (shell) => {
  it('is a pipeline on both sides', () => {
    const home = start()
    const { status, stdout, stderr } = runScript(shell, home, [
      "'one', 'two' | assume exec dev-profile cat | ForEach-Object { \"<$_>\" }",
      'assume list | Select-Object -First 1 | ForEach-Object { $_.Substring(0, 7) }',
      "$plan = assume test-profile --dry-run; $plan[0].GetType().Name; @($plan -match 'set +AWS_PROFILE').Count",
    ])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout.split('\n')).toEqual(['<one>', '<two>', 'PROFILE', 'String', '1', ''])
  })

  it('leaves the errors of the core on stderr, with its status', () => {
    const home = start()
    const { stdout, stderr } = runScript(shell, home, [
      '$out = assume nope; "out: $out $LASTEXITCODE"',
      'assume exec dev-profile sh -c "exit 7"; "exec: $LASTEXITCODE"',
      'assume -; "none: $LASTEXITCODE"',
      'assume --unset; "unset: $LASTEXITCODE"',
      'assume list --nope; "usage: $LASTEXITCODE"',
    ])
    expect(stdout.split('\n')).toEqual(['out:  2', 'exec: 7', 'none: 2', 'unset: 0', 'usage: 2', ''])
    expect(stderr).toContain('no profile nope')
    expect(stderr).toContain('no earlier switch')
  })
})
