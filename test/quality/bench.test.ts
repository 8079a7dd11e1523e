import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createHome, repository } from '../support/home.ts'

interface Figure {
  readonly what: string
  readonly shell?: string
  readonly profiles: number
  readonly milliseconds: number
  readonly ratio?: number
  readonly processes?: number
  readonly bar?: Readonly<Record<string, number>>
}

interface Report {
  readonly modules: { readonly files: number; readonly nodeModules: number }
  readonly figures: readonly Figure[]
}

const inShell = [
  'loading the shell file',
  'assume NAME',
  'assume --unset',
  'assume -',
  'TAB',
  'prompt segment',
]
const programs = [
  'assume env NAME',
  'assume credential-process NAME, cached',
  'assume list',
  'assume list, index rebuilt',
]

it('npm run bench has every figure with its bar, as Markdown and as JSON', () => {
  const file = join(createHome().path, 'bench.json')
  const options = ['--profiles', '10', '--shell', 'bash', '--runs', '1', '--json', file]
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(repository, 'scripts/bench/bench.mjs'), ...options],
    { encoding: 'utf8' },
  )
  expect(status).toBe(0)
  const { modules, figures } = JSON.parse(readFileSync(file, 'utf8')) as Report
  const named = (what: string) => figures.find((figure) => figure.what === what)
  for (const what of inShell) {
    const time = {
      shell: 'bash',
      profiles: 10,
      milliseconds: expect.any(Number),
      processes: expect.any(Number),
    }
    expect(named(what)).toMatchObject({ ...time, bar: { processes: 0 } })
  }
  for (const what of programs) {
    expect(named(what)).toMatchObject({ ratio: expect.any(Number), bar: { ratio: expect.any(Number) } })
  }
  expect(modules.files).toBeGreaterThan(0)
  for (const { what, milliseconds } of figures) {
    expect(milliseconds, what).toBeGreaterThan(0)
    expect(stdout).toContain(`| ${what} |`)
  }
})
