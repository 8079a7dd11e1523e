import { chmodSync, cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { emitPowerShellMessage } from '../../src/emit/powershell.ts'
import { createHome, type Home, repository } from '../support/home.ts'
import { startSession } from '../support/session.ts'
import { awsOf, describeShells, dumpTo, readDump, runScript } from '../support/shell.ts'
import { hostedPwsh as pwsh } from '../support/shells/pwsh.ts'

const folder = join(repository, 'shell/powershell/Assume')
const files = readdirSync(folder)
const { quote } = pwsh
/** A process of its own, in whose global scope the script stands: one that defines a prompt. */
const ownProcess = { arguments: pwsh.scriptArguments }

function start(): Home {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  return home
}

/** Runs lines that all go well, and returns what they print. */
function run(home: Home, lines: readonly string[], options?: Parameters<typeof runScript>[3]): string[] {
  const { status, stdout, stderr } = runScript(pwsh, home, lines, options)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout.trimEnd().split('\n')
}

describeShells('the module', [pwsh], () => {
  it('has a manifest that PowerShell accepts, with the version of the package', () => {
    const lines = run(start(), [
      `$manifest = Test-ModuleManifest ${quote(join(folder, 'Assume.psd1'))}`,
      '"$($manifest.Version) $($manifest.PowerShellVersion) $($manifest.CompatiblePSEditions)"',
      "(Get-Module Assume).ExportedCommands.Keys -join ' '",
      'assume dev-profile',
      `Import-Module ${quote(join(folder, 'Assume.psd1'))}`,
      "(Get-Command -Module Assume).Name -join ' '",
      "'variables ' + (Get-Module Assume).ExportedVariables.Count",
      "'aliases ' + (Get-Module Assume).ExportedAliases.Count",
    ])
    const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'))
    const functions = 'assume Enable-AssumeDirectories Enable-AssumePrompt Get-AssumePrompt'
    expect(lines).toEqual([`${version} 5.1 Desktop Core`, functions, functions, 'variables 0', 'aliases 0'])
  })

  it.each(files)('%s is ASCII, parses, and has nothing that Windows PowerShell 5.1 cannot read', (file) => {
    expect(readFileSync(join(folder, file), 'utf8')).toMatch(/^[\n\x20-\x7e]*$/)
    const lines = run(start(), [
      '$tokens = $errors = $null',
      `$ast = [Management.Automation.Language.Parser]::ParseFile(${quote(join(folder, file))}, [ref]$tokens, [ref]$errors)`,
      '"errors $($errors.Count)"',
      "$new = 'QuestionMark', 'QuestionQuestion', 'QuestionQuestionEquals', 'QuestionDot', 'QuestionLBracket', 'AndAnd', 'OrOr', 'Clean'",
      '"new $(@($tokens | Where-Object { "$($_.Kind)" -in $new }).Count)"',
      '"some $($tokens.Count -gt 10)"',
    ])
    expect(lines).toEqual(['errors 0', 'new 0', 'some True'])
  })

  it('keeps its state when it is imported again, by force or after it was removed', () => {
    const home = start()
    const again = [
      `Import-Module -Force ${quote(join(folder, 'Assume.psd1'))}`,
      `Remove-Module Assume; Import-Module ${quote(join(folder, 'Assume.psd1'))}`,
    ]
    for (const statement of again) {
      run(home, [
        "$Env:AWS_REGION = 'mars-north-1'",
        'assume dev-profile',
        statement,
        'assume test-profile',
        statement,
        'assume -',
        dumpTo(pwsh, home, 'back'),
        statement,
        'assume --unset',
        dumpTo(pwsh, home, 'after'),
      ])
      expect(awsOf(readDump(home, 'back'))).toMatchObject({ AWS_PROFILE: 'dev-profile' })
      expect(awsOf(readDump(home, 'after'))).toEqual({ AWS_REGION: 'mars-north-1' })
    }
  })

  it('takes the place of an alias of the same name', () => {
    const home = start()
    const lines = run(home, ['assume dev-profile', '$Env:AWS_PROFILE', '(Get-Command assume).CommandType'], {
      before: ['Set-Alias -Scope Global -Name assume -Value Get-Date'],
    })
    expect(lines).toEqual(['dev-profile', 'Function'])
  })
})

/** What makes each session hostile, and what takes that back. */
const hostile = new Map([
  ['Set-StrictMode -Version Latest', 'Set-StrictMode -Off'],
  ["$ErrorActionPreference = 'Stop'", "$ErrorActionPreference = 'Continue'"],
  ['$PSNativeCommandUseErrorActionPreference = $true', '$PSNativeCommandUseErrorActionPreference = $false'],
  ["$ConfirmPreference = 'Low'", "$ConfirmPreference = 'High'"],
  ['$WhatIfPreference = $true', '$WhatIfPreference = $false'],
  [
    "$PSDefaultParameterValues = @{ '*:ErrorAction' = 'Stop'; '*-Item:WhatIf' = $true; 'ConvertFrom-Json:AsHashtable' = $true }",
    '$PSDefaultParameterValues = @{}',
  ],
  ["$OFS = ':'", "$OFS = ' '"],
  ["$PSNativeCommandArgumentPassing = 'Legacy'", "$PSNativeCommandArgumentPassing = 'Standard'"],
])

describeShells('a hostile session', [pwsh], () => {
  const settings = [...hostile.keys()]
  /** The script stands in the global scope, as what is typed does. */
  const typed = ['-NoProfile', '-NonInteractive', '-Command', '.']
  const cut = "[Console]::Error.WriteLine('CUT'); 'CUT'"
  let answers: ReturnType<typeof tryEach> | undefined

  /** What one PowerShell says under each of the settings, which loads assume anew for each. */
  function tryEach(lines: readonly string[]) {
    const rounds = [...hostile].flatMap(([setting, back]) => [
      cut,
      'Remove-Module Assume',
      setting,
      pwsh.load,
      ...lines,
      back,
    ])
    const { status, stdout, stderr } = runScript(pwsh, start(), rounds, { arguments: typed })
    expect({ status, stderr: stderr.slice(0, 2000) }).toMatchObject({ status: 0 })
    const split = (text: string) => text.split('CUT\n').slice(1)
    return new Map(
      settings.map((setting, index) => [
        setting,
        { stdout: split(stdout)[index] ?? '', stderr: split(stderr)[index] ?? '' },
      ]),
    )
  }

  it.each(settings)('with %s switches, fails, goes back and restores as ever', (setting) => {
    answers ??= tryEach([
      "[IO.File]::WriteAllText((Join-Path $HOME 'err'), '')",
      "$Env:AWS_DEFAULT_REGION = ''",
      'Enable-AssumePrompt',
      'assume dev-profile; "$LASTEXITCODE $Env:AWS_PROFILE"',
      '$null = prompt',
      'assume exec dev-profile false; $LASTEXITCODE',
      "assume test-profile '--region' 'eu-west-1'; $Env:AWS_PROFILE",
      'assume -; $Env:AWS_PROFILE',
      "@((TabExpansion2 'assume test' 11).CompletionMatches)[0].CompletionText",
      "@((TabExpansion2 'assume --reg' 12).CompletionMatches)[0].CompletionText",
      "@(assume list | Where-Object { $_ -match 'dev-profile' }).Count",
      'assume --unset; "$LASTEXITCODE <$Env:AWS_PROFILE$Env:AWS_DEFAULT_REGION>"',
    ])
    const expected = [
      '0 dev-profile',
      '1',
      'test-profile',
      'dev-profile',
      'test-profile',
      '--region',
      '1',
      '0 <>',
    ]
    const { stdout, stderr } = answers.get(setting) ?? {}
    expect({ stdout: stdout?.trimEnd().split('\n'), stderr }).toEqual({ stdout: expected, stderr: '' })
  })

  it('with all of them is refused as ever, and no error is thrown', () => {
    const { status, stdout, stderr } = runScript(
      pwsh,
      start(),
      ['assume nope', '"refused $LASTEXITCODE"', 'assume -', '"none $LASTEXITCODE"'],
      { before: settings, arguments: typed },
    )
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'refused 2\nnone 2\n' })
    expect(stderr).toMatch(
      /^assume: there is no profile nope\n[\s\S]*assume: there is no earlier switch in this shell\n$/,
    )
    expect(stderr).not.toContain('Exception')
  })
})

describeShells('what the other shells have and PowerShell has not:', [pwsh], () => {
  it('unexported environment variables: a variable is of the session or of the environment, never both', () => {
    const home = start()
    const lines = run(home, [
      "$AWS_REGION = 'of the session'; $Env:AWS_PROFILE = 'of the environment'",
      'assume dev-profile; "$AWS_REGION, $Env:AWS_REGION"',
      'assume --unset; "$AWS_REGION, $Env:AWS_PROFILE"',
      dumpTo(pwsh, home, 'after'),
    ])
    expect(lines).toEqual(['of the session, eu-west-1', 'of the session, of the environment'])
    expect(awsOf(readDump(home, 'after'))).toEqual({ AWS_PROFILE: 'of the environment' })
  })

  it('subshells: a switch in a block, a function or a pipeline is one of the shell', () => {
    const lines = run(start(), [
      '& { assume dev-profile }; $Env:AWS_PROFILE',
      'function inner { assume test-profile }; inner; $Env:AWS_PROFILE',
      "'dev-profile' | ForEach-Object { assume $_ }; $Env:AWS_PROFILE",
      '$(assume -); $Env:AWS_PROFILE',
    ])
    expect(lines).toEqual(['dev-profile', 'test-profile', 'dev-profile', 'test-profile'])
  })

  it('set -a: what the module keeps never gets into the environment', () => {
    const home = start()
    run(home, [
      "$Env:AWS_SECRET_ACCESS_KEY = 'of before'",
      'assume dev-profile',
      'assume test-profile',
      dumpTo(pwsh, home, 'at'),
    ])
    expect([...readDump(home, 'at').values()]).not.toContain('of before')
    expect([...readDump(home, 'at').keys()].filter((name) => /assume/i.test(name)).sort()).toEqual([
      'ASSUME_ACCOUNT_ID',
      'ASSUME_PROFILE',
      'ASSUME_ROLE_NAME',
      'ASSUME_VARS',
    ])
  })

  it('read-only environment variables: a read-only variable of the session is another one', () => {
    const lines = run(start(), [
      "Set-Variable -Name AWS_REGION -Value fixed -Option ReadOnly -Scope Global; $Env:AWS_REGION = 'x'",
      'assume dev-profile; "$LASTEXITCODE $AWS_REGION $Env:AWS_REGION"',
    ])
    expect(lines).toEqual(['0 fixed eu-west-1'])
  })
})

describeShells('which core', [pwsh], () => {
  /** A copy of the module where no installation is around it, and programs that say where they are. */
  function scatter(home: Home): (name: string) => string {
    cpSync(folder, join(home.path, 'a/b/c/Assume'), { recursive: true })
    return (name) => {
      const path = home.write(name, `#!/bin/sh\necho "${name} $*"\n`)
      chmodSync(path, 0o755)
      return path
    }
  }
  const load = "Remove-Module Assume; Import-Module (Join-Path $HOME 'a/b/c/Assume/Assume.psd1')"

  it("is that of its own installation, else the user's own, else the one on PATH", () => {
    const home = start()
    const place = scatter(home)
    place('bin/assume')
    const onPath = { env: { PATH: `${home.path}/bin:${process.env['PATH']}` } }
    expect(run(home, [load, 'assume list x'], onPath)).toEqual(['bin/assume list x'])
    place('.local/share/assume/bin/assume')
    expect(run(home, [load, 'assume list x'], onPath)).toEqual(['.local/share/assume/bin/assume list x'])
    place('data/assume/bin/assume')
    const data = { env: { XDG_DATA_HOME: `${home.path}/data` } }
    expect(run(home, [load, 'assume list x'], data)).toEqual(['data/assume/bin/assume list x'])
    place('a/bin/assume')
    place('a/dist/main.js')
    expect(run(home, [load, 'assume list x'], data)).toEqual(['a/bin/assume list x'])
  })

  it('on Windows is node with the bundle', () => {
    const home = start()
    const place = scatter(home)
    const find = [
      load,
      '& (Get-Module Assume) { . $script:initialize; $script:onWindows = $true; (Find-AssumeCore "$HOME/a") -join \' \' }',
    ]
    const env = { LOCALAPPDATA: `${home.path}/local`, PATH: `${home.path}/bin:${process.env['PATH']}` }
    const path = place('bin/assume')
    expect(run(home, find, { env })).toEqual([path])
    const bundle = place('local/assume/dist/main.js')
    expect(run(home, find, { env })).toEqual([`node ${bundle}`])
    expect(run(home, find, { env })).toEqual([`node ${bundle}`])
    const own = place('a/dist/main.js')
    expect(run(home, find, { env })).toEqual([`node ${own}`])
    home.write('a/dist/main.js', 'console.log(process.argv.slice(2).join())')
    const call = '& (Get-Module Assume) { . $script:initialize; $script:onWindows = $true }; assume list one'
    expect(run(home, [load, call], { env })).toEqual(['list,one'])
  })
})

describeShells('the prompt', [pwsh], () => {
  const esc = '\u001b'
  const show = "(prompt) -replace [char]27, 'ESC'"

  it('has the segment once in front of what it was, also of a theme', () => {
    const lines = run(
      start(),
      [
        "function prompt { 'one'; 'two' }",
        'Enable-AssumePrompt; Enable-AssumePrompt',
        'prompt',
        'assume dev-profile',
        show,
        // zoxide and its like wrap what they find; then the outermost shows the segment.
        '$found = $function:prompt; function prompt { "theme " + (& $found)[0] }',
        show,
        'Enable-AssumePrompt',
        show,
        'Remove-Module Assume',
        show,
        pwsh.load,
        show,
        'function prompt { }',
        'Enable-AssumePrompt',
        show,
      ],
      ownProcess,
    )
    const segment = 'ESC[36m(dev-profile) ESC[0m'
    expect(lines).toEqual([
      ...['one', 'two'],
      ...[`${segment}one`, 'two'],
      `theme ${segment}one`,
      `${segment}theme one`,
      `theme ${segment}one`,
      `${segment}theme one`,
      `${segment}PS>`,
    ])
  })

  it('is given back when the module is removed', () => {
    const lines = run(
      start(),
      [
        "function prompt { 'mine' }",
        "Enable-AssumePrompt; Enable-AssumePrompt; $Env:AWS_PROFILE = 'x'",
        'Remove-Module Assume; prompt; $function:prompt.ToString().Trim()',
      ],
      ownProcess,
    )
    expect(lines).toEqual(['mine', "'mine'"])
  })

  it('knows the keys that a switch set from others', () => {
    const home = start()
    cpSync(folder, join(home.path, 'a/b/c/Assume'), { recursive: true })
    const set = {
      AWS_ACCESS_KEY_ID: 'AKIAOURS',
      ASSUME_PROFILE: 'keys',
      ASSUME_VARS: 'AWS_ACCESS_KEY_ID ASSUME_PROFILE',
    }
    const change = { set: Object.entries(set), unset: [] }
    const text = emitPowerShellMessage({ change, repeat: ['keys'], message: 'm' })
    home.write('switch', text)
    home.write('a/dist/main.js', '')
    chmodSync(home.write('a/bin/assume', '#!/bin/sh\ncat switch\n'), 0o755)
    const load = "Remove-Module Assume; Import-Module (Join-Path $HOME 'a/b/c/Assume/Assume.psd1')"
    const lines = run(
      home,
      [
        load,
        'assume ours; Get-AssumePrompt',
        `${load}; Get-AssumePrompt`,
        "$Env:AWS_ACCESS_KEY_ID = 'akiaours'; Get-AssumePrompt",
        'assume -u; "<$(Get-AssumePrompt)>"',
      ],
      { env: { NO_COLOR: '1' } },
    )
    expect(lines).toEqual(['(keys) ', '(keys) ', '(keys from elsewhere) ', '<>'])
  })

  it('finds $? and $LASTEXITCODE as they were', () => {
    const lines = run(
      start(),
      [
        'function prompt { "$? $LASTEXITCODE" }',
        "Enable-AssumePrompt; $Env:NO_COLOR = '1'; $Env:AWS_PROFILE = 'x'",
        '/bin/sh -c "exit 3"',
        'prompt',
        '"$LASTEXITCODE"',
        'Get-Item -LiteralPath nope -ErrorAction SilentlyContinue',
        'prompt',
        '$null = 1',
        'prompt',
        '$Error.Count',
      ],
      ownProcess,
    )
    expect(lines).toEqual(['(x, by hand) False 3', '3', '(x, by hand) False 3', '(x, by hand) True 3', '1'])
  })

  it('is coloured, red where protected, and not with NO_COLOR or TERM=dumb', () => {
    const lines = run(start(), [
      "$Env:AWS_PROFILE = 'x'",
      'Get-AssumePrompt',
      "$Env:ASSUME_STYLE = 'protected'; Get-AssumePrompt",
      "$Env:NO_COLOR = '1'; Get-AssumePrompt; $Env:NO_COLOR = ''",
      "$Env:TERM = 'dumb'; Get-AssumePrompt",
      '(Get-AssumePrompt).GetType().Name; $Env:AWS_PROFILE = $null; (Get-AssumePrompt).GetType().Name',
    ])
    expect(lines).toEqual([
      `${esc}[36m(x, by hand) ${esc}[0m`,
      `${esc}[31m(x, by hand) ${esc}[0m`,
      '(x, by hand) ',
      '(x, by hand) ',
      'String',
      'String',
    ])
  })
})

describeShells('a profile with a hostile name', [pwsh], () => {
  it('is text everywhere', () => {
    const home = start()
    const name = 'x$(touch PWN)`touch PWN2`%n\\u\u001b]0;owned\u0007"\u2018\u2019\u201a\u201b{0}'
    const helper = 'credential_process = /bin/true\n'
    home.writeAws(`[profile '${name}']\nregion = eu-west-1\n${helper}[profile xenon]\n${helper}`)
    const lines = run(home, [
      `$name = ConvertFrom-Json '${JSON.stringify(name).replace(/['\u2018-\u201b]/g, '$&$&')}'`,
      'Enable-AssumePrompt',
      "assume -p $name; $Env:AWS_PROFILE -ceq $name; $Env:NO_COLOR = '1'",
      'prompt',
      'assume xenon; assume -; $Env:AWS_PROFILE -ceq $name; $global:__AssumeState.Now',
      'assume list',
      "$line = 'assume x'; (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText",
      '$Env:AWS_PROFILE = "$name by hand"; prompt',
      'assume --unset',
    ])
    const seen = lines.join('\n')
    expect(lines[0]).toBe('True')
    expect(lines[1]).toMatch(
      /^\(x\$\(touch PWN\)`touch PWN2`%n\\u\?\]0;owned\?"\u2018\u2019\u201a\u201b\{0\}\) /,
    )
    expect(lines[2]).toBe('True')
    expect(lines[3]).toBe(`--profile=${name}`)
    expect(seen.replace(lines[3] as string, '')).not.toContain('\u001b')
    expect(lines).toContain('xenon')
    expect(existsSync(join(home.path, 'PWN')) || existsSync(join(home.path, 'PWN2'))).toBe(false)
  })
})

describeShells('in a terminal', [pwsh], (shell) => {
  it('only what can be a switch is captured', async () => {
    const session = await startSession(shell, start())
    const program = '[0,1,2].map(require("tty").isatty).join()'
    await session.run(`$program = ${quote(program)}`, '')
    await session.run('assume exec dev-profile -- node -p $program', '')
    expect(session.terminal.text()).toMatch(/^true,true,true$/m)
  })

  it('the message goes to stderr, and ASSUME_QUIET silences it', async () => {
    const session = await startSession(shell, start())
    await session.run('assume dev-profile | Out-Null', '(dev-profile) ')
    expect(session.terminal.text()).toContain('dev-profile \u00b7 123456789011')
    await session.run("$Env:ASSUME_QUIET = '1'; assume test-profile", '(test-profile) ')
    expect(session.terminal.text()).not.toContain('test-profile \u00b7')
  })

  it('Ctrl-C in the picker leaves the environment untouched, with 130', async () => {
    const home = start()
    const session = await startSession(shell, home)
    await session.run(`$Env:AWS_REGION = 'x'; ${dumpTo(shell, home, 'before')}`, '')
    session.terminal.type('assume\r')
    await session.terminal.waitFor('ReadOnly')
    session.terminal.type('\u0003')
    await session.prompt('')
    await session.run(`"status $LASTEXITCODE"; ${dumpTo(shell, home, 'after')}`, '')
    expect(session.terminal.text()).toMatch(/^status 130$/m)
    expect(readDump(home, 'after')).toEqual(readDump(home, 'before'))
  })

  it('TAB that finds nothing leaves the line alone, without the names of files', async () => {
    const home = start()
    home.write('zz-file', '')
    const session = await startSession(shell, home)
    session.terminal.type('assume zz\t!')
    await session.terminal.waitFor('assume zz!')
    session.terminal.type('\u0015')
    // The one is PowerShell's own complaint about the empty answer, which PSReadLine swallows (PowerShell#27398).
    await session.run('"errors <$($Error.Count)>"', '')
    expect(session.terminal.text()).not.toContain('zz-file')
    expect(session.terminal.text()).toMatch(/errors <[01]>/)
  })
})
