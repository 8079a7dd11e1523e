import { describe, expect, it } from 'vitest'
import type { SandboxOptions } from '../../../src/sandbox/options.ts'
import type { Sandbox } from '../../../src/sandbox/sandbox.ts'
import { authorizeUrl, createPkce, openSandbox, press, register } from '../client.ts'
import { readFacts } from './world.ts'

const destination = 'https://eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1#b'
const admin = { account_id: '999988887777', role_name: 'Admin', destination }

/** A browser without scripts: it keeps cookies by their paths and follows redirects. */
function createBrowser(sandbox: Sandbox) {
  const cookies = new Map<string, string>()
  async function visit(path: string, body?: URLSearchParams): Promise<{ status: number; page: string }> {
    const url = new URL(path, sandbox.url)
    expect(url.origin).toBe(sandbox.url)
    const sent = [...cookies].filter(([, where]) => url.pathname.startsWith(where)).map(([cookie]) => cookie)
    const init = body ? { method: 'POST', body } : {}
    const response = await fetch(url, { ...init, headers: { cookie: sent.join('; ') }, redirect: 'manual' })
    const [, cookie, where] = /^([^;]+); Path=([^;]+)/.exec(response.headers.get('set-cookie') ?? '') ?? []
    if (cookie !== undefined && where !== undefined) cookies.set(cookie, where)
    const location = response.headers.get('location')
    if (location !== null) return visit(location)
    return { status: response.status, page: await response.text() }
  }
  const followLink = (link: Readonly<Record<string, string>>) =>
    visit(`/start/console?${new URLSearchParams(link)}`)
  /** Sends the form of a page, with what is chosen in it. */
  function send(page: string, chosen: Readonly<Record<string, string>> = {}) {
    const [, action = ''] = /<form method="post" action="([^"]+)"/.exec(page) ?? []
    const hidden = [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
    const fields = Object.fromEntries(hidden.map(([, name, value]) => [name, readMarkup(value)]))
    return visit(action, new URLSearchParams({ ...fields, ...chosen }))
  }
  return { visit, followLink, send, cookies }
}

function readMarkup(text = ''): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

async function open(options?: SandboxOptions) {
  const sandbox = await openSandbox(options)
  return { sandbox, ...createBrowser(sandbox) }
}

describe('a shortcut link', () => {
  it.each(['/start', '/start/', '/', '/directory/d-1', '/directory/d-1/'])(
    'is read by the page %s',
    async (path) => {
      const { sandbox, visit } = await open()
      expect(await visit(path)).toMatchObject({ status: 200, page: expect.stringContaining('location.hash') })
      expect(sandbox.requests.count('StartPage')).toBe(1)
    },
  )

  it('opens the console when all logins are allowed', async () => {
    const { sandbox, followLink, send } = await open({ answer: 'allow' })
    const { page } = await followLink(admin)
    expect(readFacts((await send(page)).page)).toMatchObject({
      account: '999988887777',
      role: 'Admin',
      session: 'dev@example.com',
      region: 'eu-west-1',
      service: 's3',
    })
    expect(sandbox.requests.of('ConsoleLogin')).toMatchObject([{ method: 'POST', status: 302 }])
  })

  it('asks whoever is not signed in, once', async () => {
    const users = [{ name: 'me' }, { name: 'you<' }]
    const { sandbox, followLink, send } = await open({ users })
    const asked = await followLink(admin)
    expect(asked.page).toContain('id="allow"')
    const allowed = await send(asked.page, { decision: 'allow', user: 'you<' })
    expect(readFacts((await send(allowed.page)).page)).toMatchObject({ session: 'you&lt;', role: 'Admin' })
    const again = await followLink({ ...admin, destination: '' })
    expect(readFacts((await send(again.page)).page)).toMatchObject({
      session: 'you&lt;',
      region: 'eu-west-2',
      path: '/console/home?region=eu-west-2',
    })
    sandbox.endSessions()
    expect((await followLink(admin)).page).toContain('id="allow"')
  })

  it('ends where the user or the sandbox refuses', async () => {
    const { sandbox, followLink, send } = await open()
    expect(await send((await followLink(admin)).page, { decision: 'deny' })).toMatchObject({ status: 403 })
    sandbox.answer = 'deny'
    expect(await followLink(admin)).toMatchObject({ status: 403 })
  })

  it('needs no more than the browser’s last login', async () => {
    const { sandbox, visit, followLink, cookies } = await open()
    const { clientId } = await register(sandbox)
    const { page } = await visit(authorizeUrl(sandbox, clientId, createPkce().challenge))
    const { cookie } = await press(sandbox, page, 'allow')
    cookies.set(cookie.split(';')[0] ?? '', '/start')
    expect((await followLink(admin)).page).toContain('action="/federation"')
  })

  it.each([
    ['a role of another account', { ...admin, account_id: '123456789011' }, '123456789011'],
    ['a role that is none', { ...admin, role_name: '<b>' }, '&lt;b&gt;'],
    ['an account that is none', { account_id: '000000000000' }, '000000000000'],
    ['an account that is no number', { account_id: '<b>' }, '&lt;b&gt;'],
  ])('says that %s is not assigned', async (_name, link, text) => {
    const { sandbox, followLink } = await open({ answer: 'allow' })
    const { status, page } = await followLink(link)
    expect(status).toBe(403)
    expect(page).toContain(text)
    expect(page).toContain('assigned to dev@example.com')
    expect(page).not.toContain('<b>')
    expect(sandbox.secrets().map(({ kind }) => kind)).not.toContain('signin-token')
  })

  it.each([
    [{ account_id: '999988887777', destination }, ['Admin', 'ReadOnly']],
    [{ destination }, ['FullAccess', 'ReadOnly', 'Admin', 'ReadOnly']],
    [{}, ['FullAccess', 'ReadOnly', 'Admin', 'ReadOnly']],
  ])('lets the user choose: %j', async (link, roles) => {
    const { visit, followLink, send } = await open({ answer: 'allow' })
    const { page } = await followLink(link)
    const links = [...page.matchAll(/<a href="([^"]+)">[^<]* (\w+)<\/a>/g)]
    expect(links.map(([, , role]) => role)).toEqual(roles)
    const chosen = links.at(-1)?.[1] ?? ''
    const { page: login } = await visit(readMarkup(chosen))
    expect(readFacts((await send(login)).page)).toMatchObject({
      account: '999988887777',
      role: 'ReadOnly',
      service: 'destination' in link ? 's3' : 'console',
    })
  })

  it('goes nowhere but to the console', async () => {
    const { followLink, send } = await open({ answer: 'allow' })
    const { page } = await followLink({ ...admin, destination: 'javascript:alert("<b>")' })
    expect(page).not.toContain('<b>')
    expect(await send(page)).toMatchObject({ status: 400 })
  })
})
