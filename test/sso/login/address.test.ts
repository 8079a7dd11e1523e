import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startHttpServer } from '../../support/http-server.ts'
import { defer, openWorld } from './world.ts'

/** The names of the programs that open a URL on Windows, and those that make a script of it. */
const windowsPrograms = ['rundll32.exe', 'powershell.exe', 'cmd.exe', 'wslview']

/** A login with a device code at a service that sends the user to these addresses. */
async function openHostile(verificationUri: string, verificationUriComplete = verificationUri) {
  const world = await openWorld()
  const answers: Record<string, unknown> = {
    'POST /client/register': { clientId: 'id', clientSecret: 'hush', clientSecretExpiresAt: 4e9 },
    'POST /device_authorization': {
      deviceCode: 'code',
      userCode: 'ABCD-EFGH',
      verificationUri,
      verificationUriComplete,
      expiresIn: 60,
      interval: 1,
    },
    'POST /token': { accessToken: 'access', expiresIn: 3600 },
  }
  const { url } = await startHttpServer(({ line }) => [200, answers[line]])
  const opened = defer<string>()
  const urls: string[] = []
  const { BROWSER } = await world.browser(async (text) => {
    urls.push(text)
    opened.resolve(text)
  })
  const options = (env: Record<string, string>) => ({ env: { AWS_ENDPOINT_URL_SSO_OIDC: url, ...env } })
  const words = ['login', '--device-code']
  const logIn = (env: Record<string, string>) => world.assume(words, options(env))
  /** The same in this process. */
  const callLogin = (env: Record<string, string>) => world.call(words, options(env))
  return { world, BROWSER, urls, opened: opened.promise, logIn, callLogin }
}

describe('an address of a service that no browser may open', () => {
  const good = 'https://device.sso.eu-west-2.amazonaws.com/'
  it.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://host/share',
    '--incognito',
    '/tmp/x.desktop',
    'http://example.com/device',
    'file:\u001b]0;title\u0007',
  ])('is shown and refused: %j', async (address) => {
    for (const [plain, whole] of [
      [address, good],
      [good, address],
    ] as const) {
      const { world, BROWSER, urls, logIn, callLogin } = await openHostile(plain, whole)
      const before = world.snapshot()
      const { status, stderr } = await (address === '--incognito' ? logIn : callLogin)({ BROWSER })
      expect(status).toBe(1)
      const shown = address.replace(/[\u0000-\u001f]/g, '?')
      expect(stderr.split('\n')).toEqual([
        `assume: the address to log in at is none that a browser may open: ${shown}`,
        '  it has to begin with https://; check sso_region, and AWS_ENDPOINT_URL if it is set',
        '  assume login devto-article',
        '',
      ])
      await world.visited()
      expect(urls).toEqual([])
      expect(world.snapshot()).toEqual(before)
    }
  })

  it('is not that of an endpoint of one’s own either, without TLS and on another machine', async () => {
    const world = await openWorld({ flow: 'pkce' })
    await world.assume(['login'], { env: await world.browser() })
    const { status, stderr } = await world.assume(['logout']).then(() =>
      world.assume(['login'], {
        env: { AWS_ENDPOINT_URL_SSO_OIDC: world.sandbox.url.replace('127.0.0.1', '0.0.0.0') },
      }),
    )
    expect(status).toBe(1)
    expect(stderr).toContain('the address to log in at is none that a browser may open: http://0.0.0.0:')
  })
})

it('a browser gets the environment of the user, without keys and what a switch has set', async () => {
  const { world, BROWSER, opened, logIn } = await openHostile('https://device.example.com/')
  const path = world.home.write('bin/browser', `#!/bin/sh\nexec ${BROWSER} "$(env)"\n`)
  chmodSync(path, 0o755)
  const secrets = {
    AWS_ACCESS_KEY_ID: 'hush-1',
    AWS_SECRET_ACCESS_KEY: 'hush-2',
    AWS_SESSION_TOKEN: 'hush-3',
    AWS_SECURITY_TOKEN: 'hush-4',
    AWS_BEARER_TOKEN_BEDROCK: 'hush-5',
    AWS_CONTAINER_AUTHORIZATION_TOKEN: 'hush-6',
    OF_A_PLUGIN: 'hush-7',
  }
  const ASSUME_VARS = 'AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY OF_A_PLUGIN'
  await logIn({ ...secrets, ASSUME_VARS, BROWSER: path, MINE: 'kept' })
  const env = await opened
  expect(env).toMatch(/^MINE=kept$/m)
  expect(env).toMatch(/^HOME=/m)
  expect(env).not.toMatch(/hush|ASSUME_/)
})

describe('an address with what a script would run', () => {
  const address = "https://x.example/\u2019;calc;\u2019/'$(calc)'?q=';calc;'&\u201c`calc`#$(calc)"
  const { href } = new URL(address)

  it('reaches $BROWSER and assume_browser as one word of ASCII', async () => {
    for (const env of [true, false]) {
      const { world, BROWSER, opened, logIn } = await openHostile(address)
      if (!env) world.home.write('.config/assume/config', `assume_browser = ${BROWSER} %s\n`)
      expect((await logIn(env ? { BROWSER } : { BROWSER: '/nonexistent' })).status).toBe(0)
      expect(await opened).toBe(href)
    }
  })

  it('reaches Windows from WSL outside of every script', async () => {
    const { world, BROWSER, opened, logIn } = await openHostile(address)
    for (const name of windowsPrograms) {
      const path = world.home.write(`bin/${name}`, `#!/bin/sh\nexec ${BROWSER} "$(basename "$0")|$#|$1|$2"\n`)
      chmodSync(path, 0o755)
    }
    const PATH = `${join(world.home.path, 'bin')}:${process.env['PATH']}`
    expect((await logIn({ PATH, WSL_DISTRO_NAME: 'Debian' })).status).toBe(0)
    expect(await opened).toBe(`rundll32.exe|2|url.dll,FileProtocolHandler|${href}`)
  })
})
