import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, symlinkSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { digestInputs } from '../../scripts/inputs.mjs'
import { requireBuild } from '../support/check-build.ts'
import { createHome, type Home, repository } from '../support/home.ts'
import CountReporter from '../support/reporter.ts'

describe('the build that tests run', () => {
  let home: Home
  let record: string
  const check = () => requireBuild(home.path)
  beforeEach(() => {
    home = createHome()
    for (const name of ['src', 'scripts/build.mjs', 'package.json', 'package-lock.json'])
      cpSync(join(repository, name), join(home.path, name), { recursive: true })
    mkdirSync(join(home.path, 'dist'))
    record = home.write('dist/inputs', digestInputs(home.path))
  })

  it('is taken whenever its sources are what they were, whatever their times', () => {
    utimesSync(join(home.path, 'src/main.ts'), new Date(), new Date())
    home.write('src/.main.ts.swp', 'of an editor')
    expect(check).not.toThrow()
  })

  it.each([
    'src/main.ts',
    'src/plugins/schema.json',
    'scripts/build.mjs',
    'package.json',
    'package-lock.json',
  ])('is refused when %s was saved, even with an old time', (name) => {
    const path = home.write(name, 'new')
    utimesSync(path, 1, 1)
    expect(check).toThrow('other sources')
  })

  it('is refused when a source was added, removed or renamed', () => {
    const path = home.write('src/another.ts', '')
    expect(check).toThrow('other sources')
    rmSync(path)
    expect(check).not.toThrow()
    cpSync(join(home.path, 'src/text/words.ts'), join(home.path, 'src/words-of-old.ts'))
    rmSync(join(home.path, 'src/text/words.ts'))
    expect(check).toThrow('other sources')
  })

  it('is refused when a source was saved while it was made', () => {
    symlinkSync(join(repository, 'node_modules'), join(home.path, 'node_modules'))
    cpSync(join(repository, 'scripts/inputs.mjs'), join(home.path, 'scripts/inputs.mjs'))
    // start.cjs is read when all else is bundled.
    const saving = home.write(
      'saving.mjs',
      `import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
const { readFile } = fs.promises
fs.promises.readFile = (path, ...rest) => {
  if (/start\\.cjs$/.test(path)) fs.appendFileSync('src/main.ts', '\\n')
  return readFile(path, ...rest)
}
syncBuiltinESMExports()
`,
    )
    const build = spawnSync(process.execPath, ['--import', saving, 'scripts/build.mjs'], { cwd: home.path })
    expect(build.status).toBe(0)
    expect(check).toThrow('other sources')
  })

  it('is refused when it was not completed', () => {
    rmSync(record)
    expect(check).toThrow('no whole dist')
  })
})

describe('the last line of a run', () => {
  const said = (...end: Parameters<CountReporter['onTestRunEnd']>) => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    onTestFinished(() => log.mockRestore())
    log.mockClear()
    new CountReporter().onTestRunEnd(...end)
    return log.mock.calls.map(([line]) => line)
  }
  const lastLine = (...end: Parameters<CountReporter['onTestRunEnd']>) => said(...end).at(-1)

  it.each(['failed', 'interrupted'] as const)(
    'counts a run that %s without a test as a failure',
    (reason) => {
      expect(lastLine([], [], reason)).toBe('\n0 passed, 1 failed')
    },
  )

  it('counts an error outside of tests once', () => {
    expect(lastLine([], [new Error('x')], 'failed')).toBe('\n0 passed, 1 failed')
  })

  it('counts a shell that is required and missing as a failure, and no other', () => {
    const status = process.exitCode
    onTestFinished(() => {
      process.exitCode = status
      vi.unstubAllEnvs()
    })
    vi.stubEnv('PATH', '/nowhere')
    vi.stubEnv('ASSUME_REQUIRE_SHELLS', '')
    expect(lastLine([], [], 'passed')).toBe('\n0 passed, 0 failed')
    expect(process.exitCode).toBe(status)
    vi.stubEnv('ASSUME_REQUIRE_SHELLS', 'bash,pwsh')
    const lines = said([], [], 'passed')
    expect(lines.at(-1)).toBe('\n0 passed, 2 failed')
    expect(lines.join('')).not.toMatch(/PowerShell.*UNTESTED/)
    expect(process.exitCode).toBe(1)
  })
})
