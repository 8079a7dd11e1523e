import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sandboxConfig } from '../../../src/sandbox/config.ts'
import { readStarted, readState, writeStubBrowser } from '../../support/stub-browser.ts'
import { openWorld } from './world.ts'

const name = 'a&b#"c" d'

/** A login with a code of a profile that is called so, with these keys in it and in its sso-session, beside these settings. */
async function logIn({
  program,
  profile = [],
  session = [],
  settings = '',
  file,
  env = {},
}: {
  program: string
  profile?: readonly string[]
  session?: readonly string[]
  settings?: string
  file?: readonly [path: string, text: string]
  env?: Record<string, string>
}) {
  const world = await openWorld()
  const lines = (keys: readonly string[]) => keys.map((key) => `${key}\n`).join('')
  const config = sandboxConfig(world.sandbox.url)
    .replace('[profile dev-profile]\n', () => `[profile '${name}']\n${lines(profile)}`)
    .replace(/^\[sso-session .*\n/m, (title) => `${title}assume_login = device-code\n${lines(session)}`)
  world.home.writeAws(config)
  if (settings !== '') world.home.write('.config/assume/config', settings)
  if (file) world.home.write(...file)
  const path = writeStubBrowser(world.home, program)
  const PATH = `${join(world.home.path, 'bin')}:${process.env['PATH']}`
  const { status, stderr } = await world.assume(['login', '--profile', name], {
    env: { PATH, DISPLAY: ':99', AWS_ACCESS_KEY_ID: 'hush', AWS_SECRET_ACCESS_KEY: 'hush', ...env },
  })
  expect([status, stderr]).toEqual([0, expect.not.stringContaining('warning')])
  const [started, ...args] = await readStarted(world.home)
  expect(started).toBe(path)
  expect(readState(world.home)).toEqual(['in /dev/null', 'keys none'])
  return args
}

const page = /^https:\/\/.*user_code=|^http:\/\/127\.0\.0\.1:\d+\//

describe('the login page is opened', () => {
  it('in the browser and the profile of the sso-session', async () => {
    const args = await logIn({
      program: 'bin/chromium',
      session: ['assume_browser = chromium', `assume_browser_profile = ${name}`],
      settings: 'assume_browser = no-such-browser\n',
      file: [
        'snap/chromium/common/chromium/Local State',
        JSON.stringify({ profile: { info_cache: { 'Profile 3': { name } } } }),
      ],
    })
    expect(args).toEqual([
      '--profile-directory=Profile 3',
      '--no-first-run',
      '--no-default-browser-check',
      expect.stringMatching(page),
    ])
  })

  it('in the browser and the profile of the profile before that', async () => {
    const args = await logIn({
      program: 'bin/firefox',
      profile: ['assume_browser = firefox', `assume_browser_profile = ${name}`],
      session: ['assume_browser = no-such-browser', 'assume_browser_profile = none'],
      file: ['.mozilla/firefox/profiles.ini', `[Profile0]\nName=${name}\nPath=x.y\n`],
    })
    expect(args).toEqual(['-P', name, '--new-tab', expect.stringMatching(page)])
  })

  it('in the container of a profile, with the colour and icon that Granted has', async () => {
    const [option, link = ''] = await logIn({
      program: 'bin/firefox',
      profile: ['granted_color = red', 'granted_icon = no-such-icon'],
      session: ['assume_container = granted', 'assume_icon = pet'],
      settings: 'assume_color = blue\n',
    })
    expect(option).toBe('--new-tab')
    expect(link).toMatch(/^ext\+granted-containers:/)
    expect(Object.fromEntries(new URLSearchParams(link.slice(link.indexOf(':') + 1)))).toEqual({
      name,
      url: expect.stringMatching(page),
      color: 'red',
      icon: 'pet',
    })
  })

  it('by a command of quoted words, of the settings and of $BROWSER', async () => {
    const settings = 'assume_browser = my-fox "a b" \'\' --url=%s\n'
    const url = expect.stringMatching(/^--url=http/)
    expect(await logIn({ program: 'bin/my-fox', settings })).toEqual(['a b', '', url])
    const env = { BROWSER: '/nonexistent "x:y":my-fox "c:d" --url=%s' }
    expect(await logIn({ program: 'bin/my-fox', env })).toEqual(['c:d', url])
  })
})
