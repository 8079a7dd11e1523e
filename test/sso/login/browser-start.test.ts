import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openWorld, type World } from './world.ts'

const program = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'chromium'))
  .find((path) => existsSync(path))
const isUsable = program !== undefined || Boolean(process.env['ASSUME_REQUIRE_CHROMIUM'])

/** Nothing but loopback is reached, and nothing is asked for or kept in the background. */
const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
]

describe.skipIf(!isUsable)(`a login in Chromium${isUsable ? '' : ' (not installed)'}`, () => {
  let browser: BrowserContext
  const profile = mkdtempSync(join(tmpdir(), 'assume-chromium-'))
  beforeAll(async () => {
    if (program === undefined) throw new Error('there is no chromium on PATH')
    browser = await chromium.launchPersistentContext(profile, {
      executablePath: program,
      headless: true,
      chromiumSandbox: false,
      args: flags,
    })
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  })

  /** A new tab, and what went wrong in it: scripts and styles that were blocked, requests that failed. */
  async function openTab(): Promise<{ tab: Page; problems: string[] }> {
    const tab = await browser.newPage()
    onTestFinished(() => tab.close())
    const problems: string[] = []
    tab.on('console', (message) => problems.push(message.text()))
    tab.on('pageerror', ({ message }) => problems.push(message))
    tab.on('requestfailed', (request) => problems.push(request.url()))
    tab.on('dialog', async (dialog) => {
      problems.push(`dialog ${dialog.message()}`)
      await dialog.dismiss()
    })
    return { tab, problems }
  }

  /** Logs in with a browser that opens the URL in a tab and then does what a person would do there. */
  async function logIn(world: World, act: (tab: Page, url: string) => Promise<unknown>) {
    const { tab, problems } = await openTab()
    const failures: unknown[] = []
    const env = await world.browser(async (url) => {
      try {
        await tab.goto(url)
        await act(tab, url)
      } catch (error) {
        failures.push(error)
      }
    })
    const result = await world.assume(['login'], { env })
    await world.visited()
    expect(failures).toEqual([])
    world.expectDecent(result, { showsUserCode: true })
    return { ...result, tab, problems }
  }

  const heading = (tab: Page) => tab.locator('h1').innerText()

  it('with PKCE: Allow leads to the page of assume, and to a token', async () => {
    const world = await openWorld({ flow: 'pkce', answer: 'ask' })
    const { status, tab, problems } = await logIn(world, async (tab) => {
      expect(await heading(tab)).toBe('Allow access?')
      expect(await tab.locator('main').innerText()).toContain('assume-devto-article wants to access')
      await tab.click('#allow')
      await tab.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/oauth\/callback\?/)
    })
    expect(status).toBe(0)
    expect(await heading(tab)).toBe('You are logged in')
    expect(await tab.title()).toBe('You are logged in - assume')
    expect(await tab.locator('body').innerText()).toContain('close this page and go back to the terminal')
    expect(world.token.accessToken).toMatch(/^aoa/)
    expect(problems).toEqual([])
  })

  it('with PKCE: Deny is said in the browser and in the terminal, and nothing is written', async () => {
    const world = await openWorld({ flow: 'pkce', answer: 'ask' })
    const { status, stderr, tab, problems } = await logIn(world, async (tab) => {
      await tab.click('#deny')
      await tab.waitForURL(/\/oauth\/callback\?/)
    })
    expect(status).toBe(1)
    expect(stderr).toContain('assume: the login was refused: Access denied')
    expect(await heading(tab)).toBe('The login failed')
    expect(await tab.locator('body').innerText()).toContain('the login was refused: Access denied')
    expect(Object.keys(world.snapshot())).toEqual(['config'])
    // The page has status 400, which Chromium notes.
    expect(problems.filter((problem) => !problem.includes('400'))).toEqual([])
  })

  it('with a device code: Allow on the page that opens, which shows the code of the terminal', async () => {
    const world = await openWorld({ answer: 'ask' })
    let code = ''
    const { status, stderr, tab, problems } = await logIn(world, async (tab) => {
      code = await tab.locator('code').innerText()
      await tab.click('#allow')
    })
    expect(status).toBe(0)
    expect(stderr).toContain(`with the code ${code}`)
    expect(await heading(tab)).toBe('Request approved')
    expect(world.token.accessToken).toMatch(/^aoa/)
    expect(problems).toEqual([])
  })

  it('with a device code: the code is typed into the page on another device', async () => {
    const world = await openWorld({ answer: 'ask' })
    const { tab, problems } = await openTab()
    const running = world.assume(['login', '--no-browser'])
    const stderr = await running.shows('user_code=')
    const [, address = '', code = ''] = /log in to \S+ at (\S+)\n {2}with the code (\S+),/.exec(stderr) ?? []
    await tab.goto(address)
    await tab.fill('input[name=user_code]', code.toLowerCase())
    await tab.click('button')
    await tab.click('#allow')
    expect(await running).toMatchObject({ status: 0 })
    expect(await heading(tab)).toBe('Request approved')
    expect(problems).toEqual([])
  })

  it('with a device code: Deny is said in the terminal, and nothing is written', async () => {
    const world = await openWorld({ answer: 'ask' })
    const { status, stderr, tab } = await logIn(world, (tab) => tab.click('#deny'))
    expect(status).toBe(1)
    expect(stderr).toContain(
      'assume: the login was denied in the browser\n  assume doctor --online\n  assume login',
    )
    expect(await heading(tab)).toBe('Request denied')
    expect(Object.keys(world.snapshot())).toEqual(['config'])
  })

  it('shows what a hostile redirect says as text, and runs nothing of it', async () => {
    const world = await openWorld({ flow: 'pkce', answer: 'ask' })
    const attack = `<script>alert(1)</script><img src=x onerror=alert(2)><style>h1{display:none}</style>`
    const { status, tab, problems } = await logIn(world, async (tab, url) => {
      const { searchParams } = new URL(url)
      const redirect = new URL(searchParams.get('redirect_uri') ?? '')
      redirect.searchParams.set('state', searchParams.get('state') ?? '')
      redirect.searchParams.set('error', 'access_denied')
      redirect.searchParams.set('error_description', attack)
      await tab.goto(redirect.href)
    })
    expect(status).toBe(1)
    expect(await tab.locator('p').innerText()).toContain(attack)
    expect(await tab.locator('h1').isVisible()).toBe(true)
    expect(await tab.locator('script, img').count()).toBe(0)
    expect(problems.filter((problem) => !problem.includes('400'))).toEqual([])
  })
})
