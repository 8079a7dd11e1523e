import { describe, expect, it } from 'vitest'
import { listBrowserCommands } from '../../src/core/browser.ts'

const url = "https://x/authorize?a=1&b='2'"
const commands = (platform: string, env: Record<string, string> = {}, configured?: string) =>
  listBrowserCommands(url, { env, platform, configured })

describe('the browser', () => {
  it.each([
    ['darwin', {}, undefined, [['open', url]]],
    ['linux', { DISPLAY: ':0' }, undefined, [['xdg-open', url]]],
    ['linux', { WAYLAND_DISPLAY: 'w' }, undefined, [['xdg-open', url]]],
    ['linux', {}, undefined, []],
    ['linux', { BROWSER: 'firefox' }, undefined, [['firefox', url]]],
    [
      'linux',
      { BROWSER: 'a --new %s:b -x' },
      undefined,
      [
        ['a', '--new', url],
        ['b', '-x', url],
      ],
    ],
    [
      'darwin',
      { BROWSER: 'a' },
      'firefox --private-window %s',
      [
        ['firefox', '--private-window', url],
        ['open', url],
      ],
    ],
  ])('on %s with %j and the setting %j', (platform, env, configured, expected) => {
    expect(commands(platform, env, configured)).toEqual(expected)
  })

  it('is started by PowerShell on Windows and WSL, with the URL as one literal word', () => {
    const start = [
      'powershell.exe',
      '-NoProfile',
      '-Command',
      "Start-Process 'https://x/authorize?a=1&b=''2'''",
    ]
    expect(commands('win32')).toEqual([start])
    expect(commands('linux', { WSL_DISTRO_NAME: 'Debian' })).toEqual([['wslview', url], start])
  })
})
