import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type Home, repository } from '../../support/home.ts'
import { awsOf, describeShells, dumpTo, readDump, runScript } from '../../support/shell.ts'
import { hostedPwsh, pwsh } from '../../support/shells/pwsh.ts'
import { describeEveryday } from './everyday.ts'
import { makeOddFiles } from './odd-files.ts'
import { describeDirectories } from './scenarios.ts'
import { describeSurroundings } from './surroundings.ts'
import { type Follower, makeFolders, startHome } from './walk.ts'

const file = join(repository, 'shell/powershell/Assume/Assume.psd1')

async function start(): Promise<Home> {
  const home = await startHome({
    one: { text: 'one\n' },
    two: { text: 'two\nus-east-1\n', name: '.awsprofile' },
    none: { text: '# nothing here\nnone' },
  })
  makeFolders(home, 'one/sub')
  return home
}

/** Says which profile is in force, by which region, and whose choice it was. */
const show = '"[$env:AWS_PROFILE] $env:ASSUME_PROFILE $env:AWS_REGION $(Get-AssumePrompt)"'
const [none, one, two] = ['[]   ', '[one] one eu-west-1 (one ./) ', '[two] two us-east-1 (two ./) ']
const enable = 'Import-Module PSReadLine; Enable-AssumeDirectories'

/** Runs lines in a session that takes itself for one that somebody types in, and returns what they print. */
function run(home: Home, lines: readonly string[]): { said: string[]; stderr: string } {
  const result = runScript(hostedPwsh, home, [enable, ...lines], { env: { NO_COLOR: '1' } })
  expect(result.status).toBe(0)
  return { said: result.stdout.split('\n').slice(0, -1), stderr: result.stderr }
}

const follower: Follower = {
  shell: pwsh,
  startFile: '.config/powershell/profile.ps1',
  watch: 'Enable-AssumeDirectories',
  define: (name, command) => `function ${name} { ${command} @args }`,
  goTo: (path) => `cd -LiteralPath ${pwsh.quote(path)}`,
}

describeDirectories(follower)

describeEveryday(follower)

describeSurroundings(follower, {
  playHook: (variable) =>
    [
      'function play_hook($folder = "$PWD") {',
      '  if ("$folder/".StartsWith("$HOME/env/")) {',
      `    if ($env:${variable}) { return }`,
      '    $global:playWas = $env:AWS_PROFILE',
      `    $env:AWS_PROFILE = 'theirs'; $env:${variable} = 'on'`,
      `  } elseif ($env:${variable}) {`,
      `    $env:AWS_PROFILE = $global:playWas; $env:${variable} = $null`,
      '  }',
      '}',
    ].join('\n'),
  // As mise does it.
  hook: (name, place) =>
    [
      `$inner = $function:prompt; function prompt { ${name}; & $inner }`,
      ...(place === 'before'
        ? [
            '$commands = $ExecutionContext.SessionState.InvokeCommand',
            `$hook = [EventHandler[Management.Automation.LocationChangedEventArgs]] { param($source, $change) ${name} $change.NewPath }`,
            '$commands.LocationChangedAction = [Delegate]::Combine($commands.LocationChangedAction, $hook)',
          ]
        : []),
    ].join('\n'),
  isLast: true,
  playedDirenv: [
    '$global:playWas = @{}',
    'function play_hook($folder = "$PWD") {',
    "  $at = if ($folder -cmatch '/(use|bare|region|plain)\\z') { $Matches[1] }",
    '  if ($env:DIRENV_DIR -ceq $at) { return }',
    '  foreach ($name in $playWas.Keys) { Set-Item Env:$name $playWas[$name] }',
    '  $playWas.Clear()',
    '  $set = switch ($at) {',
    "    region { @{ AWS_REGION = 'mars' } }",
    "    plain { @{ AWS_REGION = 'venus' } }",
    "    { $_ -cin 'use', 'bare' } { @{ AWS_PROFILE = 'bare'; AWS_REGION = $null; AWS_DEFAULT_REGION = $null } }",
    '  }',
    '  if ($at) { $set.DIRENV_DIR = $at }',
    '  foreach ($name in $set.Keys) {',
    '    $playWas[$name] = [Environment]::GetEnvironmentVariable($name)',
    '    Set-Item Env:$name $set[$name]',
    '  }',
    '}',
  ].join('\n'),
  hostile: [
    [
      'Set-StrictMode -Version Latest',
      "$ErrorActionPreference = 'Stop'",
      '$PSNativeCommandUseErrorActionPreference = $true',
      "$OFS = ':'",
    ],
    [
      "$VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'",
      "$WarningPreference = 'Stop'",
      "$PSDefaultParameterValues = @{ '*:ErrorAction' = 'Stop'; '*:Verbose' = $true }",
      "foreach ($name in 'Write-Error', 'Get-Module', 'Join-Path') { Set-Alias $name Get-Nothing }",
      "$ConfirmPreference = 'Low'",
    ],
  ],
  status: {
    fail: (code) => `sh -c 'exit ${code}'`,
    show: '"$? $LASTEXITCODE"',
    code: '"$LASTEXITCODE"',
    shown: ['False 7', 'False 7', 'False 3'],
  },
})

describeShells('the profile of a directory', [hostedPwsh], () => {
  it('is that of the folder that a drive or a script block leads to, and no other provider is asked', async () => {
    const home = await start()
    const lines = [
      `$null = New-PSDrive -Scope Global -Name Work -PSProvider FileSystem -Root ${pwsh.quote(`${home.path}/one`)}`,
      ...['cd Work:/sub', 'cd Env:', `& { Set-Location ${pwsh.quote(home.path)} }`, 'cd Variable:'].flatMap(
        (line) => [line, show],
      ),
      `cd ${pwsh.quote(home.path)}; Remove-PSDrive Work`,
    ]
    expect(run(home, lines)).toEqual({ said: [one, one, none, none], stderr: '' })
  })

  it('gives back what was there, keys and all that an earlier switch knows', async () => {
    const home = await start()
    const look = (name: string) => [
      dumpTo(pwsh, home, name),
      '$s = $__AssumeState; "$($s.Key) $($s.Now) $($s.Back) $($s.RenewAt) $(($s.Saved.Keys | Sort-Object | ForEach-Object { "$_=$($s.Saved[$_])" }) -join " ")"',
    ]
    const { said } = run(home, [
      "$env:AWS_REGION = 'mars-north-1'; $env:AWS_SESSION_TOKEN = 'x'",
      ...look('1'),
      'cd one; cd ../two; cd ../none; cd ..',
      ...look('2'),
      'assume two; assume one',
      "$__AssumeState.RenewAt = 99999999999; $__AssumeState.Key = 'AKIA'; $env:AWS_ACCESS_KEY_ID = 'AKIA'",
      ...look('3'),
      'cd none; cd ../two; cd ../one/sub; cd ~',
      ...look('4'),
      'cd one; assume --unset; cd ..',
      dumpTo(pwsh, home, 'after'),
    ])
    expect(said[1]).toBe(said[0])
    expect(said[3]).toBe(said[2])
    expect(said[3]).toMatch(/^AKIA --profile=one --profile=two 99999999999 /)
    expect(readDump(home, '2')).toEqual(readDump(home, '1'))
    expect(readDump(home, '4')).toEqual(readDump(home, '3'))
    expect(awsOf(readDump(home, 'after'))).toEqual({ AWS_REGION: 'mars-north-1', AWS_SESSION_TOKEN: 'x' })
  })

  it('keeps $?, $LASTEXITCODE and $Error, under strict mode too, and whatever fails in it', async () => {
    const home = await start()
    const state = '"$? $LASTEXITCODE $($Error.Count)"'
    const lines = [
      "Set-StrictMode -Version Latest; $ErrorActionPreference = 'Stop'; $global:LASTEXITCODE = 7",
      `cd one; ${state}`,
      `cd ../two; ${state}`,
      "try { cd nowhere } catch { 'failed' }",
      show,
      '& (Get-Module Assume) { function script:Get-AssumeVerdict { throw "broken" } }; $Error.Clear()',
      `cd ../one; ${state}`,
    ]
    expect(run(home, lines)).toEqual({
      said: ['True 7 0', 'True 7 0', 'failed', two, 'True 7 0'],
      stderr: '',
    })
  })

  it('shows no value in a trace, which goes on behind it', async () => {
    const home = await start()
    const lines = [
      "$env:AWS_SECRET_ACCESS_KEY = 'hidden'",
      'Set-PSDebug -Trace 2',
      'cd one; cd ../none; cd ..',
      '"after"; Set-PSDebug -Off',
      show,
    ]
    const { said } = run(home, lines)
    expect(said.at(-1)).toBe(none)
    expect(said.join('\n')).toContain('>>>> cd ../none')
    expect(said.join('\n')).not.toMatch(/hidden|111111111111/)
  })

  it('shares the change of location with others, goes with the module, and comes back with it', async () => {
    const home = await start()
    const lines = [
      '$action = $ExecutionContext.SessionState.InvokeCommand',
      "$action.LocationChangedAction = [Delegate]::Combine($action.LocationChangedAction, [EventHandler[Management.Automation.LocationChangedEventArgs]] { [Console]::Out.WriteLine('other') })",
      enable,
      'cd one',
      show,
      'Remove-Module Assume; cd ../none',
      '"[$env:AWS_PROFILE]"',
      `Import-Module ${pwsh.quote(file)}; cd ../two`,
      show,
      `Import-Module -Force ${pwsh.quote(file)}; cd ..`,
      show,
      '$action.LocationChangedAction.GetInvocationList().Count; $action.LocationChangedAction = $null',
    ]
    expect(run(home, lines)).toEqual({
      said: ['other', one, 'other', '[one]', 'other', two, 'other', none, '2'],
      stderr: '',
    })
  })

  it('is left alone in a session in which nobody types, and costs nothing where it is not turned on', async () => {
    const home = await start()
    const script = (lines: readonly string[]) => runScript(pwsh, home, lines).stdout.split('\n').slice(0, -1)
    const read =
      '(Get-Command -Module Assume).Count; [bool](& (Get-Module Assume) { ${function:Find-AssumeNearest} })'
    expect(script(['Enable-AssumeDirectories; cd one', '"[$env:AWS_PROFILE]"'])).toEqual(['[]'])
    expect(script(['cd one', '"[$env:AWS_PROFILE]"', read])).toEqual(['[]', '4', 'False'])
  })

  it('is told from what only looks like it: links, folders, hidden bytes, long ones', async () => {
    const { home, untaken, lines } = await makeOddFiles()
    const others = ['edited', 'strange', 'new', 'denied', 'new', 'New', 'turned*']
    const moves = [...untaken, 'x`ny', ...others].map((name) => `cd "~/${name}"`)
    const { said, stderr } = run(home, [...moves.flatMap((line) => [line, show]), 'cd ~; cd new'])
    expect(said).toEqual(moves.map(() => none))
    expect(stderr.trim().split('\n')).toEqual(lines)
  })
})
