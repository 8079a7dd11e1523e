import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { chromiumFlags, chromiumProgram, hasChromium } from '../support/chromium.ts'
import { type ConsoleWorld, openWorld } from './world.ts'

/** A Chromium that a command starts by itself and a test looks into: the command for `--browser`, and its tab. */
function prepareChromium({ world }: ConsoleWorld) {
  const folder = join(world.home.path, 'chromium of "me"')
  const flags = ['--headless=new', '--no-sandbox', '--remote-debugging-port=0', ...chromiumFlags]
  const quoted = [...flags, `--user-data-dir=${folder}`].map((flag) => `'${flag}'`)
  const command = `"${chromiumProgram}" ${quoted.join(' ')} %s`
  // One that nobody has got to talk to must not stay.
  onTestFinished(() => {
    for (const [pid, line] of readCommandLines()) if (line.includes(folder)) process.kill(pid, 'SIGKILL')
  })
  const open = async (): Promise<{ tab: Page; close: () => Promise<void> }> => {
    const file = join(folder, 'DevToolsActivePort')
    await vi.waitUntil(() => existsSync(file) && readFileSync(file, 'utf8').includes('\n'), {
      timeout: 100_000,
    })
    const [port] = readFileSync(file, 'utf8').split('\n')
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, {
      artifactsDir: world.home.path,
    })
    let isOpen = true
    const close = async () => {
      if (!isOpen) return
      isOpen = false
      const session = await browser.newBrowserCDPSession()
      await session.send('Browser.close')
      await vi.waitUntil(() => !readCommandLines().some(([, line]) => line.includes(folder)), {
        timeout: 100_000,
      })
    }
    onTestFinished(close)
    const tabs = () => browser.contexts().flatMap((context) => context.pages())
    await vi.waitUntil(() => tabs().length > 0, { timeout: 100_000 })
    return { tab: tabs()[0] as Page, close }
  }
  const readHistory = () =>
    ['History', 'History-wal', 'History-journal']
      .map((name) => join(folder, 'Default', name))
      .map((path) => (existsSync(path) ? readFileSync(path, 'latin1') : ''))
      .join('')
  return { command, open, readHistory }
}

/** Of every process of the machine, as `ps` shows it, with its id. */
function readCommandLines(): [pid: number, line: string][] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [[Number(name), readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')]]
      } catch {
        return []
      }
    })
}

const read = (tab: Page, name: string) => tab.locator(`dd#${name}`).textContent({ timeout: 100_000 })

describe.skipIf(!hasChromium)(`a real Chromium${hasChromium ? '' : ' (not installed)'}`, () => {
  it.each([
    ['by a link', ['dev-profile'], { account: '123456789011', role: 'FullAccess' }],
    ['by the keys of a role chain', ['deploy'], { account: '999988887777', role: 'Deploy' }],
    ['by the keys of a helper program', ['process'], { account: '999988887777', role: 'Deploy' }],
    [
      'by a link without a profile',
      ['--account', '999988887777', '--role-name', 'Admin', '-r', 'euw1'],
      { account: '999988887777', role: 'Admin' },
    ],
    ['by the keys of a user', ['user'], { account: '111122223333', user: 'me' }],
  ])(
    'opens the console %s, and no token is in the process list or the history',
    async (_how, words, facts) => {
      const opened = await openWorld()
      const { world } = opened
      if (words[0] === 'process')
        world.home.write('keys.json', (await world.handOut(['credential-process', 'deploy'])).stdout)
      const { command, open, readHistory } = prepareChromium(opened)
      const { status, stderr } = await world.assume([
        'console',
        '--browser',
        command,
        '-s',
        'ec2/home#Instances:',
        ...words,
      ])
      expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.stringContaining('in chromium') })
      const { tab, close } = await open()
      for (const [name, value] of Object.entries({ ...facts, region: 'eu-west-1', service: 'ec2' }))
        expect(await read(tab, name)).toBe(value)
      const url = new URL(tab.url())
      expect(url.origin).toBe(world.sandbox.url)
      expect(url.hash).toBe('#Instances:')
      const lines = readCommandLines()
        .map(([, line]) => line)
        .join('\n')
      expect(lines).toContain('--remote-debugging-port=0')
      await close()
      const history = readHistory()
      expect(history).toContain(world.sandbox.url)
      // The address of a form that is sent by GET need not be kept, so that the history alone would not tell.
      expect(world.sandbox.requests.of('ConsoleLogin').map(({ method }) => method)).not.toContain('GET')
      const secrets = world.sandbox.secrets().filter(({ kind }) => kind !== 'user-code')
      for (const { kind, value } of secrets) {
        expect(lines.includes(value), `${kind} in the process list`).toBe(false)
        expect(history.includes(value), `${kind} in the history`).toBe(false)
      }
    },
  )
})
