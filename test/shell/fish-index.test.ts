import { join } from 'node:path'
import { expect, it } from 'vitest'
import { chooseBucket } from '../../src/index/row.ts'
import { createHome, type Home } from '../support/home.ts'
import { makeIndex } from '../support/profile-index.ts'
import { awsOf, describeShells, dumpTo, readDump, runScript } from '../support/shell.ts'
import { fish } from '../support/shells/fish.ts'

/** A home in which fish can switch to dev-profile and test-profile by itself. */
async function start(): Promise<Home> {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  await makeIndex(home)
  return home
}

/** Runs lines that all go well where the core always fails. */
function run(home: Home, lines: readonly string[]): { stdout: string; stderr: string } {
  const { status, ...output } = runScript(fish, home, [
    'functions -q assume; set -g __assume_core /bin/false',
    ...lines,
  ])
  expect({ status, ...output }).toMatchObject({ status: 0 })
  return output
}

describeShells('the profile index', [fish], () => {
  it.each([
    ['an empty IFS', 'set -g IFS'],
    ['a strange IFS', "set -gx IFS 'a1/'"],
    [
      'variables that are called like its own',
      'set -gx name x; set -gx token x; set -gx expiry x; set -gx index x',
    ],
    ['a read limit', 'set -g fish_read_limit 10000'],
  ])('is read with %s', async (_title, setting) => {
    const home = await start()
    const output = run(home, [
      setting,
      'assume dev-profile',
      fish.expectStatus(0),
      'assume test-profile',
      fish.expectStatus(0),
      'assume -',
      fish.expectStatus(0),
      dumpTo(fish, home, 'at'),
      'assume --unset',
      fish.expectStatus(0),
      dumpTo(fish, home, 'after'),
    ])
    expect(output).toEqual({ stdout: '', stderr: '' })
    expect(awsOf(readDump(home, 'at'))).toMatchObject({ AWS_PROFILE: 'dev-profile', AWS_REGION: 'eu-west-1' })
    expect(awsOf(readDump(home, 'after'))).toEqual({})
  })

  it('leaves the core to decide where nothing of it can be read', async () => {
    const home = await start()
    run(home, ['set -g fish_read_limit 10', 'assume dev-profile', fish.expectStatus(1)])
    run(home, ['set -e HOME', 'assume dev-profile', fish.expectStatus(1)])
  })

  it.each([
    '',
    "''",
    '-- dev-profile',
    'dev-profile dev-profile',
    '-p dev-profile',
    '--profile=',
    '-dev-profile',
  ])('is for one plain name, not for: %s', async (words) => {
    run(await start(), [`assume ${words}`, fish.expectStatus(1), 'set -qx AWS_PROFILE; and exit 1', 'true'])
  })

  it('is read without a word on stdin, and shows nothing of it in a trace', async () => {
    const home = await start()
    const { stdout } = run(home, ['echo input | begin; assume dev-profile; read line; echo $line; end'])
    expect(stdout).toBe('input\n')
    const { stderr } = run(home, ['set -g fish_trace 1', 'assume dev-profile', 'set -e fish_trace'])
    expect(stderr).toContain('assume dev-profile')
    expect(stderr).not.toMatch(/ASSUME_VARS|FullAccess/)
  })

  it('is refused as what the core says is, when a variable of the caller would hide the switch', async () => {
    const home = await start()
    const lines = ['function inside', 'set -lx AWS_PROFILE mine', 'assume dev-profile', 'end', 'inside']
    const { stderr } = run(home, [...lines, fish.expectStatus(1), dumpTo(fish, home, 'at')])
    expect(stderr).toMatch(/^assume: AWS_PROFILE is local where assume was called, so nothing was changed\n/)
    expect(awsOf(readDump(home, 'at'))).toEqual({})
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
    const { stdout } = run(createHome(), [
      'functions -q __assume_switch; set __assume_index x x 251',
      ...names.map(
        (name) => `set __assume_profile ${fish.quote(name)}; __assume_choose_bucket; echo $__assume_bucket`,
      ),
    ])
    expect(stdout.trimEnd().split('\n')).toEqual(names.map((name) => chooseBucket(name, 251)))
  })

  it('is found by TAB before anything else of assume is loaded', async () => {
    const home = await start()
    const { stdout } = runScript(fish, home, [
      `set -g fish_function_path ${fish.quote(join(home.path, '..'))} $fish_function_path`,
      '__assume_find_index; and echo found; functions -q __assume_look_for_core __assume_change; or echo alone',
    ])
    expect(stdout).toBe('found\nalone\n')
  })
})
