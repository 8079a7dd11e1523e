import { renameSync, symlinkSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { chooseBucket } from '../../src/index/row.ts'
import { runCore } from '../support/core.ts'
import { createHome, type Home } from '../support/home.ts'
import { makeIndex } from '../support/profile-index.ts'
import { awsOf, describeShells, dumpTo, readDump, runScript } from '../support/shell.ts'
import { hostedPwsh, pwsh } from '../support/shells/pwsh.ts'

/** A home in which PowerShell can switch to dev-profile and test-profile by itself. */
async function start(): Promise<Home> {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  await makeIndex(home)
  return home
}

/** Runs lines where the core always fails, with status 1, and returns what they print. */
function run(home: Home, lines: readonly string[], shell = hostedPwsh): string[] {
  const noCore =
    "& (Get-Module Assume) { . $script:initialize; function script:Find-AssumeCore { '/bin/false' } }"
  const result = runScript(shell, home, [noCore, ...lines])
  expect(result).toMatchObject({ status: 0, stderr: '' })
  return result.stdout.trimEnd().split('\n')
}

const isFast = (home: Home) => run(home, ['assume dev-profile', '$LASTEXITCODE']).join() === '0'

describeShells('the profile index', [pwsh], () => {
  it.each([
    ['the preferences of a careful user', "Set-StrictMode -Version Latest; $ErrorActionPreference = 'Stop'"],
    [
      'the preferences of a careless user',
      "$ErrorActionPreference = 'SilentlyContinue'; $WhatIfPreference = $true",
    ],
    ['a culture that sorts and folds differently', "[cultureinfo]::CurrentCulture = 'tr-TR'"],
    ['a culture with another calendar', "[cultureinfo]::CurrentCulture = 'th-TH'"],
    ['other separators', "$OFS = 'x'; [cultureinfo]::CurrentCulture = 'ar-SA'"],
    [
      'functions that are called like cmdlets',
      "foreach ($name in 'Set-Item', 'Remove-Item', 'ForEach-Object') { $null = New-Item \"Function:global:$name\" -Value { throw 'no' } }",
    ],
    ['variables that are called like its own', "$unit = 'x'; $followsLinks = 'x'; $onWindows = $true"],
  ])('is read with %s', async (_title, setting) => {
    const home = await start()
    const lines = [
      setting,
      'assume dev-profile; assume test-profile; assume -',
      '"$? $LASTEXITCODE $Env:AWS_PROFILE $Env:AWS_REGION"',
      'assume --unset',
      '"$? $LASTEXITCODE $($null -eq $Env:AWS_PROFILE)"',
      '$Error.Count',
    ]
    // A process of its own, whose global scope has the setting.
    expect(run(home, lines, pwsh)).toEqual(['True 0 dev-profile eu-west-1', 'True 0 True', '0'])
  })

  it('gives back the status of a switch, and nothing else', async () => {
    const lines = [
      '$LASTEXITCODE = 7',
      '$found = @(assume dev-profile)',
      '"$? $LASTEXITCODE $($found.Count)"',
      'assume nothing',
      '$LASTEXITCODE',
      'assume (Get-Item Env:AWS_PROFILE).Value',
      '$LASTEXITCODE',
    ]
    expect(run(await start(), lines, pwsh)).toEqual(['True 0 0', '1', '0'])
  })

  it.each([
    "''",
    'dev-profile dev-profile',
    '-p dev-profile',
    '--profile=',
    'dev-profile,dev-profile',
    'DEV-PROFILE',
  ])('is for one plain name, not for: %s', async (words) => {
    expect(run(await start(), [`assume ${words}`, '"$LASTEXITCODE $($null -eq $Env:AWS_PROFILE)"'])).toEqual([
      '1 True',
    ])
  })

  it('goes by what the files are that links lead to', async () => {
    const home = await start()
    const path = join(home.path, '.aws/config')
    const elsewhere = join(home.path, 'dotfiles')
    renameSync(path, elsewhere)
    symlinkSync(elsewhere, path)
    expect(isFast(home)).toBe(false)
    expect(runCore(home, ['list'])).toMatchObject({ status: 0 })
    expect(isFast(home)).toBe(true)
    const soon = Date.now() / 1000 + 5
    utimesSync(elsewhere, soon, soon)
    expect(isFast(home)).toBe(false)
    utimesSync(elsewhere, soon - 65, soon - 65)
    expect(runCore(home, ['list'])).toMatchObject({ status: 0 })
    expect(isFast(home)).toBe(true)
  })

  it('sets values to the byte, also empty ones', () => {
    const home = createHome()
    home.writeAws(
      '[profile one]\nsso_session = s\nsso_role_name = it\u2019s "$x" `x` \\ \u00e9 \u{1f600}\nsso_account_id = 111111111111\n[sso-session s]\nsso_start_url = https://s.awsapps.com/start\nsso_region = eu-west-1\n',
    )
    home.logIn('s')
    expect(runCore(home, ['list'])).toMatchObject({ status: 0 })
    run(home, [
      "$Env:AWS_VAULT = ''",
      'assume one',
      dumpTo(pwsh, home, 'at'),
      'assume --unset',
      dumpTo(pwsh, home, 'after'),
    ])
    const role = Buffer.from(awsOf(readDump(home, 'at'))['ASSUME_ROLE_NAME'] ?? '', 'latin1').toString()
    expect(role).toBe('it\u2019s "$x" `x` \\ \u00e9 \u{1f600}')
    expect(awsOf(readDump(home, 'after'))).toEqual({ AWS_VAULT: '' })
  })

  it('has its rows where the core puts them', () => {
    const ascii = Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index))
    const names = [
      ...ascii,
      ...ascii.map((character) => `x${character}y`),
      ascii.join(''),
      '\u00e9',
      'a\u{1f600}',
      '\u007f',
    ]
    const calls = names.map((name) => `Select-AssumeBucket ${pwsh.quote(name)} 251`)
    const lines = run(createHome(), ['& (Get-Module Assume) {', ...calls, '}'])
    expect(lines).toEqual(names.map((name) => chooseBucket(name, 251)))
  })
})
