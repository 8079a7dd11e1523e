import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'

const program = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'chromium'))
  .find((path) => existsSync(path))

/** Whether tests in Chromium are run, if only to fail where it is required and missing. */
export const hasChromium = program !== undefined || Boolean(process.env['ASSUME_REQUIRE_CHROMIUM'])

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

/** A Chromium with a profile of its own, both of which are gone when it is closed. */
export async function openChromium(): Promise<{
  browser: BrowserContext
  profile: string
  close: () => Promise<void>
}> {
  if (program === undefined) throw new Error('there is no chromium on PATH')
  const profile = mkdtempSync(join(tmpdir(), 'assume-chromium-'))
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: program,
    headless: true,
    chromiumSandbox: false,
    args: flags,
  })
  const close = async () => {
    await browser.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  return { browser, profile, close }
}

/** Gathers what goes wrong in a tab: what is blocked or fails, and what its scripts throw. */
export function watchProblems(tab: Page): string[] {
  const problems: string[] = []
  tab.on('console', (message) => problems.push(message.text()))
  tab.on('pageerror', ({ message }) => problems.push(message))
  tab.on('requestfailed', (request) => {
    // The page went on to another before it was whole.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') problems.push(request.url())
  })
  return problems
}
