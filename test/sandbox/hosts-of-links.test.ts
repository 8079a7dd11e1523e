import { get } from 'node:http'
import { expect, it } from 'vitest'
import { sandboxConfig, sandboxEnvironment } from '../../src/sandbox/config.ts'
import { authorizeUrl, browse, createPkce, post, register, registerDevice, startUrl } from './client.ts'
import { federate, getToken, openPortal } from './console/world.ts'

const destination = 'https://eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1#a'

/** Where the attributes of a page that a browser follows or loads lead; `data:` is left out. */
function readLinks(page: string, base: string): URL[] {
  const found = page.matchAll(/\s(?:href|src|action|formaction|srcset|poster|data)="([^"]*)"/g)
  return [...found].map(([, link = '']) => new URL(link, base)).filter(({ protocol }) => protocol !== 'data:')
}

it('every page and redirect of the sandbox leads to loopback', async () => {
  const { sandbox, keys } = await openPortal()
  const { clientId } = await register(sandbox)
  const registration = await registerDevice(sandbox)
  const { json: device } = await post(sandbox, '/device_authorization', { ...registration, startUrl })
  const queue = [
    '/start',
    '/start/console',
    '/device',
    device.verificationUri,
    device.verificationUriComplete,
    authorizeUrl(sandbox, clientId, createPkce().challenge),
    `/start/console?${new URLSearchParams({ account_id: '999988887777', role_name: 'Admin', destination })}`,
  ].map((path) => new URL(path, sandbox.url).href)
  const Destination = destination
  const logins = await Promise.all(
    (['GET', 'POST'] as const).map(async (method) =>
      federate(sandbox, method, { Action: 'login', Destination, SigninToken: await getToken(sandbox, keys) }),
    ),
  )
  const cookies = logins.map((login) => login.headers.get('set-cookie')?.split(';')[0])
  for (const login of logins) queue.push(new URL(login.headers.get('location') ?? '', sandbox.url).href)
  for (const answer of ['ask', 'allow', 'deny'] as const) {
    sandbox.answer = answer
    const seen = new Set<string>()
    for (const url of [...queue]) await crawl(url, seen)
    expect(seen.size).toBeGreaterThan(6)
  }

  async function crawl(url: string, seen: Set<string>): Promise<void> {
    const { origin, hostname, protocol, href } = new URL(url)
    expect([protocol, hostname], href).toEqual(['http:', '127.0.0.1'])
    // The callback of a client is on loopback, but not the sandbox's.
    if (origin !== sandbox.url || seen.has(href)) return
    seen.add(href)
    const response = await fetch(href, { redirect: 'manual', headers: { cookie: cookies.join('; ') } })
    const location = response.headers.get('location')
    const links = readLinks(await response.text(), href).map((link) => link.href)
    for (const next of [...(location === null ? [] : [new URL(location, href).href]), ...links])
      await crawl(next, seen)
  }
})

it('a login that came to a host of AWS’s leads to loopback too', async () => {
  const { sandbox, keys } = await openPortal()
  const SigninToken = await getToken(sandbox, keys)
  const query = new URLSearchParams({ Action: 'login', Destination: destination, SigninToken })
  const location = await new Promise<string | undefined>((resolve, reject) => {
    const headers = { host: 'eu-west-1.signin.aws.amazon.com' }
    get(`${sandbox.url}/federation?${query}`, { headers }, (response) => {
      response.resume()
      resolve(response.headers.location)
    }).on('error', reject)
  })
  expect(location).toMatch(new RegExp(`^${sandbox.url}/console/`))
  expect((await browse(location ?? '')).status).toBe(403)
})

it('config and environment lead to loopback', () => {
  const url = 'http://127.0.0.1:1'
  const config = sandboxConfig(url)
  const found = [...config.matchAll(/^\s*(\w+) = (\w+:\/\/\S+)$/gm)].map(([, name, value]) => [name, value])
  // AWS CLIs refuse a start URL without https; the sign-in endpoint takes the place of its origin.
  expect(found.filter(([, value]) => value !== url)).toEqual([['sso_start_url', startUrl]])
  expect(found.length).toBeGreaterThan(5)
  expect(config).toContain(`signin =\n  endpoint_url = ${url}`)
  expect(new Set(Object.values(sandboxEnvironment(url)))).toEqual(new Set([url]))
  expect(sandboxEnvironment(url)).toHaveProperty('AWS_ENDPOINT_URL_SIGNIN')
})
