import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'

/** Where it is; absent where it is not installed. */
export const chromiumProgram = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'chromium'))
  .find((path) => existsSync(path))

/** Whether tests in Chromium are run, if only to fail where it is required and missing. */
export const hasChromium = chromiumProgram !== undefined || Boolean(process.env['ASSUME_REQUIRE_CHROMIUM'])

/** Nothing but loopback is reached, and nothing is asked for or kept in the background. */
export const chromiumFlags = [
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
  if (chromiumProgram === undefined) throw new Error('there is no chromium on PATH')
  const profile = mkdtempSync(join(tmpdir(), 'assume-chromium-'))
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumProgram,
    headless: true,
    chromiumSandbox: false,
    args: chromiumFlags,
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
  // A page that is left before it is there is none.
  tab.on('requestfailed', (request) => {
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') problems.push(request.url())
  })
  return problems
}
