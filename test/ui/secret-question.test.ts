import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openKeyStore } from '../../src/keys/open-key-store.ts'
import { locatePaths } from '../../src/system/paths.ts'
import { createContext } from '../support/context.ts'
import { createHome, type Home, repository } from '../support/home.ts'
import { baseEnvironment } from '../support/shell.ts'
import { TerminalScreen } from '../support/terminal-screen.ts'

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const old = 'the óld passphrase'
const fresh = 'a new passphrase of some length'

async function openStore(home: Home, answers: readonly string[]) {
  const context = createContext(home, { answers })
  return openKeyStore(context, locatePaths(context.env, context.platform), 'file', { mayAsk: true })
}

/** A home with a key file, and a terminal in which its passphrase is changed. */
async function startChange(term: string): Promise<{ home: Home; terminal: TerminalScreen }> {
  const home = createHome()
  const key = { accessKeyId: 'AKIAEXAMPLE000000001', secretAccessKey: secret, createdAt: 1 }
  await (await openStore(home, [old, old])).write('ci', key)
  const command = `'${join(repository, 'bin/assume')}' keys passphrase --verbose; echo "status $?"; stty -a`
  const terminal = TerminalScreen.spawn('bash', ['--norc', '-c', command], {
    cwd: home.path,
    env: { ...baseEnvironment(home), TERM: term },
    cols: 120,
    rows: 30,
  })
  onTestFinished(() => terminal.dispose())
  return { home, terminal }
}

it.each(['xterm-256color', 'dumb'])('shows nothing of what is typed, in TERM=%s', async (term) => {
  const { home, terminal } = await startChange(term)
  await terminal.waitFor('Passphrase as it is now:')
  terminal.type(`mistaken\u0015${old}x\u007f\r`)
  await terminal.waitFor('New passphrase for key files:')
  terminal.type(`${fresh}\r`)
  await terminal.waitFor('The same again:')
  terminal.type('another\r')
  await terminal.waitFor('these two are not the same')
  terminal.type(`${fresh}\r`)
  await terminal.waitFor((text) => text.split('The same again:').length === 3)
  terminal.type(`${fresh}\r`)
  await terminal.waitFor('status 0')
  await terminal.exit
  const output = terminal.output.toString()
  expect(output).toContain('the key file has the new passphrase')
  expect(output).toMatch(/[^-]\becho\b/)
  for (const hidden of [old, fresh, secret, 'mistaken', 'another', '***'])
    expect(output).not.toContain(hidden)
  const files = readdirSync(home.path, { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  )
  expect(files.length).toBeGreaterThan(0)
  for (const { parentPath, name } of files) {
    const bytes = readFileSync(join(parentPath, name))
    for (const hidden of [old, fresh, secret]) expect(bytes.includes(hidden), name).toBe(false)
  }
  expect(await (await openStore(home, [fresh])).read('ci')).toMatchObject({ secretAccessKey: secret })
})

it.each([
  ['Ctrl-C', 'half\u0003'],
  ['Ctrl-D', '\u0004'],
])('%s changes nothing, and leaves the terminal as it was', async (_name, typed) => {
  const { home, terminal } = await startChange('xterm-256color')
  await terminal.waitFor('Passphrase as it is now:')
  terminal.type(typed)
  await terminal.waitFor('status 130')
  await terminal.exit
  expect(terminal.output.toString()).toMatch(/cancelled.*[^-]\becho\b/s)
  expect(await (await openStore(home, [old])).read('ci')).toMatchObject({ secretAccessKey: secret })
})
