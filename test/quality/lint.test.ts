import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repository } from '../support/home.ts'

function run(program: string, args: readonly string[]) {
  const result = spawnSync(program, args, { cwd: repository, encoding: 'utf8', timeout: 290_000 })
  return { status: result.status, output: result.stdout + result.stderr }
}

const isInstalled = (name: string) =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)))

const filesOf = (folder: string, ending: RegExp) =>
  readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => join(folder, name))

// Beside other tests the compiler takes its time.
describe('the sources', { timeout: 300_000 }, () => {
  it('are formatted and linted', () => {
    expect(
      run(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.']),
    ).toMatchObject({ status: 0 })
  })

  it('have the right types', () => {
    // What it has found of a file is kept for the next run, beside the digests of all that this follows from.
    const kept = ['--incremental', '--tsBuildInfoFile', 'node_modules/.cache/assume/types.tsbuildinfo']
    expect(run(process.execPath, ['node_modules/typescript/bin/tsc', '--noEmit', ...kept])).toEqual({
      status: 0,
      output: '',
    })
  })
})

describe.skipIf(!isInstalled('shellcheck'))('shellcheck', () => {
  it.each([
    ...filesOf('shell/bash', /\.bash$/),
    ...filesOf('shell/direnv', /./),
    'install.sh',
    'bin/assume',
    'bin/start.sh',
    ...filesOf('scripts', /\.sh$|\.bash$/),
    ...filesOf('.ci', /./),
  ])('%s', (path) => {
    expect(run('shellcheck', ['-x', path])).toEqual({ status: 0, output: '' })
  })
})

describe('the functions of a shell', () => {
  // Read at their first call, these take the place of what reads them.
  const replaced = ['__assume_run', '__assume_exec', '__assume_complete_line', '__assume_add_time']

  it.each(['shell/bash', 'shell/zsh', 'shell/fish', 'shell/powershell'])(
    'have a name of their own in %s, whichever file is read last',
    (folder) => {
      const names = filesOf(folder, /\.(?:bash|zsh|fish|psm?1)$|_assume$/).flatMap((path) => {
        const text = readFileSync(join(repository, path), 'utf8')
        const found = [...text.matchAll(/^function (?:script:|global:)?([\w-]+)/gm)].map(
          ([, name = '']) => name,
        )
        return folder === 'shell/powershell' ? found.map((name) => name.toLowerCase()) : found
      })
      const twice = names.filter((name, index) => names.indexOf(name) !== index)
      expect(twice.filter((name) => !replaced.includes(name))).toEqual([])
    },
  )
})

describe('the shells parse their files', () => {
  it.each([...filesOf('shell/bash', /\.bash$/), ...filesOf('shell/direnv', /./)])('%s', (path) => {
    expect(run('bash', ['-n', path])).toEqual({ status: 0, output: '' })
  })

  it.skipIf(!isInstalled('zsh')).each(filesOf('shell/zsh', /./))('%s', (path) => {
    expect(run('zsh', ['-n', path])).toEqual({ status: 0, output: '' })
  })

  it.skipIf(!isInstalled('fish')).each(filesOf('shell/fish', /\.fish$/))('%s', (path) => {
    expect(run('fish', ['--no-execute', path])).toEqual({ status: 0, output: '' })
  })
})
