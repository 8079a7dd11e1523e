import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { callCommand } from '../support/command.ts'
import { runCore } from '../support/core.ts'
import { createHome } from '../support/home.ts'

describe('assume settings', () => {
  it('lists, gets and sets', () => {
    const home = createHome()
    expect(runCore(home, ['settings', 'list']).stdout).toContain('assume_region = on')
    expect(runCore(home, ['settings', 'set', 'assume_region', 'off'])).toMatchObject({
      status: 0,
      stdout: '',
      stderr: '',
    })
    expect(runCore(home, ['settings', 'get', 'assume_region']).stdout).toBe('off\n')
    expect(JSON.parse(runCore(home, ['settings', 'list', '--json']).stdout)[0]).toMatchObject({
      name: 'assume_region',
      value: 'off',
    })
    const path = join(home.path, '.config/assume/config')
    expect(readFileSync(path, 'utf8')).toBe('assume_region = off\n')
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('keeps a value whole, and no more than that', async () => {
    const home = createHome()
    const value = 'firefox %s # the one; for\nassume_mode = export'
    expect(await callCommand(home, ['settings', 'set', 'assume_browser', value])).toMatchObject({ status: 0 })
    expect((await callCommand(home, ['settings', 'get', 'assume_browser'])).stdout).toBe(`${value}\n`)
    const { stdout } = await callCommand(home, ['settings', 'list'])
    expect(stdout).toContain('assume_mode = auto\n')
    expect(stdout).toContain('assume_browser = firefox %s # the one; for?assume_mode = export\n')
  })

  it('keeps comments and sections', async () => {
    const home = createHome()
    home.write('.config/assume/config', '# mine\nassume_region=on\n\n[later]\nassume_region = x\n')
    await callCommand(home, ['settings', 'set', 'assume_region', 'off'])
    expect(readFileSync(join(home.path, '.config/assume/config'), 'utf8')).toBe(
      '# mine\nassume_region = off\n\n[later]\nassume_region = x\n',
    )
  })

  it('alone lists', async () => {
    const home = createHome()
    const { status, stdout } = await callCommand(home, ['settings'])
    expect([status, stdout]).toEqual([0, (await callCommand(home, ['settings', 'list'])).stdout])
    expect(stdout).toContain('assume_region = on\n')
  })

  it('is heard by the switch', async () => {
    const home = createHome()
    home.useExample('sso-session')
    home.logIn('devto-article')
    await callCommand(home, ['settings', 'set', 'assume_region', 'off'])
    const { set } = JSON.parse((await callCommand(home, ['env', 'dev-profile', '--format', 'json'])).stdout)
    expect(Object.keys(set)).not.toContain('AWS_REGION')
  })

  it.each([
    [['get', 'asume_region'], 2, 'did you mean assume_region?'],
    [['set', 'assume_region', 'maybe'], 2, 'assume_region has no value maybe; there are on, off'],
    [['set', 'assume_color', 'turqoise'], 2, 'assume_color has no value turqoise; did you mean turquoise?'],
    [
      ['set', 'assume_session_duration', '5m'],
      2,
      'assume_session_duration is 15m to 36h, not 5m\n  assume settings set assume_session_duration 12h',
    ],
    [['set', 'assume_region'], 2, 'assume settings --help'],
    [['frobnicate'], 2, 'assume settings --help'],
  ])('%j is exit %i', async (words, status, message) => {
    const result = await callCommand(createHome(), ['settings', ...words])
    expect(result.status).toBe(status)
    expect(result.stderr).toContain(message)
  })
})
