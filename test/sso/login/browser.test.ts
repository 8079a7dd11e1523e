import { describe, expect, it } from 'vitest'
import { listBrowserCommands } from '../../../src/sso/login/browser.ts'

const url = "https://x/authorize?a=1&b='2'&c=$&d=%27"
/** As URLs have it. */
const href = 'https://x/authorize?a=1&b=%272%27&c=$&d=%27'
const commands = (platform: string, env: Record<string, string> = {}, configured?: string) =>
  listBrowserCommands(new URL(url), { env, platform, configured })

describe('the browser', () => {
  it.each([
    ['darwin', {}, undefined, [['open', href]]],
    ['linux', { DISPLAY: ':0' }, undefined, [['xdg-open', href]]],
    ['linux', { WAYLAND_DISPLAY: 'w' }, undefined, [['xdg-open', href]]],
    ['linux', {}, undefined, []],
    ['linux', { BROWSER: 'firefox' }, undefined, [['firefox', href]]],
    [
      'linux',
      { BROWSER: 'a --new %s:b -x' },
      undefined,
      [
        ['a', '--new', href],
        ['b', '-x', href],
      ],
    ],
    [
      'darwin',
      { BROWSER: 'a' },
      'firefox --private-window --url=%s',
      [
        ['firefox', '--private-window', `--url=${href}`],
        ['open', href],
      ],
    ],
  ])('on %s with %j and the setting %j', (platform, env, configured, expected) => {
    expect(commands(platform, env, configured)).toEqual(expected)
  })

  it('of Windows gets the URL as an argument, never within a script, in WSL too', () => {
    const start = ['rundll32.exe', 'url.dll,FileProtocolHandler', href]
    expect(commands('win32')).toEqual([start])
    expect(commands('linux', { WSL_DISTRO_NAME: 'Debian', DISPLAY: ':0' })).toEqual([start])
  })
})
