import { describe, expect, it } from 'vitest'
import { canOpenBrowser, isFarFromBrowser } from '../../src/browser/surroundings.ts'
import type { FileStat, Files } from '../../src/context.ts'

function canOpen(
  env: Record<string, string>,
  { platform = 'linux' as NodeJS.Platform, mark = '', browser = undefined as string | undefined } = {},
): boolean {
  const stat = (path: string) => (path === mark ? ({} as FileStat) : undefined)
  const files = { stat } as Partial<Files> as Files
  return canOpenBrowser({ env, platform, files }, browser === undefined ? {} : { browser })
}

describe('a URL can be opened', () => {
  it.each([
    [{ DISPLAY: ':0' }, {}],
    [{ WAYLAND_DISPLAY: 'wayland-0' }, {}],
    [{ WSL_DISTRO_NAME: 'Debian' }, {}],
    [{}, { platform: 'darwin' as const }],
    [{}, { platform: 'win32' as const }],
    [{ BROWSER: 'w3m' }, {}],
    [{}, { browser: 'w3m %s' }],
  ])('with %j and %j', (env, options) => {
    expect(canOpen(env, options)).toBe(true)
  })
})

describe('a URL is shown', () => {
  const local = { DISPLAY: ':0', BROWSER: 'firefox' }
  it.each([
    [{}, {}],
    [{ BROWSER: ' ' }, {}],
    [{}, { browser: 'firefox' }],
    [{ ...local, SSH_CONNECTION: 'x' }, {}],
    [{ ...local, SSH_TTY: '/dev/pts/1' }, { platform: 'darwin' as const }],
    [{ ...local, CODESPACES: 'true' }, {}],
    [{ ...local, container: 'podman' }, {}],
    [local, { mark: '/.dockerenv' }],
    [local, { mark: '/run/.containerenv' }],
    [{ WSL_DISTRO_NAME: 'Debian', SSH_CLIENT: 'x' }, {}],
  ])('with %j and %j', (env, options) => {
    expect(canOpen(env, options)).toBe(false)
  })
})

it('WSL is no other machine', () => {
  expect(isFarFromBrowser({ env: { WSL_DISTRO_NAME: 'Debian' }, isContainer: false })).toBe(false)
  expect(isFarFromBrowser({ env: {}, isContainer: true })).toBe(true)
})
