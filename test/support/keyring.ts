import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, onTestFinished } from 'vitest'
import type { Home } from './home.ts'

const programs = ['dbus-daemon', 'gnome-keyring-daemon', 'secret-tool', 'gdbus'] as const

const missing = programs.filter(
  (program) =>
    !(process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program))),
)

/** Describes tests with a real gnome-keyring: left out, with a word, where there is none, unless it is required. */
export function describeKeyring(name: string, tests: () => void): void {
  const isWanted = missing.length === 0 || Boolean(process.env['ASSUME_REQUIRE_KEYRING'])
  describe.skipIf(!isWanted)(`${name}${isWanted ? '' : ` (NOT TESTED: no ${missing.join(', ')})`}`, tests)
}

/** `no-collection`: there is a keyring, but nothing in it that keys could be put into. */
export type KeyringState = 'unlocked' | 'locked' | 'no-collection'

export interface TestKeyring {
  /** What a command needs to reach it, beside the HOME of the home. */
  readonly env: Readonly<Record<string, string>>
  /** The folder of its own encrypted files. */
  readonly folder: string
  /** Locks it: the next call opens a dialog, which cannot be shown, or stays open after `leaveDialogsOpen`. */
  lock(): void
  /** From now on a dialog neither answers nor ends. */
  leaveDialogsOpen(): void
  /** The item of a profile, as another program sees it; undefined where there is none. */
  lookUp(account: string): string | undefined
}

const password = 'password of the keyring'
const collection = '/org/freedesktop/secrets/collection/login'

/** A session bus and a gnome-keyring of its own in the home of a test; both end with the test. */
export async function startKeyring(home: Home, state: KeyringState = 'unlocked'): Promise<TestKeyring> {
  if (missing.length > 0) throw new Error(`there is no ${missing.join(', ')} on PATH`)
  const runtime = join(home.path, 'run')
  mkdirSync(runtime, { recursive: true, mode: 0o700 })
  const shared = { PATH: process.env['PATH'] ?? '', HOME: home.path, XDG_RUNTIME_DIR: runtime }
  // Others than these may have a display.
  const bus = start('dbus-daemon', ['--session', '--nofork', '--nopidfile', '--print-address'], shared)
  const address = await readLine(bus)
  const env = { ...shared, DBUS_SESSION_BUS_ADDRESS: address }
  const folder = join(home.path, '.local/share/keyrings')
  const keyring: TestKeyring = {
    env: { XDG_RUNTIME_DIR: runtime, DBUS_SESSION_BUS_ADDRESS: address },
    folder,
    lock: () => {
      const method = 'org.freedesktop.Secret.Service.Lock'
      const target = ['-d', 'org.freedesktop.secrets', '-o', '/org/freedesktop/secrets', '-m', method]
      ask('gdbus', ['call', '--session', ...target, `['${collection}']`], env)
    },
    leaveDialogsOpen: () => leaveDialogsOpen(home, env),
    lookUp: (account) => {
      const words = ['lookup', 'service', 'assume', 'username', account]
      const { status, stdout } = spawnSync('secret-tool', words, { env, encoding: 'utf8' })
      return status === 0 ? stdout : undefined
    },
  }
  if (state === 'no-collection') return keyring
  const daemon = start(
    'gnome-keyring-daemon',
    ['--foreground', '--unlock', '--components=secrets', `--control-directory=${join(runtime, 'keyring')}`],
    env,
  )
  daemon.stdin?.end(password)
  await readLine(daemon)
  ask('gdbus', ['wait', '--session', '--timeout', '60', 'org.freedesktop.secrets'], env)
  if (state === 'locked') keyring.lock()
  return keyring
}

function start(program: string, words: readonly string[], env: Record<string, string>): ChildProcess {
  const child = spawn(program, words, { env, stdio: ['pipe', 'pipe', 'ignore'] })
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  })
  return child
}

async function readLine({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('it has no output')
  const [data] = await once(stdout.setEncoding('utf8'), 'data')
  return String(data).split('\n')[0] as string
}

function ask(program: string, words: readonly string[], env: Record<string, string>): void {
  const { status, stderr } = spawnSync(program, words, { env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ${words.join(' ')}: ${stderr}`)
}

/** The bus waits for a program that it starts to take its name, which this one never does. */
function leaveDialogsOpen(home: Home, env: Record<string, string>): void {
  const pids = join(home.path, 'run/dialogs')
  const program = join(home.path, 'run/dialog')
  writeFileSync(program, `#!/bin/sh\necho $$ >>'${pids}'\nexec tail -f /dev/null\n`)
  chmodSync(program, 0o755)
  const name = 'org.gnome.keyring.SystemPrompter'
  home.write(
    `.local/share/dbus-1/services/${name}.service`,
    `[D-BUS Service]\nName=${name}\nExec=${program}\n`,
  )
  onTestFinished(() => {
    if (existsSync(pids))
      for (const pid of readFileSync(pids, 'utf8').trim().split('\n')) process.kill(Number(pid), 'SIGKILL')
  })
  const target = ['-d', 'org.freedesktop.DBus', '-o', '/org/freedesktop/DBus']
  ask('gdbus', ['call', '--session', ...target, '-m', 'org.freedesktop.DBus.ReloadConfig'], env)
}
