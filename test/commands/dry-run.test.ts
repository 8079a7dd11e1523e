import { expect, it } from 'vitest'
import { runCore } from '../support/core.ts'
import { createHome } from '../support/home.ts'

it('assume --dry-run names what it would remove only where that is set', () => {
  const home = createHome()
  home.useExample('sso-session')
  home.logIn('devto-article')
  const rehearse = (env: Record<string, string>) =>
    runCore(home, ['dev-profile', '--dry-run'], { env })
      .stdout.split('\n')
      .filter((line) => line.startsWith('  remove '))
  expect(rehearse({})).toEqual([])
  expect(rehearse({ AWS_VAULT: 'x', AWS_SECRET_ACCESS_KEY: '' })).toEqual([
    '  remove AWS_SECRET_ACCESS_KEY',
    '  remove AWS_VAULT',
  ])
})
