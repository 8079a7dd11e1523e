import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createHome, type Home, repository } from '../../support/home.ts'
import { makeIndex } from '../../support/profile-index.ts'
import { startSession } from '../../support/session.ts'
import { awsOf, describeShells, dumpTo, readDump, runScript, type Shell } from '../../support/shell.ts'
import { hostedPwsh, pwsh } from '../../support/shells/pwsh.ts'

const file = join(repository, 'shell/powershell/Assume/Assume.psd1')

/** PowerShell with directories turned on, as setup does it. */
const following: Shell = {
  ...pwsh,
  prepareSession(home, promptEnd) {
    const prepared = pwsh.prepareSession(home, promptEnd)
    home.write(
      '.config/powershell/profile.ps1',
      [
        'Set-PSReadLineOption -PredictionSource None',
        `function prompt { '${promptEnd} ' }`,
        `Import-Module ${pwsh.quote(file)}; Enable-AssumePrompt; Enable-AssumeDirectories\n`,
      ].join('\n'),
    )
    return prepared
  },
}

/** Records what the core would: of each folder its profile, perhaps a region, and the text that was allowed; or nothing, to deny. */
function record(home: Home, entries: Readonly<Record<string, readonly string[]>>): void {
  const lines = new Map<string, string>()
  for (const [folder, [name, region = '', text = `${name}\n`]] of Object.entries(entries)) {
    const path = join(home.path, folder)
    const part = /^[ -~]+$/.test(path) ? String(path.length) : 'other'
    const fields =
      name === undefined ? ['deny', path] : ['allow', path, name, region, text.replaceAll('\n', '\u001e')]
    lines.set(part, `${lines.get(part) ?? 'assume-directories 1\n'}${fields.join('\u001f')}\n`)
  }
  for (const [part, text] of lines) home.write(`.local/state/assume/directories/${part}`, text)
}

async function start(): Promise<Home> {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  await makeIndex(home)
  mkdirSync(join(home.path, 'dev/sub'), { recursive: true })
  home.write('dev/.aws-profile', 'dev-profile\n')
  home.write('test/.awsprofile', 'test-profile\nus-east-1\n')
  home.write('none/.aws-profile', '# nothing here\nnone')
  record(home, {
    dev: ['dev-profile'],
    test: ['test-profile', 'us-east-1', 'test-profile\nus-east-1\n'],
    none: ['none', '', '# nothing here\nnone'],
  })
  return home
}

/** Says which profile is in force, by which region, and whose choice it was. */
const show = '"[$env:AWS_PROFILE] $env:ASSUME_PROFILE $env:AWS_REGION $(Get-AssumePrompt)"'
const [none, dev, test] = [
  '[]   ',
  '[dev-profile] dev-profile eu-west-1 (dev-profile ./) ',
  '[test-profile] test-profile us-east-1 (test-profile ./) ',
]
const enable = 'Import-Module PSReadLine; Enable-AssumeDirectories'

/** Runs lines in a session that takes itself for one that somebody types in, and returns what they print. */
function run(home: Home, lines: readonly string[], env: Record<string, string> = {}) {
  const result = runScript(hostedPwsh, home, [enable, ...lines], { env: { NO_COLOR: '1', ...env } })
  expect(result.status).toBe(0)
  return { said: result.stdout.split('\n').slice(0, -1), stderr: result.stderr }
}

describeShells('the profile of a directory', [hostedPwsh], () => {
  it('is entered, followed and left where somebody types', async () => {
    const session = await startSession(following, await start(), { cols: 150, rows: 50 })
    await session.run('cd dev', '(dev-profile ./) ')
    await session.run('cd sub', '(dev-profile ./) ')
    await session.run('cd ~/none', '')
    await session.run('pushd ../test', '(test-profile ./) ')
    await session.run('popd', '')
    await session.run('cd', '')
    await session.run('cd test', '(test-profile ./) ')
    await session.run('assume dev-profile', '(dev-profile) ')
    await session.run('assume --unset', '')
    await session.run('cd ~; cd dev', '(dev-profile ./) ')
    await session.run("$env:DIRENV_DIR = '-/x'; $env:AWS_PROFILE = 'envrc'", '(envrc, by hand) ')
    await session.run('Remove-Item Env:DIRENV_DIR, Env:AWS_PROFILE', '(dev-profile ./) ')
    await session.run('cd ..', '')
    const rows = session.terminal.text().split('\n')
    expect(rows.filter((row) => !row.includes('READY>'))).toEqual([
      'dev-profile \u00b7 123456789011 FullAccess \u00b7 eu-west-1 (~/dev/.aws-profile)',
      'no profile (~/none/.aws-profile)',
      'test-profile, region us-east-1 (~/test/.awsprofile)',
      'no profile (~/none/.aws-profile)',
      'test-profile, region us-east-1 (~/test/.awsprofile)',
      'dev-profile \u00b7 123456789011 FullAccess \u00b7 eu-west-1',
      'dev-profile \u00b7 123456789011 FullAccess \u00b7 eu-west-1 (~/dev/.aws-profile)',
      'dev-profile \u00b7 123456789011 FullAccess \u00b7 eu-west-1 (~/dev/.aws-profile)',
      'no profile (left ~/dev)',
    ])
  })

  it('is that of the folder that a drive or a script block leads to, and no other provider is asked', async () => {
    const home = await start()
    const lines = [
      `$null = New-PSDrive -Scope Global -Name Work -PSProvider FileSystem -Root ${pwsh.quote(`${home.path}/dev`)}`,
      ...['cd Work:/sub', 'cd Env:', `& { Set-Location ${pwsh.quote(home.path)} }`, 'cd Variable:'].flatMap(
        (line) => [line, show],
      ),
      'cd ~; Remove-PSDrive Work',
    ]
    expect(run(home, lines)).toEqual({ said: [dev, dev, none, none], stderr: '' })
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
      'cd dev; cd ../test; cd ../none; cd ..',
      ...look('2'),
      'assume test-profile; assume dev-profile',
      "$__AssumeState.RenewAt = 99999999999; $__AssumeState.Key = 'AKIA'; $env:AWS_ACCESS_KEY_ID = 'AKIA'",
      ...look('3'),
      'cd none; cd ../test; cd ../dev/sub; cd ~',
      ...look('4'),
      'cd dev; assume --unset; cd ..',
      dumpTo(pwsh, home, 'after'),
    ])
    expect(said[1]).toBe(said[0])
    expect(said[3]).toBe(said[2])
    expect(said[3]).toMatch(/^AKIA --profile=dev-profile --profile=test-profile 99999999999 /)
    expect(readDump(home, '2')).toEqual(readDump(home, '1'))
    expect(readDump(home, '4')).toEqual(readDump(home, '3'))
    expect(awsOf(readDump(home, 'after'))).toEqual({ AWS_REGION: 'mars-north-1', AWS_SESSION_TOKEN: 'x' })
  })

  it('keeps $?, $LASTEXITCODE and $Error, under strict mode too, and whatever fails in it', async () => {
    const home = await start()
    const state = '"$? $LASTEXITCODE $($Error.Count)"'
    const lines = [
      "Set-StrictMode -Version Latest; $ErrorActionPreference = 'Stop'; $global:LASTEXITCODE = 7",
      `cd dev; ${state}`,
      `cd ../test; ${state}`,
      "try { cd nowhere } catch { 'failed' }",
      show,
      '& (Get-Module Assume) { function script:Get-AssumeVerdict { throw "broken" } }; $Error.Clear()',
      `cd ../dev; ${state}`,
    ]
    expect(run(home, lines)).toEqual({
      said: ['True 7 0', 'True 7 0', 'failed', test, 'True 7 0'],
      stderr: '',
    })
  })

  it('shares the change of location with others, goes with the module, and comes back with it', async () => {
    const home = await start()
    const lines = [
      '$action = $ExecutionContext.SessionState.InvokeCommand',
      "$action.LocationChangedAction = [Delegate]::Combine($action.LocationChangedAction, [EventHandler[Management.Automation.LocationChangedEventArgs]] { [Console]::Out.WriteLine('other') })",
      enable,
      'cd dev',
      show,
      'Remove-Module Assume; cd ../none',
      '"[$env:AWS_PROFILE]"',
      `Import-Module ${pwsh.quote(file)}; cd ../test`,
      show,
      `Import-Module -Force ${pwsh.quote(file)}; cd ..`,
      show,
      '$action.LocationChangedAction.GetInvocationList().Count; $action.LocationChangedAction = $null',
    ]
    expect(run(home, lines)).toEqual({
      said: ['other', dev, 'other', '[dev-profile]', 'other', test, 'other', none, '2'],
      stderr: '',
    })
  })

  it('is left alone in a session in which nobody types, and costs nothing where it is not turned on', async () => {
    const home = await start()
    const script = (lines: readonly string[]) => runScript(pwsh, home, lines).stdout.split('\n').slice(0, -1)
    const read =
      '(Get-Command -Module Assume).Count; [bool](& (Get-Module Assume) { ${function:Find-AssumePlace} })'
    expect(script(['Enable-AssumeDirectories; cd dev', '"[$env:AWS_PROFILE]"'])).toEqual(['[]'])
    expect(script(['cd dev', '"[$env:AWS_PROFILE]"', read])).toEqual(['[]', '4', 'False'])
  })

  it('is told from what only looks like it: links, folders, hidden bytes, long ones', async () => {
    const home = await start()
    home.write('nul/.aws-profile', 'dev-profile\n\0more\n')
    home.write('long/.aws-profile', `dev-profile\n#${' '.repeat(2000)}`)
    home.write('bytes/.aws-profile', Buffer.from('dev-profile\n#\xff\n', 'latin1'))
    home.write('lines/.aws-profile', 'dev-profile\neu-west-1\nmore\n')
    home.write('bell/.aws-profile', 'dev\u0007\n')
    for (const name of ['link', 'nowhere', 'x\ny']) mkdirSync(join(home.path, name))
    symlinkSync('../dev/.aws-profile', join(home.path, 'link/.aws-profile'))
    symlinkSync('absent', join(home.path, 'nowhere/.aws-profile'))
    mkdirSync(join(home.path, 'folder/.aws-profile'), { recursive: true })
    home.write('nowhere/.awsprofile', 'dev-profile\n')
    home.write('x\ny/.aws-profile', 'dev-profile\n')
    home.write('edited/.aws-profile', 'dev-profile\n\n')
    home.write('strange/.aws-profile', 'dev profile\n')
    home.write('new/.aws-profile', 'dev-profile\neu-west-1')
    home.write('denied/.aws-profile', 'dev-profile\n')
    const refused = ['nul', 'long', 'bytes', 'lines', 'bell', 'link', 'folder', 'nowhere']
    record(home, {
      ...Object.fromEntries(refused.map((name) => [name, ['dev-profile']])),
      x: ['dev-profile'],
      edited: ['dev-profile'],
      denied: [],
    })
    const moves = [...refused, 'x`ny', 'edited', 'strange', 'new', 'denied', 'new'].map(
      (name) => `cd "~/${name}"`,
    )
    const { said, stderr } = run(home, [...moves.flatMap((line) => [line, show]), 'cd ~; cd new'])
    expect(said).toEqual(moves.map(() => none))
    expect(stderr.trim().split('\n')).toEqual([
      ...refused.map((name) => `assume: ~/${name}/.aws-profile is not taken: assume here`),
      'assume: ~/x?y/.aws-profile is not taken: assume here',
      'assume: ~/edited/.aws-profile has changed: assume here',
      'assume: ~/strange/.aws-profile: assume here',
      'assume: ~/new/.aws-profile wants dev-profile: assume here',
    ])
  })
})
