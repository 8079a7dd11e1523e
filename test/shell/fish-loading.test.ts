import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createHome, type Home, repository } from '../support/home.ts'
import {
  awsOf,
  baseEnvironment,
  describeShells,
  dumpTo,
  readDump,
  runScript,
  type ShellResult,
} from '../support/shell.ts'
import { fish } from '../support/shells/fish.ts'

function start(): Home {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  return home
}

function run(home: Home, lines: readonly string[], options?: Parameters<typeof runScript>[3]): ShellResult {
  const result = runScript(fish, home, lines, options)
  expect(result).toMatchObject({ status: 0 })
  return result
}

const dump = (home: Home, name: string) => dumpTo(fish, home, name)

describeShells('loading', [fish], () => {
  const folder = join(repository, 'shell/fish')

  it.each([
    "alias assume='source /usr/local/bin/assume.fish'",
    'alias assume "source /usr/local/bin/assume.fish"',
    'alias assume="source (brew --prefix)/bin/assume.fish"',
    'function assume; source /usr/local/bin/assume.fish; end',
  ])('takes the place of what another tool left: %s', (left) => {
    const home = start()
    const result = run(
      home,
      ['assume dev-profile', dump(home, 'at'), fish.complete('assume /et'), 'functions --details assume'],
      { before: [left], arguments: [] },
    )
    expect(awsOf(readDump(home, 'at'))).toMatchObject({ AWS_PROFILE: 'dev-profile' })
    expect(result).toMatchObject({ stdout: `${folder}/functions/assume.fish\n`, stderr: '' })
  })

  it('of a newer version over an older keeps what was saved, and runs the newer', () => {
    const home = start()
    const newer = join(home.path, 'newer/shell/fish')
    cpSync(folder, newer, { recursive: true })
    for (const name of ['functions/assume.fish', 'functions/assume_prompt.fish']) {
      const text = readFileSync(join(newer, name), 'utf8')
      writeFileSync(join(newer, name), text.replace(/^function (assume\w*) .*$/m, '$&\n    echo newer $1'))
    }
    mkdirSync(join(home.path, '.local/share'), { recursive: true })
    symlinkSync(repository, join(home.path, '.local/share/assume'))
    const load = `source ${fish.quote(join(newer, 'conf.d/assume.fish'))}`
    const result = run(home, [
      'set -gx AWS_REGION mars-north-1',
      'assume dev-profile; assume_prompt >/dev/null',
      load,
      'assume test-profile; assume_prompt | string match -r "newer.*"',
      'echo $__assume_core $fish_function_path[1]',
      'assume -',
      dump(home, 'back'),
      'assume --unset',
      dump(home, 'after'),
      fish.load,
      'assume dev-profile',
      'echo $fish_function_path',
    ])
    const said = 'newer assume\n'
    expect(result.stdout).toMatch(
      `${said}newer assume_prompt\n${home.path}/.local/share/assume/bin/assume ${newer}/functions\n` +
        `${said}${said}${folder}/functions ${newer}/functions /usr`,
    )
    expect(awsOf(readDump(home, 'back'))).toMatchObject({ AWS_PROFILE: 'dev-profile' })
    expect(awsOf(readDump(home, 'after'))).toEqual({ AWS_REGION: 'mars-north-1' })
  })

  it('works where a plugin manager copied the folders, with fish reading them by itself', () => {
    const home = start()
    cpSync(folder, join(home.path, '.config/fish'), { recursive: true })
    const lines = [
      'assume dev-profile; echo $AWS_PROFILE; echo $__assume_core',
      'contains $HOME/.config/fish/functions $fish_function_path[2..]; and echo twice',
      fish.complete('assume te'),
      'assume --unset; set -q AWS_PROFILE; or echo unset',
    ]
    const { stdout, stderr } = spawnSync('fish', ['-c', lines.join('\n')], {
      env: { ...baseEnvironment(home), PATH: `${repository}/bin:${process.env['PATH']}` },
      encoding: 'utf8',
    })
    expect({ stdout, stderr }).toEqual({ stdout: 'dev-profile\nassume\ntest-profile\nunset\n', stderr: '' })
  })

  it('works through a link to the file, by a relative path, and not at all through a pipe', () => {
    const home = start()
    symlinkSync(join(folder, 'conf.d/assume.fish'), join(home.path, 'linked.fish'))
    const where = (load: string) =>
      spawnSync('fish', ['--no-config', '-c', `${load}; functions --details assume`], {
        env: baseEnvironment(home),
        cwd: home.path,
        encoding: 'utf8',
      })
    const found = { stdout: `${folder}/functions/assume.fish\n`, stderr: '' }
    expect(where(`source ${join(home.path, 'linked.fish')}`)).toMatchObject(found)
    expect(where('source linked.fish')).toMatchObject(found)
    expect(where('cat linked.fish | source')).toMatchObject({ stdout: 'n/a\n', stderr: '' })
  })

  it('is silent, and its files are ASCII, formatted and without syntax errors', () => {
    expect(run(start(), ['true'], { before: [fish.load] })).toMatchObject({ stdout: '', stderr: '' })
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.fish'))
      .map((name) => join(folder, name))
    expect(files.length).toBeGreaterThan(6)
    for (const file of files) expect(readFileSync(file, 'latin1')).toMatch(/^[\n -~]*$/)
    for (const [program, flag] of [
      ['fish_indent', '--check'],
      ['fish', '--no-execute'],
    ] as const) {
      const checks = files.map((file) => spawnSync(program, [flag, file], { encoding: 'utf8' }))
      expect(checks.filter(({ status }) => status !== 0).map(({ stderr }) => stderr)).toEqual([])
    }
  })
})
