import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findProxy } from '../../src/aws/proxy.ts'
import { sandboxConfig } from '../../src/sandbox/config.ts'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import { callCommand } from '../support/command.ts'
import { createAuthority, startConnectProxy } from '../support/connect-proxy.ts'
import { exampleSession, timestamp, World } from './world.ts'

const oidc = 'oidc.eu-west-2.amazonaws.com:443'
const portal = 'portal.sso.eu-west-2.amazonaws.com:443'

/** Logs in through these settings. */
const logIn = (world: World, env: Record<string, string> = {}, ...words: string[]) =>
  world.assume(['login', '--device-code', ...words], env)

/** A world whose commands are called in this process, which reads no certificates when it starts. */
const open = (options: Parameters<typeof World.open>[0] = {}) => World.open(options, callCommand)

const targetsOf = (world: World) => world.proxy.tunnels.map(({ target }) => target)

/** A login that fails with a message and a hint, whatever else is advised, and leaves nothing behind. */
async function expectFailure(world: World, env: Record<string, string>, ...lines: string[]): Promise<void> {
  const result = await logIn(world, env)
  expect(result).toMatchObject({ status: 1, stdout: '' })
  expect(result.stderr.split('\n').slice(0, lines.length)).toEqual(lines)
  expect(world.list('sso/cache')).toEqual([])
}

describe('through a proxy, with the certificates of AWS_CA_BUNDLE, assume', () => {
  it('logs in, refreshes and logs out', async () => {
    const world = await World.open()
    expect(await logIn(world)).toMatchObject({ status: 0 })
    expect(new Set(targetsOf(world))).toEqual(new Set([oidc]))
    world.changeToken({ expiresAt: timestamp(-60) })
    world.takeRequests()
    expect(await world.switch()).toMatchObject({ status: 0, stderr: '' })
    expect(world.takeRequests()).toEqual(['CreateToken'])
    expect(await world.assume(['logout'])).toMatchObject({ status: 0 })
    expect(world.takeRequests()).toEqual(['Logout'])
    expect(targetsOf(world).at(-1)).toBe(portal)
    expect(world.proxy.tunnels.every(({ allowed }) => allowed)).toBe(true)
  })

  it.each([
    ['the certificates from ca_bundle of the profile', { AWS_CA_BUNDLE: '' }, 'ca_bundle = ~/authority.pem'],
    [
      'the certificates of NODE_EXTRA_CA_CERTS that Node has read',
      { AWS_CA_BUNDLE: '', NODE_EXTRA_CA_CERTS: 'authority.pem' },
      '',
    ],
    [
      'the certificates of NODE_EXTRA_CA_CERTS that the launcher keeps from Node',
      { AWS_CA_BUNDLE: '', ASSUME_NODE_EXTRA_CA_CERTS: 'authority.pem' },
      '',
    ],
    ['the FIPS host', { AWS_USE_FIPS_ENDPOINT: 'true' }, '', 'oidc-fips.eu-west-2.amazonaws.com:443'],
    ['the FIPS host of the profile', {}, 'use_fips_endpoint = true', 'oidc-fips.eu-west-2.amazonaws.com:443'],
    ['the dual-stack host', { AWS_USE_DUALSTACK_ENDPOINT: 'true' }, '', 'oidc.eu-west-2.api.aws:443'],
    [
      'both',
      { AWS_USE_DUALSTACK_ENDPOINT: 'true' },
      'use_fips_endpoint = true',
      'oidc-fips.eu-west-2.api.aws:443',
    ],
  ])('takes %s', async (_title, env, line, target = oidc) => {
    const isRead = Object.keys(env).some((name) => name.endsWith('NODE_EXTRA_CA_CERTS'))
    const world = await (isRead ? World.open() : open())
    world.home.writeAws(sandboxConfig('').replaceAll('services = sandbox', line))
    expect(await logIn(world, env)).toMatchObject({ status: 0 })
    expect(new Set(targetsOf(world))).toEqual(new Set([target]))
  })

  it.each([
    ['without a scheme', (url: string) => ({ HTTPS_PROXY: url.slice('http://'.length) })],
    ['in lower case', (url: string) => ({ HTTPS_PROXY: '', https_proxy: url })],
    ['for all schemes', (url: string) => ({ HTTPS_PROXY: '', ALL_PROXY: url })],
    ['with a slash', (url: string) => ({ HTTPS_PROXY: `${url}/` })],
    ['beside exceptions for others', () => ({ NO_PROXY: 'localhost,.example.com' })],
  ])('finds the proxy %s', async (_title, change) => {
    const world = await open()
    expect(await logIn(world, change(world.proxy.url))).toMatchObject({ status: 0 })
    expect(targetsOf(world)).toContain(oidc)
  })

  it('gives the proxy the user and password of its URL, and never shows them', async () => {
    const world = await open()
    const proxy = await startConnectProxy(world.sandbox.tlsUrl ?? '', { credentials: 'me:hush%hush' })
    const url = (userInfo: string) => proxy.url.replace('//', `//${userInfo}`)
    const host = new URL(proxy.url).host
    for (const userInfo of ['', 'me:hush%2Dhush@']) {
      await expectFailure(
        world,
        { HTTPS_PROXY: url(userInfo) },
        `assume: the proxy ${host} does not connect to oidc.eu-west-2.amazonaws.com (HTTP 407)`,
        '  it wants a user and a password: HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT',
      )
    }
    const result = await logIn(world, { HTTPS_PROXY: url('me:hush%25hush@') })
    expect(result.status).toBe(0)
    expect(result.stderr).not.toContain('hush')
  })
})

describe('NO_PROXY', () => {
  it('leads past the proxy', async () => {
    const world = await open()
    const env = { AWS_ENDPOINT_URL: world.sandbox.tlsUrl ?? '' }
    await expectFailure(
      world,
      env,
      `assume: the proxy ${new URL(world.proxy.url).host} does not connect to 127.0.0.1 (HTTP 403)`,
      '  check HTTPS_PROXY, and NO_PROXY for what is to be reached without it',
    )
    expect(world.proxy.tunnels).toEqual([{ target: new URL(env.AWS_ENDPOINT_URL).host, allowed: false }])
    expect(await logIn(world, { ...env, NO_PROXY: 'localhost, 127.0.0.1' })).toMatchObject({ status: 0 })
    expect(await logIn(world, { ...env, no_proxy: '*' })).toMatchObject({ status: 0 })
    expect(world.proxy.tunnels).toHaveLength(1)
  })

  it('counts for a start URL of one’s own by itself', async () => {
    const world = await open({ vanityHosts: { localhost: exampleSession.startUrl } })
    const own = (world.sandbox.tlsUrl ?? '').replace('127.0.0.1', 'localhost')
    world.home.writeAws(
      sandboxConfig('').replaceAll('services = sandbox', '').replace(exampleSession.startUrl, own),
    )
    expect(await logIn(world, { NO_PROXY: 'localhost' })).toMatchObject({ status: 0 })
    expect(world.takeRequests()[0]).toBe('StartPage')
    expect(new Set(targetsOf(world))).toEqual(new Set([oidc]))
    const { status, stderr } = await logIn(world)
    expect(status).toBe(1)
    expect(stderr).toMatch(/^assume: the proxy \S+ does not connect to localhost \(HTTP 403\)\n/)
  })

  it.each([
    ['oidc.eu-west-2.amazonaws.com', true],
    ['amazonaws.com', true],
    ['.amazonaws.com', true],
    ['*.amazonaws.com', true],
    ['OIDC.EU-WEST-2.amazonaws.com', true],
    ['oidc.eu-west-2.amazonaws.com:443', true],
    ['example.com other.example.com,amazonaws.com', true],
    ['*', true],
    ['oidc.eu-west-2.amazonaws.com:8443', false],
    ['zonaws.com', false],
    ['eu-west-2', false],
    ['amazonaws.com.cn', false],
    ['', false],
    [' , ,', false],
  ])('"%s" makes an exception: %s', (exceptions, isException) => {
    const env = { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: exceptions }
    const found = findProxy('https://oidc.eu-west-2.amazonaws.com', env)
    expect(found).toBe(isException ? undefined : 'http://proxy:3128')
  })

  it.each(['::1', '[::1]', '[::1]:4566'])('knows the address %s', (exceptions) => {
    const env = { http_proxy: 'http://proxy', NO_PROXY: exceptions }
    expect(findProxy('http://[::1]:4566', env)).toBeUndefined()
    expect(findProxy('http://[::2]:4566', env)).toBe('http://proxy')
  })

  it('is not asked for what is no URL', async () => {
    const world = await open()
    world.home.writeAws(
      sandboxConfig('').replaceAll('services = sandbox', '').replace(exampleSession.startUrl, 'my-portal'),
    )
    await expectFailure(world, {}, 'assume: the start URL my-portal does not begin with https://')
  })

  it('is not asked where no proxy is for the scheme', () => {
    expect(findProxy('https://oidc.eu-west-2.amazonaws.com', { HTTP_PROXY: 'http://proxy' })).toBeUndefined()
  })
})

describe('a login that the network prevents says', () => {
  const doing = 'assume: cannot register with Identity Center:'
  const host = 'oidc.eu-west-2.amazonaws.com'

  it('that a certificate is not trusted: of another authority, of none, of one that is no certificate', async () => {
    const world = await open()
    const other = world.home.write('other.pem', createAuthority().ca)
    const text = world.home.write('text.pem', 'no certificate')
    for (const bundle of [other, text, '']) {
      await expectFailure(
        world,
        { AWS_CA_BUNDLE: bundle },
        expect.stringMatching(`^${doing} the certificate of ${host} is not trusted \\([A-Z_]+\\)$`),
        "  behind a proxy of your company set AWS_CA_BUNDLE to that company's certificates",
      )
    }
    expect(world.takeRequests()).toEqual([])
  })

  it('and warns of certificates of NODE_EXTRA_CA_CERTS that are gone', async () => {
    const world = await World.open()
    await expectFailure(
      world,
      { AWS_CA_BUNDLE: '', ASSUME_NODE_EXTRA_CA_CERTS: '/nowhere/ca.pem' },
      'assume: warning: the certificates of NODE_EXTRA_CA_CERTS are not used: there is no file /nowhere/ca.pem',
      expect.stringMatching(`^${doing} the certificate of ${host} is not trusted \\([A-Z_]+\\)$`),
    )
  })

  it('that there is no such file of certificates', async () => {
    const world = await open()
    await expectFailure(
      world,
      { AWS_CA_BUNDLE: '/nowhere/ca.pem' },
      'assume: there is no CA bundle /nowhere/ca.pem',
      '  AWS_CA_BUNDLE, or ca_bundle of the profile, names it',
    )
  })

  it('that the proxy cannot be reached, or is none', async () => {
    const world = await open()
    const { port } = new URL(await closedUrl())
    await expectFailure(
      world,
      { HTTPS_PROXY: `http://user:hush@127.0.0.1:${port}` },
      `${doing} ${host} cannot be reached through the proxy 127.0.0.1:${port} (ECONNREFUSED)`,
      '  check the network, HTTPS_PROXY and NO_PROXY',
    )
    for (const proxy of ['http://[hush', 'socks5://127.0.0.1:1080', 'http://']) {
      await expectFailure(
        world,
        { HTTPS_PROXY: proxy },
        'assume: the proxy that HTTPS_PROXY names is no http:// or https:// URL',
        '  export HTTPS_PROXY=http://proxy.example.com:3128',
      )
    }
  })

  it('that nobody listens, or that what listens speaks another protocol', async () => {
    const world = await open()
    const { url, tlsUrl = '' } = world.sandbox
    const mail = await greet('220 mail.example.com ESMTP\r\n')
    const others = [url.replace('http:', 'https:'), tlsUrl.replace('https:', 'http:'), mail]
    for (const endpoint of [await closedUrl(), ...others]) {
      await expectFailure(
        world,
        { HTTPS_PROXY: '', AWS_ENDPOINT_URL: endpoint },
        expect.stringMatching(`^${doing} 127.0.0.1:${new URL(endpoint).port} cannot be reached \\(\\w+\\)$`),
        '  check AWS_ENDPOINT_URL, which names this host, and the network; behind a proxy set HTTPS_PROXY',
      )
    }
  })

  it.each([
    [
      'AWS_ENDPOINT_URL_SSO_OIDC',
      { AWS_ENDPOINT_URL_SSO_OIDC: 'URL', AWS_ENDPOINT_URL: 'http://127.0.0.1:9' },
      '',
    ],
    ['AWS_ENDPOINT_URL', { AWS_ENDPOINT_URL: 'URL' }, ''],
    ['endpoint_url of the profile', {}, 'endpoint_url = URL'],
    [
      'endpoint_url in [services own]',
      {},
      'services = own\n[services own]\nsso_oidc =\n  endpoint_url = URL',
    ],
  ])('which setting names a host that cannot be reached: %s', async (source, env, lines) => {
    const world = await open()
    const url = await closedUrl()
    const named = Object.fromEntries(
      Object.entries(env).map(([name, value]) => [name, value.replace('URL', url)]),
    )
    const [own = '', ...section] = lines.replace('URL', url).split('\n')
    world.home.writeAws([sandboxConfig('').replaceAll('services = sandbox', own), ...section, ''].join('\n'))
    await expectFailure(
      world,
      { ...named, HTTPS_PROXY: '' },
      `${doing} ${new URL(url).host} cannot be reached (ECONNREFUSED)`,
      `  check ${source}, which names this host, and the network; behind a proxy set HTTPS_PROXY`,
    )
  })

  it('that an endpoint contradicts FIPS, or a services section is missing', async () => {
    const world = await open()
    const both = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_USE_FIPS_ENDPOINT: 'true' }
    await expectFailure(world, both, 'assume: the endpoint http://127.0.0.1:1 cannot go together with FIPS')
    world.home.writeAws(sandboxConfig('').replaceAll('services = sandbox', 'services = typo'))
    await expectFailure(world, {}, 'assume: the profile names a section [services typo], which is missing')
  })
})

describe('the endpoint of the profile that is switched to', () => {
  it('counts for login, refresh and logout, not that of [default] or of AWS_PROFILE', async () => {
    const world = await open()
    const wrong = await startSandbox({ answer: 'allow' })
    onTestFinished(() => wrong.close())
    world.home.writeAws(
      [
        '[default]',
        `endpoint_url = ${wrong.url}`,
        '[profile active]',
        `endpoint_url = ${wrong.url}`,
        'use_fips_endpoint = true',
        sandboxConfig(world.sandbox.url),
      ].join('\n'),
    )
    const run = (...words: string[]) => world.assume(words, { AWS_PROFILE: 'active' })
    expect(await run('login', 'dev-profile', '--device-code')).toMatchObject({ status: 0 })
    world.changeToken({ expiresAt: timestamp(-60) })
    expect(await run('env', 'dev-profile', '--shell', 'bash')).toMatchObject({ status: 0, stderr: '' })
    expect(await run('logout', 'dev-profile')).toMatchObject({ status: 0 })
    expect(world.takeRequests()).toEqual([
      'RegisterClient',
      'StartDeviceAuthorization',
      'CreateToken',
      'CreateToken',
      'Logout',
    ])
    expect(wrong.requests.all).toEqual([])
    expect(world.proxy.tunnels).toEqual([])
  })
})

/** A server that says this to everybody, whatever they ask. */
async function greet(text: string): Promise<string> {
  const server = createServer((socket) => socket.on('error', () => {}).end(text))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** An address where nobody listens any more. */
async function closedUrl(): Promise<string> {
  const { url, close } = await startSandbox()
  await close()
  return url
}
