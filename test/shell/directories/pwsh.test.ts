import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type Home, repository } from '../../support/home.ts'
import { give, isRoot, otherUser } from '../../support/other-user.ts'
import { awsOf, describeShells, dumpTo, readDump, runScript } from '../../support/shell.ts'
import { hostedPwsh, pwsh } from '../../support/shells/pwsh.ts'
import { describeEveryday } from './everyday.ts'
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
    const text = 'one\n'
    const recorded = { text, recorded: text }
    const refused = {
      nul: { text: 'one\n\0more\n', recorded: text },
      bytes: { text: Buffer.from('one\xff\n', 'latin1'), recorded: text },
      long: { text: `one\n#${' '.repeat(2000)}`, recorded: text },
      lines: { text: 'one\neu-west-1\nmore\n', recorded: text },
      bell: { text: 'one\u0007\n', recorded: text },
      ...(isRoot && { foreign: recorded }),
    }
    const home = await startHome({
      ...refused,
      x: recorded,
      edited: { text: 'one\n\n', recorded: text },
      strange: { text: 'my one\n', verdict: 'none' },
      new: { text: 'one\neu-west-1', verdict: 'none' },
      denied: { text, verdict: 'deny' },
      New: { text, verdict: 'none' },
      'turned\u061c\u200f\u202e\u2066': { text, verdict: 'none' },
    })
    makeFolders(home, 'link', 'nowhere', 'folder/.aws-profile', 'x\ny')
    symlinkSync('../x/.aws-profile', join(home.path, 'link/.aws-profile'))
    symlinkSync('absent', join(home.path, 'nowhere/.aws-profile'))
    home.write('nowhere/.awsprofile', text)
    home.write('x\ny/.aws-profile', text)
    if (isRoot) give(join(home.path, 'foreign/.aws-profile'), otherUser)
    const names = [...Object.keys(refused), 'link', 'nowhere', 'folder']
    const moves = [...names, 'x`ny', 'edited', 'strange', 'new', 'denied', 'new', 'New', 'turned*'].map(
      (name) => `cd "~/${name}"`,
    )
    const { said, stderr } = run(home, [...moves.flatMap((line) => [line, show]), 'cd ~; cd new'])
    expect(said).toEqual(moves.map(() => none))
    expect(stderr.trim().split('\n')).toEqual([
      ...names.map((name) => `assume: ~/${name}/.aws-profile is not taken: assume here`),
      'assume: ~/x?y/.aws-profile is not taken: assume here',
      'assume: ~/edited/.aws-profile has changed: assume here',
      'assume: ~/strange/.aws-profile: assume here',
      'assume: ~/new/.aws-profile wants one: assume here',
      'assume: ~/New/.aws-profile wants one: assume here',
      'assume: ~/turned????/.aws-profile wants one: assume here',
    ])
  })
})
