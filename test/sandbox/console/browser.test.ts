import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { SandboxOptions } from '../../../src/sandbox/options.ts'
import { hasChromium, openChromium, watchProblems } from '../../support/chromium.ts'
import { openSandbox } from '../client.ts'
import { getToken, openPortal } from './world.ts'

const destination = 'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#logs:a&b'

function formatLink(origin: string, fields: Readonly<Record<string, string>>): string {
  const query = Object.entries(fields).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return `${origin}/start/#/console?${query.join('&')}`
}

/** Without the empty one of `data:`. */
function listHosts(urls: ReadonlySet<string>): string[] {
  const hosts = new Set([...urls].map((url) => new URL(url).hostname))
  return [...hosts].filter((host) => host !== '')
}

const admin = { account_id: '999988887777', role_name: 'Admin', destination }

describe.skipIf(!hasChromium)(`in Chromium${hasChromium ? '' : ' (not installed)'}`, () => {
  async function openTab(): Promise<{
    tab: Page
    problems: string[]
    urls: Set<string>
    browser: BrowserContext
    readHistory: () => Promise<string>
  }> {
    const { browser, profile, close } = await openChromium()
    onTestFinished(close)
    const tab = await browser.newPage()
    const urls = new Set<string>()
    browser.on('request', (request) => urls.add(request.url()))
    const readHistory = async () => {
      await browser.close()
      const parts = ['History', 'History-wal'].map((name) => join(profile, 'Default', name))
      return parts.map((path) => (existsSync(path) ? readFileSync(path, 'latin1') : '')).join('')
    }
    return { tab, problems: watchProblems(tab), urls, browser, readHistory }
  }

  const read = (tab: Page, name: string) => tab.locator(`dd#${name}`).textContent({ timeout: 100_000 })

  async function open(options?: SandboxOptions) {
    return { sandbox: await openSandbox(options), ...(await openTab()) }
  }

  it('a shortcut link opens the console, and no token is in an address or in the history', async () => {
    const { sandbox, tab, problems, urls, readHistory } = await open({ answer: 'allow' })
    await tab.goto(formatLink(sandbox.url, admin))
    expect(await read(tab, 'account')).toBe('999988887777')
    expect(await read(tab, 'role')).toBe('Admin')
    expect(await read(tab, 'region')).toBe('eu-central-1')
    expect(await read(tab, 'service')).toBe('cloudwatch')
    expect(new URL(tab.url())).toMatchObject({ origin: sandbox.url, hash: '#logs:a&b' })
    expect(problems).toEqual([])
    expect(listHosts(urls)).toEqual(['127.0.0.1'])
    const history = await readHistory()
    expect(history).toContain(`${sandbox.url}/start`)
    for (const { kind, value } of sandbox.secrets())
      expect(
        [history, ...urls].some((text) => text.includes(value)),
        kind,
      ).toBe(false)
  })

  it('a link that leaves the role open, and one in a page that is open, ask first', async () => {
    const { sandbox, tab, problems } = await open()
    await tab.goto(`${sandbox.url}/start`)
    await tab.goto(formatLink(sandbox.url, { account_id: '999988887777' }).replace('/start/', '/start'))
    await tab.click('#allow')
    await tab.getByText('999988887777 ReadOnly').click()
    expect(await read(tab, 'role')).toBe('ReadOnly')
    expect(await read(tab, 'service')).toBe('console')
    await tab.goto(formatLink(sandbox.url, { ...admin, account_id: '123456789012' }))
    await tab.getByText('Admin in account 123456789012 is not assigned').waitFor({ timeout: 100_000 })
    expect(problems.filter((text) => !text.includes('403'))).toEqual([])
  })

  it('a form on another port logs in to several accounts', async () => {
    const { tab, problems, urls } = await openTab()
    const { sandbox, keys } = await openPortal()
    const tokens = [await getToken(sandbox, keys)]
    const server = createServer((_, response) => {
      const fields = { Action: 'login', Destination: destination, SigninToken: tokens.pop() ?? '' }
      const inputs = Object.entries(fields).map(([name, value]) => `<input name="${name}" value="${value}">`)
      const policy = `default-src 'none'; form-action ${sandbox.url}`
      response.setHeader('content-security-policy', policy)
      response.setHeader('content-type', 'text/html')
      response.setHeader('referrer-policy', 'no-referrer')
      response.end(
        `<link rel="icon" href="data:,"><form method="post" action="${sandbox.url}/federation">${inputs.join('')}<button>Go</button></form>`,
      )
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      server.close()
      server.closeAllConnections()
    })
    await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    await tab.click('button')
    expect(await read(tab, 'role')).toBe('Admin')
    const [first] = [tab.url()]
    sandbox.answer = 'allow'
    await tab.goto(formatLink(sandbox.url, { ...admin, account_id: '123456789012', role_name: 'ReadOnly' }))
    expect(await read(tab, 'account')).toBe('123456789012')
    await tab.goto(first)
    expect(await read(tab, 'account')).toBe('999988887777')
    expect(problems.filter((text) => !text.includes("'img-src'"))).toEqual([])
    expect(listHosts(urls)).toEqual(['127.0.0.1'])
  })
})
